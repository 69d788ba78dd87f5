"""Recommending, asking and deciding, seen from the browser without scripts."""

from datetime import timedelta

import pytest
from django.urls import reverse

from projects import documents, gates, intake
from projects.models import DecisionRequest, GateDecision, Pool, PoolYear, Project
from projects.phase_model import Phase, ProjectType
from sso_portal.shared import clock
from tests.factories import a_sent_idea, at_gate, awaiting, in_phase


def url(name, pk):
    return reverse(f"projects:{name}", args=[pk])


def errors_of(response):
    return response.context["form"].errors


def stored(project) -> Project:
    return Project.objects.get(pk=project.pk)


@pytest.fixture
def people(english):
    return {"giver": english.manager, "digitek": english.digitek, "unit": english.home}


@pytest.fixture
def asked(people):
    return awaiting(1, **people)


# --- recommending ---------------------------------------------------------------------------


def test_a_recommendation_leads_on_to_asking(as_, office, people):
    project = in_phase(Phase.IDEA, **people)
    words = {"verdict": "approve", "reasoning": "Den holder"}

    response = as_(office.digitek).post(url("recommend", project.pk), words)

    assert response.url == url("ask", project.pk)
    assert gates.recommendation_at_the_gate(project).reasoning == "Den holder"


def test_gate_3_recommends_a_way(as_, office, people):
    project = at_gate(3, **people)
    client = as_(office.digitek)

    refused = client.post(
        url("recommend", project.pk), {"verdict": "approve", "reasoning": "Den virker"}
    )
    client.post(
        url("recommend", project.pk),
        {"verdict": "approve", "opens": "rethink", "reasoning": "Den virker"},
    )

    assert list(errors_of(refused)) == ["opens"]
    assert "Den virker" in refused.content.decode()
    assert gates.recommendation_at_the_gate(project).opens == Phase.RETHINK


def test_the_latest_recommendation_is_written_on(as_, office, people):
    project = at_gate(1, **people)

    response = as_(office.digitek).get(url("recommend", project.pk))

    assert response.context["form"].initial["reasoning"] == "Papirerne er i orden"


def test_the_page_says_what_is_missing_before_the_gate(as_, office, people):
    project = in_phase(Phase.INVESTIGATION, **people)

    text = as_(office.digitek).get(url("recommend", project.pk)).content.decode()

    assert "Missing before Gate 2" in text
    assert "The trial" in text


@pytest.mark.parametrize("name", ["recommend", "ask"])
def test_without_a_gate_ahead_one_is_led_to_the_project(as_, office, people, name):
    project = in_phase(Phase.OPERATION, **people)

    assert as_(office.digitek).get(url(name, project.pk)).url == project.get_absolute_url()


def test_only_digitek_recommends_and_asks(as_, office, asked):
    for name in ("recommend", "ask", "withdraw"):
        assert as_(office.chief).get(url(name, asked.project.pk)).status_code == 403


# --- asking ---------------------------------------------------------------------------------


def test_the_page_says_who_is_asked_and_why(as_, office, people):
    project = at_gate(2, **people, pools=[office.shared_pool])

    response = as_(office.digitek).get(url("ask", project.pk))

    assert response.context["decider"] == "the chief group"
    assert "The shared pool" in response.content.decode()
    assert "Papirerne er i orden" in response.content.decode()


def test_asking_lets_the_project_wait(as_, office, people):
    project = at_gate(1, **people)
    due_on = clock.today() + timedelta(days=10)

    response = as_(office.digitek).post(
        url("ask", project.pk), {"words": "Vi kan begynde i maj", "due_on": due_on.isoformat()}
    )

    asked = DecisionRequest.objects.open().get(project=project)
    assert response.url == project.get_absolute_url()
    assert (asked.words, asked.due_on) == ("Vi kan begynde i maj", due_on)


def test_a_double_click_asks_once(as_, office, people):
    project = at_gate(1, **people)
    client = as_(office.digitek)

    for _ in range(2):
        client.post(url("ask", project.pk), {"words": "Nu"})

    assert DecisionRequest.objects.count() == 1


