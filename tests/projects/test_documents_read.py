"""Documents as people read them: papers, their pages and versions."""

import pytest
from django.utils import translation

from projects import document_pages, documents, gates, idea_steps, papers
from projects.document_specs import IDEA_STEPS
from projects.models import Project
from projects.phase_model import Phase, Verdict
from tests.factories import awaiting, in_phase
from tests.factories.projects import a_draft, write


@pytest.fixture
def people(office):
    return {"giver": office.manager, "digitek": office.digitek, "unit": office.home}


def fresh(project):
    return Project.objects.get(pk=project.pk)


def lines(parts):
    return {line.key: line for part in parts for line in part.lines}


# --- papers ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "da",
            {
                "starts_on": "4. januar 2027",
                "budget_kroner": "50.000 kr.",
                "minutes_before": "45 minutter",
                "times_a_year": "1.200",
                "hours_freed": "≈ 600 timer om året",
                "pools": "Omsorg, Fællespulje",
            },
        ),
        (
            "en",
            {
                "starts_on": "4 January 2027",
                "budget_kroner": "DKK 50,000",
                "minutes_before": "45 minutes",
                "times_a_year": "1,200",
                "hours_freed": "≈ 600 hours a year",
                "pools": "Care, Shared pool",
            },
        ),
    ],
)
def test_an_idea_is_read_in_the_readers_words(office, language, words):
    pools = [office.care_pool, office.shared_pool]
    draft = a_draft(by=office.employee, unit=office.home, pools=pools, times_a_year=1200)

    with translation.override(language):
        read = lines(papers.as_it_stands(draft, "idea_description"))

    assert {key: read[key].text for key in words} == words


def test_the_evaluation_tells_its_choice_and_keeps_what_it_does_not_know(office):
    read = lines(papers.read("evaluation", {"conclusion": "spread"}))
    unknown = lines(papers.read("evaluation", {"conclusion": "something old"}))

    assert read["conclusion"].text == "Fortsæt og spred til flere enheder"
    assert unknown["conclusion"].text == "something old"


def test_rows_that_are_gone_are_left_out(office):
    content = {"pools": [office.care_pool.pk, 4711]}

    assert lines(papers.read("idea_description", content))["pools"].text == "Omsorg"


def test_an_optional_field_that_is_empty_is_not_shown(office):
    draft = a_draft(by=office.employee, unit=office.home, quality="", purpose="")

    shown = {line.key for part in papers.idea_as_it_stands(draft) for line in part.shown}

    assert "quality" not in shown
    assert {"purpose", "hours_freed", "1", "2"} <= shown


def test_hours_that_cannot_be_reckoned_are_not_shown(office):
    draft = a_draft(by=office.employee, unit=office.home, times_a_year=None)

    shown = {line.key for part in papers.idea_as_it_stands(draft) for line in part.shown}

    assert "hours_freed" not in shown


@pytest.mark.parametrize(
    ("answer", "text", "state"),
    [
        ("done", "Udført", "ok"),
        ("open", "Udestår", "wait"),
        ("not_relevant", "Ikke relevant", "none"),
    ],
)
def test_an_answer_to_a_principle_has_its_word_and_look(office, answer, text, state):
    (part,) = papers.read("checklist", {"1": {"answer": answer, "reason": "Fordi"}})

    first, second = part.lines
    assert (first.text, first.state, first.reason) == (text, state, "Fordi")
    assert (second.text, second.state) == ("", "")
    assert part.is_checklist


def test_changes_are_told_field_by_field(office):
    before = papers.read("contract", {"deliverables": "Ti", "line_hours": 40})
    after = papers.read("contract", {"deliverables": "Tolv", "line_hours": 40, "agreements": "Ja"})

    found = papers.changes(before, after)

    assert [(c.after.key, c.before.text, c.after.text) for c in found] == [
        ("deliverables", "Ti", "Tolv"),
        ("agreements", "", "Ja"),
    ]


def test_a_reason_alone_is_a_change_and_a_reckoned_line_is_none(office):
    before = papers.read("checklist", {"1": {"answer": "open", "reason": "A"}})
    after = papers.read("checklist", {"1": {"answer": "open", "reason": "B"}})
    figures = {"times_a_year": 60, "minutes_before": 2, "minutes_after": 1}
    hours = papers.changes(
        papers.read("idea_description", figures),
        papers.read("idea_description", figures | {"times_a_year": 120}),
    )

    assert [change.after.reason for change in papers.changes(before, after)] == ["B"]
    assert [change.after.key for change in hours] == ["times_a_year"]


