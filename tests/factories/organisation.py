"""Units and people."""

import factory
from factory.django import DjangoModelFactory

from sso_portal.organisation.models import Assignment, Unit, User
from sso_portal.organisation.roles import Role


class UnitFactory(DjangoModelFactory):
    """A unit without parent; ``parent=area`` puts it below."""

    class Meta:
        model = Unit

    name = factory.Sequence(lambda n: f"Enhed {n}")
    kind = Unit.Kind.UNIT


class UserFactory(DjangoModelFactory):
    """Somebody without roles. ``person(role, unit)`` gives one."""

    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"person{n}")
    first_name = factory.Sequence(lambda n: f"Fornavn{n}")
    last_name = "Prøvesen"
    email = factory.LazyAttribute(lambda user: f"{user.username}@viborg.example")


def person(role: Role, unit: Unit, **more) -> User:
    """Somebody who holds ``role`` at ``unit`` and works there."""
    user = UserFactory(unit=more.pop("home", unit), **more)
    Assignment.objects.create(user=user, role=role, unit=unit)
    return user
