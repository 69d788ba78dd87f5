from datetime import timedelta

import pytest
from django.utils.translation import override

from projects import documents, gates, intake
from projects.models import DecisionRequest, GateDecision, Project, Recommendation
from projects.phase_model import Phase, ProjectType, Standing, Verdict
from projects.phases import PhaseError
from projects.rights import NotAllowed
from sso_portal.organisation.models import Waiting
from sso_portal.organisation.roles import Desk
from sso_portal.shared import clock
from sso_portal.shared.models import Event, OutgoingMail
from tests.factories import a_sent_idea, at_gate, awaiting, in_phase

LATER = timedelta(hours=1)


def stored(project) -> Project:
    return Project.objects.get(pk=project.pk)


def open_waits(project) -> set[str]:
    return set(project.waits.filter(closed_at=None).values_list("kind", flat=True))


def happened(project) -> list[str]:
    return [event.key for event in Event.objects.about(project)]


def told(kind: str) -> set:
    return {mail.recipient for mail in OutgoingMail.objects.filter(kind__endswith=kind)}


def ahead(days: int = 30):
    return clock.today() + timedelta(days=days)


@pytest.fixture
def people(office):
    return {"giver": office.manager, "digitek": office.digitek, "unit": office.home}


@pytest.fixture
def idea(people):
    return in_phase(Phase.IDEA, **people)


# --- recommending ---------------------------------------------------------------------------


def test_digitek_recommends_at_the_gate_ahead(office, idea):
    made = gates.recommend(idea, by=office.digitek, verdict="approve", reasoning="Den holder")

    assert (made.gate_number, made.round, made.opens) == (1, 1, Phase.INVESTIGATION)
    assert made.gate.number == 1
    assert gates.recommendation_at_the_gate(idea) == made
    assert happened(idea)[0] == "recommended"


def test_a_newer_recommendation_replaces_an_older(office, idea):
    gates.recommend(idea, by=office.digitek, verdict="approve", reasoning="Den holder")
    with clock.at(clock.now() + LATER):
        newer = gates.recommend(idea, by=office.digitek, verdict="stop", reasoning="Alligevel ikke")

    assert gates.recommendation_at_the_gate(idea) == newer
    assert Recommendation.objects.count() == 2


def test_the_same_words_twice_are_one_recommendation(office, idea):
    words = {"verdict": "approve", "reasoning": "Den holder"}
    first = gates.recommend(idea, by=office.digitek, **words)

    assert gates.recommend(idea, by=office.digitek, **words) == first


def test_a_recommendation_of_rework_opens_nothing(office, idea):
    made = gates.recommend(idea, by=office.digitek, verdict="rework", reasoning="Mangler tal")

    assert made.opens == ""


@pytest.mark.parametrize("opens", ["", "trial"])
def test_at_gate_3_an_approval_says_where_it_leads(office, people, opens):
    project = in_phase(Phase.TRIAL, **people)

    with pytest.raises(gates.GateError) as refusal:
        gates.recommend(project, by=office.digitek, verdict="approve", opens=opens, reasoning="Ja")

    assert refusal.value.about == "opens"


def test_a_recommendation_carries_a_reason(office, idea):
    with pytest.raises(gates.GateError) as refusal:
        gates.recommend(idea, by=office.digitek, verdict="approve", reasoning="  ")

    assert refusal.value.about == "reasoning"


def test_only_digitek_recommends(office, idea):
    with pytest.raises(NotAllowed):
        gates.recommend(idea, by=office.chief, verdict="approve", reasoning="Ja")


def test_nobody_recommends_while_a_decision_is_waited_for(office, people):
    asked = awaiting(1, **people)

    with pytest.raises(PhaseError):
        gates.recommend(asked.project, by=office.digitek, verdict="stop", reasoning="Nej")


@pytest.mark.parametrize("phase", [Phase.OPERATION, Phase.RETHINK])
def test_without_a_gate_ahead_there_is_nothing_to_recommend(office, people, phase):
    project = in_phase(phase, **people)

    assert gates.recommendation_at_the_gate(project) is None
    with pytest.raises(gates.GateError):
        gates.recommend(project, by=office.digitek, verdict="approve", reasoning="Ja")


