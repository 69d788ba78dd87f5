from datetime import date, timedelta

import pytest

from projects import gates, intake, phases, statements
from projects.documents import Incomplete
from projects.models import Project
from projects.phase_model import Phase, ProjectType, Standing
from projects.rights import NotAllowed
from sso_portal.organisation.models import Waiting
from sso_portal.organisation.roles import Desk
from sso_portal.shared import clock
from sso_portal.shared.models import Event
from tests.factories import a_sent_idea, at_gate, awaiting, in_phase
from tests.factories.projects import write


def in_a_month() -> date:
    return clock.today() + timedelta(days=30)


def open_waits(project) -> set[str]:
    return set(project.waits.filter(closed_at=None).values_list("kind", flat=True))


def words_of(project, key: str) -> dict:
    return Event.objects.about(project).get(key=key).facts


def stored(project) -> Project:
    return Project.objects.get(pk=project.pk)


@pytest.fixture
def idea(office):
    return in_phase(Phase.IDEA, giver=office.manager, digitek=office.digitek, unit=office.home)


@pytest.fixture
def must_do(office):
    idea = a_sent_idea(by=office.manager, unit=office.home)
    return intake.qualify(
        idea,
        by=office.digitek,
        type=ProjectType.MUST_DO,
        touches_it=False,
        digitek_contact=office.digitek,
        lead=office.other_manager,
    )


@pytest.fixture
def rethink(office):
    project = in_phase(
        Phase.RETHINK, giver=office.manager, digitek=office.digitek, unit=office.home
    )
    write(project, "lessons", by=office.digitek)
    return stored(project)


# --- moving ---------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["digitek", "other_manager"])
def test_digitek_and_the_project_leader_move_a_project_without_gates(office, must_do, who):
    phases.move(must_do, by=getattr(office, who), to=Phase.TRIAL, reason="Loven gælder nu")

    assert stored(must_do).phase == Phase.TRIAL
    assert words_of(must_do, "moved") == {
        "before": "idea",
        "phase": "trial",
        "reason": "Loven gælder nu",
    }


def test_the_time_in_the_phase_begins_anew(office, must_do):
    moment = clock.now() + timedelta(days=3)
    with clock.at(moment):
        phases.move(must_do, by=office.digitek, to=Phase.TRIAL, reason="Nu")

    assert stored(must_do).phase_since == moment


def test_others_do_not_move_it(office, must_do):
    with pytest.raises(NotAllowed):
        phases.move(must_do, by=office.chief, to=Phase.TRIAL, reason="Nu")


def test_a_project_with_gates_is_not_moved(office, idea):
    with pytest.raises(phases.PhaseError) as refusal:
        phases.move(idea, by=office.digitek, to=Phase.TRIAL, reason="Nu")

    assert refusal.value.about == "to"


def test_it_is_not_moved_to_where_it_is(office, must_do):
    with pytest.raises(phases.PhaseError):
        phases.move(must_do, by=office.digitek, to=Phase.IDEA, reason="Nu")


def test_what_is_on_hold_is_not_moved(office, must_do):
    phases.park(must_do, by=office.digitek, reason="Vi venter", review_on=in_a_month())

    with pytest.raises(phases.PhaseError):
        phases.move(must_do, by=office.digitek, to=Phase.TRIAL, reason="Nu")


@pytest.mark.parametrize(
    "act",
    [
        lambda project, by: phases.move(project, by=by, to=Phase.TRIAL, reason=" "),
        lambda project, by: phases.park(project, by=by, reason=" ", review_on=in_a_month()),
        lambda project, by: phases.stop(project, by=by, reason=" "),
    ],
)
def test_moving_parking_and_stopping_carry_a_reason(office, must_do, act):
    with pytest.raises(phases.PhaseError) as refusal:
        act(must_do, office.digitek)

    assert refusal.value.about == "reason"
    assert stored(must_do).standing == Standing.ACTIVE


# --- on hold --------------------------------------------------------------------------------


def test_on_hold_keeps_the_phase_and_waits_for_its_review(office, idea):
    phases.park(idea, by=office.digitek, reason="Leverandøren er gået", review_on=in_a_month())

    project = stored(idea)
    assert (project.standing, project.phase) == (Standing.PARKED, Phase.IDEA)
    assert (project.on_hold_because, project.review_on) == ("Leverandøren er gået", in_a_month())
    assert list(project.waits.open()) == []
    with clock.at(clock.now() + timedelta(days=31)):
        assert project.waits.open().get().kind == Waiting.Kind.REVIEW


def test_the_review_waits_for_the_team_when_there_is_no_contact(office, idea):
    Project.objects.filter(pk=idea.pk).update(digitek_contact=None)

    phases.park(idea, by=office.digitek, reason="Vi venter", review_on=in_a_month())

    assert idea.waits.get(kind=Waiting.Kind.REVIEW).desk == Desk.DIGITEK


@pytest.mark.parametrize("days", [-1, 0])
def test_the_review_lies_ahead(office, idea, days):
    with pytest.raises(phases.PhaseError) as refusal:
        phases.park(
            idea,
            by=office.digitek,
            reason="Vi venter",
            review_on=clock.today() + timedelta(days=days),
        )

    assert refusal.value.about == "review_on"


