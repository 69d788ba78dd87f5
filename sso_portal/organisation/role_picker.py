"""The demo's front door: who one can be, and what is worth trying as each."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sso_portal.organisation.models import User
from sso_portal.organisation.roles import Role, foremost

SHOWN = 3  # of each role; the others unfold

# In the order of a story: an idea comes in, is worked with, is decided.
TO_TRY: dict[Role, str | Promise] = {
    Role.MANAGER: _("Send an idea, or stand behind an employee's, and follow what becomes of it."),
    Role.EMPLOYEE: _("Send an idea: your own leader is asked to stand behind it."),
    Role.DIGITEK: _(
        "Qualify ideas, write documents, recommend at a gate and ask for a decision. Import a list."
    ),
    Role.IT: _("Give a statement on security, data protection, integration and operation."),
    Role.CHIEF: _("Decide at a gate, with the basis and DigiTek's recommendation before you."),
    Role.DIRECTOR: _("See the whole portfolio and record what the chief group has decided."),
    Role.ADMIN: _("Keep units, people, roles and pools."),
}


@dataclass(frozen=True)
class Part:
    """A role with those who hold it as their foremost."""

    role: Role
    to_try: str | Promise
    people: list[User]

    @property
    def shown(self) -> list[User]:
        return self.people[:SHOWN]

    @property
    def folded(self) -> list[User]:
        return self.people[SHOWN:]


def people():
    """Those one can sign in as: everybody with a role, never a superuser."""
    return User.objects.active().filter(is_superuser=False, assignments__isnull=False).distinct()


def parts() -> list[Part]:
    """Everybody one can be, by role; three queries however many there are."""
    by_role: dict[Role, list[User]] = {role: [] for role in TO_TRY}
    for person in people().select_related("unit").prefetch_related("assignments"):
        held = {Role(assignment.role) for assignment in person.assignments.all()}
        by_role[foremost(held)].append(person)
    return [Part(role, TO_TRY[role], found) for role, found in by_role.items() if found]
