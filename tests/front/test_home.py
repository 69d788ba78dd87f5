from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from projects import facts, gates, intake, phases, statements
from projects.models import Project
from sso_portal.front import home
from sso_portal.front.welcomes import WELCOMES, welcome_for
from sso_portal.organisation import waiting
from sso_portal.organisation.models import User, Waiting
from sso_portal.organisation.roles import Desk, Role
from sso_portal.shared import clock
from tests.factories import ProjectFactory, UserFactory, a_sent_idea, awaiting, in_phase, person

Kind = Waiting.Kind
HOME = "/"


@pytest.fixture
def people(office):
    return {"giver": office.manager, "digitek": office.digitek, "unit": office.home}


def titles(rows):
    return [row.title for row in rows]


def page_of(client):
    return client.get(HOME).content.decode()


# What waits


def test_a_leader_is_asked_to_stand_behind_an_employees_idea(office):
    idea = a_sent_idea(by=office.employee, unit=office.home)

    (task,) = home.tasks_for(office.manager).mine

    assert (task.kind, task.title, task.reference) == (Kind.ENDORSE, idea.title, idea.reference)
    assert task.url == idea.requests.get().get_absolute_url()
    assert task.unit == "Plejecenter Nord"


def test_a_chief_is_asked_to_decide_at_the_gate_by_name(office, people):
    asked = awaiting(1, **people)

    (task,) = home.tasks_for(office.chief).mine

    assert task.url == asked.get_absolute_url()
    assert "1" in task.what


def test_digitek_has_ideas_to_qualify_and_it_has_statements_to_give(office, people):
    a_sent_idea(by=office.manager, unit=office.home)
    project = in_phase("investigation", **people)
    facts.keep(project, by=office.digitek, touches_it=True)
    statements.ask(project, by=office.digitek)

    assert [task.kind for task in home.tasks_for(office.digitek).mine] == [Kind.QUALIFY]
    assert [task.kind for task in home.tasks_for(office.it).mine] == [Kind.STATEMENT]


def test_what_has_a_date_comes_first_then_what_has_waited_longest(office):
    def waits(title, days, due=None):
        project = ProjectFactory(unit=office.home, title=title)
        since = clock.now() - timedelta(days=days)
        due_on = due and clock.today() + timedelta(days=due)
        waiting.begin(
            project, Kind.REWORK, user=office.manager, since=since, due_on=due_on, link="/"
        )

    waits("ny", 1)
    waits("gammel", 9)
    waits("senere", 2, due=5)
    waits("snart", 2, due=1)

    assert titles(home.tasks_for(office.manager).mine) == ["snart", "senere", "gammel", "ny"]


def test_the_chief_group_answers_through_the_director(office, people):
    project = in_phase("investigation", **people)
    waiting.begin(project, Kind.DECIDE, desk=Desk.CHIEF_GROUP, link="/beslutninger/1/")

    for chief in (office.chief, office.other_chief):
        tasks = home.tasks_for(chief)
        assert tasks.mine == []
        assert [task.url for task in tasks.of_the_group] == [project.get_absolute_url()]
    assert [task.url for task in home.tasks_for(office.director).mine] == ["/beslutninger/1/"]


def test_nobody_is_asked_about_their_own_idea(office):
    project = in_phase(
        "investigation", giver=office.director, digitek=office.digitek, unit=office.top
    )
    waiting.begin(project, Kind.DECIDE, desk=Desk.CHIEF_GROUP, link="/")

    tasks = home.tasks_for(office.director)
    assert (tasks.mine, tasks.of_the_group) == ([], [])


def test_several_kinds_are_counted(office):
    for kind in (Kind.QUALIFY, Kind.REVIEW, Kind.REVIEW):
        waiting.begin(ProjectFactory(unit=office.home), kind, user=office.digitek, link="/")

    counts = [count for _label, count in home.tasks_for(office.digitek).by_kind]
    assert counts == [1, 2]


def test_many_tasks_are_folded_and_none_is_lost(as_, office):
    for number in range(11):
        project = ProjectFactory(unit=office.home, title=f"Sag {number}")
        waiting.begin(project, Kind.REWORK, user=office.digitek, link="/")

    page = page_of(as_(office.digitek))

    assert page.count('class="task"') == 11
    assert "<details" in page


