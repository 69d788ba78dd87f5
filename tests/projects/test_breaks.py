"""What somebody who tried to break the portal has found, told shortly."""

from datetime import timedelta

import pytest
from django.urls import reverse

from projects import carry_over, documents, facts, gates, intake, phases, statements
from projects.carry_over import Arrival
from projects.document_specs import LESSONS
from projects.models import Project, Statement
from projects.phase_model import Phase, ProjectType, Verdict
from projects.rights import ProjectError
from sso_portal.organisation.models import Assignment, Waiting
from sso_portal.organisation.roles import Desk, Role
from sso_portal.shared import clock
from tests.factories import a_sent_idea, at_gate, awaiting, in_phase, person
from tests.factories.projects import a_draft, filled, write


def stored(project) -> Project:
    return Project.objects.get(pk=project.pk)


def open_waits(project) -> dict:
    return {wait.kind: wait for wait in project.waits.filter(closed_at=None)}


@pytest.fixture
def people(office):
    return {"giver": office.manager, "digitek": office.digitek, "unit": office.home}


def qualify(project, *, digitek, type=ProjectType.DIGITEK, **more):
    found_out = {"touches_it": False, "digitek_contact": digitek} | more
    return intake.qualify(project, by=digitek, type=type, **found_out)


# --- who decides ----------------------------------------------------------------------------


def test_pools_stand_still_while_gate_3_waits_although_no_paper_of_it_names_them(office, people):
    asked = awaiting(3, **people, pools=[office.care_pool])
    description = filled(documents.SPECS["project_description"])

    with pytest.raises(documents.Locked):
        documents.write(
            asked.project,
            "project_description",
            by=office.digitek,
            filled=description | {"pools": [office.shared_pool]},
        )


def test_a_project_that_waits_for_its_leader_is_neither_moved_nor_stopped(office, people):
    """The leader stood behind the idea once and is none any more when it is sent again."""
    project = a_sent_idea(**{"by": office.manager, "unit": office.home})
    qualify(project, digitek=office.digitek, type=ProjectType.OTHER)
    intake.send_back(project, by=office.digitek, words="Hvem?")
    Assignment.objects.filter(user=office.manager).update(role=Role.EMPLOYEE)
    person(Role.MANAGER, office.home)
    giver = type(office.manager).objects.get(pk=office.manager.pk)
    project = intake.send_again(stored(project), by=giver)
    assert project.requests.open().exists()

    with pytest.raises(ProjectError):
        phases.stop(project, by=office.digitek, reason="Nej")
    with pytest.raises(ProjectError):
        phases.move(project, by=office.digitek, to=Phase.TRIAL, reason="Videre")


# --- who is waited for ----------------------------------------------------------------------


def test_asking_for_the_decision_ends_the_wait_for_the_giver(office, people):
    project = at_gate(1, **people)
    intake.send_back(project, by=office.digitek, words="Hvem er det for?")

    gates.ask(stored(project), by=office.digitek)

    assert set(open_waits(project)) == {Waiting.Kind.DECIDE}


def test_a_move_ends_the_waits_of_the_phase_before(office, people):
    project = in_phase(Phase.IDEA, **people)
    qualify(project, digitek=office.digitek, type=ProjectType.OTHER)
    intake.send_back(project, by=office.digitek, words="Hvem er det for?")

    phases.move(stored(project), by=office.digitek, to=Phase.TRIAL, reason="Videre")

    assert open_waits(project) == {}


def test_a_type_without_gates_is_not_waited_for_after_a_gate(office, people):
    asked = awaiting(2, **people)
    gates.decide(asked, by=office.chief, verdict=Verdict.REWORK, reasoning="Mere om driften")

    qualify(stored(asked.project), digitek=office.digitek, type=ProjectType.MUST_DO)

    assert open_waits(asked.project) == {}


def test_whoever_takes_over_is_waited_for(office, people):
    project = stored(awaiting(1, **people).project)
    leader, successor = person(Role.EMPLOYEE, office.home), person(Role.EMPLOYEE, office.home)
    kept = {"by": office.digitek, "digitek_contact": office.digitek}
    facts.name_people(project, lead=leader, **kept)
    asked = project.requests.get()
    gates.decide(asked, by=office.chief, verdict=Verdict.REWORK, reasoning="Mere om driften")
    assert open_waits(project)[Waiting.Kind.REWORK].user == leader

    facts.name_people(stored(project), lead=successor, **kept)

    assert open_waits(project)[Waiting.Kind.REWORK].user == successor


def test_a_review_is_taken_over_with_the_project(office, people):
    project = in_phase(Phase.INVESTIGATION, **people)
    until = clock.today() + timedelta(days=40)
    phases.park(project, by=office.digitek, reason="Venter", review_on=until)
    begins = open_waits(project)[Waiting.Kind.REVIEW].since

    facts.name_people(stored(project), by=office.digitek, lead=None, digitek_contact=None)

    wait = open_waits(project)[Waiting.Kind.REVIEW]
    assert (wait.user, wait.desk, wait.since) == (None, Desk.DIGITEK, begins)


