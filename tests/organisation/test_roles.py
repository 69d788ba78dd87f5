import pytest

from sso_portal.organisation.roles import GRANTS, HOLDERS, PRECEDENCE, Desk, May, Role, foremost
from tests.factories import UnitFactory, UserFactory, person

A_LEADERS_ACTS = {May.SUBMIT_IDEA, May.DECIDE}
TABLE = {
    Role.EMPLOYEE: {May.SUBMIT_IDEA},
    Role.MANAGER: A_LEADERS_ACTS,
    Role.CHIEF: A_LEADERS_ACTS | {May.SEE_ALL_IDEAS},
    Role.DIRECTOR: A_LEADERS_ACTS | {May.SEE_ALL_IDEAS},
    Role.DIGITEK: set(May) - {May.DECIDE, May.GIVE_STATEMENT, May.COMPLETE, May.ADMINISTER},
    Role.IT: {May.SUBMIT_IDEA, May.GIVE_STATEMENT},
    Role.ADMIN: {May.ADMINISTER},
}


@pytest.mark.parametrize("role", Role)
def test_a_role_gives_exactly_what_the_office_says(role):
    assert GRANTS[role] == TABLE[role]


def test_every_desk_has_holders_and_every_role_a_place():
    assert set(HOLDERS) == set(Desk)
    assert sorted(PRECEDENCE) == sorted(Role)


def test_the_chief_group_is_the_chiefs_and_the_director():
    assert HOLDERS[Desk.CHIEF_GROUP] == {Role.CHIEF, Role.DIRECTOR}


@pytest.mark.parametrize(
    ("roles", "first"),
    [
        ({Role.EMPLOYEE, Role.MANAGER}, Role.MANAGER),
        ({Role.ADMIN, Role.DIGITEK}, Role.DIGITEK),
        ({Role.CHIEF, Role.DIRECTOR}, Role.DIRECTOR),
        (set(), None),
    ],
)
def test_of_several_roles_one_is_foremost(roles, first):
    assert foremost(roles) == first


def test_a_role_reaches_its_unit_and_what_lies_below(office):
    assert office.chief.may(May.DECIDE, office.care)
    assert office.chief.may(May.DECIDE, office.home)
    assert not office.chief.may(May.DECIDE, office.health)
    assert not office.chief.may(May.DECIDE, office.top)


def test_one_sits_at_a_desk_where_the_role_is_held_and_nowhere_else(office):
    assert office.chief.sits_at(Desk.CHIEF, office.care)
    assert office.chief.sits_at(Desk.CHIEF_GROUP)
    assert not office.chief.sits_at(Desk.CHIEF, office.home)
    assert not office.employee.sits_at(Desk.MANAGER, office.home)


def test_the_unit_and_all_under_a_role_are_in_reach(office):
    assert set(office.chief.units_in_reach) == {office.care, office.home}
    assert set(office.employee.units_in_reach) == {office.home}


@pytest.mark.django_db
def test_somebody_without_a_role_may_do_nothing():
    nobody = UserFactory(unit=UnitFactory())

    assert nobody.main_role is None
    assert not any(nobody.may(act) for act in May)
    assert not nobody.is_administrator


@pytest.mark.django_db
def test_roles_cost_one_query_however_often_they_are_asked(django_assert_num_queries):
    manager = person(Role.MANAGER, UnitFactory())

    with django_assert_num_queries(1):
        assert manager.may(May.DECIDE)
        assert manager.main_role == Role.MANAGER
        assert manager.sits_at(Desk.MANAGER)
