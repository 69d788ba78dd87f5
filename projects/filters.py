"""The portfolio's filters as they stand in an address: read, named and applied.

A value that is not among the choices is left out and said, never an error: addresses are shared,
and what they name may be gone. Plain HTML is written for them by the tags, without form widgets.
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from projects import portfolio
from projects.models import Project
from projects.models.catalogue import in_reader_language
from projects.phase_model import Phase, Priority, ProjectType
from sso_portal.organisation.models import User, Waiting
from sso_portal.organisation.roles import Desk

Options = list[tuple[Any, Any]]
DEFAULT_STANDING = "under_way"
LONGEST_SEARCH = 100
LABELS = {
    "phase": gettext_lazy("Phase"),
    "type": gettext_lazy("Type"),
    "area": gettext_lazy("Chief area"),
    "unit": gettext_lazy("Unit"),
    "priority": gettext_lazy("Priority"),
    "risk": gettext_lazy("Risk"),
    "pool": gettext_lazy("Pool"),
    "focus": gettext_lazy("Focus area"),
    "leader": gettext_lazy("Project leader"),
    "waiting": gettext_lazy("Waiting for"),
    "standing": gettext_lazy("Standing"),
}
# What most lists are narrowed by; the rest is folded away until it is used
AT_HAND = ("phase", "area", "waiting", "standing")
UNCHOSEN = {
    "standing": gettext_lazy("Under way"),
    "type": gettext_lazy("All of the project model"),
}
ORDERS = LABELS | {
    "title": gettext_lazy("Title"),
    "reference": gettext_lazy("Reference"),
    "budget": gettext_lazy("Budget"),
}
# The orders that are offered by name; the column headers give the rest
SORTS = {
    "priority": ORDERS["priority"],
    "title": ORDERS["title"],
    "reference": ORDERS["reference"],
    "phase": ORDERS["phase"],
    "risk": ORDERS["risk"],
    "unit": ORDERS["unit"],
    "leader": ORDERS["leader"],
    "-budget": gettext_lazy("Budget, largest first"),
    "waiting": gettext_lazy("Waited longest"),
}


class PortfolioFilter:
    """What somebody asks the portfolio to show, read from the address."""

    def __init__(self, query: QueryDict, *, user: User):
        self.user = user
        self.choices = portfolio.choices_for(user)
        self.search = query.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH]
        self.chosen: dict[str, str] = {}
        self.ignored: list[str] = []
        for name in LABELS:
            self._choose(name, query.get(name, "").strip())
        self.sort = self._sorted_by(query.get("sort", "").strip())

    def _choose(self, name: str, value: str) -> None:
        if not value or (name, value) == ("standing", DEFAULT_STANDING):
            return
        if self._text_of(name, value):
            self.chosen[name] = value
        else:
            self._ignore(LABELS[name], value)

    def _sorted_by(self, value: str) -> str:
        if value.removeprefix("-") in portfolio.ORDERS:
            return value
        if value:
            self._ignore(_("Sorting"), value)
        return portfolio.DEFAULT_ORDER

    def _ignore(self, label: Any, value: str) -> None:
        words = _("%(filter)s: there is no “%(value)s”, so it was left out.")
        self.ignored.append(words % {"filter": label, "value": value[:40]})

    # --- applied ---

    def apply(self, projects: QuerySet) -> QuerySet:
        """The projects asked for; the caller has narrowed them to what the reader may see."""
        chosen = self.chosen
        projects = portfolio.of_type(projects, chosen.get("type", ""))
        projects = portfolio.standing(projects, chosen.get("standing", DEFAULT_STANDING))
        columns = {"phase": "phase", "unit": "unit", "priority": "priority", "risk": "risk"}
        columns |= {"leader": "lead", "pool": "pools", "focus": "focus_areas"}
        wanted = {column: chosen[name] for name, column in columns.items() if name in chosen}
        projects = projects.filter(**wanted)
        if "area" in chosen:
            projects = projects.filter(unit__in=self.choices.within(int(chosen["area"])))
        if "waiting" in chosen:
            projects = portfolio.waiting_for(projects, self._waits(chosen["waiting"]))
        if self.search:
            projects = portfolio.matching(projects, self.search)
        return projects

    def _waits(self, value: str) -> QuerySet:
        waits = Waiting.objects.open()
        if value == "me":
            return waits.for_user(self.user)
        who, _dash, pk = value.partition("-")
        if who == "person":
            return waits.filter(user=pk)
        return waits.filter(desk=who, **({"unit": pk} if pk else {}))

    def of(self, user: User) -> QuerySet:
        """Everything that is asked for and that the person may see, in the order asked for."""
        return portfolio.in_order(self.apply(Project.objects.listed_for(user)), self.sort)

    # --- shown ---

    @cached_property
    def options(self) -> dict[str, Options]:
        """What each filter offers. A pair whose value is a list is a heading with its options."""
        found = self.choices
        return {
            "phase": Phase.choices,
            "type": [*ProjectType.choices, ("all", _("All, workshop solutions too"))],
            "area": [(area.pk, area.name) for area in found.areas],
            "unit": self._units(),
            "priority": Priority.choices,
            "risk": Project.Risk.choices,
            "pool": _in_reader_language(found.pools),
            "focus": _in_reader_language(found.focus_areas),
            "leader": list(found.leaders.items()),
            "waiting": self._waited_for(),
            "standing": _standings(),
        }

    def _units(self) -> Options:
        """Units under their chief area; those that lie in none come first."""
        grouped: dict[str, Options] = {area.path: [] for area in self.choices.areas}
        above: Options = []
        for unit in self.choices.units.values():
            area = next((path for path in grouped if unit.path.startswith(path)), None)
            name = unit.name if unit.is_active else _("%(unit)s (closed)") % {"unit": unit.name}
            (above if area is None else grouped[area]).append((unit.pk, name))
        areas = [(area.name, grouped[area.path]) for area in self.choices.areas]
        return [*above, *((name, units) for name, units in areas if units)]

    def _waited_for(self) -> Options:
        desks = [(desk.value, _capitalised(desk.label)) for desk in Desk]
        chief = _capitalised(Desk.CHIEF.label)
        chiefs = [(f"{Desk.CHIEF}-{a.pk}", f"{chief}, {a.name}") for a in self.choices.areas]
        people = [(f"person-{pk}", name) for pk, name in self.choices.waited_for.items()]
        groups = [(_("Chiefs"), chiefs), (_("People"), people)]
        return [("me", _("Me")), *desks, *((name, group) for name, group in groups if group)]

    def _text_of(self, name: str, value: str) -> str:
        """What a value is called; empty when it is not among the choices."""
        for key, text in self.options[name]:
            if isinstance(text, list):
                found = next((words for each, words in text if str(each) == value), "")
                if found:
                    return str(found)
            elif str(key) == value:
                return str(text)
        return ""

    @property
    def at_hand(self) -> Iterable[dict]:
        """What a page needs to write the filters that always stand there."""
        return [self._field(name) for name in AT_HAND]

    @property
    def folded(self) -> Iterable[dict]:
        """The same for the filters that are folded away."""
        return [self._field(name) for name in LABELS if name not in AT_HAND]

    @property
    def uses_folded(self) -> bool:
        return any(name not in AT_HAND for name in self.chosen)

    def _field(self, name: str) -> dict:
        return {
            "name": name,
            "label": LABELS[name],
            "options": self.options[name],
            "chosen": self.chosen.get(name, ""),
            "empty": UNCHOSEN.get(name, ""),
        }

    @property
    def sort_field(self) -> dict:
        """What a page needs to write the choice of order, with the order in use among the rest."""
        options = {name: text for name, text in SORTS.items() if name != portfolio.DEFAULT_ORDER}
        if self.sort not in SORTS:
            words = _("%(column)s, descending") if self.sort.startswith("-") else "%(column)s"
            options[self.sort] = words % {"column": ORDERS[self.sort.removeprefix("-")]}
        return {
            "options": list(options.items()),
            "chosen": "" if self.sort == portfolio.DEFAULT_ORDER else self.sort,
            "empty": SORTS[portfolio.DEFAULT_ORDER],
        }

    @property
    def is_narrowed(self) -> bool:
        return bool(self.chosen or self.search)

    @property
    def set_count(self) -> int:
        return len(self.chosen) + bool(self.search)

    def chips(self) -> Iterable[tuple[str, str]]:
        """Each thing the list is narrowed by, in words, with the address that takes it off."""
        if self.search:
            yield _("Search: %(text)s") % {"text": self.search}, self._address("q")
        for name, value in self.chosen.items():
            yield f"{LABELS[name]}: {self._text_of(name, value)}", self._address(name)

    def exports(self) -> dict[str, str]:
        """What to add to the address of the export for what the list shows, in each format."""
        return {kind: f"{self._address()}&format={kind}" for kind in ("csv", "xlsx")}

    def _address(self, without: str = "") -> str:
        """What is asked for, from the first page and with one thing less."""
        asked = {"q": self.search, **self.chosen, "sort": self.sort}
        left_out = (without, "sort") if self.sort == portfolio.DEFAULT_ORDER else (without,)
        kept = {key: value for key, value in asked.items() if value and key not in left_out}
        return "?" + urlencode(kept)


def _in_reader_language(rows: dict[int, portfolio.Named]) -> Options:
    return [(pk, in_reader_language(row, "name")) for pk, row in rows.items()]


def _standings() -> Options:
    return [
        ("active", pgettext("filter", "Active")),
        ("parked", _("On hold")),
        ("over", _("Stopped or closed")),
        ("all", pgettext("standing", "All")),
    ]


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
