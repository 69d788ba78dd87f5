"""The questions people ask the portfolio: what is searched for, narrowed to and sorted by.

Every question takes projects that have been narrowed to what the reader may see, and gives them
back fewer or in an order. ``choices_for`` asks for all that can be chosen in one query.
"""

import re
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When, Window
from django.db.models.functions import Collate, RowNumber
from django.db.models.lookups import IsNull

from projects.models import FocusArea, Pool, Project
from projects.phase_model import Phase, ProjectType, Standing
from sso_portal.organisation.models import Unit, User, Waiting
from sso_portal.organisation.roles import May
from sso_portal.shared import clock
from sso_portal.shared.sqlite import DANISH

# SSO-2026-014, sso 2026/14, 2026-14
REFERENCE = re.compile(r"(?:SSO)?[-\s/]*((?:19|20)\d\d)[-\s/]+0*(\d{1,7})", re.IGNORECASE)
MOST_WORDS = 8
STANDINGS = {
    "under_way": (Standing.ACTIVE, Standing.PARKED),
    "active": (Standing.ACTIVE,),
    "parked": (Standing.PARKED,),
    "over": (Standing.STOPPED, Standing.CLOSED),
    "all": (Standing.ACTIVE, Standing.PARKED, Standing.STOPPED, Standing.CLOSED),
}


# --- what can be chosen -------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """A unit as the filters need it."""

    pk: int
    name: str
    path: str
    kind: str
    is_active: bool


@dataclass(frozen=True)
class Named:
    """A row of the office's lists, with its name in both languages."""

    name_da: str
    name_en: str


@dataclass
class Choices:
    """What the reader can narrow the list to: the office's lists, and people with a part in it."""

    units: dict[int, Place] = field(default_factory=dict)
    pools: dict[int, Named] = field(default_factory=dict)
    focus_areas: dict[int, Named] = field(default_factory=dict)
    leaders: dict[int, str] = field(default_factory=dict)
    waited_for: dict[int, str] = field(default_factory=dict)

    @property
    def areas(self) -> list[Place]:
        return [unit for unit in self.units.values() if unit.kind == Unit.Kind.CHIEF_AREA]

    def within(self, pk: int) -> list[int]:
        """Keys of the unit and all below it."""
        path = self.units[pk].path
        return [unit.pk for unit in self.units.values() if unit.path.startswith(path)]


def choices_for(user: User) -> Choices:
    """Everything the filters offer the person, each list in the order it is shown."""
    found = Choices()
    lists = _people(user).union(*_office_lists(), all=True)
    for kind, pk, one, two, three, yes, also, _at in lists.order_by("row", "at"):
        if kind == "unit":
            found.units[pk] = Place(pk, name=one, path=two, kind=three, is_active=yes)
        elif kind == "pool":
            found.pools[pk] = Named(one, two)
        elif kind == "focus":
            found.focus_areas[pk] = Named(one, two)
        else:
            name = f"{one} {two}".strip() or three
            if yes:
                found.leaders[pk] = name
            if also:
                found.waited_for[pk] = name
    return found


def _office_lists() -> list[QuerySet]:
    units, pools, areas = Unit.objects.all(), Pool.objects.all(), FocusArea.objects.all()
    names = (F("name_da"), F("name_en"), Value(""))
    return [
        _branch(
            *("unit", units, F("name"), F("path"), F("kind")),
            yes=F("is_active"),
            at=_in_danish_order("name"),
        ),
        _branch("pool", pools, *names, at=F("pk")),
        _branch("focus", areas, *names, at=F("number")),
    ]


def _people(user: User) -> QuerySet:
    """Those who lead, or are waited for by, a project that is no secret to the person."""
    everything = user.may(May.SEE_ALL_IDEAS)
    seen = Project.objects.sent() if everything else Project.objects.known_to_all()
    seen = seen.order_by()
    waiting = {"waits__closed_at": None, "waits__since__lte": clock.now()}
    # The first found, not EXISTS: PostgreSQL would gather all projects to answer that
    led = Subquery(seen.filter(lead=OuterRef("pk")).values("pk")[:1])
    awaited = Subquery(seen.filter(waits__user=OuterRef("pk"), **waiting).values("pk")[:1])
    people = User.objects.filter(anonymised_at=None).annotate(
        leads_one=IsNull(led, False), is_awaited=IsNull(awaited, False)
    )
    return _branch(
        "person",
        people.filter(Q(leads_one=True) | Q(is_awaited=True)),
        *(F("first_name"), F("last_name"), F("username")),
        yes=F("leads_one"),
        also=F("is_awaited"),
        at=_in_danish_order("first_name", "last_name"),
    )


