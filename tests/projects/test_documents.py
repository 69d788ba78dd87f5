"""What a gate reads: written, numbered, locked, and what is missing."""

from datetime import date

import pytest

from projects import documents, facts, gates, intake, rights
from projects.document_specs import CHECKLIST, IDEA_DESCRIPTION, SPECS
from projects.models import Document, DocumentVersion, Project
from projects.phase_model import ENDORSEMENT, GATES, Phase
from sso_portal.organisation.roles import Role
from sso_portal.shared.models import Event
from tests.factories import a_sent_idea, awaiting, in_phase, person
from tests.factories.projects import a_draft, write


@pytest.fixture
def people(office):
    return {"giver": office.manager, "digitek": office.digitek, "unit": office.home}


@pytest.fixture
def project(people):
    """A DigiTek project in investigation, with nothing of its papers written."""
    return in_phase(Phase.INVESTIGATION, **people)


def fresh(project):
    return Project.objects.get(pk=project.pk)


# --- the register ---------------------------------------------------------------------------


def test_every_key_that_a_gate_reads_is_registered():
    assert documents.unfilled_keys() == set()


def test_a_key_is_registered_by_one_kind_of_document():
    documents.register(documents.WrittenDocument(IDEA_DESCRIPTION))

    with pytest.raises(ValueError, match="idea_description"):
        documents.register(documents.Checklist(IDEA_DESCRIPTION))


# --- writing --------------------------------------------------------------------------------


def test_every_save_that_changes_something_is_a_version(office, project):
    for words in ("Et", "To", "To"):
        filled = {"background": words}
        documents.write(project, "project_description", by=office.digitek, filled=filled)

    versions = DocumentVersion.objects.filter(document__key="project_description")
    assert [(v.number, v.content["background"]) for v in versions] == [(2, "To"), (1, "Et")]
    told = [
        event.facts["version"]
        for event in Event.objects.about(project).filter(key="document_written")
        if event.facts["document"] == "project_description"
    ]
    assert told == [2, 1]


def test_a_draft_has_no_versions(office):
    draft = a_draft(by=office.employee, unit=office.home)

    assert not DocumentVersion.objects.exists()
    assert draft.paper("idea_description").version == 0


def test_facts_go_to_the_project_and_stay_in_the_version(office, project):
    filled = {"starts_on": date(2027, 3, 1), "budget_kroner": 75_000, "pools": [office.care_pool]}
    documents.write(project, "project_description", by=office.digitek, filled=filled)

    project = fresh(project)
    assert (project.starts_on, project.budget_kroner) == (date(2027, 3, 1), 75_000)
    assert list(project.pools.all()) == [office.care_pool]
    content = DocumentVersion.objects.get(document__key="project_description").content
    assert content["starts_on"] == "2027-03-01"
    assert content["pools"] == [office.care_pool.pk]


def test_fields_that_are_not_named_are_left_alone(office, project):
    documents.write(project, "contract", by=office.digitek, filled={"deliverables": "Ti skærme"})
    documents.write(project, "contract", by=office.digitek, filled={"line_hours": 40})

    content = Document.objects.get(key="contract").content
    assert (content["deliverables"], content["line_hours"]) == ("Ti skærme", 40)


def test_what_somebody_saved_meanwhile_is_not_overwritten(office, project):
    colleague = person(Role.DIGITEK, office.top)
    key, first = "project_description", {"background": "Første"}
    documents.write(project, key, by=office.digitek, filled=first, based_on=0)
    documents.write(project, key, by=colleague, filled={"background": "Andet"}, based_on=1)

    with pytest.raises(documents.Stale) as refusal:
        documents.write(
            project, key, by=office.digitek, filled={"background": "Tredje"}, based_on=1
        )

    assert refusal.value.newer.version == 2
    assert str(colleague) in str(refusal.value)
    assert Document.objects.get(key=key).content["background"] == "Andet"


def test_two_who_begin_the_same_document_are_told(office, project):
    key = "contract"
    documents.write(project, key, by=office.digitek, filled={"deliverables": "A"}, based_on=0)

    with pytest.raises(documents.Stale):
        documents.write(project, key, by=office.digitek, filled={"deliverables": "B"}, based_on=0)


def test_a_double_click_saves_once_and_is_no_conflict(office, project):
    filled = {"background": "Det samme", "pools": [office.shared_pool, office.care_pool]}
    for _time in range(2):
        documents.write(
            project, "project_description", by=office.digitek, filled=filled, based_on=0
        )

    assert Document.objects.get(key="project_description").version == 1


def test_saving_what_already_stands_leaves_the_last_writers_name(office, project):
    filled = {"background": "Det samme"}
    documents.write(project, "project_description", by=office.digitek, filled=filled)
    documents.write(
        project, "project_description", by=person(Role.DIGITEK, office.top), filled=filled
    )

    assert Document.objects.get(key="project_description").saved_by == office.digitek


# --- who may write, and when ----------------------------------------------------------------


def test_digitek_and_the_project_leader_write_the_others_do_not(office, project):
    lead = person(Role.EMPLOYEE, office.clinic)
    facts.name_people(project, by=office.digitek, lead=lead, digitek_contact=office.digitek)
    project = fresh(project)

    may = {
        name: documents.may_write(getattr(office, name, lead), project, "contract")
        for name in ("digitek", "lead", "manager", "chief", "it", "employee")
    }

    assert may == {
        "digitek": True,
        "lead": True,
        "manager": False,
        "chief": False,
        "it": False,
        "employee": False,
    }
    with pytest.raises(rights.NotAllowed):
        documents.write(project, "contract", by=office.chief, filled={"deliverables": "Nej"})


