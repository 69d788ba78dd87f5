"""How an idea comes in: every exit of every verb."""

import uuid

import pytest

from projects import documents, gates, intake, phases, rights
from projects.models import Project
from projects.phase_model import Phase, Priority, ProjectType, Standing
from sso_portal.organisation.models import Waiting
from sso_portal.organisation.roles import Desk, Role
from sso_portal.shared import clock
from sso_portal.shared.models import Event, OutgoingMail
from tests.factories import UnitFactory, UserFactory, a_sent_idea, awaiting, in_phase, person
from tests.factories.projects import a_draft, write


def open_wait(project):
    return project.waits.get(closed_at=None)


def keys_of(project):
    return [event.key for event in Event.objects.about(project)]


@pytest.fixture
def idea(office):
    """An idea a leader has sent: it waits for DigiTek."""
    return a_sent_idea(by=office.manager, unit=office.home)


@pytest.fixture
def sent_back(office, idea):
    return intake.send_back(idea, by=office.digitek, words="Hvor mange borgere?")


def without_giver(*, giver, unit, **people):
    idea = a_sent_idea(by=giver, unit=unit)
    Project.objects.filter(pk=idea.pk).update(giver=None)
    return idea


# --- beginning ------------------------------------------------------------------------------


def test_a_draft_is_begun_for_the_unit(office):
    project = intake.start(by=office.employee, unit=office.home, title="En idé")

    assert (project.standing, project.unit, project.giver) == (
        Standing.DRAFT,
        office.home,
        office.employee,
    )
    assert project.reference == ""


def test_a_double_click_begins_one_draft(office):
    key = uuid.uuid4()

    first, second = (
        intake.start(by=office.employee, unit=office.home, title=title, form_key=key)
        for title in ("En", "To")
    )

    assert first == second
    assert Project.objects.get().title == "En"


def test_without_a_key_every_start_is_a_draft(office):
    for _time in range(2):
        intake.start(by=office.employee, unit=office.home)

    assert Project.objects.count() == 2


def test_the_key_of_somebody_elses_form_opens_nothing(office):
    key = uuid.uuid4()
    intake.start(by=office.employee, unit=office.home, form_key=key)

    with pytest.raises(rights.NotAllowed):
        intake.start(by=office.manager, unit=office.home, form_key=key)


def test_one_may_not_begin_an_idea_for_another_unit(office):
    with pytest.raises(rights.NotAllowed):
        intake.start(by=office.employee, unit=office.clinic)


def test_digitek_begins_ideas_for_every_unit(office):
    project = intake.start(
        by=office.digitek, unit=office.clinic, source="company", source_name="Firmaet"
    )

    assert (project.source, project.source_name) == ("company", "Firmaet")


@pytest.mark.parametrize("who", ["admin", "nobody"])
def test_not_everybody_may_submit_ideas(office, who):
    user = UserFactory(unit=office.home) if who == "nobody" else office.admin

    with pytest.raises(rights.NotAllowed):
        intake.start(by=user, unit=office.home)


def test_a_draft_is_discarded_with_its_history(office):
    draft = a_draft(by=office.employee, unit=office.home)

    intake.discard(draft, by=office.employee)

    assert not Project.objects.exists()
    assert not Project.history.exists()


def test_a_draft_is_discarded_by_its_author_alone(office):
    draft = a_draft(by=office.employee, unit=office.home)

    with pytest.raises(rights.NotAllowed):
        intake.discard(draft, by=office.manager)


def test_what_is_sent_is_never_discarded(office, idea):
    with pytest.raises(rights.NotAllowed):
        intake.discard(idea, by=office.manager)


# --- sending --------------------------------------------------------------------------------


def test_a_sent_idea_has_its_reference_its_versions_and_its_receipt(office):
    idea = a_sent_idea(by=office.manager, unit=office.home)

    year = clock.today().year
    assert idea.reference == f"SSO-{year}-001"
    assert (idea.standing, idea.phase) == (Standing.ACTIVE, Phase.IDEA)
    assert idea.sent_at is not None
    assert {paper.version for paper in idea.documents.all()} == {1}
    assert keys_of(idea)[-1] == "idea_sent"
    receipt = OutgoingMail.objects.get(recipient=office.manager)
    assert idea.reference in receipt.subject


