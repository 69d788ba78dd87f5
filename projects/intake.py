"""How an idea comes in: begun, written, sent, endorsed, qualified, sent back.

An idea keeps its row and its reference number from here to operation.
"""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from projects import deciders, documents, gates, notices, phases, relay, rights
from projects.models import Project, ReferenceCounter
from projects.phase_model import ENDORSEMENT, TRACKS, Priority, ProjectType, is_first_phase
from projects.rights import ProjectError
from sso_portal.organisation import waiting
from sso_portal.organisation.models import Unit, User, Waiting
from sso_portal.organisation.roles import STANDS_BEHIND_OWN_IDEAS, Desk, May
from sso_portal.shared import clock, history
from sso_portal.shared.models import Event


class IntakeError(ProjectError):
    """The idea cannot be taken in; the text says why."""


class AlreadySent(IntakeError):
    def __init__(self):
        super().__init__(_("The idea has already been sent."))


@transaction.atomic
def start(
    *,
    by: User,
    unit: Unit,
    title: str = "",
    source: str = Project.Source.EMPLOYEE,
    source_name: str = "",
    form_key: UUID | None = None,
) -> Project:
    """Begin a draft that only its author sees; the same ``form_key`` gives the same draft."""
    if not by.may(May.SUBMIT_IDEA):
        raise rights.NotAllowed
    if not by.may(May.SUBMIT_FOR_OTHERS) and not by.units_in_reach.filter(pk=unit.pk).exists():
        raise rights.NotAllowed
    begun = {
        "unit": unit,
        "title": title,
        "source": source,
        "source_name": source_name,
        "giver": by,
    }
    if form_key is None:
        return Project.objects.create(**begun)
    project, _new = Project.objects.get_or_create(form_key=form_key, defaults=begun)
    if project.giver_id != by.pk:
        raise rights.NotAllowed  # somebody else's form
    return project


@transaction.atomic
def discard(project: Project, *, by: User) -> None:
    """Remove a draft for good. Nothing that has been sent can be removed."""
    project = Project.objects.locked(project.pk)
    if not project.is_draft or project.giver_id != by.pk:
        raise rights.NotAllowed
    pk = project.pk
    project.delete()
    Project.history.filter(id=pk).delete()  # last, for the removal is history too


@transaction.atomic
def send(project: Project, *, by: User) -> Project:
    """Send the draft: it gets its reference and goes to the giver's leader or to DigiTek.

    Raises ``documents.Incomplete`` with the gaps, ``AlreadySent``, or ``NotAllowed``.
    """
    project = Project.objects.locked(project.pk)
    if not project.is_draft:
        raise AlreadySent
    rights.require(by, May.COMPLETE, project)
    documents.require_complete(project, ENDORSEMENT.reads)
    [(project.year, project.number)] = next_references(1)
    project.sent_at = clock.now()
    phases.take_in(project, by=by)
    documents.keep_first_versions(project, by=by)
    history.record(project, "idea_sent", by=by)
    notices.receipt(project)
    _hand_on(project, by=by)
    return project


@transaction.atomic
def send_again(project: Project, *, by: User) -> Project:
    """The giver has completed what was sent back."""
    project = Project.objects.locked(project.pk)
    rights.require(by, May.COMPLETE, project)
    if project.is_draft:
        raise rights.NotAllowed
    documents.require_complete(project, ENDORSEMENT.reads)
    waiting.end(project, Waiting.Kind.COMPLETE)
    history.record(project, "idea_sent_again", by=by)
    _hand_on(project, by=by)
    return project


def may_be_sent_back(project: Project) -> bool:
    """Whether the giver can be asked to complete the idea now."""
    is_an_idea = project.is_active and is_first_phase(project.phase)
    if not is_an_idea or project.giver is None or project.open_request:
        return False
    return not rights.giver_is_waited_for(project.giver, project)


@transaction.atomic
def send_back(project: Project, *, by: User, words: str) -> Project:
    """Ask the giver to complete the idea; ``words`` say what is missing."""
    project = Project.objects.locked(project.pk)
    rights.require(by, May.QUALIFY, project)
    phases.refuse_while_a_decision_is_waited_for(project)
    if not (project.is_active and is_first_phase(project.phase)):
        raise IntakeError(_("Only an idea can be sent back to its giver."))
    if project.giver is None:
        raise IntakeError(_("The idea has no giver in the portal."))
    if rights.giver_is_waited_for(project.giver, project):
        if asked_of_giver(project).facts["words"] == words:
            return project  # a double click
        raise IntakeError(_("The idea has already been sent back to its giver."))
    waiting.end(project, Waiting.Kind.QUALIFY)
    relay.to_giver(project, by=by, words=words)
    return project


