import pytest
from django.urls import reverse
from django.utils.translation import override

from projects import documents, gates, statements
from projects.models import Project, Statement
from projects.phase_model import Phase
from projects.rights import NotAllowed
from sso_portal.organisation.models import Waiting
from sso_portal.organisation.roles import Desk
from sso_portal.shared.models import OutgoingMail
from tests.factories import at_gate, in_phase


def touching_it(project) -> Project:
    Project.objects.filter(pk=project.pk).update(touches_it=True)
    return Project.objects.get(pk=project.pk)


def gaps(project, key) -> list[str]:
    project = Project.objects.get(pk=project.pk)
    return [gap.text for gap in documents.missing(project, [key])]


@pytest.fixture
def people(office):
    return {"giver": office.manager, "digitek": office.digitek, "unit": office.home}


@pytest.fixture
def project(people):
    return touching_it(in_phase(Phase.INVESTIGATION, **people))


@pytest.fixture
def asked(office, project):
    return statements.ask(project, by=office.digitek, question="Er MitID i orden?")


def test_asking_lets_the_project_wait_for_it(office, project, asked):
    wait = project.waits.get(closed_at=None)

    assert (wait.kind, wait.desk, wait.link) == (
        Waiting.Kind.STATEMENT,
        Desk.IT,
        reverse("projects:statement", args=[asked.pk]),
    )
    assert (asked.key, asked.question) == ("it_statement", "Er MitID i orden?")
    assert OutgoingMail.objects.filter(recipient=office.it).exists()


def test_gate_3_asks_for_the_handover(office, people):
    project = touching_it(at_gate(3, **people))

    assert statements.ask(project, by=office.digitek).key == "it_handover"


@pytest.mark.parametrize("phase", [Phase.IDEA, Phase.OPERATION])
def test_elsewhere_no_statement_is_needed(office, people, phase):
    with pytest.raises(statements.StatementError):
        statements.ask(touching_it(in_phase(phase, **people)), by=office.digitek)


def test_a_project_that_does_not_touch_it_needs_none(office, people):
    with pytest.raises(statements.StatementError):
        statements.ask(in_phase(Phase.INVESTIGATION, **people), by=office.digitek)


def test_one_is_asked_for_at_a_time(office, project, asked):
    with pytest.raises(statements.StatementError):
        statements.ask(project, by=office.digitek)


def test_a_new_one_can_be_asked_for_when_the_first_is_given(office, project, asked):
    statements.give(asked, by=office.it, conclusion="fine")

    again = statements.ask(Project.objects.get(pk=project.pk), by=office.digitek)
    assert statements.pending(Project.objects.get(pk=project.pk)) == again


def test_others_do_not_ask(office, project):
    with pytest.raises(NotAllowed):
        statements.ask(project, by=office.manager)


def test_giving_it_ends_the_wait_and_tells_digitek(office, project, asked):
    statements.give(asked, by=office.it, conclusion="conditions", security="Log alt")

    asked.refresh_from_db()
    assert (asked.given_by, asked.conclusion, asked.security) == (
        office.it,
        "conditions",
        "Log alt",
    )
    assert not project.waits.filter(closed_at=None).exists()
    assert OutgoingMail.objects.filter(recipient=office.digitek, kind__contains="given").exists()


def test_it_is_given_once(office, asked):
    statements.give(asked, by=office.it, conclusion="fine")

    with pytest.raises(statements.StatementError) as refusal:
        statements.give(asked, by=office.it, conclusion="against", security="Nej")

    assert str(office.it) in str(refusal.value)


def test_only_it_gives_it(office, asked):
    with pytest.raises(NotAllowed):
        statements.give(asked, by=office.digitek, conclusion="fine")


@pytest.mark.parametrize("conclusion", ["", "perhaps"])
def test_it_has_a_conclusion(office, asked, conclusion):
    with pytest.raises(statements.StatementError) as refusal:
        statements.give(asked, by=office.it, conclusion=conclusion)

    assert refusal.value.about == "conclusion"


@pytest.mark.parametrize("conclusion", ["conditions", "against"])
def test_conditions_and_objections_are_written(office, asked, conclusion):
    with pytest.raises(statements.StatementError):
        statements.give(asked, by=office.it, conclusion=conclusion, security="  ")


# --- as something a gate reads --------------------------------------------------------------


def test_nobody_knows_yet_whether_it_touches_it(office, people):
    project = in_phase(Phase.INVESTIGATION, **people)
    Project.objects.filter(pk=project.pk).update(touches_it=None)

    with override("en"):
        assert gaps(project, "it_statement") == ["whether it touches IT systems or personal data"]
    project.refresh_from_db()
    url = statements.STATEMENTS["it_statement"].url(project)
    assert url == reverse("projects:facts", args=[project.pk])


def test_a_project_that_does_not_touch_it_misses_nothing(people):
    assert gaps(in_phase(Phase.INVESTIGATION, **people), "it_statement") == []


def test_the_gap_goes_from_not_asked_to_waited_for_to_nothing(office, project):
    document = statements.STATEMENTS["it_statement"]
    with override("en"):
        assert gaps(project, "it_statement") == ["nobody has asked for it"]
        assert document.url(project) == reverse("projects:ask_statement", args=[project.pk])

        asked = statements.ask(project, by=office.digitek)
        assert gaps(project, "it_statement") == ["it is waited for"]
        project = Project.objects.get(pk=project.pk)
        assert document.url(project) == asked.get_absolute_url()

        statements.give(asked, by=office.it, conclusion="fine")
        assert gaps(project, "it_statement") == []


def test_a_statement_of_an_earlier_round_does_not_count(office, project, asked):
    statements.give(asked, by=office.it, conclusion="fine")
    Project.objects.filter(pk=project.pk).update(round=2)

    assert gaps(project, "it_statement") != []


def test_gate_2_cannot_be_approved_before_it_is_given(office, people):
    project = touching_it(at_gate(2, **people))
    statements.ask(project, by=office.digitek)
    asked = gates.ask(project, by=office.digitek)

    with pytest.raises(documents.Incomplete):
        gates.decide(asked, by=office.chief, verdict="approve", reasoning="Ja")


def test_a_snapshot_of_it_is_read_as_it_was(office, project, asked):
    document = statements.STATEMENTS["it_statement"]
    waited_for = document.snapshot(project)
    statements.give(asked, by=office.it, conclusion="conditions", security="Log alt")

    kept = document.snapshot(Project.objects.get(pk=project.pk))
    Statement.objects.update(security="Noget andet")

    with override("en"):
        lines = {line.key: line.text for part in document.read(kept) for line in part.lines}
        assert lines["conclusion"] == "Yes, on conditions"
        assert lines["security"] == "Log alt"
        before = {line.key: line.text for part in document.read(waited_for) for line in part.lines}
        assert before["conclusion"] == ""


def test_a_snapshot_without_one_has_nothing_to_read(people):
    document = statements.STATEMENTS["it_statement"]
    kept = document.snapshot(in_phase(Phase.INVESTIGATION, **people))

    assert kept == {"touches_it": False}
    assert document.read(kept) == ()


def test_it_reads_what_the_gate_reads_beside_the_statement(asked):
    assert statements.read_with(asked) == ["project_description", "contract"]
