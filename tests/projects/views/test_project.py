"""The project page as each reader meets it, and what DigiTek keeps beside the process."""

from datetime import timedelta

import pytest
from django.urls import resolve, reverse

from projects import facts, gates, intake, panels, phases, statements
from projects.models import FocusArea, Project
from projects.phase_model import Phase, ProjectType
from sso_portal.organisation.roles import Role
from sso_portal.shared import clock
from tests.factories import ProjectFactory, a_sent_idea, at_gate, awaiting, in_phase, person
from tests.factories.projects import a_draft, write

HTMX = {"HX-Request": "true"}


def page(client, project, **query):
    return client.get(reverse("projects:project", args=[project.pk]), query)


def steps(response) -> list[str]:
    """The names of the pages that the reader is led to, in order."""
    return [name_of(step.url) for step in response.context["page"].steps]


def name_of(url: str) -> str:
    return resolve(url).url_name


def stored(project) -> Project:
    return Project.objects.get(pk=project.pk)


@pytest.fixture
def people(english):
    return {"giver": english.manager, "digitek": english.digitek, "unit": english.home}


@pytest.fixture
def must_do(office, people):
    idea = a_sent_idea(by=office.manager, unit=office.home)
    return intake.qualify(
        idea,
        by=office.digitek,
        type=ProjectType.MUST_DO,
        touches_it=False,
        digitek_contact=office.digitek,
        lead=office.other_manager,
    )


# --- the page -------------------------------------------------------------------------------


def test_the_page_tells_what_it_is_and_whom_it_waits_for(as_, office, people):
    asked = awaiting(2, **people)

    text = page(as_(office.employee), asked.project).content.decode()

    assert asked.project.reference in text
    assert "the chief, Omsorg" in text
    assert "Papirerne er i orden" in text
    assert office.manager.get_full_name() in text


def test_a_draft_leads_to_the_idea_form(as_, office):
    draft = a_draft(by=office.employee, unit=office.home)

    assert page(as_(office.employee), draft).url == reverse(
        "projects:idea_step", args=[draft.pk, "problem"]
    )


def test_what_one_may_not_know_of_is_not_found(as_, office):
    idea = a_sent_idea(by=office.manager, unit=office.home)

    assert page(as_(office.other_manager), idea).status_code == 404


def test_passed_gates_lead_to_their_decisions(as_, office, people):
    asked = awaiting(1, **people)
    decision = gates.decide(asked, by=office.chief, verdict="approve", reasoning="Ja")

    line = page(as_(office.chief), asked.project).context["page"].phases

    assert [(phase["code"], phase["state"]) for phase in line] == [
        ("idea", "done"),
        ("investigation", "current"),
        ("trial", "coming"),
        ("operation", "coming"),
        ("rethink", "coming"),
    ]
    assert (line[0]["gate"]["state"], line[0]["gate"]["url"]) == (
        "passed",
        decision.get_absolute_url(),
    )
    assert line[1]["gate"]["state"] == "coming"
    assert [phase["branch"] for phase in line] == [False] * 4 + [True]


def test_the_gate_that_is_decided_now_is_marked(as_, office, people):
    asked = awaiting(2, **people)

    line = page(as_(office.chief), asked.project).context["page"].phases

    assert line[1]["gate"] == {"number": 2, "state": "waiting"}
    assert line[0]["gate"] == {"number": 1, "state": "passed"}  # carried over: no decision here


def test_a_gate_is_passed_once_a_round(as_, office, people):
    asked = awaiting(1, **people)
    gates.decide(asked, by=office.chief, verdict="approve", reasoning="Ja")
    Project.objects.update(round=2)

    line = page(as_(office.chief), asked.project).context["page"].phases

    assert "url" not in line[0]["gate"]


def test_what_is_on_hold_says_why_and_until_when(as_, office, people):
    project = in_phase(Phase.TRIAL, **people)
    review_on = clock.today() + timedelta(days=40)
    phases.park(project, by=office.digitek, reason="Leverandøren er gået", review_on=review_on)

    response = page(as_(office.employee), project)

    assert "Leverandøren er gået" in response.context["page"].standing_note
    assert str(review_on.year) in response.context["page"].standing_note
    assert "phases--parked" in response.content.decode()


def test_what_is_over_offers_nothing_and_asks_for_nothing(as_, office, must_do):
    phases.stop(must_do, by=office.digitek, reason="Nok")

    shown = page(as_(office.digitek), must_do).context["page"]

    assert (shown.steps, shown.keeping, shown.gaps, shown.gate) == ([], [], [], None)
    assert [paper.state for paper in shown.papers] == [""] * len(shown.papers)
    assert shown.recommendation is None