def test_numbers_follow_each_other_and_begin_anew_each_year(office):
    references = [a_sent_idea(by=office.manager, unit=office.home).number for _n in range(2)]
    with clock.at(clock.now().replace(year=clock.today().year + 1)):
        next_year = a_sent_idea(by=office.manager, unit=office.home)

    assert references == [1, 2]
    assert (next_year.year, next_year.number) == (clock.today().year + 1, 1)


def test_an_idea_of_a_leader_goes_to_digitek(office, idea):
    wait = open_wait(idea)

    assert (wait.kind, wait.desk) == (Waiting.Kind.QUALIFY, Desk.DIGITEK)


def test_an_idea_of_an_employee_asks_the_leader_first(office):
    idea = a_sent_idea(by=office.employee, unit=office.home)

    wait = open_wait(idea)
    assert (wait.kind, wait.desk, wait.unit) == (Waiting.Kind.ENDORSE, Desk.MANAGER, office.home)


def test_who_reads_the_idea_first_is_told_beforehand(office):
    own = a_draft(by=office.manager, unit=office.home)
    employees = a_draft(by=office.employee, unit=office.home)

    assert intake.first_reader(own) == "DigiTek"
    assert office.home.name in intake.first_reader(employees)


def test_the_first_reader_may_be_the_chief_group(office):
    """An idea for the top by somebody without anyone above."""
    own = a_draft(by=office.digitek, unit=office.top)
    office.director.assignments.all().delete()

    assert intake.first_reader(own) == str(Desk.CHIEF_GROUP.label)


def test_an_incomplete_idea_is_not_sent(office):
    draft = a_draft(by=office.employee, unit=office.home, purpose="")

    with pytest.raises(documents.Incomplete) as refusal:
        intake.send(draft, by=office.employee)

    assert [gap.text for gap in refusal.value.gaps] == ["Formål"]
    draft.refresh_from_db()
    assert draft.is_draft


def test_the_checklist_can_wait_until_gate_1(office):
    draft = intake.start(by=office.employee, unit=office.home)
    write(draft, "idea_description", by=office.employee)

    assert intake.send(draft, by=office.employee).is_active


def test_an_idea_is_sent_once(office, idea):
    with pytest.raises(intake.AlreadySent):
        intake.send(idea, by=office.manager)


def test_nobody_sends_the_draft_of_another(office):
    draft = a_draft(by=office.employee, unit=office.home)

    with pytest.raises(rights.NotAllowed):
        intake.send(draft, by=office.manager)


# --- sending back and again -----------------------------------------------------------------


def test_the_giver_is_asked_in_digiteks_words(office, sent_back):
    wait = open_wait(sent_back)

    assert (wait.kind, wait.user) == (Waiting.Kind.COMPLETE, office.manager)
    asked = intake.asked_of_giver(sent_back)
    assert (asked.by, asked.facts["words"]) == (office.digitek, "Hvor mange borgere?")
    newest = OutgoingMail.objects.filter(recipient=office.manager).latest("pk")
    assert "Hvor mange borgere?" in newest.text


def test_the_same_words_twice_send_it_back_once(office, sent_back):
    intake.send_back(sent_back, by=office.digitek, words="Hvor mange borgere?")

    assert keys_of(sent_back).count("idea_sent_back") == 1


def test_other_words_find_it_already_sent_back(office, sent_back):
    with pytest.raises(intake.IntakeError, match="allerede sendt tilbage"):
        intake.send_back(sent_back, by=office.digitek, words="Og hvad koster det?")


