"""The gates: what DigiTek recommends, what is asked, and what is decided.

Who decides is found by ``deciders``. Asking opens a ``DecisionRequest``; a decision answers
exactly one, and whoever comes second is told who decided what and when. The move that follows
is made by ``phases``.
"""

from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from projects import documents, notices, phases, relay, rights
from projects.deciders import decision_maker, may_answer, may_register
from projects.models import DecisionRequest, GateDecision, Project, Recommendation
from projects.phase_model import (
    ENDORSEMENT,
    OUTCOMES,
    Gate,
    Outcome,
    Verdict,
    leads_to_operation,
)
from projects.rights import ProjectError
from sso_portal.organisation import waiting
from sso_portal.organisation.models import User, Waiting
from sso_portal.organisation.roles import May
from sso_portal.shared import clock, history


class GateError(ProjectError):
    """The act is refused at this gate; the text says why."""


class AlreadyDecided(GateError):
    """Somebody answered the request first. ``decision`` is theirs."""

    def __init__(self, decision: GateDecision):
        at = date_format(localtime(decision.recorded_at), "DATETIME_FORMAT")
        super().__init__(
            _("%(person)s decided this on %(at)s: %(verdict)s. Your text has not been saved.")
            % {
                "person": decision.recorded_by,
                "at": at,
                "verdict": decision.told,
            }
        )
        self.decision = decision


class NotTheDecider(GateError):
    def __init__(self, asked: DecisionRequest):
        super().__init__(_("This is decided by %(decider)s.") % {"decider": asked.decider})


class OwnIdea(GateError):
    def __init__(self):
        super().__init__(_("Nobody decides on their own idea."))


# --- recommending and asking ----------------------------------------------------------------


def recommendation_at_the_gate(project: Project) -> Recommendation | None:
    """DigiTek's newest words at the gate ahead, given since the last decision there."""
    gate = project.gate
    if gate is None:
        return None
    here = {"gate_number": gate.number, "round": project.round}
    decided_since = GateDecision.objects.filter(
        project=project, recorded_at__gte=OuterRef("at"), **here
    )
    return (
        project.recommendations.filter(~Exists(decided_since), **here).select_related("by").first()
    )


@transaction.atomic
def recommend(
    project: Project, *, by: User, verdict: str, reasoning: str, opens: str = ""
) -> Recommendation:
    """Say what DigiTek recommends at the gate ahead; a newer recommendation replaces an older."""
    project = Project.objects.locked(project.pk)
    rights.require(by, May.RECOMMEND, project)
    phases.refuse_while_a_decision_is_waited_for(project)
    gate = _gate_ahead(project)
    opens = _way(gate, verdict, opens)
    if not reasoning.strip():
        raise GateError(_("A recommendation carries a reason."), about="reasoning")
    newest = recommendation_at_the_gate(project)
    words = {"verdict": verdict, "opens": opens, "reasoning": reasoning}
    if newest and newest.by == by and all(getattr(newest, k) == v for k, v in words.items()):
        return newest
    history.record(project, "recommended", by=by, gate=gate.number, verdict=verdict)
    return Recommendation.objects.create(
        project=project, gate_number=gate.number, round=project.round, by=by, **words
    )


@transaction.atomic
def ask(
    project: Project, *, by: User, words: str = "", due_on: date | None = None
) -> DecisionRequest:
    """Ask for the decision at the gate ahead. The decision maker is told."""
    project = Project.objects.locked(project.pk)
    rights.require(by, May.ASK_FOR_DECISION, project)
    gate = _gate_ahead(project)
    phases.refuse_while_a_decision_is_waited_for(project)
    if not project.is_qualified:
        raise GateError(_("The idea must be qualified first."))
    recommendation = recommendation_at_the_gate(project)
    if recommendation is None:
        raise GateError(_("Write DigiTek's recommendation first."))
    if due_on and due_on < clock.today():
        raise GateError(_("The date it is wanted by has passed."), about="due_on")
    waiting.end(project, *phases.OVERTAKEN)
    asked = _open_request(
        project, gate, by=by, recommendation=recommendation, words=words, due_on=due_on
    )
    history.record(project, "decision_asked", by=by, gate=gate.number)
    return asked