def test_without_a_recommendation_one_is_led_to_write_it(as_, office, people):
    project = in_phase(Phase.IDEA, **people)
    client = as_(office.digitek)

    assert url("recommend", project.pk) in client.get(url("ask", project.pk)).content.decode()
    response = client.post(url("ask", project.pk), {"words": "Nu"})

    assert "recommendation" in errors_of(response)["__all__"][0]
    assert "Nu</textarea>" in response.content.decode()


def test_what_is_wanted_yesterday_is_refused_beside_the_day(as_, office, people):
    project = at_gate(1, **people)
    yesterday = clock.today() - timedelta(days=1)

    response = as_(office.digitek).post(url("ask", project.pk), {"due_on": yesterday.isoformat()})

    assert list(errors_of(response)) == ["due_on"]


def test_withdrawing(as_, office, asked):
    client = as_(office.digitek)
    assert client.get(url("withdraw", asked.project.pk)).status_code == 200

    responses = [client.post(url("withdraw", asked.project.pk)) for _ in range(2)]

    assert [response.url for response in responses] == [asked.project.get_absolute_url()] * 2
    assert stored(asked.project).open_request is None


def test_what_cannot_be_withdrawn_is_refused_in_words(as_, office, english):
    idea = a_sent_idea(by=office.employee, unit=office.home)

    response = as_(office.digitek).post(url("withdraw", idea.pk))

    assert "leader" in errors_of(response)["__all__"][0]


# --- the page to decide on ------------------------------------------------------------------


def decide(client, asked, **answer):
    return client.post(url("decide", asked.pk), {"verdict": "approve", "reasoning": "Ja"} | answer)


def test_the_page_shows_the_basis(as_, office, people):
    PoolYear.objects.create(pool=office.care_pool, year=clock.today().year, frame_kroner=200_000)
    asked = awaiting(2, **people, pools=[office.care_pool])

    response = as_(office.chief).get(url("decide", asked.pk))

    text = response.content.decode()
    assert "Papirerne er i orden" in text
    assert "Om solution" in text  # the project description
    assert "Om leader_promise" in text  # the contract
    assert "DKK 200,000" in text  # this year's frame
    assert "DKK 50,000" in text  # the budget
    assert "200 hours a year" in text
    assert response.context["may_decide"]


def test_a_pool_without_a_frame_this_year_is_named_without_one(as_, office, people):
    asked = awaiting(2, **people, pools=[office.care_pool])

    response = as_(office.chief).get(url("decide", asked.pk))

    assert [frame.kroner for frame in response.context["frames"]] == [None]
    assert "frame: Care" not in response.content.decode()


def test_approving_takes_the_project_on(as_, office, asked):
    response = decide(as_(office.chief), asked, conditions="Kun på én afdeling")

    decision = GateDecision.objects.get()
    assert response.url == decision.get_absolute_url()
    assert decision.conditions == "Kun på én afdeling"
    assert stored(asked.project).phase == Phase.INVESTIGATION


def test_gate_3_chooses_the_way_and_whether_to_spread(as_, office, people):
    asked = awaiting(3, **people)
    client = as_(office.chief)

    refused = decide(client, asked, opens="operation")
    decide(client, asked, opens="operation", spread="no")

    assert list(errors_of(refused)) == ["spread"]
    assert GateDecision.objects.get().spread is False


def test_on_hold_asks_for_a_day(as_, office, asked):
    client = as_(office.chief)
    review_on = (clock.today() + timedelta(days=60)).isoformat()

    refused = decide(client, asked, verdict="park", reasoning="Vent på udbuddet")
    decide(client, asked, verdict="park", reasoning="Vent på udbuddet", review_on=review_on)

    assert list(errors_of(refused)) == ["review_on"]
    assert "Vent på udbuddet" in refused.content.decode()
    assert stored(asked.project).is_parked


