"""The office's default data: loadable, whole, and as the office says it is."""

import pytest
from django.core.management import call_command
from django.db.models import Sum

from projects.models import FocusArea, Pool, PoolYear, Principle
from sso_portal.organisation.models import Unit

POOLS = {"Social": 200_000, "Sundhed": 200_000, "Omsorg": 200_000, "Fællespulje": 1_372_000}
AREAS = {"Social", "Sundhed", "Omsorg", "Beskæftigelse", "Sekretariatet"}


@pytest.fixture
def office_data(db):
    call_command("loaddata", "office", verbosity=0)


def test_the_tree_has_one_director_area_with_the_five_chief_areas(office_data):
    top = Unit.objects.get(parent=None)
    assert top.kind == Unit.Kind.DIRECTOR_AREA
    assert {unit.name for unit in Unit.objects.areas()} == AREAS
    assert all(area.parent == top and area.children.exists() for area in Unit.objects.areas())


def test_every_unit_has_the_path_that_saving_it_would_give(office_data):
    before = {unit.pk: (unit.path, unit.depth) for unit in Unit.objects.all()}
    for unit in Unit.objects.in_tree_order():
        unit.save()
    assert {unit.pk: (unit.path, unit.depth) for unit in Unit.objects.all()} == before


def test_a_new_unit_gets_a_key_of_its_own(office_data):
    area = Unit.objects.areas().first()
    unit = Unit.objects.create(name="Et nyt sted", kind=Unit.Kind.UNIT, parent=area)
    assert unit.path == f"{area.path}{unit.pk}/"


def test_the_frames_are_the_offices_and_add_up(office_data):
    for year in PoolYear.objects.values_list("year", flat=True).distinct():
        frames = PoolYear.objects.filter(year=year)
        assert {row.pool.name_da: row.frame_kroner for row in frames} == POOLS
        assert frames.aggregate(sum=Sum("frame_kroner"))["sum"] == 1_972_000


def test_a_pool_belongs_to_the_area_of_its_name_or_to_all(office_data):
    owners = {pool.name_da: pool.area and pool.area.name for pool in Pool.objects.all()}
    assert owners == {name: name if name in AREAS else None for name in POOLS}


def test_the_focus_areas_and_principles_are_numbered_from_one(office_data):
    assert list(FocusArea.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
    assert list(Principle.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert list(Principle.objects.filter(is_mandatory=True).values_list("number", flat=True)) == [
        1,
        2,
        6,
    ]


@pytest.mark.parametrize("model", [FocusArea, Principle, Pool])
def test_every_text_stands_in_both_languages(office_data, model):
    names = [f.name for f in model._meta.fields if f.name.endswith(("_da", "_en"))]
    rows = list(model.objects.all())
    assert names
    assert rows
    for row in rows:
        assert all(getattr(row, name).strip() for name in names)


def test_loading_twice_changes_nothing(office_data):
    before = Unit.objects.count(), Pool.objects.count(), PoolYear.objects.count()
    call_command("loaddata", "office", verbosity=0)
    assert (Unit.objects.count(), Pool.objects.count(), PoolYear.objects.count()) == before
