"""Reading and writing documents, seen from the browser without scripts."""

import pytest
from django.urls import reverse

from projects import documents, gates, intake, phases
from projects.document_specs import SPECS
from projects.models import Document, Project
from projects.phase_model import Phase
from sso_portal.organisation.roles import Role
from tests.factories import a_sent_idea, awaiting, in_phase, person
from tests.factories.projects import a_draft, write


@pytest.fixture
def people(office):
    return {"giver": office.manager, "digitek": office.digitek, "unit": office.home}


@pytest.fixture
def project(people):
    """A DigiTek project in investigation whose contract has one version."""
    project = in_phase(Phase.INVESTIGATION, **people)
    write(project, "contract", by=people["digitek"], deliverables="Ti skærme")
    return project


def read_url(project, key="contract"):
    return reverse("projects:document", args=[project.pk, key])


def edit_url(project, key="contract"):
    return reverse("projects:document_edit", args=[project.pk, key])


def version_url(project, number, key="contract"):
    return reverse("projects:document_version", args=[project.pk, key, number])


def contract(**fields):
    """What the browser sends for a contract: every field, also the empty ones."""
    filled = {
        "deliverables": "Ti skærme",
        "line_hours": "400",
        "digitek_hours": "400",
        "leader_promise": "Om leader_promise",
        "no_more_work": "Om no_more_work",
        "agreements": "Om agreements",
    }
    return {"based_on": 1} | filled | fields


# --- reading --------------------------------------------------------------------------------


@pytest.mark.parametrize("key", SPECS)
def test_everyone_who_sees_the_project_reads_its_documents(as_, office, project, key):
    for user in (office.other_manager, office.it, office.employee):
        page = as_(user).get(read_url(project, key))
        assert page.status_code == 200
        assert str(SPECS[key].label) in page.content.decode()
        assert edit_url(project, key) not in page.content.decode()


def test_a_document_tells_who_saved_it_and_what_is_missing(as_, office, project):
    filled = {"leader_promise": ""}
    documents.write(project, "contract", by=office.digitek, filled=filled)

    page = as_(office.digitek).get(read_url(project)).content.decode()

    assert "Ti skærme" in page
    assert str(office.digitek) in page
    assert "Lederens løfte" in page
    assert "Version 2" in page
    assert edit_url(project) in page


def test_a_document_nobody_began_offers_to_begin(as_, office, project):
    page = as_(office.digitek).get(read_url(project, "evaluation")).content.decode()

    assert "Ingen er begyndt" in page
    assert edit_url(project, "evaluation") in page


@pytest.mark.parametrize("key", ["effect_chain", "it_statement", "nothing"])
def test_there_is_no_page_for_an_unknown_document(as_, office, project, key):
    client = as_(office.digitek)

    assert client.get(read_url(project, key)).status_code == 404
    assert client.get(edit_url(project, key)).status_code == 404


def test_documents_of_an_idea_elsewhere_do_not_exist(as_, office):
    idea = a_sent_idea(by=office.manager, unit=office.home)

    for url in (read_url(idea, "idea_description"), version_url(idea, 1, "idea_description")):
        assert as_(office.other_manager).get(url).status_code == 404


def test_the_document_of_a_draft_is_the_idea_form(as_, office):
    draft = a_draft(by=office.employee, unit=office.home)
    review = reverse("projects:idea_step", args=[draft.pk, "review"])
    client = as_(office.employee)

    assert client.get(read_url(draft, "idea_description")).url == review
    assert client.get(edit_url(draft, "idea_description")).url == review
    assert as_(office.digitek).get(read_url(draft, "idea_description")).status_code == 404


def test_a_locked_document_says_why_and_cannot_be_edited(as_, office, people):
    asked = awaiting(2, **people)
    client = as_(office.digitek)

    page = client.get(read_url(asked.project)).content.decode()
    assert "Låst, mens der ventes på en beslutning" in page
    assert edit_url(asked.project) not in page
    assert client.get(edit_url(asked.project)).url == read_url(asked.project)