def test_documents_of_this_phase_stand_first_and_say_what_they_lack(as_, office, people):
    project = in_phase(Phase.INVESTIGATION, **people)
    write(project, "contract", by=office.digitek, deliverables="")

    shown = page(as_(office.digitek), project).context["page"]

    assert [(paper.url, paper.state) for paper in shown.papers] == [
        (reverse("projects:document", args=[project.pk, "project_description"]), "none"),
        (reverse("projects:document", args=[project.pk, "contract"]), "wait"),
    ]
    assert [str(paper.label) for paper in shown.earlier_papers] == [
        "Idea description",
        "Checklist",
    ]
    assert {gap.key for gap in shown.gaps} == {"project_description", "contract"}


def test_earlier_rounds_are_folded_and_lead_to_their_last_version(as_, office, people):
    project = in_phase(Phase.RETHINK, **people)
    write(project, "lessons", by=office.digitek)
    phases.start_new_round(project, by=office.digitek)

    shown = page(as_(office.digitek), project).context["page"]

    [lessons] = [p for p in shown.earlier_rounds[1] if p.document.key == "lessons"]
    assert lessons.url == (
        reverse("projects:document_version", args=[project.pk, "lessons", 1]) + "?round=1"
    )
    assert "Documents from round 1" in page(as_(office.digitek), project).content.decode()


def test_statements_are_listed(as_, office, people):
    project = in_phase(Phase.INVESTIGATION, **people)
    Project.objects.update(touches_it=True)
    asked = statements.ask(stored(project), by=office.digitek)
    assert "Waited for" in page(as_(office.employee), project).content.decode()

    statements.give(asked, by=office.it, conclusion="conditions", security="Log alt")

    text = page(as_(office.employee), project).content.decode()
    assert "Yes, on conditions" in text
    assert asked.get_absolute_url() in text


def test_key_facts_show_what_is_known(as_, office, people):
    project = in_phase(Phase.TRIAL, **people)
    area = FocusArea.objects.get()
    facts.keep(project, by=office.digitek, pools=[office.shared_pool], risk=2, touches_it=True)
    facts.name_people(
        project, by=office.digitek, lead=None, digitek_contact=None, team=[office.employee]
    )
    Project.objects.update(external_id="PF-7", source="tucv", source_name="TUCV Viborg")

    response = page(as_(office.chief), project)

    shown = {str(fact.label): fact.text for fact in response.context["page"].facts}
    assert shown["Pools"] == "Shared pool"
    assert shown["Source"].endswith("TUCV Viborg")
    assert shown["Touches IT systems or personal data"] == "Yes"
    assert shown["Period"] == "4 January 2027 – 17 December 2027"
    assert shown["External id"] == "PF-7"
    assert "Project leader" not in shown
    text = response.content.decode()
    assert area.name_en in text
    assert office.employee.get_full_name() in text


def test_panels_of_the_apps_above_stand_on_the_page(
    as_, office, people, settings, tmp_path, monkeypatch
):
    (tmp_path / "chain.html").write_text("<p>{{ panel.words }} {{ project.reference }}</p>")
    settings.TEMPLATES = [
        settings.TEMPLATES[0] | {"DIRS": [*settings.TEMPLATES[0]["DIRS"], tmp_path]}
    ]
    monkeypatch.setattr(panels, "_REGISTER", {})
    for place in panels.Place:
        panels.register(
            panels.Panel(
                key=f"chain-{place}",
                title="Effektkæden",
                template="chain.html",
                context=lambda user, project, place=place: {"words": f"Her er {place}"},
                place=place,
            )
        )
    project = in_phase(Phase.TRIAL, **people)

    text = page(as_(office.employee), project).content.decode()

    assert f"<p>Her er main {project.reference}</p>" in text
    assert f"<p>Her er side {project.reference}</p>" in text
    assert 'id="panel-chain-side"' in text


# --- the timeline ---------------------------------------------------------------------------


def test_the_timeline_shows_the_words_people_wrote_and_leads_on(as_, office, must_do):
    phases.move(must_do, by=office.digitek, to=Phase.TRIAL, reason="Loven gælder nu")

    entries = page(as_(office.employee), must_do).context["page"].timeline.entries

    assert entries[0].detail == "Loven gælder nu"
    assert entries[0].text == "Moved from Idea to Trial"
    assert entries[0].actor == str(office.digitek)


def test_a_decision_and_a_version_are_linked_from_the_timeline(as_, office, people):
    asked = awaiting(2, **people)
    decision = gates.decide(asked, by=office.chief, verdict="rework", reasoning="Regn igen")

    entries = page(as_(office.chief), asked.project).context["page"].timeline.entries

    urls = [entry.url for entry in entries if entry.url]
    assert urls[0] == decision.get_absolute_url()
    contract = reverse("projects:document_version", args=[asked.project.pk, "contract", 1])
    assert f"{contract}?round=1" in urls