def _branch(kind: str, rows: QuerySet, one, two, three, *, at, yes=None, also=None) -> QuerySet:
    """One list as a part of the union: the same columns of the same kinds in each."""
    columns = {"row": Value(kind), "key": F("pk"), "one": one, "two": two, "three": three}
    columns |= {"yes": yes or Value(False), "also": also or Value(False), "at": at}
    return rows.order_by().annotate(**columns).values_list(*columns)


def _in_danish_order(*columns: str) -> Window:
    """The place of each row among its own, since a union can only be sorted by plain columns."""
    return Window(RowNumber(), order_by=[*(Collate(c, DANISH) for c in columns), "pk"])


# --- narrowing ----------------------------------------------------------------------------------


def of_type(projects: QuerySet, wanted: str = "") -> QuerySet:
    """Of one type or of every type; workshop solutions are kept out unless they are asked for."""
    if wanted == "all":
        return projects
    if wanted:
        return projects.filter(type=wanted)
    return projects.exclude(type=ProjectType.WORKSHOP)


def standing(projects: QuerySet, wanted: str) -> QuerySet:
    return projects.filter(standing__in=STANDINGS[wanted])


def waiting_for(projects: QuerySet, waits: QuerySet) -> QuerySet:
    """Projects that one of ``waits`` is about."""
    return projects.filter(pk__in=about_projects(waits).order_by().values("object_id"))


def about_projects(waits: QuerySet) -> QuerySet:
    return waits.filter(content_type=ContentType.objects.get_for_model(Project))


def matching(projects: QuerySet, text: str) -> QuerySet:
    """Projects in which every word stands: in title, reference, external id or a person's name."""
    if found := REFERENCE.fullmatch(text):
        year, number = map(int, found.groups())
        return projects.filter(Q(year=year, number=number) | Q(external_id=text))
    projects = projects.alias(
        title_in_any_case=Collate("title", DANISH), external=Collate("external_id", DANISH)
    )
    for word in text.split()[:MOST_WORDS]:
        projects = projects.filter(
            Q(title_in_any_case__icontains=word.upper())
            | Q(external__icontains=word.upper())
            | _with_somebody_called(word)
        )
    return projects


def _with_somebody_called(word: str) -> Q:
    word = word.upper()
    people = (
        User.objects.alias(
            first=Collate("first_name", DANISH),
            last=Collate("last_name", DANISH),
        )
        .filter(Q(first__icontains=word) | Q(last__icontains=word), anonymised_at=None)
        .order_by()
        .values("pk")
    )
    in_team = Project.team.through.objects.filter(user__in=people).values("project")
    return (
        Q(lead__in=people)
        | Q(giver__in=people)
        | Q(endorsed_by__in=people)
        | Q(digitek_contact__in=people)
        | Q(pk__in=in_team)
    )


# --- order --------------------------------------------------------------------------------------


def _waiting_since():
    waits = about_projects(Waiting.objects.open()).filter(object_id=OuterRef("pk"))
    return Subquery(waits.order_by("since").values("since")[:1])


def _phase_rank():
    return Case(*(When(phase=phase, then=rank) for rank, phase in enumerate(Phase)))


# What each order begins with; the reference settles the rest. What can be empty stands last.
ORDERS = {
    "priority": lambda: [F("priority_rank")],
    "title": lambda: [Collate("title", DANISH)],
    "reference": lambda: [],
    "phase": lambda: [_phase_rank()],
    "risk": lambda: [F("risk")],
    "unit": lambda: [Collate("unit__name", DANISH)],
    "leader": lambda: [Collate("lead__first_name", DANISH), Collate("lead__last_name", DANISH)],
    "budget": lambda: [F("budget_kroner")],
    "waiting": lambda: [_waiting_since()],
}
MAY_BE_EMPTY = ("risk", "leader", "budget", "waiting")
DEFAULT_ORDER = "priority"


def in_order(projects: QuerySet, sort: str = DEFAULT_ORDER) -> QuerySet:
    """Sorted by one of ``ORDERS``; backwards with ``-`` before it."""
    key, backwards = sort.removeprefix("-"), sort.startswith("-")
    empty_last = True if key in MAY_BE_EMPTY else None
    first = [
        by.desc(nulls_last=empty_last) if backwards else by.asc(nulls_last=empty_last)
        for by in ORDERS[key]()
    ]
    rest = ["-year", "-number", "-pk"] if backwards else ["year", "number", "pk"]
    return projects.order_by(*first, *rest)
