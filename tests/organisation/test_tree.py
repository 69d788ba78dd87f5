import pytest
from django.core.exceptions import ValidationError

from sso_portal.organisation import tree
from sso_portal.organisation.models import Unit
from sso_portal.organisation.roles import Desk, Role
from tests.factories import UnitFactory, person


def test_the_nearest_desk_is_the_units_own_when_it_is_staffed(office):
    assert tree.nearest(office.home, Desk.MANAGER) == office.home


def test_the_nearest_desk_is_looked_for_upwards(office):
    assert tree.nearest(office.home, Desk.CHIEF) == office.care
    assert tree.nearest(office.home, Desk.DIRECTOR) == office.top


def test_there_may_be_nobody(office):
    assert tree.nearest(office.care, Desk.MANAGER) is None


def test_who_has_no_access_staffs_no_desk(office):
    office.chief.is_active = False
    office.chief.save()

    assert tree.nearest(office.home, Desk.CHIEF) is None


def test_a_desk_is_passed_over_with_the_one_who_sits_there(office):
    above = person(Role.CHIEF, office.top)

    assert tree.nearest(office.home, Desk.CHIEF, passing_over=[office.chief]) == office.top
    assert tree.nearest(office.home, Desk.CHIEF, passing_over=[above]) == office.care


def test_a_unit_that_moves_takes_all_below_it_along(office):
    team = UnitFactory(name="Team", parent=office.home)

    office.home.parent = office.health
    office.home.save()

    team.refresh_from_db()
    assert team.lineage == [office.top.pk, office.health.pk, office.home.pk, team.pk]
    assert set(Unit.objects.within(office.health)) >= {office.home, team}
    assert list(Unit.objects.above(team))[:2] == [team, office.home]


def test_units_stand_in_the_order_of_the_tree(office):
    names = list(Unit.objects.in_tree_order().values_list("name", flat=True))

    assert names.index("Omsorg") < names.index("Plejecenter Nord") < names.index("Sundhed")


@pytest.mark.parametrize("below", ["care", "home"])
def test_a_unit_cannot_lie_in_itself_or_below_itself(office, below):
    office.care.parent = getattr(office, below)

    with pytest.raises(ValidationError):
        office.care.full_clean()


def test_a_unit_may_lie_anywhere_else(office):
    office.home.parent = office.health
    office.home.full_clean()
