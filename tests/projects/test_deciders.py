import pytest
from django.utils.translation import override

from projects import deciders
from projects.models import DecisionRequest, Pool, Project
from projects.phase_model import ENDORSEMENT, GATES
from sso_portal.organisation.models import Assignment
from sso_portal.organisation.roles import Desk, Role
from tests.factories import ProjectFactory, person

GATE_1, GATE_2, GATE_3 = GATES


def project_of(giver, unit, *pools, endorsed_by=None) -> Project:
    project = ProjectFactory(giver=giver, unit=unit, endorsed_by=endorsed_by)
    project.pools.set(pools)
    return project


def request_to(desk, unit, project, number=1) -> DecisionRequest:
    return DecisionRequest(project=project, gate_number=number, round=1, desk=desk, unit=unit)


# --- the leader behind an idea --------------------------------------------------------------


def test_an_employees_idea_asks_the_own_leader(office):
    project = project_of(office.employee, office.home)

    assert deciders.decision_maker(project, ENDORSEMENT) == (Desk.MANAGER, office.home)


def test_without_a_leader_in_the_unit_the_chief_is_asked(office):
    Assignment.objects.filter(user=office.manager).delete()
    project = project_of(office.employee, office.home)

    assert deciders.decision_maker(project, ENDORSEMENT) == (Desk.CHIEF, office.care)


def test_a_leader_who_has_left_does_not_count(office):
    office.manager.is_active = False
    office.manager.save()
    project = project_of(office.employee, office.home)

    assert deciders.decision_maker(project, ENDORSEMENT) == (Desk.CHIEF, office.care)


# --- gate 1 ---------------------------------------------------------------------------------


def test_gate_1_is_decided_by_the_nearest_chief(office):
    project = project_of(office.manager, office.home)

    assert deciders.decision_maker(project, GATE_1) == (Desk.CHIEF, office.care)


def test_gate_1_does_not_ask_the_pool(office):
    project = project_of(office.manager, office.home, office.shared_pool)

    assert deciders.decision_maker(project, GATE_1) == (Desk.CHIEF, office.care)


def test_without_a_chief_the_director_decides(office):
    Assignment.objects.filter(user=office.chief).delete()
    project = project_of(office.manager, office.home)

    assert deciders.decision_maker(project, GATE_1) == (Desk.DIRECTOR, office.top)


def test_without_chief_and_director_the_chief_group_decides(office):
    Assignment.objects.filter(user__in=[office.chief, office.director]).delete()
    project = project_of(office.manager, office.home)

    assert deciders.decision_maker(project, GATE_1) == (Desk.CHIEF_GROUP, None)


# --- own ideas ------------------------------------------------------------------------------


def test_the_chiefs_own_idea_goes_to_the_director(office):
    project = project_of(office.chief, office.home)

    assert deciders.decision_maker(project, GATE_1) == (Desk.DIRECTOR, office.top)


def test_an_idea_the_chief_stands_behind_goes_to_the_director(office):
    project = project_of(office.employee, office.home, endorsed_by=office.chief)

    assert deciders.decision_maker(project, GATE_1) == (Desk.DIRECTOR, office.top)


def test_an_idea_the_leader_stands_behind_goes_to_the_chief(office):
    project = project_of(office.employee, office.home, endorsed_by=office.manager)

    assert deciders.decision_maker(project, GATE_1) == (Desk.CHIEF, office.care)


@pytest.mark.parametrize("place", ["top", "care", "home"])
def test_the_directors_own_idea_goes_to_the_chief_group_wherever_it_belongs(office, place):
    project = project_of(office.director, getattr(office, place), office.care_pool)

    for gate in GATES:
        assert deciders.decision_maker(project, gate) == (Desk.CHIEF_GROUP, None)


def test_two_chiefs_of_an_area_pass_the_idea_of_one_of_them_on(office):
    person(Role.CHIEF, office.care)
    project = project_of(office.chief, office.home)

    assert deciders.decision_maker(project, GATE_1) == (Desk.DIRECTOR, office.top)


# --- gate 2 and 3 ---------------------------------------------------------------------------


