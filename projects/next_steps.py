"""What this reader can do with a project now: the next step first, and what else may be kept.

Every step leads to a page whose verb asks ``rights`` and the rules again; here they are only asked
in advance, so that nobody is offered what would be refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects import deciders, intake, rights, statements
from projects.documents import Gap
from projects.models import DecisionRequest, Project, Recommendation
from projects.phase_model import ENDORSEMENT, Phase, ends_a_round
from sso_portal.organisation.models import User
from sso_portal.organisation.roles import May


@dataclass(frozen=True)
class Step:
    """An act offered to the reader, and the page where it is done."""

    label: str
    url: str


def ahead(
    user: User,
    project: Project,
    *,
    gaps: list[Gap] = (),
    recommendation: Recommendation | None = None,
) -> list[Step]:
    """What the reader can do to bring the project on, the most useful first."""
    if project.is_over:
        return []
    if project.is_parked:
        return list(_while_on_hold(user, project))
    steps = [*_asked_of(user, project)]
    if asked := project.open_request:
        return steps + [*_while_a_decision_is_waited_for(user, asked)]
    if not project.is_qualified:
        return steps + [*_before_it_is_qualified(user, project)]
    if project.gate:
        return steps + [*_towards_the_gate(user, project, gaps, recommendation)]
    return steps + [*_without_a_gate(user, project, gaps)]


def _page(name: str, project: Project, *more) -> str:
    return reverse(f"projects:{name}", args=[project.pk, *more])


def _while_on_hold(user: User, project: Project) -> Iterator[Step]:
    if rights.may(user, May.PARK, project):
        yield Step(_("Take the project off hold"), _page("resume", project))


def _asked_of(user: User, project: Project) -> Iterator[Step]:
    """What the reader has been asked for beside the decision."""
    if rights.giver_is_waited_for(user, project):
        yield Step(_("Complete the idea"), _page("idea_step", project, "problem"))
    pending = statements.pending(project)
    if pending and rights.may(user, May.GIVE_STATEMENT, project):
        yield Step(_("Give the statement"), reverse("projects:statement", args=[pending.pk]))


def _while_a_decision_is_waited_for(user: User, asked: DecisionRequest) -> Iterator[Step]:
    project, gate = asked.project, asked.gate
    page = asked.get_absolute_url()
    endorsing = gate == ENDORSEMENT
    if deciders.may_answer(user, asked):
        yield Step(
            _("Answer the idea") if endorsing else _("Decide %(gate)s") % {"gate": gate.name}, page
        )
    elif deciders.may_register(user, asked):
        yield Step(_("Register the decision"), page)
    elif deciders.may_read(user, asked):
        yield Step(_("Read the basis"), page)
    if not endorsing and rights.may(user, May.ASK_FOR_DECISION, project):
        yield Step(_("Withdraw the request"), _page("withdraw", project))


def _before_it_is_qualified(user: User, project: Project) -> Iterator[Step]:
    if rights.may(user, May.QUALIFY, project) and not intake.waits_for_a_leader(project):
        yield Step(_("Qualify the idea"), _page("qualify", project))
        if intake.may_be_sent_back(project):
            yield Step(_("Send back to the giver"), _page("send_back", project))


def _towards_the_gate(
    user: User, project: Project, gaps: list[Gap], recommendation: Recommendation | None
) -> Iterator[Step]:
    yield from _mending(user, project, gaps)
    if recommendation and rights.may(user, May.ASK_FOR_DECISION, project):
        yield Step(_("Ask for the decision"), _page("ask", project))
    if rights.may(user, May.RECOMMEND, project):
        label = _("Write a new recommendation") if recommendation else _("Write the recommendation")
        yield Step(label, _page("recommend", project))


def _mending(user: User, project: Project, gaps: list[Gap]) -> Iterator[Step]:
    """One step to each page where something that is missing can be mended."""
    for gap in {gap.key: gap for gap in gaps}.values():
        is_for_it = gap.key in statements.STATEMENTS
        if is_for_it and project.touches_it is None:
            act, words = May.KEEP_FACTS, _("Say whether it touches IT systems or personal data")
        elif is_for_it:
            act, words = May.ASK_FOR_DECISION, _("Ask for: %(document)s")
        else:
            act, words = May.WRITE, _("Fill in: %(document)s")
        if rights.may(user, act, project) and not (is_for_it and statements.pending(project)):
            yield Step(words % {"document": gap.document}, gap.url)


def _without_a_gate(user: User, project: Project, gaps: list[Gap]) -> Iterator[Step]:
    yield from _mending(user, project, gaps)
    if ends_a_round(project.phase) and not gaps and rights.may(user, May.QUALIFY, project):
        yield Step(_("Start a new round"), _page("new_round", project))
        yield Step(_("Close the project"), _page("close", project))
    if _moves(project) and rights.may(user, May.MOVE, project):
        yield Step(_("Move to another phase"), _page("move", project))


def _moves(project: Project) -> tuple[Phase, ...]:
    return project.track.moves_from(Phase(project.phase))


# --- beside the process ---------------------------------------------------------------------

KEEPING = (
    ("facts", gettext_lazy("Change key facts"), May.KEEP_FACTS),
    ("team", gettext_lazy("Change people"), May.KEEP_FACTS),
)


def beside(user: User, project: Project) -> list[Step]:
    """What the reader can keep or change beside the process."""
    steps = [
        Step(str(label), _page(name, project))
        for name, label, act in KEEPING
        if rights.may(user, act, project)
    ]
    if project.is_active and project.is_qualified and not project.open_request:
        steps += _setting_aside(user, project)
    return steps


def _setting_aside(user: User, project: Project) -> Iterator[Step]:
    if rights.may(user, May.QUALIFY, project):
        yield Step(_("Change type"), _page("qualify", project))
        if intake.may_be_sent_back(project):
            yield Step(_("Send back to the giver"), _page("send_back", project))
    if rights.may(user, May.PARK, project):
        yield Step(_("Put on hold"), _page("park", project))
    if not project.track.gates and rights.may(user, May.STOP, project):
        yield Step(_("Stop the project"), _page("stop", project))