def test_a_recommendation_is_spent_when_the_gate_is_decided(office, people):
    asked = awaiting(1, **people)
    gates.decide(asked, by=office.chief, verdict="rework", reasoning="Regn igen")

    assert gates.recommendation_at_the_gate(stored(asked.project)) is None


# --- asking ---------------------------------------------------------------------------------


def test_asking_lets_the_project_wait_for_the_decision_maker(office, people):
    asked = gates.ask(at_gate(1, **people), by=office.digitek, words="Haster", due_on=ahead())

    wait = asked.project.waits.get(closed_at=None)
    assert (asked.desk, asked.unit) == (Desk.CHIEF, office.care)
    assert (wait.kind, wait.desk, wait.unit) == (Waiting.Kind.DECIDE, Desk.CHIEF, office.care)
    assert (wait.due_on, wait.link) == (ahead(), asked.get_absolute_url())
    assert told("waiting") == {office.chief, office.digitek}  # DigiTek for the idea, before
    assert stored(asked.project).open_request == asked


def test_asking_carries_the_newest_recommendation_along(office, people):
    asked = awaiting(2, **people)

    assert asked.recommendation.reasoning == "Papirerne er i orden"


def test_the_chief_group_is_asked_through_the_director(office, people):
    project = at_gate(2, **people, pools=[office.shared_pool])

    asked = gates.ask(project, by=office.digitek)

    assert (asked.desk, asked.unit) == (Desk.CHIEF_GROUP, None)
    assert office.director in told("waiting")
    assert office.chief not in told("waiting")


def test_a_recommendation_comes_before_the_question(office, idea):
    with pytest.raises(gates.GateError):
        gates.ask(idea, by=office.digitek)


def test_an_idea_is_qualified_before_anybody_is_asked(office):
    idea = a_sent_idea(by=office.manager, unit=office.home)
    gates.recommend(idea, by=office.digitek, verdict="approve", reasoning="Ja")

    with pytest.raises(gates.GateError):
        gates.ask(idea, by=office.digitek)


def test_nobody_is_asked_twice(office, people):
    asked = awaiting(1, **people)

    with pytest.raises(PhaseError):
        gates.ask(asked.project, by=office.digitek)


def test_only_digitek_asks(office, people):
    with pytest.raises(NotAllowed):
        gates.ask(at_gate(1, **people), by=office.chief)


def test_what_is_wanted_yesterday_is_refused(office, people):
    with pytest.raises(gates.GateError) as refusal:
        gates.ask(at_gate(1, **people), by=office.digitek, due_on=ahead(-1))

    assert refusal.value.about == "due_on"


def test_what_is_on_hold_is_not_asked_about(office, people):
    asked = awaiting(1, **people)
    gates.decide(asked, by=office.chief, verdict="park", reasoning="Vent", review_on=ahead())

    with pytest.raises(PhaseError):
        gates.ask(asked.project, by=office.digitek)


def test_a_project_without_gates_asks_nobody(office):
    idea = a_sent_idea(by=office.manager, unit=office.home)
    must_do = intake.qualify(
        idea,
        by=office.digitek,
        type=ProjectType.MUST_DO,
        touches_it=False,
        digitek_contact=office.digitek,
    )

    with pytest.raises(gates.GateError):
        gates.ask(must_do, by=office.digitek)


def test_one_leader_is_asked_at_a_time(office):
    idea = a_sent_idea(by=office.employee, unit=office.home)

    with pytest.raises(PhaseError):
        gates.ask_for_endorsement(stored(idea), by=office.employee)


# --- withdrawing ----------------------------------------------------------------------------


def test_a_withdrawn_request_is_waited_for_no_more(office, people):
    asked = awaiting(1, **people)

    gates.withdraw(asked, by=office.digitek)

    assert open_waits(asked.project) == set()
    assert stored(asked.project).open_request is None
    assert not documents.is_locked(stored(asked.project), "idea_description")


def test_only_digitek_withdraws(office, people):
    with pytest.raises(NotAllowed):
        gates.withdraw(awaiting(1, **people), by=office.manager)


