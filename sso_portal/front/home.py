"""What the front page knows: what waits for the reader, own ideas, own projects, and the news.

It reads; it decides nothing. Every list costs the same number of queries however long it is.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db.models import F, Prefetch, Q, QuerySet
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.models import GateDecision, Project
from sso_portal.organisation.models import User, Waiting
from sso_portal.organisation.roles import GRANTS, Desk, May
from sso_portal.shared import clock, history
from sso_portal.shared.models import Event

SHOWN = 8  # of each list; the others unfold
MOST = 60
SHOWN_EVENTS = 60
A_PROJECTS_EVENTS = 3

Kind = Waiting.Kind
DECISIONS = (Kind.DECIDE, Kind.ENDORSE)

ACTIONS: dict[Kind, str | Promise] = {
    Kind.ENDORSE: gettext_lazy("Read and answer"),
    Kind.DECIDE: gettext_lazy("See the basis and decide"),
    Kind.QUALIFY: gettext_lazy("Qualify"),
    Kind.COMPLETE: gettext_lazy("Complete the idea"),
    Kind.REWORK: gettext_lazy("Open the project"),
    Kind.STATEMENT: gettext_lazy("Give the statement"),
    Kind.REVIEW: gettext_lazy("Review"),
}


class Folded(list):
    """A list that shows its beginning; the rest unfolds."""

    @property
    def shown(self) -> list:
        return self[:SHOWN]

    @property
    def folded(self) -> list:
        return self[SHOWN:]


@dataclass(frozen=True)
class Task:
    """One thing that waits for the reader, as the card shows it."""

    kind: Kind
    what: str
    url: str
    title: str
    reference: str
    unit: str
    since: date
    due: date | None
    action: str | Promise


@dataclass(frozen=True)
class Tasks:
    """What waits: for the reader, and for a group the reader sits in but does not answer for."""

    mine: Folded
    of_the_group: list[Task]

    @property
    def by_kind(self) -> list[tuple[str, int]]:
        """How many of each kind, when there is more than one kind."""
        counts = Counter(task.kind for task in self.mine)
        return [(Kind(kind).label, counts[kind]) for kind in Kind if counts[kind]]


def tasks_for(user: User) -> Tasks:
    """What waits for the person: what has a date first, then what has waited longest.

    Nobody decides on their own idea, and the chief group answers through the director.
    """
    waits = (
        Waiting.objects.open()
        .for_user(user)
        .order_by(F("due_on").asc(nulls_last=True), "since", "pk")
        .prefetch_related(GenericPrefetch("subject", [Project.objects.select_related("unit")]))
    )
    mine, of_the_group = Folded(), []
    for wait in waits:
        if wait.kind in DECISIONS and wait.subject.is_own_of(user):
            continue
        if wait.desk == Desk.CHIEF_GROUP and not user.sits_at(Desk.DIRECTOR):
            of_the_group.append(_task(wait, url=wait.subject.get_absolute_url(), action=""))
        else:
            mine.append(_task(wait, url=wait.link, action=ACTIONS[wait.kind]))
    return Tasks(mine, of_the_group)


def _task(wait: Waiting, *, url: str, action: str | Promise) -> Task:
    project = wait.subject
    what = wait.get_kind_display()
    if wait.kind == Kind.DECIDE and project.gate:
        what = _("decide at %(gate)s") % {"gate": project.gate.name}
    return Task(
        kind=Kind(wait.kind),
        what=what[:1].upper() + what[1:],
        url=url,
        title=project.title,
        reference=project.reference,
        unit=project.unit.name,
        since=localdate(wait.since),
        due=wait.due_on,
        action=action,
    )


def ideas_of(user: User) -> Folded:
    """The person's own ideas: drafts first, then the newest."""
    ideas = user.ideas.order_by(F("sent_at").desc(nulls_first=True), "-pk")
    return Folded(_with_state(ideas)[:MOST])


def projects_of(user: User) -> Folded:
    """What is under way of what the person leads, is DigiTek's contact for or takes part in.

    Own ideas stand with the ideas.
    """
    mine = Project.objects.worked_on_by(user).exclude(giver=user).under_way()
    return Folded(_with_state(mine.order_by("-phase_since", "-pk"))[:MOST])


def _with_state(projects: QuerySet) -> QuerySet:
    """With the unit, whom each waits for (``open_waits``) and its answers (``answers``)."""
    waits = Waiting.objects.open().select_related("user", "unit")
    decisions = GateDecision.objects.defer("basis").order_by("-recorded_at", "-pk")
    return projects.select_related("unit").prefetch_related(
        Prefetch("waits", waits, to_attr="open_waits"),
        Prefetch("decisions", decisions, to_attr="answers"),
    )


@dataclass(frozen=True)
class News:
    """What has happened to one project since the reader was here."""

    project: Project
    events: list[tuple[Event, str]]
    more: int


def news_for(user: User) -> Folded:
    """What others did, since last time, to projects that involve the person or the unit."""
    events = (
        Event.objects.about_any(Project, _followed_by(user).values("pk"))
        .since(user.news_read_at)
        .exclude(by=user)
        .select_related("by")
        .prefetch_related(GenericPrefetch("subject", [Project.objects.all()]))
    )
    by_project: dict[int, list[Event]] = {}
    for event in events[:SHOWN_EVENTS]:
        by_project.setdefault(event.object_id, []).append(event)
    return Folded(_news(found) for found in by_project.values())


def _news(events: list[Event]) -> News:
    told = [(event, history.describe(event)) for event in events[:A_PROJECTS_EVENTS]]
    return News(events[0].subject, told, len(events) - len(told))


def _followed_by(user: User) -> QuerySet:
    """Visible projects the person has a part in or qualifies, or of the own unit and below it."""
    paths = [held.path for held in user.held if May.QUALIFY in GRANTS[held.role]]
    if user.unit:
        paths.append(user.unit.path)
    followed = Q(pk__in=Project.objects.involving(user).values("pk"))
    for path in paths:
        followed |= Q(unit__path__startswith=path)
    return Project.objects.visible_to(user).sent().filter(followed)


def mark_read(user: User, *, until: datetime) -> None:
    """The person has read what had happened ``until`` then; never what is still to come."""
    user.news_read_at = min(until, clock.now())
    user.save(update_fields=["news_read_at"])
