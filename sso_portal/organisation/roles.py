"""Which role may do what: one table.

A role is held at a unit and reaches everything below it. ``May`` names an act; the object it is
done to is judged by the app's ``access``, and the rules themselves by its verbs.
"""

from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """The seven roles of the office (domain, section 1)."""

    EMPLOYEE = "employee", _("Employee")
    MANAGER = "manager", _("Manager")
    CHIEF = "chief", _("Chief")
    DIRECTOR = "director", _("Director")
    DIGITEK = "digitek", _("DigiTek consultant")
    IT = "it", _("IT & Digitalisation")
    ADMIN = "admin", _("Administrator")


class Desk(TextChoices):
    """Who answers for something when it is not one named person."""

    MANAGER = "manager", _("the manager")
    CHIEF = "chief", _("the chief")
    DIRECTOR = "director", _("the director")
    CHIEF_GROUP = "chief_group", _("the chief group")
    DIGITEK = "digitek", _("DigiTek")
    IT = "it", _("IT & Digitalisation")


# Whose roles sit at a desk. The chief group is the chiefs and the director.
HOLDERS: dict[Desk, frozenset[Role]] = {
    Desk.MANAGER: frozenset({Role.MANAGER}),
    Desk.CHIEF: frozenset({Role.CHIEF}),
    Desk.DIRECTOR: frozenset({Role.DIRECTOR}),
    Desk.CHIEF_GROUP: frozenset({Role.CHIEF, Role.DIRECTOR}),
    Desk.DIGITEK: frozenset({Role.DIGITEK}),
    Desk.IT: frozenset({Role.IT}),
}


class May(TextChoices):
    SUBMIT_IDEA = "submit_idea"
    SUBMIT_FOR_OTHERS = "submit_for_others"
    SEE_ALL_IDEAS = "see_all_ideas"
    QUALIFY = "qualify"
    COMPLETE = "complete"
    WRITE = "write"
    KEEP_FACTS = "keep_facts"
    RECOMMEND = "recommend"
    ASK_FOR_DECISION = "ask_for_decision"
    DECIDE = "decide"
    REGISTER_DECISION = "register_decision"
    GIVE_STATEMENT = "give_statement"
    MOVE = "move"
    PARK = "park"
    STOP = "stop"
    IMPORT = "import"
    ADMINISTER = "administer"


# Acts that follow from a person's part in a project (its leader writes, its giver completes) are
# added by ``projects.access``; here stands what the role alone gives.
GRANTS: dict[Role, frozenset[May]] = {
    Role.EMPLOYEE: frozenset({May.SUBMIT_IDEA}),
    Role.MANAGER: frozenset({May.SUBMIT_IDEA, May.DECIDE}),
    Role.CHIEF: frozenset({May.SUBMIT_IDEA, May.SEE_ALL_IDEAS, May.DECIDE}),
    Role.DIRECTOR: frozenset({May.SUBMIT_IDEA, May.SEE_ALL_IDEAS, May.DECIDE}),
    Role.DIGITEK: frozenset(
        {
            May.SUBMIT_IDEA,
            May.SUBMIT_FOR_OTHERS,
            May.SEE_ALL_IDEAS,
            May.QUALIFY,
            May.WRITE,
            May.KEEP_FACTS,
            May.RECOMMEND,
            May.ASK_FOR_DECISION,
            May.REGISTER_DECISION,
            May.MOVE,
            May.PARK,
            May.STOP,
            May.IMPORT,
        }
    ),
    Role.IT: frozenset({May.SUBMIT_IDEA, May.GIVE_STATEMENT}),
    Role.ADMIN: frozenset({May.ADMINISTER}),
}

# Which role a page is made for when somebody holds several, the foremost first.
PRECEDENCE = (
    Role.DIRECTOR,
    Role.CHIEF,
    Role.DIGITEK,
    Role.IT,
    Role.MANAGER,
    Role.ADMIN,
    Role.EMPLOYEE,
)


def foremost(roles: Iterable[Role]) -> Role | None:
    """The role of several that says most about what the person comes to do."""
    return min(roles, key=PRECEDENCE.index, default=None)


# A leader who reports to a chief always stands behind an idea: an idea from one of these goes
# straight to DigiTek, everybody else's asks the own leader first.
STANDS_BEHIND_OWN_IDEAS = frozenset({Role.MANAGER, Role.CHIEF, Role.DIRECTOR})

# Roles that make somebody part of the units they reach. The others serve all units, and see an
# idea before the investigation only when they work with ideas (``May.SEE_ALL_IDEAS``).
IN_THE_LINE = frozenset({Role.EMPLOYEE, Role.MANAGER, Role.CHIEF, Role.DIRECTOR})