# Own ideas and projects


def test_drafts_come_first_then_the_newest(office):
    with clock.at(clock.now() - timedelta(days=5)):
        a_sent_idea(by=office.manager, unit=office.home, title="Gammel")
    a_sent_idea(by=office.manager, unit=office.home, title="Ny")
    intake.start(by=office.manager, unit=office.home, title="Kladde")

    assert titles(home.ideas_of(office.manager)) == ["Kladde", "Ny", "Gammel"]


def test_a_draft_can_be_gone_on_with_or_deleted(as_, office):
    draft = intake.start(by=office.manager, unit=office.home, title="Kladde")

    page = page_of(as_(office.manager))

    assert reverse("projects:idea_step", args=[draft.pk, "problem"]) in page
    assert reverse("projects:idea_delete", args=[draft.pk]) in page


def test_nobody_sees_the_drafts_of_others(as_, office):
    intake.start(by=office.employee, unit=office.home, title="Hemmelig kladde")

    for somebody in (office.manager, office.chief, office.digitek, office.admin):
        assert "Hemmelig kladde" not in page_of(as_(somebody))


def test_an_idea_tells_whom_it_waits_for(as_, office):
    idea = a_sent_idea(by=office.employee, unit=office.home)

    page = page_of(as_(office.employee))

    assert idea.reference in page
    assert "Plejecenter Nord, siden" in page or "Plejecenter Nord, since" in page


def test_an_idea_that_is_decided_shows_the_answer(as_, office, people):
    asked = awaiting(1, **people)
    decision = gates.decide(asked, by=office.chief, verdict="approve", reasoning="Godt set")

    page = page_of(as_(office.manager))

    assert decision.get_absolute_url() in page
    assert decision.told in page


def test_an_idea_on_hold_tells_until_when(as_, office, people):
    project = in_phase("investigation", **people)
    until = clock.today() + timedelta(days=40)
    phases.park(project, by=office.digitek, reason="Leverandøren er ikke klar", review_on=until)

    page = page_of(as_(office.manager))

    assert str(until.year) in page
    assert "badge-standing--parked" in page


def test_projects_are_those_one_works_with_while_they_are_under_way(office, people):
    led = ProjectFactory(unit=office.clinic, lead=office.employee, title="Leder")
    helped = ProjectFactory(unit=office.clinic, title="Hjælper")
    helped.team.add(office.employee)
    ProjectFactory(unit=office.clinic, lead=office.employee, standing="stopped", title="Stoppet")
    ProjectFactory(unit=office.home, title="En andens")

    assert set(titles(home.projects_of(office.employee))) == {led.title, helped.title}


# News


def news_titles(user):
    return [item.project.title for item in home.news_for(user)]


def test_news_are_what_others_did_to_what_concerns_me(office, people):
    mine = in_phase("investigation", **people)
    elsewhere = ProjectFactory(unit=office.clinic, phase="trial", title="Et andet sted")
    facts.keep(elsewhere, by=office.digitek, title="Stadig et andet sted")

    (item,) = home.news_for(office.manager)

    assert item.project == mine
    assert {event.by for event, _text in item.events} == {office.digitek}


def test_news_of_the_unit_reach_those_above_it(office, people):
    in_phase("investigation", **people)

    assert len(home.news_for(office.chief)) == 1
    assert home.news_for(office.other_chief) == []


def test_news_never_tell_of_what_one_may_not_see(office):
    a_sent_idea(by=office.manager, unit=office.home)
    outsider = UserFactory(unit=office.clinic)
    intake.start(by=office.manager, unit=office.home, title="Kladde")

    assert home.news_for(outsider) == []


def test_news_are_told_in_the_readers_language(office, people):
    in_phase("investigation", **people)

    with translation.override("en"):
        (item,) = home.news_for(office.chief)
        texts = [text for _event, text in item.events]

    assert "The idea was qualified: DigiTek project" in texts


def test_those_who_qualify_follow_the_whole_portfolio(office, people):
    in_phase("investigation", **people)
    colleague = person(Role.DIGITEK, office.top, home=office.clinic)
    it = person(Role.IT, office.top, home=office.clinic)

    assert len(home.news_for(colleague)) == 1
    assert home.news_for(it) == []