def test_what_is_withdrawn_is_neither_withdrawn_nor_decided_again(office, people):
    asked = awaiting(1, **people)
    gates.withdraw(asked, by=office.digitek)

    with pytest.raises(gates.GateError):
        gates.withdraw(asked, by=office.digitek)
    with pytest.raises(gates.GateError):
        gates.decide(asked, by=office.chief, verdict="approve", reasoning="Ja")


def test_an_idea_that_waits_for_its_leader_is_not_taken_back(office):
    idea = a_sent_idea(by=office.employee, unit=office.home)

    with pytest.raises(gates.GateError):
        gates.withdraw(idea.requests.get(), by=office.digitek)

    assert open_waits(idea) == {Waiting.Kind.ENDORSE}


# --- deciding: the outcomes -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "opens", "phase"),
    [
        (1, "", Phase.INVESTIGATION),
        (2, "", Phase.TRIAL),
        (3, Phase.OPERATION, Phase.OPERATION),
        (3, Phase.RETHINK, Phase.RETHINK),
    ],
)
def test_an_approval_moves_the_project_to_the_next_phase(office, people, number, opens, phase):
    asked = awaiting(number, **people)

    decision = gates.decide(
        asked, by=office.chief, verdict="approve", reasoning="Ja", opens=opens, spread=True
    )

    project = stored(asked.project)
    assert (project.phase, project.standing) == (phase, Standing.ACTIVE)
    assert (decision.phase_before, decision.phase_after) == (asked.gate.after, phase)
    assert decision.spread is (True if phase == Phase.OPERATION else None)
    assert open_waits(project) == set()
    assert happened(project)[0] == "decision_approve"


@pytest.mark.parametrize(
    ("verdict", "standing", "waits"),
    [
        (Verdict.REWORK, Standing.ACTIVE, {Waiting.Kind.REWORK}),
        (Verdict.PARK, Standing.PARKED, {Waiting.Kind.REVIEW}),
        (Verdict.STOP, Standing.STOPPED, set()),
    ],
)
def test_other_outcomes_keep_the_phase_and_set_the_standing(
    office, people, verdict, standing, waits
):
    asked = awaiting(2, **people)

    gates.decide(asked, by=office.chief, verdict=verdict, reasoning="Se referat", review_on=ahead())

    project = stored(asked.project)
    assert (project.phase, project.standing) == (Phase.INVESTIGATION, standing)
    assert open_waits(project) == waits


def test_rework_waits_for_the_project_leader(office, people):
    asked = awaiting(2, **people)
    Project.objects.update(lead=office.other_manager)

    gates.decide(asked, by=office.chief, verdict="rework", reasoning="Regn igen")

    assert asked.project.waits.get(closed_at=None).user == office.other_manager


def test_asking_again_ends_the_rework(office, people):
    asked = awaiting(1, **people)
    gates.decide(asked, by=office.chief, verdict="rework", reasoning="Regn igen")
    with clock.at(clock.now() + LATER):
        gates.recommend(asked.project, by=office.digitek, verdict="approve", reasoning="Nu")
        gates.ask(asked.project, by=office.digitek)

    assert open_waits(asked.project) == {Waiting.Kind.DECIDE}


def test_on_hold_keeps_the_reasons_and_the_review(office, people):
    asked = awaiting(1, **people)

    decision = gates.decide(
        asked, by=office.chief, verdict="park", reasoning="Vent på udbud", review_on=ahead()
    )

    project = stored(asked.project)
    assert (project.on_hold_because, project.review_on) == ("Vent på udbud", ahead())
    assert decision.review_on == ahead()


def test_everybody_concerned_is_told_and_nobody_of_the_own_act(office, people):
    asked = awaiting(1, **people)
    gates.decide(asked, by=office.chief, verdict="approve", reasoning="Ja")

    assert told("answer") == {office.manager}
    assert told("decided") == {office.digitek}


# --- deciding: what is refused --------------------------------------------------------------