@pytest.mark.parametrize(
    ("key", "may"), [("idea_description", True), ("checklist", True), ("contract", False)]
)
def test_a_giver_who_is_waited_for_writes_the_idea_alone(office, key, may):
    idea = a_sent_idea(by=office.employee, unit=office.home)
    asked = idea.requests.get()
    assert not documents.may_write(office.employee, fresh(idea), key)
    gates.decide(asked, by=office.manager, verdict="rework", reasoning="Skriv mere")

    assert documents.may_write(office.employee, fresh(idea), key) is may


def test_there_is_nothing_to_write_by_an_unknown_key(office, project):
    assert not documents.may_write(office.digitek, project, "effect_chain")


def test_what_a_decision_is_waited_for_is_locked(office, people):
    project = fresh(awaiting(2, **people).project)

    assert {key: documents.is_locked(project, key) for key in SPECS} == {
        "project_description": True,
        "contract": True,
        # It writes the pools, and they say who decides
        "idea_description": True,
        "checklist": False,
        "evaluation": False,
        "lessons": False,
    }
    with pytest.raises(documents.Locked):
        documents.write(project, "contract", by=office.digitek, filled={"deliverables": "Nyt"})
    filled = {"pools": [office.shared_pool]}
    with pytest.raises(documents.Locked):
        documents.write(project, "idea_description", by=office.digitek, filled=filled)


def test_nothing_is_locked_when_nobody_is_asked(project):
    assert not any(documents.is_locked(project, key) for key in SPECS)


# --- what is missing ------------------------------------------------------------------------


def test_what_is_mandatory_and_empty_is_missing(office):
    draft = a_draft(
        by=office.employee,
        unit=office.home,
        purpose="",
        budget_kroner=None,
        focus_areas=[],
        quality="",
    )

    gaps = documents.missing(draft, ["idea_description"])

    assert [gap.text for gap in gaps] == ["Fokusområder", "Formål", "Forventet budget"]
    assert {gap.key for gap in gaps} == {"idea_description"}
    assert documents.missing(draft, ["checklist"]) == []


def test_nought_is_something(office):
    draft = a_draft(by=office.employee, unit=office.home, budget_kroner=0, minutes_after=0)

    assert documents.missing(draft, ["idea_description"]) == []


@pytest.mark.parametrize(
    ("first", "second", "gaps"),
    [
        (("done", ""), ("done", ""), []),
        (("done", ""), ("open", "Når vi er i gang"), []),
        (("done", ""), ("not_relevant", ""), ["en begrundelse ved princip 2"]),
        (("open", "Senere"), ("done", ""), ["princip 1 er stadig åbent"]),
        (("not_relevant", "Ingen borgere"), ("done", ""), []),
        (("", ""), ("done", ""), ["svar på princip 1"]),
    ],
)
def test_the_checklist_wants_answers_and_reasons(office, first, second, gaps):
    draft = intake.start(by=office.employee, unit=office.home)
    answers = {
        key: {"answer": answer, "reason": reason}
        for key, (answer, reason) in {"1": first, "2": second}.items()
    }
    documents.write(draft, "checklist", by=office.employee, filled=answers)

    assert [gap.text for gap in documents.missing(draft, ["checklist"])] == gaps


def test_a_document_nobody_began_misses_everything_mandatory(project):
    spec = SPECS["contract"]
    mandatory = [str(field.label) for field in spec.fields if field.mandatory]

    assert [gap.text for gap in documents.missing(project, ["contract"])] == mandatory


def test_incomplete_names_the_document_and_its_gaps(office):
    draft = a_draft(by=office.employee, unit=office.home, purpose="")

    with pytest.raises(documents.Incomplete, match="Idébeskrivelse: Formål"):
        documents.require_complete(draft, ENDORSEMENT.reads)


# --- rounds and snapshots -------------------------------------------------------------------


def test_a_snapshot_is_plain_data_with_the_version(office, people):
    asked = awaiting(1, **people)

    kept = documents.snapshot(fresh(asked.project), GATES[0].reads)

    assert kept["idea_description"]["version"] == 1
    assert kept["idea_description"]["content"]["starts_on"] == "2027-01-04"
    assert kept["checklist"]["content"]["1"] == {"answer": "done", "reason": ""}


def test_a_snapshot_of_what_nobody_wrote_has_version_nought(project):
    assert documents.snapshot(project, ["contract"])["contract"]["version"] == 0


def test_a_new_round_begins_with_the_idea_of_the_one_before(office, people):
    project = in_phase(Phase.RETHINK, **people)
    write(project, "lessons", by=office.digitek)
    Project.objects.filter(pk=project.pk).update(round=2)
    project = fresh(project)

    documents.carry_over_idea(project, by=office.digitek)

    paper = fresh(project).paper("idea_description")
    assert (paper.round, paper.version) == (2, 1)
    assert paper.content["purpose"] == "Om purpose"
    assert fresh(project).paper("lessons") is None


def test_a_round_without_an_idea_before_it_begins_empty(office, project):
    Document.objects.filter(key="idea_description").update(round=5)

    documents.carry_over_idea(fresh(project), by=office.digitek)

    assert fresh(project).paper("idea_description") is None


def test_the_checklist_stands_as_it_was_written(office, people):
    project = fresh(awaiting(1, **people).project)

    assert documents.values(project, CHECKLIST)["2"]["answer"] == "done"
