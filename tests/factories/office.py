"""The office in miniature that most tests play in."""

from types import SimpleNamespace

from projects.models import Pool, Principle
from sso_portal.organisation.models import Unit
from sso_portal.organisation.roles import Role
from tests.factories.organisation import UnitFactory, person


def an_office() -> SimpleNamespace:
    """A director area with two chief areas, a unit in each, and somebody in every role."""
    top = UnitFactory(name="Direktørområdet", kind=Unit.Kind.DIRECTOR_AREA)
    care = UnitFactory(name="Omsorg", kind=Unit.Kind.CHIEF_AREA, parent=top)
    health = UnitFactory(name="Sundhed", kind=Unit.Kind.CHIEF_AREA, parent=top)
    home = UnitFactory(name="Plejecenter Nord", parent=care)
    clinic = UnitFactory(name="Sygeplejen", parent=health)
    for number in (1, 2):
        Principle.objects.create(
            number=number,
            text_da=f"Princip {number}",
            text_en=f"Principle {number}",
            is_mandatory=number == 1,
        )
    return SimpleNamespace(
        top=top,
        care=care,
        health=health,
        home=home,
        clinic=clinic,
        employee=person(Role.EMPLOYEE, home),
        manager=person(Role.MANAGER, home),
        other_manager=person(Role.MANAGER, clinic),
        chief=person(Role.CHIEF, care),
        other_chief=person(Role.CHIEF, health),
        director=person(Role.DIRECTOR, top),
        digitek=person(Role.DIGITEK, top),
        it=person(Role.IT, top),
        admin=person(Role.ADMIN, top, is_staff=True),
        care_pool=Pool.objects.create(name_da="Omsorg", name_en="Care", area=care),
        shared_pool=Pool.objects.create(name_da="Fællespulje", name_en="Shared pool"),
    )