def test_what_was_not_there_before_is_new(office):
    (part,) = papers.read("checklist", {"1": {"answer": "done", "reason": ""}})

    assert [change.before.text for change in papers.changes([], [part])] == [""]


# --- pages ----------------------------------------------------------------------------------


def test_a_page_knows_which_version_a_gate_decided_on(office, people):
    asked = awaiting(1, **people)
    decision = gates.decide(
        asked, by=office.chief, verdict=Verdict.REWORK, reasoning="Skriv mere om borgerne"
    )
    write(fresh(asked.project), "idea_description", by=office.digitek, purpose="Klarere")

    page = document_pages.page(fresh(asked.project), "idea_description")

    newest, first = page.versions
    assert (newest.row.number, newest.decided) == (2, ())
    (decided,) = first.decided
    assert (str(decided.gate), str(decided.verdict)) == ("Gate 1", "Send tilbage til omarbejdning")
    assert decided.url == decision.get_absolute_url()
    assert document_pages.page(fresh(asked.project), "contract").versions == []


def test_a_decision_that_did_not_read_a_document_does_not_rest_on_it(office, people):
    asked = awaiting(2, **people)
    gates.decide(asked, by=office.chief, verdict=Verdict.STOP, reasoning="Nej")

    contract, idea = (
        document_pages.page(fresh(asked.project), key) for key in ("contract", "idea_description")
    )

    assert [len(version.decided) for version in contract.versions] == [1]
    assert [len(version.decided) for version in idea.versions] == [0]


def test_an_earlier_round_is_read_as_it_was_left(office, people):
    project = in_phase(Phase.INVESTIGATION, budget_kroner=1_000, **people)
    Project.objects.filter(pk=project.pk).update(round=2, budget_kroner=9_000)
    documents.carry_over_idea(fresh(project), by=office.digitek)
    project = fresh(project)

    now = document_pages.page(project, "idea_description")
    then = document_pages.page(project, "idea_description", round=1)

    assert lines(now.parts)["budget_kroner"].text == "9.000 kr."
    assert lines(then.parts)["budget_kroner"].text == "1.000 kr."
    assert [number for number, _url in now.other_rounds] == [1]
    assert then.url.endswith("?round=1")
    assert then.current_url == now.url
    assert not then.is_locked


def test_an_earlier_round_without_versions_is_read_as_it_stands(office, people):
    project = in_phase(Phase.INVESTIGATION, **people)
    project.documents.create(key="contract", round=1, content={"deliverables": "Ti skærme"})
    Project.objects.filter(pk=project.pk).update(round=2)

    page = document_pages.page(fresh(project), "contract", round=1)

    assert lines(page.parts)["deliverables"].text == "Ti skærme"


def test_a_version_stands_between_its_neighbours(office, people):
    project = in_phase(Phase.INVESTIGATION, **people)
    for words in ("Et", "To", "Tre"):
        documents.write(project, "contract", by=office.digitek, filled={"deliverables": words})
    versions = fresh(project).documents.get(key="contract").versions

    first, second = (document_pages.version_page(versions.get(number=n)) for n in (1, 2))

    assert [c.before.text for c in second.changes] == ["Et"]
    assert (second.older.row.number, second.newer.row.number) == (1, 3)
    assert (first.older, first.is_first, first.changes) == (None, True, [])
    assert second.in_the_list.decided == ()


# --- the way of an idea ---------------------------------------------------------------------


def test_the_way_knows_its_neighbours(office):
    draft = a_draft(by=office.employee, unit=office.home)

    ways = [idea_steps.way(draft, step) for step in IDEA_STEPS]

    assert [way.current.key for way in ways] == list(IDEA_STEPS)
    assert [way.before and way.before.key for way in ways] == [None, *IDEA_STEPS[:-1]]
    assert [way.after and way.after.key for way in ways] == [*IDEA_STEPS[1:], None]
    assert ways[0].total == 5


def test_gaps_lie_in_the_step_where_they_are_mended(office):
    draft = a_draft(by=office.employee, unit=office.home, purpose="", minutes_after=None)
    documents.write(
        draft, "checklist", by=office.employee, filled={"2": {"answer": "open", "reason": ""}}
    )

    way = idea_steps.way(fresh(draft), "review")

    assert [gap.url.rpartition("/ideer/")[2] for gap in way.must_be_filled] == [
        f"{draft.pk}/frame/#id_purpose",
        f"{draft.pk}/gain/#id_minutes_after",
    ]
    assert [gap.text for gap in way.can_wait] == ["en begrundelse ved princip 2"]
    assert [step.state for step in way.steps] == ["done", "error", "error", "error", "current"]