def test_the_approval_is_closed_while_something_is_missing(as_, office, people):
    asked = awaiting(2, **people)
    asked.project.documents.filter(key="contract").update(content={})
    client = as_(office.chief)

    text = client.get(url("decide", asked.pk)).content.decode()
    refused = decide(client, asked, reasoning="Ja, alligevel")

    approval = text.split('value="approve"')[1].split(">")[0]
    assert "disabled" in approval
    assert "Missing before Gate 2" in text
    assert "Not possible yet" in text
    assert "Contract" in errors_of(refused)["__all__"][0]
    assert "Ja, alligevel" in refused.content.decode()


def test_digitek_registers_what_a_meeting_decided(as_, office, asked):
    client = as_(office.digitek)

    text = client.get(url("decide", asked.pk)).content.decode()
    refused = decide(client, asked)
    decide(client, asked, forum="Ledergruppen", decided_on=clock.today().isoformat())

    assert "Otherwise it is decided by the chief, Omsorg" in text
    assert set(errors_of(refused)) == {"forum", "decided_on"}
    assert GateDecision.objects.get().forum == "Ledergruppen"


def test_the_director_may_name_the_chief_groups_meeting(as_, office, people):
    asked = awaiting(2, **people, pools=[office.shared_pool])
    client = as_(office.director)

    form = client.get(url("decide", asked.pk)).context["form"]
    decide(client, asked, forum="Kvartalsstatus", decided_on=clock.today().isoformat())

    assert not form.fields["forum"].required
    assert GateDecision.objects.get().forum == "Kvartalsstatus"


def test_the_chief_who_is_asked_names_no_forum(as_, office, asked):
    form = as_(office.chief).get(url("decide", asked.pk)).context["form"]

    assert "forum" not in form.fields
    assert [value for value, _ in form.fields["verdict"].choices] == [
        "approve",
        "rework",
        "park",
        "stop",
    ]


def test_the_chiefs_read_what_the_chief_group_decides(as_, office, people):
    asked = awaiting(2, **people, pools=[office.shared_pool])
    client = as_(office.other_chief)

    response = client.get(url("decide", asked.pk))
    refused = decide(client, asked)

    assert not response.context["may_decide"]
    assert "<form" not in response.content.decode().split('id="decide"')[1].split("<footer")[0]
    assert not GateDecision.objects.exists()
    assert errors_of(refused)


@pytest.mark.parametrize(
    ("who", "status"), [("manager", 403), ("other_chief", 403), ("it", 404), ("admin", 404)]
)
def test_others_do_not_open_what_is_waited_for(as_, office, asked, who, status):
    response = as_(getattr(office, who)).get(url("decide", asked.pk))

    assert response.status_code == status


def test_endorsing_has_its_own_words(as_, office, english):
    asked = a_sent_idea(by=office.employee, unit=office.home).requests.get()
    client = as_(office.manager)

    text = client.get(url("decide", asked.pk)).content.decode()
    response = decide(client, asked, reasoning="God idé")

    assert "Will you stand behind this idea?" in text
    assert "I stand behind the idea" in text
    assert 'value="park"' not in text
    assert 'name="conditions"' not in text
    assert response.url == GateDecision.objects.get().get_absolute_url()
    assert stored(asked.project).endorsed_by == office.manager


# --- who comes second -----------------------------------------------------------------------


def test_who_comes_second_sees_who_was_first_and_keeps_the_text(as_, office, asked):
    decision = gates.decide(asked, by=office.chief, verdict="stop", reasoning="Ikke nu")

    response = decide(
        as_(office.digitek),
        asked,
        reasoning="Chefmødet sagde ja",
        forum="Chefmøde",
        decided_on=clock.today().isoformat(),
    )

    text = response.content.decode()
    assert str(office.chief) in errors_of(response)["__all__"][0]
    assert decision.get_absolute_url() in text
    assert "Chefmødet sagde ja" in text
    assert GateDecision.objects.get() == decision


def test_a_double_click_makes_one_decision_and_says_nothing_of_it(as_, office, asked):
    client = as_(office.chief)

    responses = [decide(client, asked) for _ in range(2)]

    assert [response.url for response in responses] == [
        GateDecision.objects.get().get_absolute_url()
    ] * 2