@pytest.mark.parametrize(
    "act", ["qualified further on", "no giver", "waits for a decision", "draft"]
)
def test_only_an_idea_with_a_giver_can_be_sent_back(office, idea, act):
    if act == "qualified further on":
        people = {"giver": office.manager, "digitek": office.digitek, "unit": office.home}
        idea = in_phase(Phase.TRIAL, **people)
    if act == "no giver":
        Project.objects.filter(pk=idea.pk).update(giver=None)
    if act == "waits for a decision":
        people = {"giver": office.manager, "digitek": office.digitek, "unit": office.home}
        idea = awaiting(1, **people).project
    if act == "draft":
        idea = a_draft(by=office.digitek, unit=office.home)
    idea = Project.objects.get(pk=idea.pk)

    assert not intake.may_be_sent_back(idea)
    with pytest.raises(rights.ProjectError):
        intake.send_back(idea, by=office.digitek, words="Mere")


def test_an_idea_of_digiteks_desk_can_be_sent_back_until_it_is(office, idea):
    assert intake.may_be_sent_back(idea)
    sent_back = intake.send_back(idea, by=office.digitek, words="Mere")
    assert not intake.may_be_sent_back(Project.objects.get(pk=sent_back.pk))


def test_a_leader_does_not_send_back_for_digitek(office, idea):
    with pytest.raises(rights.NotAllowed):
        intake.send_back(idea, by=office.manager, words="Mere")


def test_the_completed_idea_goes_on_to_digitek(office, sent_back):
    write(sent_back, "idea_description", by=office.manager, purpose="Klarere")

    idea = intake.send_again(sent_back, by=office.manager)

    assert open_wait(idea).kind == Waiting.Kind.QUALIFY
    assert "idea_sent_again" in keys_of(idea)
    assert idea.paper("idea_description").version == 2


def test_the_completed_idea_of_an_employee_asks_the_leader_again(office):
    idea = a_sent_idea(by=office.employee, unit=office.home)
    asked = idea.requests.get()
    gates.decide(asked, by=office.manager, verdict="rework", reasoning="Skriv mere")

    assert intake.asked_of_giver(idea).facts["words"] == "Skriv mere"
    idea = intake.send_again(idea, by=office.employee)

    assert open_wait(idea).kind == Waiting.Kind.ENDORSE


def test_it_is_sent_again_once_and_by_the_giver_alone(office, sent_back):
    with pytest.raises(rights.NotAllowed):
        intake.send_again(sent_back, by=office.digitek)
    intake.send_again(sent_back, by=office.manager)
    with pytest.raises(rights.NotAllowed):
        intake.send_again(sent_back, by=office.manager)


def test_a_draft_is_sent_and_not_sent_again(office):
    with pytest.raises(rights.NotAllowed):
        intake.send_again(a_draft(by=office.manager, unit=office.home), by=office.manager)


def test_it_is_not_sent_again_with_gaps(office, sent_back):
    write(sent_back, "idea_description", by=office.manager, purpose="")

    with pytest.raises(documents.Incomplete):
        intake.send_again(sent_back, by=office.manager)


def test_nobody_was_asked_anything_of_a_new_idea(idea):
    assert intake.asked_of_giver(idea) is None


# --- qualifying -----------------------------------------------------------------------------


def qualify(idea, office, **changes):
    found = {"type": "digitek", "touches_it": False, "digitek_contact": office.digitek}
    return intake.qualify(idea, by=office.digitek, **(found | changes))


def test_a_qualified_idea_has_type_people_and_no_wait(office, idea):
    lead = person(Role.EMPLOYEE, office.home)

    project = qualify(idea, office, touches_it=True, lead=lead)

    assert (project.type, project.touches_it) == (ProjectType.DIGITEK, True)
    assert (project.lead, project.digitek_contact) == (lead, office.digitek)
    assert project.is_qualified
    assert not project.waits.filter(closed_at=None).exists()
    told = OutgoingMail.objects.filter(kind__contains="named")
    assert [letter.recipient for letter in told] == [lead]