def refused(asked, *, about: str = "", error=gates.GateError, **answer):
    before = stored(asked.project)
    with pytest.raises(error) as refusal:
        gates.decide(asked, **({"verdict": "approve", "reasoning": "Ja"} | answer))
    assert refusal.value.about == about
    after = stored(asked.project)
    assert (after.phase, after.standing) == (before.phase, before.standing)
    assert not asked.project.decisions.filter(request=asked).exists()
    assert DecisionRequest.objects.get(pk=asked.pk).is_open
    return refusal.value


def test_a_decision_carries_a_reason(office, people):
    refused(awaiting(1, **people), by=office.chief, reasoning=" ", about="reasoning")


def test_on_hold_needs_a_review_date(office, people):
    refused(awaiting(1, **people), by=office.chief, verdict="park", about="review_on")


@pytest.mark.parametrize("days", [-1, 0])
def test_the_review_lies_ahead(office, people, days):
    answer = {"verdict": "park", "review_on": ahead(days)}
    refused(awaiting(1, **people), by=office.chief, about="review_on", **answer)


def test_gate_3_says_where_it_leads(office, people):
    refused(awaiting(3, **people), by=office.chief, about="opens")


def test_operation_says_whether_it_is_spread(office, people):
    refused(awaiting(3, **people), by=office.chief, opens=Phase.OPERATION, about="spread")


def test_an_endorsement_cannot_put_on_hold(office):
    idea = a_sent_idea(by=office.employee, unit=office.home)
    answer = {"verdict": "park", "review_on": ahead()}
    refused(idea.requests.get(), by=office.manager, about="verdict", **answer)


def test_nothing_is_approved_while_something_is_missing(office, people):
    asked = awaiting(2, **people)
    asked.project.documents.filter(key="contract").update(content={})

    error = refused(asked, by=office.chief, error=documents.Incomplete)

    assert {gap.key for gap in error.gaps} == {"contract"}


@pytest.mark.parametrize("verdict", ["rework", "park", "stop"])
def test_other_outcomes_do_not_ask_for_whole_documents(office, people, verdict):
    asked = awaiting(2, **people)
    asked.project.documents.filter(key="contract").update(content={})

    assert gates.decide(asked, by=office.chief, verdict=verdict, reasoning="Nej", review_on=ahead())


@pytest.mark.parametrize("who", ["employee", "other_manager", "other_chief", "director", "it"])
def test_the_wrong_person_is_refused(office, people, who):
    error = refused(awaiting(1, **people), by=getattr(office, who), error=gates.NotTheDecider)
    assert "Omsorg" in str(error)


def test_nobody_decides_on_the_own_idea(office, people):
    refused(awaiting(1, **people), by=office.manager, error=gates.OwnIdea)


def test_digitek_does_not_register_on_the_own_idea(office):
    asked = awaiting(1, giver=office.manager, digitek=office.digitek, unit=office.home)
    Project.objects.update(giver=office.digitek)
    answer = {"forum": "Chefmøde", "decided_on": clock.today()}
    refused(asked, by=office.digitek, error=gates.OwnIdea, **answer)


def test_digitek_does_not_endorse(office):
    idea = a_sent_idea(by=office.employee, unit=office.home)
    answer = {"forum": "Chefmøde", "decided_on": clock.today()}
    refused(idea.requests.get(), by=office.digitek, error=gates.NotTheDecider, **answer)


# --- deciding in a meeting ------------------------------------------------------------------


def test_digitek_registers_what_a_meeting_decided(office, people):
    day = clock.today() - timedelta(days=3)

    decision = gates.decide(
        awaiting(1, **people),
        by=office.digitek,
        verdict="approve",
        reasoning="Se referat",
        forum="Ledergruppen i Omsorg",
        decided_on=day,
    )

    assert (decision.forum, decision.decided_on) == ("Ledergruppen i Omsorg", day)
    assert decision.recorded_by == office.digitek


@pytest.mark.parametrize("half", [{"forum": "Chefmøde"}, {"decided_on": clock.today}])
def test_registering_names_forum_and_day(office, people, half):
    half = {name: value() if callable(value) else value for name, value in half.items()}
    refused(awaiting(1, **people), by=office.digitek, about="forum", **half)