def test_who_was_locked_out_while_writing_keeps_the_words(as_, office, people):
    asked = awaiting(2, **people)

    response = as_(office.digitek).post(
        edit_url(asked.project), contract(deliverables="Mine mange ord")
    )

    assert "Mine mange ord" in response.content.decode()
    assert response.context["form"].non_field_errors()


# --- rounds ---------------------------------------------------------------------------------


@pytest.fixture
def second_round(office, people):
    project = in_phase(Phase.RETHINK, **people)
    write(project, "lessons", by=office.digitek)
    documents.write(
        project, "idea_description", by=office.digitek, filled={"purpose": "Gammelt formål"}
    )
    phases.start_new_round(project, by=office.digitek)
    documents.write(
        project, "idea_description", by=office.digitek, filled={"purpose": "Nyt formål"}
    )
    return Project.objects.get(pk=project.pk)


def test_earlier_rounds_can_be_read(as_, office, second_round):
    client, url = as_(office.digitek), read_url(second_round, "idea_description")

    now, then = client.get(url).content.decode(), client.get(f"{url}?round=1").content.decode()

    assert "Nyt formål" in now
    assert f"{url}?round=1" in now
    assert "Gammelt formål" in then
    assert "runde 1, som det blev efterladt" in then
    assert edit_url(second_round, "idea_description") not in then


def test_versions_of_earlier_rounds_can_be_read(as_, office, second_round):
    client, url = as_(office.digitek), version_url(second_round, 2, "idea_description")

    assert "Nyt formål" in client.get(url).content.decode()
    assert "Gammelt formål" in client.get(f"{url}?round=1").content.decode()


@pytest.mark.parametrize("round", ["3", "0", "-1", "x", "²", "", "9999999999999999999999"])
def test_a_round_that_never_was_does_not_exist(as_, office, second_round, round):
    for url in (
        read_url(second_round, "idea_description"),
        version_url(second_round, 1, "idea_description"),
    ):
        assert as_(office.digitek).get(url, {"round": round}).status_code == 404


# --- writing --------------------------------------------------------------------------------


def test_a_save_is_a_version(as_, office, project):
    response = as_(office.digitek).post(edit_url(project), contract(deliverables="Tolv skærme"))

    assert response.url == read_url(project)
    paper = Document.objects.get(key="contract")
    assert (paper.version, paper.content["deliverables"]) == (2, "Tolv skærme")


def test_a_document_may_be_saved_with_gaps(as_, office, project):
    as_(office.digitek).post(edit_url(project), contract(leader_promise="", line_hours=""))

    content = Document.objects.get(key="contract").content
    assert (content["leader_promise"], content["line_hours"]) == ("", None)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("line_hours", "mange"),
        ("line_hours", "-1"),
        ("line_hours", "10.000.001"),
        ("based_on", "x"),
    ],
)
def test_bad_input_saves_nothing_and_loses_nothing(as_, office, project, field, typed):
    posted = contract(deliverables="Mine nye ord", **{field: typed})

    response = as_(office.digitek).post(edit_url(project), posted)

    assert set(response.context["form"].errors) == {field}
    assert response.context["form"][field].value() == typed
    assert "Mine nye ord" in response.content.decode()
    assert Document.objects.get(key="contract").version == 1


def test_the_end_lies_after_the_start(as_, office, project):
    posted = {"based_on": 0, "starts_on": "2027-06-01", "ends_on": "2027-05-01"}

    response = as_(office.digitek).post(edit_url(project, "project_description"), posted)

    assert set(response.context["form"].errors) == {"ends_on"}


def test_a_choice_is_one_of_those_offered(as_, office, project):
    client, url = as_(office.digitek), edit_url(project, "evaluation")

    refused = client.post(url, {"based_on": 0, "conclusion": "party"})
    assert set(refused.context["form"].errors) == {"conclusion"}
    client.post(url, {"based_on": 0, "conclusion": "spread"})

    assert "Fortsæt og spred" in client.get(read_url(project, "evaluation")).content.decode()


def test_the_checklist_is_written_in_the_same_form(as_, office, project):
    url = edit_url(project, "checklist")
    posted = {"based_on": 1, "answer_1": "done", "answer_2": "open", "reason_2": "Venter på svar"}

    as_(office.digitek).post(url, posted)

    page = as_(office.digitek).get(read_url(project, "checklist")).content.decode()
    assert "Venter på svar" in page
    assert "Udestår" in page