def test_an_idea_is_qualified_before_it_is_put_on_hold(office):
    idea = a_sent_idea(by=office.manager, unit=office.home)

    with pytest.raises(phases.PhaseError):
        phases.park(idea, by=office.digitek, reason="Vi venter", review_on=in_a_month())


def test_what_a_decision_is_waited_for_is_not_put_on_hold(office):
    asked = awaiting(1, giver=office.manager, digitek=office.digitek, unit=office.home)

    with pytest.raises(phases.PhaseError) as refusal:
        phases.park(asked.project, by=office.digitek, reason="Vent", review_on=in_a_month())

    assert str(asked.decider) in str(refusal.value)


def test_others_do_not_put_it_on_hold(office, idea):
    with pytest.raises(NotAllowed):
        phases.park(idea, by=office.manager, reason="Vi venter", review_on=in_a_month())


def test_it_goes_on_where_it_was(office, idea):
    phases.park(idea, by=office.digitek, reason="Vi venter", review_on=in_a_month())

    phases.resume(idea, by=office.digitek, reason="Ny leverandør")

    project = stored(idea)
    assert (project.standing, project.phase) == (Standing.ACTIVE, Phase.IDEA)
    assert (project.on_hold_because, project.review_on) == ("", None)
    assert open_waits(project) == set()
    assert words_of(project, "resumed") == {"reason": "Ny leverandør"}


def test_taking_off_hold_carries_a_reason(office, idea):
    phases.park(idea, by=office.digitek, reason="Vi venter", review_on=in_a_month())

    with pytest.raises(phases.PhaseError):
        phases.resume(idea, by=office.digitek, reason="")


def test_only_what_is_on_hold_is_taken_off_hold(office, idea):
    with pytest.raises(phases.PhaseError):
        phases.resume(idea, by=office.digitek, reason="Nu")


def test_it_stays_asked_while_the_project_is_on_hold(office):
    project = at_gate(2, giver=office.manager, digitek=office.digitek, unit=office.home)
    Project.objects.filter(pk=project.pk).update(touches_it=True)
    statements.ask(stored(project), by=office.digitek)

    phases.park(project, by=office.digitek, reason="Vi venter", review_on=in_a_month())
    phases.resume(project, by=office.digitek, reason="Nu")

    assert open_waits(project) == {Waiting.Kind.STATEMENT}


# --- stopping -------------------------------------------------------------------------------


def test_a_project_without_gates_is_stopped_for_good(office, must_do):
    phases.stop(must_do, by=office.digitek, reason="Loven er trukket tilbage")

    project = stored(must_do)
    assert project.standing == Standing.STOPPED
    assert open_waits(project) == set()
    assert words_of(project, "stopped") == {"reason": "Loven er trukket tilbage"}


def test_what_is_stopped_is_not_stopped_again(office, must_do):
    phases.stop(must_do, by=office.digitek, reason="Nok")

    with pytest.raises(NotAllowed):
        phases.stop(must_do, by=office.digitek, reason="Nok")


def test_a_project_with_gates_is_stopped_at_a_gate(office, idea):
    with pytest.raises(phases.PhaseError):
        phases.stop(idea, by=office.digitek, reason="Nok")


# --- rethink --------------------------------------------------------------------------------


def test_a_new_round_begins_as_an_idea_on_the_same_row(office, rethink):
    reference = rethink.reference

    phases.start_new_round(rethink, by=office.digitek)

    project = stored(rethink)
    assert (project.round, project.phase) == (2, Phase.IDEA)
    assert project.reference == reference
    assert project.paper("idea_description").content["problem"] == "Om problem"
    assert project.paper("checklist") is None
    assert project.documents.filter(round=1).exists()


def test_a_project_in_rethink_is_closed(office, rethink):
    phases.close(rethink, by=office.digitek)

    assert stored(rethink).standing == Standing.CLOSED
    assert words_of(rethink, "closed") == {}


@pytest.mark.parametrize("verb", [phases.start_new_round, phases.close])
def test_what_was_learnt_is_written_first(office, verb):
    project = in_phase(
        Phase.RETHINK, giver=office.manager, digitek=office.digitek, unit=office.home
    )

    with pytest.raises(Incomplete):
        verb(project, by=office.digitek)


@pytest.mark.parametrize("verb", [phases.start_new_round, phases.close])
def test_only_rethink_ends_a_round(office, idea, verb):
    with pytest.raises(phases.PhaseError):
        verb(idea, by=office.digitek)


@pytest.mark.parametrize("verb", [phases.start_new_round, phases.close])
def test_only_digitek_ends_a_round(office, rethink, verb):
    with pytest.raises(NotAllowed):
        verb(rethink, by=office.chief)


# --- the effect of a decision ---------------------------------------------------------------


def test_an_endorsement_does_not_begin_the_phase_anew(office):
    idea = a_sent_idea(by=office.employee, unit=office.home)
    since = stored(idea).phase_since

    gates.decide(
        idea.requests.open().get(), by=office.manager, verdict="approve", reasoning="God idé"
    )

    assert stored(idea).phase_since == since
