"""The demo portfolio: shows everything the portal can be in, and breaks none of its rules."""

import json
import re
from collections import Counter, defaultdict
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils.timezone import localtime

from projects import demo, documents
from projects.document_specs import SPECS
from projects.models import DecisionRequest, GateDecision, Project, Statement
from projects.phase_model import GATES, Phase, ProjectType, Standing, Verdict
from sso_portal.organisation.models import User, Waiting
from sso_portal.organisation.roles import Desk, Role
from sso_portal.shared import clock
from sso_portal.shared.models import Event, OutgoingMail

TOLD = json.loads(demo.STORIES.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def portfolio(django_db_setup, django_db_blocker):
    """The demo, loaded once for all tests here and then taken away; what the command said."""
    said = StringIO()
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("loaddata", "office", verbosity=0)
        call_command("load_demo", stdout=said)
        yield said.getvalue()
        transaction.set_rollback(True)


def words(part, key="") -> list[str]:
    """Everything that people wrote, however deep."""
    if isinstance(part, dict):
        return [text for name, value in part.items() for text in words(value, name)]
    if isinstance(part, list):
        return [text for value in part for text in words(value, key)]
    return [part] if isinstance(part, str) and key != "forum" else []


# --- the stories as they are told -------------------------------------------------------------


def test_no_paragraph_stands_in_two_initiatives():
    found = defaultdict(set)
    for tale in TOLD["projects"]:
        for text in words([tale["documents"], tale["story"]]):
            if " " in text and len(text) > 24:
                found[text].add(tale["key"])
    assert {text: keys for text, keys in found.items() if len(keys) > 1} == {}


def test_no_text_is_empty_and_every_title_is_its_own():
    assert [tale["key"] for tale in TOLD["projects"] if not all(map(str.strip, words(tale)))] == []
    titles = Counter(tale["title"] for tale in TOLD["projects"])
    assert titles.most_common(1)[0][1] == 1


def test_stories_run_forwards_and_end_before_today():
    for tale in TOLD["projects"]:
        days = [step["days_ago"] for step in tale["story"]]
        assert days == sorted(days, reverse=True), tale["key"]
        assert days[-1] >= 1, tale["key"]


def test_documents_have_the_fields_of_their_kind_and_no_others():
    for tale in TOLD["projects"]:
        for key, content in tale["documents"].items():
            if fields := {field.key for field in SPECS[key].fields}:
                assert set(content) <= fields, tale["key"]


def test_people_are_invented():
    assert len({one["username"] for one in TOLD["people"]}) == len(TOLD["people"]) >= 40
    assert demo.DOMAIN.endswith(".example")
    assert all(re.fullmatch(r"[a-z.]+", one["username"]) for one in TOLD["people"])


# --- the portfolio they become ----------------------------------------------------------------


def test_there_are_about_sixty_initiatives(portfolio):
    assert 55 <= Project.objects.count() == len(TOLD["projects"]) <= 75


def test_every_phase_standing_and_type_can_be_seen(portfolio):
    shown = Project.objects.values_list("phase", "standing", "type")
    phases, standings, types = map(set, zip(*shown, strict=True))
    assert phases == set(Phase.values)
    assert standings == set(Standing.values)
    assert types == set(ProjectType.values)


def test_every_phase_of_every_type_under_way_can_be_seen(portfolio):
    shown = set(Project.objects.under_way().values_list("type", "phase"))
    assert {phase for kind, phase in shown if kind == ProjectType.DIGITEK} == set(Phase.values)
    assert len([kind for kind, _phase in shown if kind == ProjectType.MUST_DO]) >= 3


def test_every_gate_is_waited_for_and_for_different_deciders(portfolio):
    asked = list(DecisionRequest.objects.open().select_related("project"))
    assert {one.gate_number for one in asked} == {0, 1, 2, 3}
    assert {one.desk for one in asked} == set(Desk) - {Desk.DIGITEK, Desk.IT}
    assert len({(one.desk, one.unit_id) for one in asked}) >= 7


def test_it_has_waited_from_a_day_or_two_to_more_than_a_month(portfolio):
    days = [wait.days for wait in Waiting.objects.open()]
    assert min(days) <= 5
    assert max(days) >= 40


def test_every_kind_of_wait_is_there(portfolio):
    assert {wait.kind for wait in Waiting.objects.open()} == set(Waiting.Kind)


def test_every_verdict_has_been_given(portfolio):
    decided = set(GateDecision.objects.values_list("gate_number", "verdict"))
    assert {verdict for _gate, verdict in decided} == set(Verdict)
    assert {gate for gate, verdict in decided if verdict == Verdict.REWORK} >= {0, 1, 2, 3}
    assert {gate for gate, verdict in decided if verdict == Verdict.STOP} == {1, 2, 3}


def test_decisions_of_meetings_name_the_forum_and_an_earlier_day(portfolio):
    registered = GateDecision.objects.exclude(forum="").filter(
        recorded_by__assignments__role=Role.DIGITEK
    )
    assert registered.exists()
    assert all(one.decided_on < localtime(one.recorded_at).date() for one in registered)


def test_spreading_rethink_a_second_round_and_statements_can_be_seen(portfolio):
    assert set(GateDecision.objects.values_list("spread", flat=True)) == {True, False, None}
    assert GateDecision.objects.filter(phase_after=Phase.RETHINK).exists()
    assert Project.objects.under_way().filter(round=2).exists()
    assert {statement.is_given for statement in Statement.objects.all()} == {True, False}


def test_priority_risk_pools_and_focus_areas_are_spread(portfolio):
    sent = Project.objects.sent()
    for name, several in (("priority", 4), ("risk", 4), ("pools", 4), ("focus_areas", 4)):
        shown = set(sent.values_list(name, flat=True)) - {None}
        assert len(shown) >= several, name


# --- its rules ----------------------------------------------------------------------------------


def test_no_project_fails_its_own_validation(portfolio):
    for project in Project.objects.sent():
        project.full_clean()


def test_nobody_is_asked_about_papers_that_miss_something(portfolio):
    for asked in DecisionRequest.objects.open().select_related("project"):
        assert documents.missing(asked.project, asked.gate.reads) == [], asked


def test_every_gate_passed_was_passed_with_complete_papers(portfolio):
    numbers = [gate.number for gate in GATES]
    for decision in GateDecision.objects.filter(verdict=Verdict.APPROVE, gate_number__in=numbers):
        for key, paper in decision.basis["documents"].items():
            if key in SPECS:
                assert paper["version"] >= 1, decision


def test_current_documents_include_some_half_written(portfolio):
    gates = {gate.after: gate for gate in GATES}
    half_written = [
        project
        for project in Project.objects.standing_at_a_gate()
        if project.documents.filter(round=project.round).exists()
        and documents.missing(project, gates[project.phase].reads)
    ]
    assert len(half_written) >= 5


def test_nobody_decided_on_their_own_idea(portfolio):
    for decision in GateDecision.objects.exclude(gate_number=0).select_related("project"):
        assert not decision.project.is_own_of(decision.recorded_by), decision


# --- its time -----------------------------------------------------------------------------------


def test_everything_happened_on_working_days_in_office_hours(portfolio):
    for event in Event.objects.all():
        at = localtime(event.at)
        assert at.weekday() <= demo.FRIDAY, event
        assert 8 <= at.hour < 17, event
        assert event.at < clock.now(), event


def test_the_history_of_fields_goes_by_the_same_time(portfolio):
    newest = Project.history.model.objects.order_by("-history_date").first()
    assert newest.history_date < clock.now() - timedelta(hours=2)


def test_reference_numbers_follow_the_time(portfolio):
    sent = Project.objects.sent().order_by("year", "number")
    moments = [project.sent_at for project in sent]
    assert moments == sorted(moments)


def test_old_mails_are_on_file_and_only_the_last_days_leave(portfolio):
    queued = OutgoingMail.objects.filter(state=OutgoingMail.State.QUEUED)
    border = clock.now() - demo.NEWS - timedelta(minutes=5)
    assert 1 <= queued.count() < 40
    assert not queued.filter(created_at__lt=border).exists()
    filed = OutgoingMail.objects.exclude(state=OutgoingMail.State.QUEUED)
    assert filed.count() > 300
    assert all(mail.sent_at == mail.created_at for mail in filed)


# --- the command --------------------------------------------------------------------------------


def test_it_names_somebody_to_sign_in_as_in_every_role(portfolio):
    for user, role in demo.one_of_each_role():
        assert f"{user.username} " in portfolio
        assert str(role.label) in portfolio
        assert user.check_password(demo.PASSWORD)
    assert len(demo.one_of_each_role()) == len(Role)


def test_some_read_english(portfolio):
    assert User.objects.filter(language="en").count() >= 3


def test_a_second_time_loads_nothing(portfolio):
    said = StringIO()
    call_command("load_demo", stdout=said)
    assert "nothing was loaded" in said.getvalue()
    assert Project.objects.count() == len(TOLD["projects"])


def test_it_refuses_outside_the_demo(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="demo mode"):
        call_command("load_demo")


@pytest.mark.django_db
def test_it_wants_the_office_first():
    with pytest.raises(CommandError, match="office"):
        call_command("load_demo")