def test_a_double_click_is_one_version(as_, office, project):
    client = as_(office.digitek)

    urls = [client.post(edit_url(project), contract(deliverables="Ny")).url for _n in range(2)]

    assert urls == [read_url(project)] * 2
    assert Document.objects.get(key="contract").version == 2


def test_nobodys_words_are_overwritten_unawares(as_, office, project):
    colleague = person(Role.DIGITEK, office.top)
    as_(colleague).post(edit_url(project), contract(deliverables="Kollegaens skærme"))
    client = as_(office.digitek)

    first = client.post(edit_url(project), contract(deliverables="Mine skærme"))

    page = first.content.decode()
    assert str(colleague) in str(first.context["form"].non_field_errors())
    assert "Kollegaens skærme" in page
    assert "Mine skærme" in page
    assert version_url(project, 2) in page
    assert Document.objects.get(key="contract").content["deliverables"] == "Kollegaens skærme"

    based_on = first.context["form"]["based_on"].value()
    second = client.post(edit_url(project), contract(deliverables="Mine skærme", based_on=based_on))

    assert second.url == read_url(project)
    assert Document.objects.get(key="contract").content["deliverables"] == "Mine skærme"


def test_only_those_who_write_reach_the_form(as_, office, project):
    for user in (office.manager, office.chief, office.it, office.employee, office.other_manager):
        assert as_(user).get(edit_url(project)).status_code == 403
        assert as_(user).post(edit_url(project), contract()).status_code == 403


def test_the_giver_writes_the_idea_while_it_is_waited_for(as_, office):
    idea = a_sent_idea(by=office.manager, unit=office.home)
    client = as_(office.manager)
    assert client.get(edit_url(idea, "idea_description")).status_code == 403

    intake.send_back(idea, by=office.digitek, words="Mere")

    assert client.get(edit_url(idea, "idea_description")).status_code == 200


# --- versions -------------------------------------------------------------------------------


def test_a_version_shows_what_changed_in_it(as_, office, project):
    documents.write(project, "contract", by=office.digitek, filled={"deliverables": "Tolv skærme"})
    client = as_(office.other_manager)

    second = client.get(version_url(project, 2)).content.decode()
    first = client.get(version_url(project, 1)).content.decode()

    assert "Ti skærme" in second
    assert "Tolv skærme" in second
    assert version_url(project, 1) in second
    assert "Det er den første version" in first
    assert "Tolv skærme" not in first


@pytest.mark.parametrize("number", [0, 2, 4711])
def test_a_version_that_never_was_does_not_exist(as_, office, project, number):
    assert as_(office.digitek).get(version_url(project, number)).status_code == 404


def test_a_version_tells_what_was_decided_on_it(as_, office, people):
    asked = awaiting(2, **people)
    decision = gates.decide(
        asked, by=office.chief, verdict="approve", opens="trial", reasoning="Ja tak"
    )

    page = as_(office.employee).get(version_url(asked.project, 1)).content.decode()

    assert "Gate 2: Godkend" in page
    assert decision.get_absolute_url() in page


# --- what it costs --------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("url", "queries"), [(read_url, 12), (edit_url, 10)])
def test_the_number_of_queries_does_not_grow(
    as_, office, project, count, url, queries, django_assert_num_queries
):
    for number in range(count):
        filled = {"deliverables": f"Udgave {number}"}
        colleague = person(Role.DIGITEK, office.top)
        documents.write(project, "contract", by=colleague, filled=filled)
    client = as_(office.digitek)

    with django_assert_num_queries(queries):
        client.get(url(project))


@pytest.mark.parametrize("count", [1, 3])
def test_a_version_costs_the_same_among_many(
    as_, office, project, count, django_assert_num_queries
):
    for number in range(count):
        filled = {"deliverables": f"Udgave {number}"}
        documents.write(project, "contract", by=office.digitek, filled=filled)
    client = as_(office.digitek)

    with django_assert_num_queries(14):
        client.get(version_url(project, 2))