@transaction.atomic
def qualify(
    project: Project,
    *,
    by: User,
    type: str,
    touches_it: bool,
    digitek_contact: User,
    lead: User | None = None,
) -> Project:
    """DigiTek has looked at the idea: its type, its people, and whether it touches IT."""
    project = Project.objects.locked(project.pk)
    rights.require(by, May.QUALIFY, project)
    phases.refuse_while_a_decision_is_waited_for(project)
    if not project.is_active:
        raise IntakeError(_("Only an active idea can be qualified."))
    if waits_for_a_leader(project):
        raise IntakeError(_("A leader must stand behind the idea first."))
    if project.phase not in TRACKS[ProjectType(type)].phases:
        raise IntakeError(_("A project of that type has no such phase."))
    before = (project.lead_id, project.digitek_contact_id)
    as_it_was = _qualification(project)
    project.type = type
    project.priority = priority_for(type, project.priority)
    project.touches_it = touches_it
    project.digitek_contact, project.lead = digitek_contact, lead
    waited = waiting.end(project, Waiting.Kind.QUALIFY)
    if project.is_qualified and not waited and _qualification(project) == as_it_was:
        return project  # a double click
    project.qualified_at = project.qualified_at or clock.now()
    _save(project, by=by)
    if project.gate is None:
        waiting.end(project, Waiting.Kind.REWORK)
    relay.take_over(project)
    history.record(project, "qualified", by=by, type=type)
    new = [person for person in (lead, digitek_contact) if person and person.pk not in before]
    notices.named(project, to=new, by=by)
    return project


def priority_for(type: str, priority: str) -> str:
    """The priority kept when the type allows it; a must-do is very high by rule."""
    allowed = TRACKS[ProjectType(type)].priorities
    if priority in allowed:
        return priority
    return Priority.PIPELINE if Priority.PIPELINE in allowed else allowed[0]


def next_references(count: int) -> list[tuple[int, int]]:
    """The next free years and numbers. The counter's row is locked until the transaction ends."""
    year = clock.today().year
    ReferenceCounter.objects.get_or_create(year=year)
    counter = ReferenceCounter.objects.select_for_update().get(year=year)
    first = counter.last + 1
    counter.last += count
    counter.save(update_fields=["last"])
    return [(year, number) for number in range(first, first + count)]


def first_reader(project: Project) -> str:
    """Whom the idea goes to when it is sent, in the reader's language."""
    if has_a_leader_behind_it(project):
        return Desk.DIGITEK.label
    desk, unit = deciders.decision_maker(project, ENDORSEMENT)
    return f"{desk.label}, {unit}" if unit else desk.label


def asked_of_giver(project: Project) -> Event | None:
    """The newest time the idea was sent back: who asked, and in which words."""
    if project.is_draft:
        return None
    return Event.objects.about(project).filter(key="idea_sent_back").select_related("by").first()


def has_a_leader_behind_it(project: Project) -> bool:
    """A leader of the unit, or above it, is the giver or has endorsed the idea."""
    if project.endorsed_by_id:
        return True
    return project.giver is not None and any(
        held.role in STANDS_BEHIND_OWN_IDEAS and held.reaches(project.unit)
        for held in project.giver.held
    )


def waits_for_a_leader(project: Project) -> bool:
    """A new idea is not qualified before a leader stands behind it, while its giver is here."""
    giver_is_here = project.giver is not None and project.giver.is_active
    return not project.is_qualified and giver_is_here and not has_a_leader_behind_it(project)


def _hand_on(project: Project, *, by: User) -> None:
    if has_a_leader_behind_it(project):
        relay.to_digitek(project)
    else:
        gates.ask_for_endorsement(project, by=by)


def _qualification(project: Project) -> tuple:
    people = (project.lead_id, project.digitek_contact_id)
    return (project.type, project.touches_it, *people)


def _save(project: Project, *, by: User) -> None:
    project._history_user = by
    project.save()
