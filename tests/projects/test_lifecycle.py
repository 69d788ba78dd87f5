"""Whatever people do, in whatever order: what must hold of a project holds after every step."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.utils.translation import override
from hypothesis import HealthCheck, settings
from hypothesis import Phase as Stage
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from projects import deciders, documents, facts, gates, intake, phases, statements
from projects.document_specs import SPECS
from projects.models import DecisionRequest, GateDecision, Project, Recommendation, Statement
from projects.models.document import Document, DocumentVersion
from projects.phase_model import ENDORSEMENT, Phase, Priority, ProjectType, Standing, Verdict
from projects.rights import ProjectError
from sso_portal.organisation import waiting
from sso_portal.organisation.models import Waiting
from sso_portal.shared import clock, history
from sso_portal.shared.models import Event, OutgoingMail
from tests.factories.projects import a_draft, filled

EVERYBODY = "employee manager other_manager chief other_chief director digitek it admin".split()
# Most of the time those act who can, so that stories go far.
people = st.sampled_from([*EVERYBODY, *["digitek"] * 16])
givers = st.sampled_from(["employee", "digitek", "manager", "chief", "director", "digitek"])
units = st.sampled_from(["home", "home", "clinic", "care"])
pools = st.sampled_from([(), ("care_pool",), ("shared_pool",), ("care_pool", "shared_pool")])
which = st.integers(min_value=0, max_value=1)
types = st.sampled_from([ProjectType.DIGITEK] * 4 + list(ProjectType))
verdicts = st.sampled_from([Verdict.REWORK, Verdict.PARK, Verdict.APPROVE, Verdict.STOP])
ways = st.sampled_from(["", *Phase])
days = st.sampled_from([-1, 0, 1, 2, 7, 40])
maybe = st.sampled_from([None, True, False])
hurry = st.sampled_from([True, False])
far = st.sampled_from([9, 3, 14, 5, 7, 11, 16])
ends = st.sampled_from([Phase.RETHINK, Phase.OPERATION])

TABLES = (Project, Waiting, DecisionRequest, Statement, Document)
ROWS_ADDED = (Event, OutgoingMail, GateDecision, Recommendation, DocumentVersion)
MOVERS = {"decide", "move", "start_new_round", "send"}


def type_of(type: str) -> dict:
    """A type with the priority that goes with it."""
    return {"type": type, "priority": intake.priority_for(type, Priority.PIPELINE)}


def fingerprint() -> list:
    """All that a verb could have changed, told cheaply."""
    rows = [tuple(model.objects.order_by("pk").values_list()) for model in TABLES]
    lists = [tuple(Project.pools.through.objects.values_list()), Project.history.count()]
    return rows + lists + [model.objects.count() for model in ROWS_ADDED]


class Lifecycle(RuleBasedStateMachine):
    """Two ideas at a time, and an office that does anything to them."""

    office = None

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.moment = datetime(2026, 1, 5, 8, tzinfo=UTC)
        self.keys = []
        self.seen = {}
        self.told = {}

    def teardown(self):
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    # --- doing ----------------------------------------------------------------------------

    def project(self, number: int) -> Project:
        return Project.objects.get(pk=self.keys[number % len(self.keys)])

    def person(self, name: str):
        return getattr(self.office, name)

    def rows(self, names) -> list:
        return [self.person(name) for name in names]

    @contextmanager
    def later(self):
        """Time goes on from act to act, so that what comes first is seen to."""
        self.moment += timedelta(hours=7)
        with clock.at(self.moment):
            yield

    def attempt(self, verb, subject, **how):
        """The verb done, or refused in words and then without a trace."""
        project = getattr(subject, "project", subject)
        before = Project.objects.get(pk=project.pk)
        untouched = fingerprint()
        done, refusal = None, ""
        with self.later():
            try:
                done = verb(subject, **how)
            except ProjectError as error:
                refusal = str(error) or "without a word"
        if refusal:
            assert refusal != "without a word"
            assert fingerprint() == untouched
            return None
        self.check_the_move(verb.__name__, before)
        return done

    def check_the_move(self, name: str, before: Project):
        """Phases change by the verbs that may, and only along the table."""
        after = Project.objects.filter(pk=before.pk).first()
        if after is None or after.phase == before.phase:
            return
        assert name in MOVERS
        if name == "decide":
            decision = after.decisions.first()
            assert decision.verdict == Verdict.APPROVE
            assert before.phase == decision.gate.after
            assert after.phase in decision.gate.opens
        elif name == "move":
            assert not after.track.gates
            assert after.phase in before.track.moves_from(Phase(before.phase))
        elif name == "start_new_round":
            assert (before.phase, after.phase) == (Phase.RETHINK, Phase.IDEA)
            assert after.round == before.round + 1

    # --- ideas ----------------------------------------------------------------------------

    @initialize(giver=givers, pools=pools, type=types, steps=far, way=ends, hurry=hurry)
    def one_is_on_its_way(self, giver, pools, type, steps, way, hurry):
        home = {"manager": "home", "employee": "home"}
        self.begin(giver, home.get(giver, "care"), pools, whole=True)
        with self.later():
            Project.objects.filter(pk=self.keys[0]).update(**type_of(type))
        self.go_on(0, way, steps)
        if hurry:
            self.approve_in_a_hurry(0, way)

    @precondition(lambda self: len(self.keys) < 2)
    @rule(giver=givers, unit=units, pools=pools, whole=st.sampled_from([True, True, False]))
    def begin(self, giver, unit, pools, whole):
        by = self.person(giver)
        with self.later():
            try:
                project = intake.start(by=by, unit=self.person(unit), title="En idé")
            except ProjectError:
                return
            self.keys.append(project.pk)
            if whole:
                self.fill(project, "idea_description", by=by, pools=self.rows(pools))
                self.fill(project, "checklist", by=by)

    def fill(self, project, key, *, by, **changes):
        documents.write(project, key, by=by, filled=filled(SPECS[key]) | changes)

    @precondition(lambda self: self.keys)
    @rule(n=which, by=people)
    def send(self, n, by):
        project = self.project(n)
        self.attempt(intake.send, project, by=project.giver if by == "digitek" else self.person(by))

    @precondition(lambda self: self.keys)
    @rule(n=which, by=people)
    def send_again(self, n, by):
        project = self.project(n)
        by = project.giver if by == "digitek" else self.person(by)
        self.attempt(intake.send_again, project, by=by)

    @precondition(lambda self: self.keys)
    @rule(n=which, by=people)
    def send_back(self, n, by):
        self.attempt(intake.send_back, self.project(n), by=self.person(by), words="Hvorfor?")

    @precondition(lambda self: self.keys)
    @rule(n=which, by=people, type=types, touches_it=st.booleans(), lead=st.booleans())
    def qualify(self, n, by, type, touches_it, lead):
        self.attempt(
            intake.qualify,
            self.project(n),
            by=self.person(by),
            type=type,
            touches_it=touches_it,
            digitek_contact=self.office.digitek,
            lead=self.office.employee if lead else None,
        )

    # --- documents and facts --------------------------------------------------------------

    @precondition(lambda self: self.keys)
    @rule(n=which, by=people, key=st.sampled_from(list(SPECS)), whole=st.booleans(), pools=pools)
    def write(self, n, by, key, whole, pools):
        content = filled(SPECS[key])
        if "pools" in content:
            content["pools"] = self.rows(pools)
        if not whole:
            content = dict.fromkeys(list(content)[:1], "" if key != "checklist" else {})
        if content:
            by = self.person(by)
            self.attempt(documents.write, self.project(n), key=key, by=by, filled=content)

    @precondition(lambda self: self.keys)
    @rule(n=which, by=people, pools=pools, touches_it=maybe, priority=st.sampled_from(Priority))
    def keep_facts(self, n, by, pools, touches_it, priority):
        changes = {"touches_it": touches_it, "pools": self.rows(pools), "priority": priority}
        self.attempt(facts.keep, self.project(n), by=self.person(by), **changes)

    @precondition(lambda self: self.keys)
    @rule(n=which, by=people, lead=people)
    def name_people(self, n, by, lead):
        named = {"lead": self.person(lead), "digitek_contact": None, "team": [self.office.chief]}
        self.attempt(facts.name_people, self.project(n), by=self.person(by), **named)

    @precondition(lambda self: self.keys)
    @rule(n=which, by=people)
    def ask_for_statement(self, n, by):
        self.attempt(statements.ask, self.project(n), by=self.person(by))

    @precondition(lambda self: self.keys)
    @rule(n=which, by=people, conclusion=st.sampled_from(Statement.Conclusion))
    def give_statement(self, n, by, conclusion):
        statement = self.project(n).statements.first()
        if statement:
            by = self.office.it if by == "digitek" else self.person(by)
            how = {"conclusion": conclusion, "security": "Log ind med MitID"}
            self.attempt(statements.give, statement, by=by, **how)

    # --- gates ----------------------------------------------------------------------------

    @precondition(lambda self: self.keys)
    @rule(n=which, by=people, verdict=verdicts, opens=ways)
    def recommend(self, n, by, verdict, opens):
        how = {"verdict": verdict, "opens": opens, "reasoning": "Derfor"}
        self.attempt(gates.recommend, self.project(n), by=self.person(by), **how)

    @precondition(lambda self: self.keys)
    @rule(n=which, by=people, within=days)
    def ask(self, n, by, within):
        due_on = self.moment.date() + timedelta(days=within)
        self.attempt(gates.ask, self.project(n), by=self.person(by), due_on=due_on)

    @precondition(lambda self: self.keys)
    @rule(n=which, by=people)
    def withdraw(self, n, by):
        if asked := self.project(n).requests.first():
            self.attempt(gates.withdraw, asked, by=self.person(by))

    @precondition(lambda self: self.keys)
    @rule(
        n=which,
        by=people,
        verdict=verdicts,
        opens=ways,
        spread=maybe,
        within=days,
        forum=st.sampled_from(["", "Kvartalsstatus"]),
    )
    def decide(self, n, by, verdict, opens, spread, within, forum):
        asked = self.project(n).requests.first()
        if asked is None:
            return
        by = self.decider_of(asked) if by == "digitek" and not forum else self.person(by)
        self.decision(
            asked,
            by=by,
            verdict=verdict,
            opens=opens,
            spread=spread,
            review_on=self.moment.date() + timedelta(days=within),
            **({"forum": forum, "decided_on": self.moment.date()} if forum else {}),
        )

    @precondition(lambda self: self.keys)
    @rule(n=which, way=ends)
    def approve(self, n, way):
        self.answer(n, Verdict.APPROVE, way)

    @precondition(lambda self: self.keys)
    @rule(n=which)
    def send_back_for_rework(self, n):
        self.answer(n, Verdict.REWORK)

    @precondition(lambda self: self.keys)
    @rule(n=which)
    def put_on_hold_at_the_gate(self, n):
        self.answer(n, Verdict.PARK)

    @precondition(lambda self: self.keys)
    @rule(n=which)
    def stop_at_the_gate(self, n):
        self.answer(n, Verdict.STOP)

    def approve_in_a_hurry(self, n, way):
        """Ask and approve without looking at what is missing."""
        project = self.project(n)
        if project.gate and not project.open_request:
            opens = way if way in project.gate.opens else ""
            words = {"verdict": Verdict.APPROVE, "opens": opens, "reasoning": "Det haster"}
            self.attempt(gates.recommend, project, by=self.office.digitek, **words)
            self.attempt(gates.ask, project, by=self.office.digitek)
        if self.project(n).open_request:
            self.answer(n, Verdict.APPROVE, way)

    def answer(self, n, verdict, way=Phase.RETHINK):
        """The one who decides gives a whole answer."""
        project = self.project(n)
        if project.is_active and project.is_qualified and project.gate and not project.open_request:
            with self.later():
                self.bring_to_the_gate(project, way)
        asked = self.project(n).open_request
        if asked is None:
            return
        self.decide_on_own_idea(asked)
        by = self.decider_of(asked)
        how = {"spread": True, "review_on": self.moment.date() + timedelta(days=30)}
        if not deciders.may_answer(by, asked):
            how |= {"forum": "Chefgruppen", "decided_on": self.moment.date()}
        opens = way if way in asked.gate.opens else ""
        self.decision(asked, by=by, verdict=verdict, opens=opens, **how)

    def decide_on_own_idea(self, asked):
        """Those whose idea it is try first, also by way of a meeting."""
        meeting = {"forum": "Chefgruppen", "decided_on": self.moment.date()}
        for by in {asked.project.giver, asked.project.endorsed_by} - {None}:
            self.decision(asked, by=by, verdict=Verdict.STOP, **meeting)

    def decision(self, asked, *, by, **how):
        """Decide, and hold the decision to what no decision may be."""
        before = Project.objects.get(pk=asked.project_id)
        gaps = documents.missing(before, asked.gate.reads)
        decision = self.attempt(gates.decide, asked, by=by, reasoning="Derfor", **how)
        if decision is None:
            return
        assert by.pk not in (before.giver_id, before.endorsed_by_id)
        assert decision.request_id == asked.pk
        assert decision.phase_before == before.phase
        assert decision.basis["documents"].keys() == set(asked.gate.reads)
        if decision.verdict == Verdict.APPROVE:
            assert gaps == []
        else:
            assert decision.phase_after == before.phase

    def decider_of(self, asked):
        """One who decides, or puts on record what was decided."""
        office = [self.person(name) for name in EVERYBODY]
        deciding = [person for person in office if deciders.may_answer(person, asked)]
        return (deciding or [self.office.digitek])[0]

    # --- phases ---------------------------------------------------------------------------

    @precondition(lambda self: self.keys)
    @rule(n=which, by=people, to=st.sampled_from(Phase))
    def move(self, n, by, to):
        self.attempt(phases.move, self.project(n), by=self.person(by), to=to, reason="Derfor")

    @precondition(lambda self: self.keys)
    @rule(n=which, by=people, within=days)
    def park(self, n, by, within):
        until = self.moment.date() + timedelta(days=within)
        how = {"reason": "Vi venter", "review_on": until}
        self.attempt(phases.park, self.project(n), by=self.person(by), **how)

    @precondition(lambda self: self.keys)
    @rule(n=which, by=people, verb=st.sampled_from([phases.resume, phases.resume, phases.stop]))
    def resume_or_stop(self, n, by, verb):
        self.attempt(verb, self.project(n), by=self.person(by), reason="Derfor")

    @precondition(lambda self: self.keys)
    @rule(n=which, by=people, verb=st.sampled_from([phases.start_new_round, phases.close]))
    def leave_rethink(self, n, by, verb):
        self.attempt(verb, self.project(n), by=self.person(by))

    # --- no project is ever stuck ---------------------------------------------------------

    @precondition(lambda self: self.keys)
    @rule(n=which, way=ends, steps=st.sampled_from([1, 2, 3]))
    def go_on(self, n, way, steps):
        """The next natural step is there for somebody, and nobody refuses it."""
        for _step in range(steps):
            project = self.project(n)
            if project.is_over or project.phase == Phase.OPERATION:
                return
            with self.later():
                self.next_step(project, way)

    def next_step(self, project, way):
        digitek, asked = self.office.digitek, project.open_request
        waits_for_giver = project.waits.not_closed().filter(kind=Waiting.Kind.COMPLETE).exists()
        if project.is_draft or waits_for_giver:
            self.hand_in(project)
        elif asked:
            self.approve_what_is_asked(asked, way)
        elif project.is_parked:
            phases.resume(project, by=digitek, reason="Nu kan vi")
        elif not project.is_qualified:
            people = {"digitek_contact": digitek}
            intake.qualify(project, by=digitek, type=project.type, touches_it=True, **people)
        elif project.phase == Phase.RETHINK:
            self.fill(project, "lessons", by=digitek)
            phases.start_new_round(project, by=digitek)
        elif project.gate:
            self.bring_to_the_gate(project, way)
        else:
            to = project.track.moves_from(Phase(project.phase))[-1]
            phases.move(project, by=digitek, to=to, reason="Næste skridt")

    def hand_in(self, project):
        for key in ("idea_description", "checklist"):
            self.fill(project, key, by=project.giver)
        verb = intake.send if project.is_draft else intake.send_again
        verb(Project.objects.get(pk=project.pk), by=project.giver)

    def bring_to_the_gate(self, project, way):
        digitek = self.office.digitek
        if project.touches_it is None:
            facts.keep(project, by=digitek, touches_it=True)
        for key in project.gate.reads:
            if key in SPECS:
                self.fill(project, key, by=digitek)
        project = Project.objects.get(pk=project.pk)
        if wanted := statements.wanted(project):
            if wanted.missing(project) and wanted.latest(project) is None:
                statements.ask(project, by=digitek)
            if pending := statements.pending(Project.objects.get(pk=project.pk)):
                statements.give(pending, by=self.office.it, conclusion="fine")
        opens = way if way in project.gate.opens else ""
        words = {"verdict": Verdict.APPROVE, "opens": opens, "reasoning": "Klar"}
        gates.recommend(project, by=digitek, **words)
        gates.ask(project, by=digitek)

    def approve_what_is_asked(self, asked, way):
        """Approve; what is missing by now is mended first, with the request withdrawn."""
        if asked.gate != ENDORSEMENT and documents.missing(asked.project, asked.gate.reads):
            gates.withdraw(asked, by=self.office.digitek)
            return
        by = self.decider_of(asked)
        meeting = {"forum": "Chefgruppen", "decided_on": clock.today()}
        how = {} if deciders.may_answer(by, asked) else meeting
        opens = way if way in asked.gate.opens else ""
        words = {"verdict": Verdict.APPROVE, "opens": opens, "reasoning": "Ja", "spread": False}
        gates.decide(asked, by=by, **words, **how)

    # --- what always holds ----------------------------------------------------------------

    @invariant()
    def a_project_waits_as_it_stands(self):
        for project in Project.objects.filter(pk__in=self.keys):
            kinds = list(project.waits.not_closed().values_list("kind", flat=True))
            assert len(kinds) == len(set(kinds))
            asked = list(project.requests.open())
            assert len(asked) <= 1
            for_a_decision = {Waiting.Kind.DECIDE, Waiting.Kind.ENDORSE} & set(kinds)
            assert len(for_a_decision) == len(asked)
            assert (Waiting.Kind.REVIEW in kinds) == project.is_parked
            if project.is_parked:
                assert project.on_hold_because
                assert project.review_on
                assert asked == []
            if project.is_over or project.is_draft:
                assert kinds == []
            if asked:
                assert project.is_active

    @invariant()
    def an_idea_in_the_works_waits_for_somebody(self):
        for project in Project.objects.filter(pk__in=self.keys, standing=Standing.ACTIVE):
            if not project.is_qualified:
                assert project.waits.not_closed().exists()

    @invariant()
    def what_is_given_once_stays(self):
        """Reference and giver never change; over is over; rounds never go back."""
        for project in Project.objects.filter(pk__in=self.keys):
            before = self.seen.get(project.pk)
            if before and before.reference:
                assert project.reference == before.reference
                assert project.round >= before.round
            if before and before.is_over:
                assert (project.standing, project.phase) == (before.standing, before.phase)
            assert bool(project.reference) != project.is_draft
            self.seen[project.pk] = project
        references = [p.reference for p in self.seen.values() if p.reference]
        assert len(references) == len(set(references))

    @invariant()
    def a_decision_answers_one_request(self):
        decided = GateDecision.objects.select_related("request")
        assert len({decision.request_id for decision in decided}) == len(decided)
        for decision in decided:
            assert decision.request.closed_at is not None
            assert decision.gate_number == decision.request.gate_number

    @invariant()
    def versions_are_numbered_without_a_gap(self):
        for document in Document.objects.prefetch_related("versions"):
            numbers = sorted(version.number for version in document.versions.all())
            assert numbers == list(range(1, document.version + 1))

    @invariant()
    def history_only_grows_and_can_be_told(self):
        told = {event.pk: (event.key, event.facts, event.at) for event in Event.objects.all()}
        assert told | self.told == told
        for event in Event.objects.exclude(pk__in=self.told):
            for language in ("da", "en"):
                with override(language):
                    words = history.describe(event)
                assert words
                assert "%(" not in words
        self.told = told


def play(office, **how):
    """Play the stories, always the same ones."""
    run_state_machine_as_test(
        type("Lifecycle", (Lifecycle,), {"office": office}),
        settings=settings(
            # Each step costs more on PostgreSQL
            max_examples=50 if connection.vendor == "sqlite" else 25,
            stateful_step_count=16,
            derandomize=True,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            **how,
        ),
    )


def test_what_must_hold_holds_whatever_people_do(office):
    play(office)


@pytest.mark.parametrize(
    ("where", "rule", "nothing"),
    [
        (documents, "require_complete", lambda *args: None),
        (waiting, "end", lambda *args: 0),
        (Project, "is_own_of", lambda *args: False),
    ],
    ids=["completeness", "waits", "own-ideas"],
)
def test_twin_without_the_rule_something_does_not_hold(office, monkeypatch, where, rule, nothing):
    monkeypatch.setattr(where, rule, nothing)

    with pytest.raises(AssertionError):
        play(office, phases=[Stage.generate])


# --- what the machine has found, told shortly -----------------------------------------------


def test_a_draft_is_not_sent_again(office):
    draft = a_draft(by=office.employee, unit=office.home)

    with pytest.raises(ProjectError):
        intake.send_again(draft, by=office.employee)
    assert not draft.requests.exists()
