"""Projects from an earlier list: brought in where they have come to, and brought up to date.

Everything is written in bulk in the caller's transaction, with history and an event each. What a
project has come to by decisions in the portal (phase, standing, priority, money) is never touched
by an update, and nobody is mailed: a list is not news to the people in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from projects import documents, intake, phases, relay, rights
from projects.models import Project
from projects.phase_model import TRACKS, Priority, ProjectType, Standing
from projects.rights import ProjectError
from sso_portal.organisation.models import User
from sso_portal.organisation.roles import May
from sso_portal.shared import clock, history

LISTS = ("pools", "focus_areas", "team")
WITH_HISTORY = ("pools", "focus_areas")
# What an update leaves as it is: it is changed by decisions and by those who keep the facts; and
# nobody decides on an own idea, so a list does not say that it is somebody else's
NEVER_UPDATED = frozenset(
    "type phase standing on_hold_because review_on priority budget_kroner giver".split()
)
BATCH = 200


class CarryOverError(ProjectError):
    """A row cannot be taken over. ``problems`` says what is wrong, by the name of the fact."""

    def __init__(self, problems: dict[str, str]):
        super().__init__(" ".join(problems.values()))
        self.problems = problems


@dataclass
class Arrival:
    """A project as an earlier list has it: ``facts`` by name, lists of rows among them."""

    facts: dict[str, object]
    project: Project | None = None

    @property
    def is_new(self) -> bool:
        return self.project is None

    def get(self, name: str, default=None):
        """A fact as it will be: from the list, else as the project has it."""
        if name in self.facts:
            return self.facts[name]
        return default if self.project is None else getattr(self.project, name)


@dataclass
class Arrivals:
    created: list[Project] = field(default_factory=list)
    updated: list[Project] = field(default_factory=list)


# --- what must hold -----------------------------------------------------------------------------


def problems(arrival: Arrival) -> dict[str, str]:
    """What is wrong with the row, by the name of the fact; empty when it can be taken over."""
    found = _problems_of_new(arrival) if arrival.is_new else _problems_of_update(arrival)
    starts, ends = arrival.get("starts_on"), arrival.get("ends_on")
    if starts and ends and ends < starts:
        found["ends_on"] = _("The project ends before it starts.")
    return found


def _problems_of_new(arrival: Arrival) -> dict[str, str]:
    found = {}
    for name in ("external_id", "title", "unit"):
        if not arrival.get(name):
            found[name] = _("A new project must have this.")
    kind = arrival.get("type") or ProjectType.DIGITEK
    track = TRACKS[ProjectType(kind)]
    if arrival.get("phase") and arrival.get("phase") not in track.phases:
        found["phase"] = _("A project of that type has no such phase.")
    priority = arrival.get("priority")
    if priority and priority not in track.priorities:
        found["priority"] = _not_that_priority(kind)
    return found | _problems_on_hold(arrival)


def _not_that_priority(kind: str) -> str:
    if TRACKS[ProjectType(kind)].priorities == (Priority.VERY_HIGH,):
        return _("A must-do project is always of very high priority.")
    return _("A project of this type cannot have that priority.")


def _problems_on_hold(arrival: Arrival) -> dict[str, str]:
    found = {}
    parked = arrival.get("standing") == Standing.PARKED
    for name in ("on_hold_because", "review_on"):
        if parked and not arrival.get(name):
            found[name] = _("A project on hold has a reason and a review date.")
        if not parked and arrival.get(name):
            found[name] = _("Only a project on hold has this.")
    return found


def _problems_of_update(arrival: Arrival) -> dict[str, str]:
    project = arrival.project
    if project.is_over:
        words = _("The project is over (%(standing)s) and is not changed any more.")
        return {"": words % {"standing": project.get_standing_display()}}
    found = {}
    for name in ("title", "unit"):
        if name in arrival.facts and not arrival.facts[name]:
            found[name] = _("This cannot be empty.")
    if project.open_request is not None:
        words = _("The decision that is waited for rests on this. Withdraw it first.")
        resting = documents.rests_on(project.open_request)
        found |= {name: words for name in arrival.facts if name in resting}
    return found


# --- taking over --------------------------------------------------------------------------------


@transaction.atomic
def take_over(arrivals: Iterable[Arrival], *, by: User) -> Arrivals:
    """Create what is new and update what is known, all or nothing.

    Raises ``NotAllowed``, or ``CarryOverError`` for the first row that is wrong.
    """
    if not by.may(May.IMPORT):
        raise rights.NotAllowed
    arrivals = list(arrivals)
    for arrival in arrivals:
        if wrong := problems(arrival):
            raise CarryOverError(wrong)
    new = [arrival for arrival in arrivals if arrival.is_new]
    known = [arrival for arrival in arrivals if not arrival.is_new]
    return Arrivals(created=_create(new, by=by), updated=_update(known, by=by))


def _create(arrivals: list[Arrival], *, by: User) -> list[Project]:
    references = intake.next_references(len(arrivals)) if arrivals else []
    made = [_begun(a, *reference) for a, reference in zip(arrivals, references, strict=True)]
    Project.objects.bulk_create(made, batch_size=BATCH)
    _set_lists([(p, _lists(a)) for p, a in zip(made, arrivals, strict=True)])
    _keep_history(made, by=by, new=True)
    history.record_all("carried_over", ((p, {"phase": p.phase}) for p in made), by=by)
    for project in made:
        if project.is_parked:
            relay.to_review(project)
    return made


def _begun(arrival: Arrival, year: int, number: int) -> Project:
    """The new project, not stored yet: qualified, since somebody has worked with it before."""
    now = clock.now()
    facts = {name: value for name, value in arrival.facts.items() if name not in LISTS}
    phase = facts.pop("phase", "") or ""
    standing = facts.pop("standing", "") or Standing.ACTIVE
    kind = facts["type"] = facts.get("type") or ProjectType.DIGITEK
    facts["priority"] = facts.get("priority") or intake.priority_for(kind, Priority.PIPELINE)
    own = {"year": year, "number": number, "sent_at": now, "qualified_at": now}
    project = Project(is_carried_over=True, created_at=now, **own, **facts)
    phases.begin_as(project, phase=phase or TRACKS[ProjectType(kind)].phases[0], standing=standing)
    return project


def _update(arrivals: list[Arrival], *, by: User) -> list[Project]:
    columns: set[str] = set()
    for arrival in arrivals:
        if refused := NEVER_UPDATED & set(arrival.facts):
            raise TypeError(f"Not updated by a list: {sorted(refused)}")
        for name in set(arrival.facts) - set(LISTS):
            setattr(arrival.project, name, arrival.facts[name])
            columns.add(name)
    changed = [arrival.project for arrival in arrivals]
    if not changed:
        return []
    if columns:
        Project.objects.bulk_update(changed, sorted(columns), batch_size=BATCH)
    _set_lists([(arrival.project, _lists(arrival)) for arrival in arrivals])
    _keep_history(changed, by=by, new=False)
    told = ((a.project, {"columns": sorted(a.facts)}) for a in arrivals)
    history.record_all("imported", told, by=by)
    for arrival in arrivals:
        if {"lead", "digitek_contact"} & set(arrival.facts):
            relay.take_over(arrival.project)
    return changed


def _lists(arrival: Arrival) -> dict[str, list]:
    return {name: arrival.facts[name] for name in LISTS if name in arrival.facts}


def _set_lists(wanted: list[tuple[Project, dict[str, list]]]) -> None:
    """Let each project have exactly the rows named, in a few queries for all of them."""
    for name in LISTS:
        lists = {project: lists[name] for project, lists in wanted if name in lists}
        if not lists:
            continue
        through = getattr(Project, name).through
        column = Project._meta.get_field(name).m2m_reverse_field_name()
        through.objects.filter(project__in=list(lists)).delete()
        through.objects.bulk_create(
            (
                through(project=project, **{column: row})
                for project, rows in lists.items()
                for row in dict.fromkeys(rows)
            ),
            batch_size=BATCH,
        )


def _keep_history(projects: list[Project], *, by: User, new: bool) -> None:
    """What ``save`` would have kept of each project: the row, and the lists as they now are."""
    kept = Project.history.bulk_history_create(
        projects, batch_size=BATCH, update=not new, default_user=by, default_date=clock.now()
    )
    history_of = {record.id: record for record in kept}
    for name in WITH_HISTORY:
        record = getattr(Project.history.model, name).model
        columns = [column.attname for column in getattr(Project, name).through._meta.fields]
        rows = getattr(Project, name).through.objects.filter(project__in=projects).values(*columns)
        record.objects.bulk_create(
            (record(history=history_of[row["project_id"]], **row) for row in rows),
            batch_size=BATCH,
        )