@pytest.mark.parametrize("gate", [GATE_2, GATE_3])
def test_an_areas_own_pool_is_decided_by_its_chief(office, gate):
    project = project_of(office.other_manager, office.clinic, office.care_pool)

    assert deciders.decision_maker(project, gate) == (Desk.CHIEF, office.care)


@pytest.mark.parametrize("gate", [GATE_2, GATE_3])
def test_the_shared_pool_is_decided_by_the_chief_group(office, gate):
    project = project_of(office.manager, office.home, office.shared_pool)

    assert deciders.decision_maker(project, gate) == (Desk.CHIEF_GROUP, None)


@pytest.mark.parametrize("gate", [GATE_2, GATE_3])
def test_several_pools_are_decided_by_the_chief_group(office, gate):
    second = Pool.objects.create(name_da="Sundhed", name_en="Health", area=office.health)
    project = project_of(office.manager, office.home, office.care_pool, second)

    assert deciders.decision_maker(project, gate) == (Desk.CHIEF_GROUP, None)


@pytest.mark.parametrize("gate", [GATE_2, GATE_3])
def test_without_a_pool_the_nearest_chief_decides(office, gate):
    project = project_of(office.manager, office.home)

    assert deciders.decision_maker(project, gate) == (Desk.CHIEF, office.care)


def test_a_chief_whose_pool_pays_for_the_own_idea_does_not_decide(office):
    project = project_of(office.chief, office.home, office.care_pool)

    assert deciders.decision_maker(project, GATE_2) == (Desk.DIRECTOR, office.top)


# --- why it is them -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gate", "pools", "words"),
    [
        (ENDORSEMENT, (), "stands behind"),
        (GATE_1, ("shared_pool",), "nearest chief of the unit"),
        (GATE_2, (), "No pool"),
        (GATE_2, ("shared_pool",), "chief group"),
        (GATE_3, ("care_pool", "shared_pool"), "chief group"),
        (GATE_3, ("care_pool",), "its chief"),
    ],
)
def test_the_rule_is_said_in_words(office, gate, pools, words):
    project = project_of(office.manager, office.home, *(getattr(office, name) for name in pools))

    with override("en"):
        assert words in deciders.rule_of_decision(project, gate)


def test_a_desk_is_named_with_its_unit(office):
    with override("en"):
        assert deciders.named(Desk.CHIEF, office.care) == "the chief, Omsorg"
        assert deciders.named(Desk.CHIEF_GROUP, None) == "the chief group"


# --- who may answer -------------------------------------------------------------------------


def answering(office, asked) -> dict[str, tuple[bool, bool, bool]]:
    """Who answers, registers and reads, of those who do any of it."""
    names = "employee manager other_manager chief other_chief director digitek it admin".split()
    found = {}
    for name in names:
        user = getattr(office, name)
        may = (
            deciders.may_answer(user, asked),
            deciders.may_register(user, asked),
            deciders.may_read(user, asked),
        )
        if any(may):
            found[name] = may
    return found


def test_the_chief_asked_answers_and_digitek_registers(office):
    asked = request_to(Desk.CHIEF, office.care, project_of(office.manager, office.home))

    assert answering(office, asked) == {
        "chief": (True, False, True),
        "digitek": (False, True, True),
    }


def test_for_the_chief_group_the_director_answers_and_the_chiefs_read(office):
    asked = request_to(Desk.CHIEF_GROUP, None, project_of(office.manager, office.home))

    assert answering(office, asked) == {
        "chief": (False, False, True),
        "other_chief": (False, False, True),
        "director": (True, False, True),
        "digitek": (False, True, True),
    }


def test_only_the_leader_stands_behind_an_idea(office):
    project = project_of(office.employee, office.home)
    asked = request_to(Desk.MANAGER, office.home, project, number=0)

    assert answering(office, asked) == {"manager": (True, False, True)}


def test_nobody_answers_or_registers_the_own_idea(office):
    own = project_of(office.director, office.home, endorsed_by=office.digitek)
    asked = request_to(Desk.CHIEF_GROUP, None, own)

    assert answering(office, asked) == {
        "chief": (False, False, True),
        "other_chief": (False, False, True),
        "director": (False, False, True),
    }
    assert not deciders.may_decide(office.digitek, asked)
