from datetime import date

import pytest

from projects import facts, gates
from projects.models import FocusArea, Project
from projects.phase_model import Priority, ProjectType
from projects.rights import NotAllowed
from sso_portal.shared.models import Event, OutgoingMail
from tests.factories import ProjectFactory, at_gate, awaiting


def events(project) -> list[str]:
    return [event.key for event in Event.objects.about(project)]


@pytest.fixture
def project(office):
    return ProjectFactory(unit=office.home)


def test_digitek_keeps_the_facts(office, project):
    area = FocusArea.objects.create(number=1, name_da="Automatisere", name_en="Automate")

    facts.keep(
        project,
        by=office.digitek,
        risk=3,
        priority=Priority.HIGH,
        pools=[office.shared_pool],
        focus_areas=[area],
    )

    project = Project.objects.get(pk=project.pk)
    assert (project.risk, project.priority) == (3, Priority.HIGH)
    assert list(project.pools.all()) == [office.shared_pool]
    assert list(project.focus_areas.all()) == [area]
    assert events(project) == ["facts_changed"]
    assert project.history.first().history_user == office.digitek


def test_the_same_facts_again_are_no_event(office, project):
    facts.keep(project, by=office.digitek, title=project.title, pools=[])

    assert events(project) == []


def test_others_do_not_keep_the_facts(office, project):
    with pytest.raises(NotAllowed):
        facts.keep(project, by=office.manager, risk=3)


@pytest.mark.parametrize("name", ["phase", "standing", "round", "giver"])
def test_phase_standing_and_giver_are_no_facts(office, project, name):
    with pytest.raises(TypeError):
        facts.keep(project, by=office.digitek, **{name: "trial"})


@pytest.mark.parametrize(
    ("type", "now", "priority"),
    [
        (ProjectType.DIGITEK, Priority.LOW, Priority.VERY_HIGH),
        (ProjectType.MUST_DO, Priority.VERY_HIGH, Priority.LOW),
        (ProjectType.DIGITEK, Priority.LOW, Priority.BACKLOG),
    ],
)
def test_a_priority_out_of_place_is_refused(office, type, now, priority):
    project = ProjectFactory(unit=office.home, type=type, priority=now)

    with pytest.raises(facts.FactsError) as refusal:
        facts.keep(project, by=office.digitek, priority=priority)

    assert refusal.value.about == "priority"


def test_what_is_in_the_backlog_stays_there_until_it_is_taken_out(office):
    project = ProjectFactory(unit=office.home, priority=Priority.BACKLOG)

    facts.keep(project, by=office.digitek, priority=Priority.BACKLOG, risk=1)
    facts.keep(project, by=office.digitek, priority=Priority.HIGH)

    assert Project.objects.get().priority == Priority.HIGH


def test_a_project_does_not_end_before_it_starts(office, project):
    facts.keep(project, by=office.digitek, starts_on=date(2027, 3, 1))

    with pytest.raises(facts.FactsError) as refusal:
        facts.keep(project, by=office.digitek, ends_on=date(2027, 2, 1))

    assert refusal.value.about == "ends_on"


@pytest.mark.parametrize(
    "change",
    [
        lambda office: {"pools": [office.shared_pool]},
        lambda office: {"unit": office.clinic},
        lambda office: {"touches_it": True},
        lambda office: {"budget_kroner": 1},
        lambda office: {"title": "Et andet navn"},
    ],
)
def test_what_a_decision_rests_on_stands_still_while_it_is_waited_for(office, change):
    asked = awaiting(1, giver=office.manager, digitek=office.digitek, unit=office.home)

    with pytest.raises(facts.FactsError):
        facts.keep(asked.project, by=office.digitek, **change(office))


def test_other_facts_change_while_a_decision_is_waited_for(office):
    asked = awaiting(1, giver=office.manager, digitek=office.digitek, unit=office.home)
    title = asked.project.title

    facts.keep(asked.project, by=office.digitek, risk=4, priority=Priority.HIGH, title=title)

    assert Project.objects.get().risk == 4


def test_withdrawing_the_request_lets_the_pools_change(office):
    asked = awaiting(2, giver=office.manager, digitek=office.digitek, unit=office.home)
    gates.withdraw(asked, by=office.digitek)

    facts.keep(asked.project, by=office.digitek, pools=[office.care_pool])

    assert list(Project.objects.get().pools.all()) == [office.care_pool]


# --- people ---------------------------------------------------------------------------------


def test_people_are_named_and_told(office, project):
    facts.name_people(
        project,
        by=office.digitek,
        lead=office.manager,
        digitek_contact=office.digitek,
        team=[office.employee],
    )

    project = Project.objects.get(pk=project.pk)
    assert (project.lead, project.digitek_contact) == (office.manager, office.digitek)
    assert list(project.team.all()) == [office.employee]
    assert events(project) == ["people_named"]
    assert [mail.recipient for mail in OutgoingMail.objects.all()] == [office.manager]


def test_naming_the_same_people_again_is_no_event_and_no_mail(office, project):
    people = {"lead": office.manager, "digitek_contact": None, "team": [office.employee]}
    facts.name_people(project, by=office.digitek, **people)
    OutgoingMail.objects.all().delete()

    facts.name_people(project, by=office.digitek, **people)

    assert events(project) == ["people_named"]
    assert not OutgoingMail.objects.exists()


def test_others_do_not_name_people(office, project):
    with pytest.raises(NotAllowed):
        facts.name_people(project, by=office.chief, lead=None, digitek_contact=None)


def test_the_pools_of_a_project_at_a_gate_change_while_nobody_is_asked(office):
    project = at_gate(2, giver=office.manager, digitek=office.digitek, unit=office.home)

    facts.keep(project, by=office.digitek, pools=[office.shared_pool])

    assert list(project.pools.all()) == [office.shared_pool]