def ask_for_endorsement(project: Project, *, by: User) -> DecisionRequest:
    """Ask the giver's own leader to stand behind the idea. Called by ``intake``."""
    phases.refuse_while_a_decision_is_waited_for(project)
    asked = _open_request(project, ENDORSEMENT, by=by)
    history.record(project, "endorsement_asked", by=by)
    return asked


def _open_request(project: Project, gate: Gate, *, by: User, **more) -> DecisionRequest:
    desk, unit = decision_maker(project, gate)
    asked = DecisionRequest.objects.create(
        project=project,
        gate_number=gate.number,
        round=project.round,
        desk=desk,
        unit=unit,
        asked_by=by,
        **more,
    )
    relay.to_decider(asked)
    return asked


@transaction.atomic
def withdraw(asked: DecisionRequest, *, by: User) -> None:
    """Take the question back, so that the documents can be changed."""
    project = Project.objects.locked(asked.project_id)
    asked = _still_open(asked)
    rights.require(by, May.ASK_FOR_DECISION, project)
    if asked.gate == ENDORSEMENT:
        raise GateError(_("An idea that waits for its leader cannot be taken back."))
    _close(asked)
    waiting.end(project, Waiting.Kind.DECIDE)
    history.record(project, "decision_withdrawn", by=by, gate=asked.gate_number)


# --- deciding -------------------------------------------------------------------------------


@transaction.atomic
def decide(
    asked: DecisionRequest,
    *,
    by: User,
    verdict: str,
    reasoning: str,
    opens: str = "",
    spread: bool | None = None,
    conditions: str = "",
    review_on: date | None = None,
    forum: str = "",
    decided_on: date | None = None,
) -> GateDecision:
    """Answer the request: one decision, one record, one move, and those concerned are told.

    ``forum`` and ``decided_on`` are given when DigiTek registers what a meeting decided. Raises
    ``AlreadyDecided``, ``NotTheDecider``, ``OwnIdea``, ``documents.Incomplete`` or ``GateError``.
    """
    project = Project.objects.locked(asked.project_id)
    asked = _still_open(asked)
    gate = asked.gate
    _refuse_the_wrong_person(asked, by=by, forum=forum, decided_on=decided_on)
    _refuse_a_day_ahead(decided_on)
    opens = _way(gate, verdict, opens)
    outcome = OUTCOMES[verdict]
    answer = {"opens": opens, "reasoning": reasoning, "spread": spread, "review_on": review_on}
    _refuse_half_an_answer(project, gate, outcome, **answer)
    before, basis = project.phase, basis_of(project, asked)
    _close(asked)
    effect = {"opens": opens, "because": reasoning, "review_on": review_on}
    _take_effect(project, gate, outcome, by=by, **effect)
    decision = GateDecision.objects.create(
        request=asked,
        project=project,
        gate_number=gate.number,
        round=asked.round,
        verdict=verdict,
        phase_before=before,
        phase_after=project.phase,
        spread=spread if leads_to_operation(opens) else None,
        reasoning=reasoning,
        conditions=conditions,
        review_on=review_on if outcome.needs_review_date else None,
        recorded_by=by,
        forum=forum,
        decided_on=decided_on or clock.today(),
        basis=basis,
    )
    _hand_on(project, decision, by=by)
    return decision


def _take_effect(project: Project, gate: Gate, outcome: Outcome, *, by: User, **effect) -> None:
    """Move the project; whoever says yes at the endorsement is the leader behind the idea."""
    if gate == ENDORSEMENT and outcome.moves:
        project.endorsed_by = by
    phases.take_outcome(project, outcome, by=by, **effect)


def _refuse_a_day_ahead(decided_on: date | None) -> None:
    if decided_on and decided_on > clock.today():
        raise GateError(
            _("A decision cannot be registered before it is taken."), about="decided_on"
        )