@pytest.mark.parametrize(
    ("type", "priority"),
    [
        (ProjectType.DIGITEK, Priority.PIPELINE),
        (ProjectType.MUST_DO, Priority.VERY_HIGH),
        (ProjectType.OTHER, Priority.PIPELINE),
        (ProjectType.WORKSHOP, Priority.PIPELINE),
    ],
)
def test_the_type_decides_the_priority_when_it_must(office, idea, type, priority):
    assert qualify(idea, office, type=type).priority == priority


def test_a_must_do_that_was_none_loses_its_priority(office, idea):
    qualify(idea, office, type=ProjectType.MUST_DO)

    assert qualify(idea, office, type=ProjectType.OTHER).priority == Priority.PIPELINE


def test_a_double_click_qualifies_once(office, idea):
    for _time in range(2):
        qualify(idea, office)

    assert keys_of(idea).count("qualified") == 1


def test_an_idea_sent_again_is_qualified_again_also_as_the_same(office, idea):
    qualify(idea, office)
    intake.send_back(idea, by=office.digitek, words="Mere")
    intake.send_again(idea, by=office.manager)

    project = qualify(idea, office)

    assert not project.waits.filter(closed_at=None).exists()
    assert keys_of(idea).count("qualified") == 2


def test_only_digitek_qualifies(office, idea):
    with pytest.raises(rights.NotAllowed):
        intake.qualify(
            idea, by=office.chief, type="digitek", touches_it=False, digitek_contact=office.digitek
        )


def test_what_waits_for_the_leader_is_not_qualified(office):
    idea = a_sent_idea(by=office.employee, unit=office.home)

    with pytest.raises(phases.PhaseError):
        qualify(idea, office)


def test_what_is_on_hold_is_not_qualified(office, idea):
    project = qualify(idea, office)
    later = clock.today().replace(year=clock.today().year + 1)
    phases.park(project, by=office.digitek, reason="Afventer", review_on=later)

    with pytest.raises(intake.IntakeError, match="aktiv"):
        qualify(idea, office, type=ProjectType.OTHER)


def test_a_type_without_the_phase_it_has_reached_is_refused(office):
    people = {"giver": office.manager, "digitek": office.digitek, "unit": office.home}
    project = in_phase(Phase.INVESTIGATION, **people)

    with pytest.raises(intake.IntakeError):
        qualify(project, office, type=ProjectType.WORKSHOP)


def test_a_leader_is_behind_what_a_leader_above_gives_or_endorses(office):
    elsewhere = UnitFactory(name="Et andet sted", parent=office.health)
    by_chief = a_draft(by=office.chief, unit=office.home)
    by_employee = a_draft(by=office.employee, unit=office.home)
    for_others = a_draft(by=office.digitek, unit=elsewhere)
    nobodys = Project(unit=office.home)
    endorsed = Project(unit=office.home, endorsed_by=office.manager)

    assert intake.has_a_leader_behind_it(by_chief)
    assert not intake.has_a_leader_behind_it(by_employee)
    assert not intake.has_a_leader_behind_it(for_others)
    assert not intake.has_a_leader_behind_it(nobodys)
    assert intake.has_a_leader_behind_it(endorsed)


def test_an_idea_is_not_qualified_before_a_leader_stands_behind_it(office):
    idea = a_sent_idea(by=office.employee, unit=office.home)
    gates.decide(idea.open_request, by=office.manager, verdict="rework", reasoning="Skriv mere")

    with pytest.raises(intake.IntakeError, match="leder"):
        intake.qualify(
            idea, by=office.digitek, type=ProjectType.DIGITEK, touches_it=False,
            digitek_contact=office.digitek,
        )  # fmt: skip


def test_an_idea_whose_giver_has_left_can_still_be_qualified(office):
    idea = a_sent_idea(by=office.employee, unit=office.home)
    gates.decide(idea.open_request, by=office.manager, verdict="rework", reasoning="Skriv mere")
    type(office.employee).objects.filter(pk=office.employee.pk).update(is_active=False)

    intake.qualify(
        idea, by=office.digitek, type=ProjectType.DIGITEK, touches_it=False,
        digitek_contact=office.digitek,
    )  # fmt: skip

    idea.refresh_from_db()
    assert idea.is_qualified
