"""Moving: the only place a project changes phase, standing or round.

``gates`` calls ``take_outcome`` when somebody has decided; phases without gates move by ``move``.
"""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from projects import documents, relay, rights
from projects.models import Project
from projects.phase_model import FIRST_PHASE, Outcome, Phase, Standing, ends_a_round
from projects.rights import ProjectError
from sso_portal.organisation import waiting
from sso_portal.organisation.models import User, Waiting
from sso_portal.organisation.roles import May
from sso_portal.shared import clock, history

# What was waited for on the way to a step that is taken now
OVERTAKEN = (Waiting.Kind.COMPLETE, Waiting.Kind.QUALIFY, Waiting.Kind.REWORK)


class PhaseError(ProjectError):
    """The project cannot be moved so; the text says why."""


def take_outcome(
    project: Project,
    outcome: Outcome,
    *,
    by: User,
    opens: str = "",
    because: str = "",
    review_on: date | None = None,
) -> None:
    """Let a decision have its effect on a project whose row is locked."""
    if opens and opens != project.phase:
        project.phase, project.phase_since = opens, clock.now()
    _stand(project, outcome.standing, by=by, because=because, review_on=review_on)


def take_in(project: Project, *, by: User) -> None:
    """A draft becomes an active project."""
    project.phase, project.phase_since = FIRST_PHASE, clock.now()
    _stand(project, Standing.ACTIVE, by=by)


def begin_as(project: Project, *, phase: str, standing: str) -> None:
    """Let a project that is carried over begin where it has come to. Nothing is stored yet."""
    project.phase, project.phase_since = phase, clock.now()
    project.standing = standing


@transaction.atomic
def move(project: Project, *, by: User, to: str, reason: str) -> Project:
    """Move a project whose type has no gates to another of its phases."""
    project = Project.objects.locked(project.pk)
    rights.require(by, May.MOVE, project)
    refuse_unless_active(project)
    refuse_while_a_decision_is_waited_for(project)
    _require_a_reason(reason)
    if to not in project.track.moves_from(Phase(project.phase)):
        raise PhaseError(_("The project cannot be moved to that phase."), about="to")
    before, project.phase, project.phase_since = project.phase, to, clock.now()
    _save(project, by=by)
    waiting.end(project, *OVERTAKEN)
    history.record(project, "moved", by=by, before=before, phase=to, reason=reason)
    return project


@transaction.atomic
def park(project: Project, *, by: User, reason: str, review_on: date) -> Project:
    """Put an active project on hold until it is reviewed. The phase stays."""
    project = Project.objects.locked(project.pk)
    rights.require(by, May.PARK, project)
    refuse_unless_active(project)
    refuse_while_a_decision_is_waited_for(project)
    if not project.is_qualified:
        raise PhaseError(_("The idea must be qualified first."))
    _require_a_reason(reason)
    if review_on <= clock.today():
        raise PhaseError(_("The review date must lie ahead."), about="review_on")
    _stand(project, Standing.PARKED, by=by, because=reason, review_on=review_on)
    history.record(project, "parked", by=by, reason=reason, review_on=review_on.isoformat())
    return project


@transaction.atomic
def resume(project: Project, *, by: User, reason: str) -> Project:
    """Take a project off hold; it goes on where it was."""
    project = Project.objects.locked(project.pk)
    rights.require(by, May.PARK, project)
    if not project.is_parked:
        raise PhaseError(_("The project is not on hold."))
    _require_a_reason(reason)
    _stand(project, Standing.ACTIVE, by=by)
    history.record(project, "resumed", by=by, reason=reason)
    return project


@transaction.atomic
def stop(project: Project, *, by: User, reason: str) -> Project:
    """Stop a project whose type has no gates. It stays readable and is final."""
    project = Project.objects.locked(project.pk)
    rights.require(by, May.STOP, project)
    if project.track.gates:
        raise PhaseError(_("A project with gates is stopped by a decision at a gate."))
    refuse_while_a_decision_is_waited_for(project)
    _require_a_reason(reason)
    _stand(project, Standing.STOPPED, by=by)
    history.record(project, "stopped", by=by, reason=reason)
    return project


@transaction.atomic
def start_new_round(project: Project, *, by: User) -> Project:
    """From rethink back to an idea: same row, same reference, one round more."""
    project = _ready_to_leave_rethink(project, by=by)
    project.round += 1
    project.phase, project.phase_since = FIRST_PHASE, clock.now()
    _save(project, by=by)
    history.record(project, "round_started", by=by, round=project.round)
    documents.carry_over_idea(project, by=by)
    return project


@transaction.atomic
def close(project: Project, *, by: User) -> Project:
    """End a project in rethink for good, with what was learnt."""
    project = _ready_to_leave_rethink(project, by=by)
    _stand(project, Standing.CLOSED, by=by)
    history.record(project, "closed", by=by)
    return project


def _ready_to_leave_rethink(project: Project, *, by: User) -> Project:
    project = Project.objects.locked(project.pk)
    rights.require(by, May.QUALIFY, project)
    refuse_unless_active(project)
    if not ends_a_round(project.phase):
        raise PhaseError(_("Only a project in rethink can begin anew or be closed."))
    documents.require_complete(project, ["lessons"])
    return project


def _require_a_reason(reason: str) -> None:
    if not reason.strip():
        raise PhaseError(_("Say why."), about="reason")


def refuse_unless_active(project: Project) -> None:
    if not project.is_active:
        raise PhaseError(
            _("The project is not active: %(standing)s.")
            % {"standing": project.get_standing_display()}
        )


def refuse_while_a_decision_is_waited_for(project: Project) -> None:
    asked = project.requests.open().first()
    if asked is not None:
        raise PhaseError(_("A decision by %(decider)s is waited for.") % {"decider": asked.decider})


def _stand(
    project: Project, standing: str, *, by: User, because: str = "", review_on: date | None = None
) -> None:
    """Set the standing with what belongs to it, and the waits that follow from it.

    What IT has been asked stays asked while the project is on hold.
    """
    parked = standing == Standing.PARKED
    project.standing = standing
    project.on_hold_because = because if parked else ""
    project.review_on = review_on if parked else None
    _save(project, by=by)
    if project.is_over:
        waiting.end(project)
    elif parked:
        waiting.end(project, *(kind for kind in Waiting.Kind if kind != Waiting.Kind.STATEMENT))
        relay.to_review(project)
    else:
        waiting.end(project, Waiting.Kind.REVIEW)


def _save(project: Project, *, by: User) -> None:
    project._history_user = by
    project.save()
