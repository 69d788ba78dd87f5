"""Two at once, on PostgreSQL: one wins, the other is told. Each has a twin without the lock."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

import pytest
from django.db import IntegrityError, connection
from django.db.models import QuerySet

from projects import documents, gates, intake
from projects.models import DecisionRequest, Document, GateDecision, Project, ReferenceCounter
from projects.models.project import ProjectQuerySet
from tests.factories import a_sent_idea, at_gate, awaiting
from tests.factories.projects import a_draft

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def at_once(*acts):
    """Start all acts at the same moment, each on a connection of its own; what came of each."""
    start = Barrier(len(acts))

    def run(act):
        try:
            start.wait(timeout=10)
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@contextmanager
def without_locks(monkeypatch, together: int):
    """Take the row locks away, and let ``together`` readers of a project read before any writes."""
    met = Barrier(together)

    def unlocked(self, pk):
        project = self.get(pk=pk)
        met.wait(timeout=10)
        return project

    with monkeypatch.context() as patch:
        patch.setattr(ProjectQuerySet, "locked", unlocked)
        patch.setattr(QuerySet, "select_for_update", lambda self, *args, **kwargs: self)
        yield


def kinds(results):
    return sorted(type(result).__name__ for result in results)


def deciding(asked, by, words):
    return lambda: gates.decide(
        DecisionRequest.objects.get(pk=asked.pk), by=by, verdict="approve", reasoning=words
    )


@pytest.fixture
def asked(office):
    asked = awaiting(1, giver=office.manager, digitek=office.digitek, unit=office.home)
    office.acts = [
        deciding(asked, office.chief, "Ja"),
        lambda: gates.decide(
            DecisionRequest.objects.get(pk=asked.pk), by=office.digitek, verdict="stop",
            reasoning="Nej", forum="Ledergruppen", decided_on=asked.asked_at.date(),
        ),
    ]  # fmt: skip
    return asked


def test_two_deciding_at_once_make_one_decision_and_the_other_is_told(office, asked):
    results = at_once(*office.acts)

    assert kinds(results) == ["AlreadyDecided", "GateDecision"]
    refusal = next(result for result in results if isinstance(result, gates.AlreadyDecided))
    decision = GateDecision.objects.get()
    assert refusal.decision == decision
    assert str(decision.recorded_by) in str(refusal)
    assert Project.objects.get().phase == decision.phase_after


def test_twin_without_the_lock_the_other_is_not_told(office, asked, monkeypatch):
    with without_locks(monkeypatch, together=2):
        results = at_once(*office.acts)

    assert "AlreadyDecided" not in kinds(results)
    assert any(isinstance(result, IntegrityError) for result in results)


def sending(project, by):
    return lambda: intake.send(Project.objects.get(pk=project.pk), by=by)


@pytest.fixture
def drafts(office):
    drafts = [a_draft(by=office.manager, unit=office.home) for _ in range(8)]
    a_sent_idea(by=office.manager, unit=office.home)  # so that the year has its counter
    return drafts


def test_references_are_given_without_gap_or_double(office, drafts):
    at_once(*(sending(draft, office.manager) for draft in drafts))

    numbers = Project.objects.sent().order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 10))


def test_twin_without_the_lock_a_reference_is_given_twice(office, drafts, monkeypatch):
    with without_locks(monkeypatch, together=8):
        results = at_once(*(sending(draft, office.manager) for draft in drafts))

    assert any(isinstance(result, IntegrityError) for result in results)
    assert ReferenceCounter.objects.get().last < 9


def test_a_draft_sent_twice_at_once_is_one_idea(office):
    draft = a_draft(by=office.manager, unit=office.home)

    results = at_once(*[sending(draft, office.manager)] * 2)

    assert kinds(results) == ["AlreadySent", "Project"]
    assert ReferenceCounter.objects.get().last == 1


def test_twin_without_the_lock_a_draft_is_sent_twice(office, monkeypatch):
    draft = a_draft(by=office.manager, unit=office.home)

    with without_locks(monkeypatch, together=2):
        results = at_once(*[sending(draft, office.manager)] * 2)

    assert "AlreadySent" not in kinds(results)


def writing(project, by, words):
    return lambda: documents.write(
        Project.objects.get(pk=project.pk), "idea_description", by=by,
        filled={"problem": words}, based_on=1,
    )  # fmt: skip


@pytest.fixture
def idea(office):
    return a_sent_idea(by=office.manager, unit=office.home)


def test_of_two_writing_at_once_one_is_told_of_the_newer_version(office, idea):
    results = at_once(*(writing(idea, office.digitek, words) for words in ("Først", "Sidst")))

    assert kinds(results) == ["Document", "Stale"]
    assert Document.objects.get(key="idea_description").version == 2


def test_twin_without_the_lock_the_other_is_not_told_of_it(office, idea, monkeypatch):
    with without_locks(monkeypatch, together=2):
        results = at_once(*(writing(idea, office.digitek, words) for words in ("Først", "Sidst")))

    assert "Stale" not in kinds(results)


def asking(project, by):
    return lambda: gates.ask(Project.objects.get(pk=project.pk), by=by)


def test_asking_twice_at_once_asks_once(office):
    project = at_gate(1, giver=office.manager, digitek=office.digitek, unit=office.home)

    results = at_once(*[asking(project, office.digitek)] * 2)

    assert kinds(results) == ["DecisionRequest", "PhaseError"]
    assert project.waits.filter(kind="decide", closed_at=None).count() == 1


def test_twin_without_the_lock_asking_twice_is_not_refused_in_words(office, monkeypatch):
    project = at_gate(1, giver=office.manager, digitek=office.digitek, unit=office.home)

    with without_locks(monkeypatch, together=2):
        results = at_once(*[asking(project, office.digitek)] * 2)

    assert any(isinstance(result, IntegrityError) for result in results)