def _refuse_half_an_answer(
    project: Project,
    gate: Gate,
    outcome: Outcome,
    *,
    reasoning: str,
    opens: str,
    spread: bool | None,
    review_on: date | None,
) -> None:
    if not reasoning.strip():
        raise GateError(_("A decision carries a reason."), about="reasoning")
    if outcome.moves:
        documents.require_complete(project, gate.reads)
    if leads_to_operation(opens) and spread is None:
        raise GateError(_("Say whether the solution is to be spread."), about="spread")
    if outcome.needs_review_date and review_on is None:
        raise GateError(_("Say when it is to be reviewed."), about="review_on")
    if outcome.needs_review_date and review_on <= clock.today():
        raise GateError(_("The review date must lie ahead."), about="review_on")


def _refuse_the_wrong_person(
    asked: DecisionRequest, *, by: User, forum: str, decided_on: date | None
) -> None:
    if asked.project.is_own_of(by):
        raise OwnIdea
    if may_answer(by, asked):
        return
    if not may_register(by, asked):
        raise NotTheDecider(asked)
    if not forum or decided_on is None:
        raise GateError(_("Name the forum that decided, and the date."), about="forum")


def _way(gate: Gate, verdict: str, opens: str) -> str:
    """The phase an approval leads to; empty for the other verdicts and for an endorsement."""
    if verdict not in gate.verdicts:
        raise GateError(_("%(gate)s has no such outcome.") % {"gate": gate.name}, about="verdict")
    if not OUTCOMES[verdict].moves or not gate.opens:
        return ""
    if not opens and len(gate.opens) == 1:
        return gate.opens[0]
    if opens not in gate.opens:
        raise GateError(_("Choose the phase that the approval leads to."), about="opens")
    return opens


def basis_of(project: Project, asked: DecisionRequest) -> dict:
    """What a decision now would rest on, as plain data; people stand as keys."""
    recommendation = asked.recommendation
    return {
        "facts": {
            "title": project.title,
            "type": project.type,
            "priority": project.priority,
            "risk": project.risk,
            "unit": project.unit_id,
            "giver": project.giver_id,
            "endorsed_by": project.endorsed_by_id,
            "lead": project.lead_id,
            "digitek_contact": project.digitek_contact_id,
            "starts_on": project.starts_on and project.starts_on.isoformat(),
            "ends_on": project.ends_on and project.ends_on.isoformat(),
            "touches_it": project.touches_it,
            "budget_kroner": project.budget_kroner,
            "hours_freed": project.hours_freed,
            "pools": [pool.pk for pool in project.pools.all()],
        },
        "recommendation": recommendation and recommendation.pk,
        "documents": documents.snapshot(project, asked.gate.reads),
    }


def _hand_on(project: Project, decision: GateDecision, *, by: User) -> None:
    """Record what was decided and let the project wait for the next pair of hands."""
    endorsing = decision.gate_number == ENDORSEMENT.number
    waiting.end(project, Waiting.Kind.DECIDE, Waiting.Kind.ENDORSE)
    key = "endorsement" if endorsing else "decision"
    history.record(
        project,
        f"{key}_{decision.verdict}",
        by=by,
        gate=decision.gate_number,
        phase=decision.phase_after,
        decision=decision.pk,
    )
    if decision.verdict == Verdict.REWORK:
        if endorsing:
            relay.to_giver(project, by=by, words=decision.reasoning)
            return
        relay.to_rework(project)
    elif endorsing and OUTCOMES[decision.verdict].moves:
        relay.to_digitek(project)
    notices.decided(decision)


# --- small steps ----------------------------------------------------------------------------


def _gate_ahead(project: Project) -> Gate:
    phases.refuse_unless_active(project)
    if project.gate is None:
        raise GateError(_("There is no gate ahead of this project."))
    return project.gate


def _still_open(asked: DecisionRequest) -> DecisionRequest:
    """The request, locked; raises when it has been answered or withdrawn."""
    asked = DecisionRequest.objects.select_for_update().get(pk=asked.pk)
    if asked.is_open:
        return asked
    decision = GateDecision.objects.with_people().filter(request=asked).first()
    if decision:
        raise AlreadyDecided(decision)
    raise GateError(_("The request for a decision has been withdrawn."))


def _close(asked: DecisionRequest) -> None:
    asked.closed_at = clock.now()
    asked.save(update_fields=["closed_at"])