def test_a_long_timeline_is_folded_and_fetched_alone(as_, office, must_do):
    for number in range(15):
        to = [Phase.TRIAL, Phase.IDEA][number % 2]
        phases.move(must_do, by=office.digitek, to=to, reason=f"Nummer {number}")
    client = as_(office.digitek)

    folded = page(client, must_do)
    whole = page(client, must_do, timeline="all")
    fragment = client.get(whole.request["PATH_INFO"], {"timeline": "all"}, headers=HTMX)

    assert folded.context["page"].timeline.has_more
    assert len(folded.context["page"].timeline.entries) == 12
    assert not whole.context["page"].timeline.has_more
    assert "Nummer 0" in whole.content.decode()
    assert fragment.content.decode().lstrip().startswith('<div id="timeline">')


# --- what each reader can do next -----------------------------------------------------------


def test_a_new_idea_is_qualified_or_sent_back_by_digitek(as_, office, people):
    idea = a_sent_idea(by=office.manager, unit=office.home)

    assert steps(page(as_(office.digitek), idea)) == ["qualify", "send_back"]
    assert steps(page(as_(office.manager), idea)) == []


def test_the_leader_answers_the_idea(as_, office, people):
    idea = a_sent_idea(by=office.employee, unit=office.home)

    assert steps(page(as_(office.manager), idea)) == ["decide"]
    assert steps(page(as_(office.digitek), idea)) == []


def test_the_giver_completes_what_was_sent_back(as_, office, people):
    idea = a_sent_idea(by=office.manager, unit=office.home)
    intake.send_back(idea, by=office.digitek, words="Hvor mange?")

    assert steps(page(as_(office.manager), idea)) == ["idea_step"]
    assert steps(page(as_(office.digitek), idea)) == ["qualify"]


def test_digitek_fills_in_what_is_missing_and_then_recommends(as_, office, people):
    project = in_phase(Phase.INVESTIGATION, **people)
    write(project, "contract", by=office.digitek)

    assert steps(page(as_(office.digitek), project)) == ["document_edit", "recommend"]


def test_the_project_leader_fills_in_documents(as_, office, people):
    project = in_phase(Phase.INVESTIGATION, **people)
    Project.objects.update(lead=office.other_manager, touches_it=True)

    shown = page(as_(office.other_manager), project)

    assert steps(shown) == ["document_edit", "document_edit"]
    assert [name_of(step.url) for step in shown.context["page"].keeping] == ["park"]


def test_digitek_asks_it_when_the_project_touches_it(as_, office, people):
    project = at_gate(2, **people)
    Project.objects.update(touches_it=True)
    client = as_(office.digitek)
    assert steps(page(client, project)) == ["ask_statement", "ask", "recommend"]

    statements.ask(stored(project), by=office.digitek)

    assert steps(page(client, project)) == ["ask", "recommend"]
    assert steps(page(as_(office.it), project)) == ["statement"]


def test_digitek_says_whether_it_touches_it(as_, office, people):
    project = at_gate(2, **people)
    Project.objects.update(touches_it=None)

    assert steps(page(as_(office.digitek), project))[0] == "facts"


def test_a_whole_project_is_asked_about(as_, office, people):
    assert steps(page(as_(office.digitek), at_gate(2, **people))) == ["ask", "recommend"]


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("chief", ["decide"]),
        ("digitek", ["decide", "withdraw"]),
        ("director", []),
        ("manager", []),
    ],
)
def test_while_a_decision_is_waited_for(as_, office, people, who, expected):
    asked = awaiting(1, **people)

    assert steps(page(as_(getattr(office, who)), asked.project)) == expected


def test_the_chiefs_read_what_the_chief_group_decides(as_, office, people):
    asked = awaiting(2, **people, pools=[office.shared_pool])

    response = page(as_(office.other_chief), asked.project)

    assert [step.label for step in response.context["page"].steps] == ["Read the basis"]


def test_what_is_on_hold_is_taken_off_hold(as_, office, must_do):
    review_on = clock.today() + timedelta(days=40)
    phases.park(must_do, by=office.digitek, reason="Vi venter", review_on=review_on)

    assert steps(page(as_(office.other_manager), must_do)) == ["resume"]
    assert steps(page(as_(office.manager), must_do)) == []


def test_a_project_without_gates_is_moved_and_stopped(as_, office, must_do):
    shown = page(as_(office.digitek), must_do)

    assert steps(shown) == ["move"]
    keeping = [name_of(step.url) for step in shown.context["page"].keeping]
    assert keeping == ["facts", "team", "qualify", "send_back", "park", "stop"]


def test_rethink_is_left_when_what_was_learnt_is_written(as_, office, people):
    project = in_phase(Phase.RETHINK, **people)
    client = as_(office.digitek)
    assert steps(page(client, project)) == ["document_edit"]

    write(project, "lessons", by=office.digitek)

    assert steps(page(client, project)) == ["new_round", "close"]