def test_own_ideas_stand_with_the_ideas_alone(office, people):
    project = in_phase("investigation", **people)
    facts.name_people(project, by=office.digitek, lead=office.manager, digitek_contact=None)

    assert titles(home.ideas_of(office.manager)) == [project.title]
    assert home.projects_of(office.manager) == []


def test_many_events_of_one_project_are_one_piece_of_news(office, people):
    project = in_phase("investigation", **people)
    for number in range(5):
        facts.keep(project, by=office.digitek, title=f"Titel {number}")

    (item,) = home.news_for(office.manager)

    assert len(item.events) == 3
    assert item.more == 3


def test_what_is_read_is_not_news_but_what_came_meanwhile_is(as_, office, people):
    project = in_phase("investigation", **people)
    shown = clock.now()
    facts.keep(project, by=office.digitek, title="Kom bagefter")

    as_(office.manager).post("/set/", {"until": shown.isoformat()})

    office.manager.refresh_from_db()
    (item,) = home.news_for(office.manager)
    assert len(item.events) == 1


@pytest.mark.parametrize(
    "until", ["", "i går", "2026-13-45T00:00:00Z", "2999-01-01T00:00:00+01:00"]
)
def test_nobody_reads_ahead(as_, office, until):
    answer = as_(office.manager).post("/set/", {"until": until})

    assert answer.url == HOME
    office.manager.refresh_from_db()
    assert office.manager.news_read_at <= clock.now()


# The page


@pytest.mark.parametrize("role", Role)
def test_the_page_says_what_the_role_comes_for(as_, office, role):
    somebody = User.objects.filter(assignments__role=role).first()

    answer = as_(somebody).get(HOME)

    page = answer.content.decode()
    assert answer.status_code == 200
    with translation.override(somebody.language):
        welcome = WELCOMES[role]
        assert escape(str(role.label)) in page
        assert escape(str(welcome.lead)) in page
        for way in welcome.ways:
            assert way.url in page
        assert escape(str(welcome.nothing_waits)) in page


@pytest.mark.parametrize(
    ("role", "called"), [(r, r in (Role.MANAGER, Role.EMPLOYEE)) for r in Role]
)
def test_who_comes_four_times_a_year_is_called_on_for_an_idea(as_, office, role, called):
    somebody = User.objects.filter(assignments__role=role).first()

    assert ('class="box call"' in page_of(as_(somebody))) is called


def test_somebody_without_a_role_is_told_whom_to_ask(as_, office):
    nobody = UserFactory(unit=office.home)

    assert str(welcome_for(None).lead) in page_of(as_(nobody))


def test_somebody_without_a_unit_has_a_page_too(as_, office):
    nobody = UserFactory(unit=None)

    assert as_(nobody).get(HOME).status_code == 200


def test_every_role_is_welcomed_and_every_task_has_an_action():
    assert set(WELCOMES) == set(Role)
    assert set(home.ACTIONS) == set(Kind)


def test_a_stranger_is_shown_the_door(client, db):
    assert client.get(HOME).url == "/accounts/login/?next=/"
    assert client.post("/set/").url.startswith("/accounts/login/")
    assert client.get("/set/").status_code in (302, 405)


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_accessibility_statement_is_open_to_all(client, db, language):
    client.post("/sprog/", {"language": language})

    answer = client.get("/tilgaengelighed/")

    assert answer.status_code == 200
    assert "webtilgaengelighed@digst.dk" in answer.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(as_, office, people, count, django_assert_num_queries):
    for _ in range(count):
        asked = awaiting(1, **people)
        gates.decide(asked, by=office.chief, verdict="rework", reasoning="Mangler")
        led = awaiting(1, giver=office.other_manager, digitek=office.digitek, unit=office.clinic)
        Project.objects.filter(pk=led.project_id).update(lead=office.manager)
        gates.decide(led, by=office.other_chief, verdict="rework", reasoning="Mangler")
        idea = a_sent_idea(by=person(Role.EMPLOYEE, office.home), unit=office.home)
        waiting.begin(idea, Kind.REWORK, user=office.manager, link="/")
    client = as_(office.manager)
    ContentType.objects.get_for_model(Project)

    with django_assert_num_queries(14):
        assert client.get(HOME).status_code == 200