def test_a_double_click_on_an_endorsement_is_no_refusal(as_, office, english):
    asked = a_sent_idea(by=office.employee, unit=office.home).requests.get()
    client = as_(office.manager)

    responses = [decide(client, asked, reasoning="God idé") for _ in range(2)]

    assert [response.status_code for response in responses] == [302, 302]


def test_an_answered_request_shows_the_decision_to_everyone_who_follows(as_, office, people):
    asked = awaiting(2, **people)
    decision = gates.decide(asked, by=office.chief, verdict="rework", reasoning="Regn igen")

    text = as_(office.employee).get(url("decide", asked.pk)).content.decode()

    assert "Regn igen" in text
    assert decision.get_absolute_url() in text
    assert 'name="reasoning"' not in text


def test_a_withdrawn_request_says_so(as_, office, asked):
    gates.withdraw(asked, by=office.digitek)
    client = as_(office.chief)

    text = client.get(url("decide", asked.pk)).content.decode()
    refused = decide(client, asked, reasoning="Skrevet længe")

    assert "has been withdrawn" in text
    assert "Skrevet længe" in refused.content.decode()


# --- the record -----------------------------------------------------------------------------


def test_the_record_shows_the_basis_as_it_was(as_, office, people):
    asked = awaiting(2, **people, pools=[office.care_pool])
    decision = gates.decide(
        asked, by=office.chief, verdict="rework", reasoning="Regn igen", conditions="Tal"
    )
    documents.write(asked.project, "contract", by=office.digitek, filled={"deliverables": "Nyt"})
    Project.objects.update(title="Et andet navn")

    response = as_(office.employee).get(url("decision", decision.pk))

    text = response.content.decode()
    assert "Om deliverables" in text
    assert "Nyt" not in text.split("<main")[1]
    assert response.context["basis"].title == "Om title"
    assert str(office.manager) in text
    assert "<details" not in text.split("The basis as it was")[1].split("<aside")[0]


def test_the_record_names_the_forum_and_a_later_decision(as_, office, asked):
    first = gates.decide(
        asked,
        by=office.digitek,
        verdict="rework",
        reasoning="Regn igen",
        forum="Ledergruppen",
        decided_on=clock.today(),
    )
    with clock.at(clock.now() + timedelta(hours=1)):
        gates.recommend(asked.project, by=office.digitek, verdict="approve", reasoning="Nu")
        later = gates.decide(
            gates.ask(asked.project, by=office.digitek),
            by=office.chief,
            verdict="approve",
            reasoning="Ja",
        )

    text = as_(office.employee).get(url("decision", first.pk)).content.decode()

    assert "Decided by Ledergruppen" in text
    assert later.get_absolute_url() in text


def test_the_record_of_an_endorsement_is_read_too(as_, office, english):
    asked = a_sent_idea(by=office.employee, unit=office.home).requests.get()
    decision = gates.decide(asked, by=office.manager, verdict="approve", reasoning="God idé")

    response = as_(office.employee).get(url("decision", decision.pk))

    assert response.context["basis"].recommendation is None
    assert "Om problem" in response.content.decode()


def test_a_record_of_what_one_may_not_know_is_not_found(as_, office, asked):
    decision = gates.decide(asked, by=office.chief, verdict="stop", reasoning="Nej")

    assert as_(office.other_manager).get(url("decision", decision.pk)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_deciding_costs_the_same_however_much_is_written(
    as_, office, people, count, django_assert_num_queries
):
    pools = [
        Pool.objects.create(name_da=f"Pulje {number}", name_en=f"Pool {number}")
        for number in range(count)
    ]
    asked = awaiting(2, **people, pools=pools)
    client = as_(office.director)

    with django_assert_num_queries(16):
        client.get(url("decide", asked.pk))


def test_a_must_do_is_never_asked_about(as_, office, people):
    idea = a_sent_idea(by=office.manager, unit=office.home)
    intake.qualify(
        idea,
        by=office.digitek,
        type=ProjectType.MUST_DO,
        touches_it=False,
        digitek_contact=office.digitek,
    )

    assert as_(office.digitek).get(url("ask", idea.pk)).url == idea.get_absolute_url()