# --- queries --------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("who", ["digitek", "chief", "other_manager"])
def test_the_page_costs_at_most_twelve_queries(
    as_, office, people, number, who, django_assert_max_num_queries
):
    asked = awaiting(number, **people, pools=[office.care_pool])
    gates.withdraw(asked, by=office.digitek)
    Project.objects.update(touches_it=True, round=2 if number > 1 else 1)
    user = getattr(office, who)
    if who == "other_manager":
        Project.objects.update(lead=user)
    client = as_(user)

    with django_assert_max_num_queries(12):
        assert page(client, asked.project).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(as_, office, people, count, django_assert_num_queries):
    project = in_phase(Phase.TRIAL, **people)
    team = [person(Role.EMPLOYEE, office.home) for _ in range(count)]
    facts.name_people(
        project, by=office.digitek, lead=office.manager, digitek_contact=office.digitek, team=team
    )
    for number in range(count):
        write(project, "evaluation", by=office.digitek, citizen=f"Gang {number}")
        gates.recommend(project, by=office.digitek, verdict="rework", reasoning="Tal mangler")
        asked = gates.ask(project, by=office.digitek)
        gates.decide(asked, by=office.chief, verdict="rework", reasoning="Igen")
    client = as_(office.digitek)

    with django_assert_num_queries(12):
        page(client, project)


# --- keeping facts and people ---------------------------------------------------------------


def facts_url(project):
    return reverse("projects:facts", args=[project.pk])


def as_they_stand(project, **changes):
    return {
        "title": project.title,
        "unit": project.unit_id,
        "priority": project.priority,
        "touches_it": "",
        **changes,
    }


def test_facts_are_kept(as_, office):
    project = ProjectFactory(unit=office.home)
    sent = as_they_stand(
        project, risk="2", touches_it="yes", budget_kroner="125.000", pools=[office.care_pool.pk]
    )

    response = as_(office.digitek).post(facts_url(project), sent)

    assert response.url == project.get_absolute_url()
    project = stored(project)
    assert (project.risk, project.touches_it, project.budget_kroner) == (2, True, 125_000)
    assert list(project.pools.all()) == [office.care_pool]


def test_a_refusal_stands_beside_the_fact_and_keeps_what_was_typed(as_, office):
    project = ProjectFactory(unit=office.home)
    sent = as_they_stand(project, starts_on="2027-02-01", ends_on="2027-01-01", title="Nyt navn")

    response = as_(office.digitek).post(facts_url(project), sent)

    assert list(response.context["form"].errors) == ["ends_on"]
    assert 'value="Nyt navn"' in response.content.decode()


@pytest.mark.parametrize(
    ("type", "priority", "offered"),
    [
        (ProjectType.DIGITEK, "low", ["high", "low", "pipeline"]),
        (ProjectType.DIGITEK, "backlog", ["high", "low", "pipeline", "backlog"]),
        (ProjectType.MUST_DO, "very_high", ["very_high"]),
    ],
)
def test_only_the_priorities_of_the_type_are_offered(as_, office, type, priority, offered):
    project = ProjectFactory(unit=office.home, type=type, priority=priority)

    form = as_(office.digitek).get(facts_url(project)).context["form"]

    assert [value for value, _ in form.fields["priority"].choices] == offered


def team_url(project):
    return reverse("projects:team", args=[project.pk])


def test_people_are_named(as_, office):
    project = ProjectFactory(unit=office.home)
    sent = {"lead": office.manager.pk, "digitek_contact": office.digitek.pk, "add": office.it.pk}

    response = as_(office.digitek).post(team_url(project), sent)

    assert response.url == project.get_absolute_url()
    assert stored(project).lead == office.manager
    assert list(project.team.all()) == [office.it]


def test_one_more_is_added_and_those_unticked_leave(as_, office):
    project = ProjectFactory(unit=office.home)
    project.team.set([office.it, office.chief])
    sent = {"members": [office.chief.pk], "add": office.employee.pk, "action": "more"}

    response = as_(office.digitek).post(team_url(project), sent)

    assert response.url == team_url(project)
    assert set(project.team.all()) == {office.chief, office.employee}


def test_a_leader_who_has_left_can_stay_until_another_is_named(as_, office):
    project = ProjectFactory(unit=office.home, lead=office.manager)
    office.manager.is_active = False
    office.manager.save()

    form = as_(office.digitek).get(team_url(project)).context["form"]

    assert office.manager in form.fields["lead"].queryset


def test_only_digitek_is_the_contact(as_, office):
    project = ProjectFactory(unit=office.home)

    response = as_(office.digitek).post(team_url(project), {"digitek_contact": office.chief.pk})

    assert list(response.context["form"].errors) == ["digitek_contact"]