def test_nobody_waits_for_a_contact_who_has_left(office, people):
    project = in_phase(Phase.INVESTIGATION, **people)
    other = person(Role.DIGITEK, office.top)
    facts.name_people(project, by=other, lead=None, digitek_contact=office.digitek)
    office.digitek.is_active = False
    office.digitek.save()

    until = clock.today() + timedelta(days=40)
    phases.park(stored(project), by=other, reason="Venter", review_on=until)

    assert open_waits(project)[Waiting.Kind.REVIEW].desk == Desk.DIGITEK


# --- statements -----------------------------------------------------------------------------


def test_a_question_left_from_the_round_before_can_be_asked_anew(office, people):
    project = in_phase(Phase.INVESTIGATION, **people)
    Project.objects.filter(pk=project.pk).update(touches_it=True)
    left = statements.ask(stored(project), by=office.digitek)
    Project.objects.filter(pk=project.pk).update(phase=Phase.RETHINK, touches_it=False)
    write(stored(project), LESSONS.key, by=office.digitek)
    phases.start_new_round(stored(project), by=office.digitek)
    Project.objects.filter(pk=project.pk).update(phase=Phase.INVESTIGATION, touches_it=True)

    asked = statements.ask(stored(project), by=office.digitek, question="Nu?")

    assert (asked.round, asked.question, asked.is_given) == (2, "Nu?", False)
    assert open_waits(project)[Waiting.Kind.STATEMENT].link == asked.get_absolute_url()
    assert Statement.objects.get() == left


# --- what may be seen -----------------------------------------------------------------------


def test_the_administrator_does_not_read_a_draft_in_its_history(office, as_):
    draft = a_draft(by=office.employee, unit=office.home, title="Kun min")

    answer = as_(office.admin).get(reverse("admin:projects_project_history", args=[draft.pk]))

    assert answer.status_code in (302, 404)
    assert "Kun min" not in answer.content.decode()


def test_pages_for_one_reader_are_kept_by_nobody_else(office, as_):
    answer = as_(office.employee).get(reverse("front:home"))

    assert "private" in answer.headers["Cache-Control"]


# --- bad input ------------------------------------------------------------------------------


@pytest.mark.parametrize("year", ["0026", "9999"])
def test_a_year_that_cannot_be_is_pointed_out(office, people, as_, year):
    project = in_phase(Phase.TRIAL, **people)

    page = as_(office.digitek).post(
        reverse("projects:park", args=[project.pk]),
        {"reason": "Venter", "review_on": f"{year}-12-01"},
    )

    assert page.context["form"].errors["review_on"] == ["Tjek årstallet."]


def test_a_number_too_long_for_python_is_no_error(office, people, as_):
    project = in_phase(Phase.TRIAL, **people)
    page = reverse("projects:document", args=[project.pk, "evaluation"])

    assert as_(office.digitek).get(page, {"round": "1" * 5000}).status_code == 404


def test_nobody_is_chosen_by_a_number_too_long_for_python(db, client):
    chosen = client.post(reverse("organisation:role_picker"), {"person": "1" * 5000})

    assert chosen.status_code == 404


def test_line_breaks_count_once_as_the_counter_beside_the_field_says(office, people, as_):
    project = in_phase(Phase.TRIAL, **people)
    project = at_gate(1, **people)
    words = "Ja\r\n" * 1000 + "x" * 1000  # 4000 to a reader, 5000 on the wire

    page = as_(office.digitek).post(
        reverse("projects:recommend", args=[project.pk]),
        {"verdict": "approve", "reasoning": words},
    )

    assert page.status_code == 302


@pytest.mark.parametrize(("name", "field"), [("facts", "pools"), ("team", "members")])
def test_a_row_with_a_key_that_no_database_holds_is_not_there(office, people, as_, name, field):
    project = in_phase(Phase.TRIAL, **people)
    project.team.add(office.employee)

    page = as_(office.digitek).post(
        reverse(f"projects:{name}", args=[project.pk]), {field: "99999999999999999999"}
    )

    assert page.context["form"].errors[field]


# --- lists from a spreadsheet ---------------------------------------------------------------


def taken_over(project, *, by, **changes):
    known = Project.objects.prefetch_related("requests").get(pk=project.pk)
    return carry_over.take_over([Arrival(changes, known)], by=by)


def test_a_list_does_not_make_an_own_idea_somebody_elses(office, people):
    project = in_phase(Phase.INVESTIGATION, **people)

    with pytest.raises(TypeError, match="Not updated"):
        taken_over(project, by=office.digitek, giver=office.employee)


@pytest.mark.parametrize("change", ["unit", "title", "minutes_before"])
def test_a_list_changes_nothing_a_decision_rests_on(office, people, change):
    asked = awaiting(1, **people)
    new = {"unit": office.clinic, "title": "Noget andet", "minutes_before": 600}

    with pytest.raises(carry_over.CarryOverError):
        taken_over(asked.project, by=office.digitek, **{change: new[change]})


def test_whoever_a_list_names_is_waited_for(office, people):
    asked = awaiting(1, **people)
    successor = person(Role.EMPLOYEE, office.home)
    gates.decide(asked, by=office.chief, verdict=Verdict.REWORK, reasoning="Mere om driften")

    taken_over(asked.project, by=office.digitek, lead=successor)

    assert open_waits(asked.project)[Waiting.Kind.REWORK].user == successor