@pytest.mark.parametrize("who", ["digitek", "chief"])
def test_nothing_is_registered_before_it_is_decided(office, people, who):
    answer = {"forum": "Chefmøde", "decided_on": ahead(1)}
    refused(awaiting(1, **people), by=getattr(office, who), about="decided_on", **answer)


def test_the_director_records_for_the_chief_group(office, people):
    asked = awaiting(2, **people, pools=[office.shared_pool])

    decision = gates.decide(asked, by=office.director, verdict="approve", reasoning="Ja")

    assert (decision.forum, decision.decided_on) == ("", clock.today())


def test_a_chief_does_not_decide_for_the_chief_group(office, people):
    asked = awaiting(2, **people, pools=[office.shared_pool])
    refused(asked, by=office.chief, error=gates.NotTheDecider)


# --- who comes second -----------------------------------------------------------------------


def test_who_comes_second_is_told_who_was_first(office, people):
    asked = awaiting(1, **people)
    first = gates.decide(asked, by=office.chief, verdict="approve", reasoning="Ja")

    with override("en"), pytest.raises(gates.AlreadyDecided) as refusal:
        gates.decide(asked, by=office.digitek, verdict="stop", reasoning="Nej", forum="Møde")

    assert refusal.value.decision == first
    assert str(office.chief) in str(refusal.value)
    assert "Approved" in str(refusal.value)
    assert GateDecision.objects.get() == first


# --- endorsing ------------------------------------------------------------------------------


@pytest.fixture
def endorsement(office):
    return a_sent_idea(by=office.employee, unit=office.home).requests.get()


def test_a_leader_behind_the_idea_sends_it_to_digitek(office, endorsement):
    gates.decide(endorsement, by=office.manager, verdict="approve", reasoning="God idé")

    project = stored(endorsement.project)
    assert project.endorsed_by == office.manager
    assert open_waits(project) == {Waiting.Kind.QUALIFY}
    assert (project.phase, happened(project)[0]) == (Phase.IDEA, "endorsement_approve")
    assert told("answer") == {office.employee}


def test_a_leader_sends_it_back_to_the_giver(office, endorsement):
    gates.decide(endorsement, by=office.manager, verdict="rework", reasoning="Hvor mange?")

    project = stored(endorsement.project)
    assert project.endorsed_by is None
    assert project.waits.get(closed_at=None).user == office.employee
    assert told("sent_back") == {office.employee}
    assert told("answer") == set()


def test_a_leader_says_no(office, endorsement):
    gates.decide(endorsement, by=office.manager, verdict="stop", reasoning="Ikke nu")

    project = stored(endorsement.project)
    assert project.standing == Standing.STOPPED
    assert open_waits(project) == set()
    assert told("answer") == {office.employee}


# --- the record -----------------------------------------------------------------------------


def test_the_record_keeps_the_basis_as_it_was(office, people):
    asked = awaiting(2, **people, pools=[office.care_pool])
    decision = gates.decide(asked, by=office.chief, verdict="rework", reasoning="Regn igen")

    documents.write(
        asked.project, "contract", by=office.digitek, filled={"deliverables": "Noget andet"}
    )

    decision.refresh_from_db()
    assert set(decision.basis["documents"]) == {"project_description", "contract", "it_statement"}
    kept = decision.basis["documents"]["contract"]
    assert (kept["version"], kept["content"]["deliverables"]) == (1, "Om deliverables")
    assert decision.basis["facts"]["giver"] == office.manager.pk
    assert decision.basis["facts"]["pools"] == [office.care_pool.pk]
    assert decision.basis["recommendation"] == asked.recommendation.pk


def test_a_later_decision_at_the_gate_is_found(office, people):
    asked = awaiting(1, **people)
    first = gates.decide(asked, by=office.chief, verdict="rework", reasoning="Regn igen")
    assert first.newer_at_the_gate() is None

    with clock.at(clock.now() + LATER):
        gates.recommend(asked.project, by=office.digitek, verdict="approve", reasoning="Nu")
        again = gates.ask(asked.project, by=office.digitek)
        later = gates.decide(again, by=office.chief, verdict="approve", reasoning="Ja")

    assert first.newer_at_the_gate() == later
