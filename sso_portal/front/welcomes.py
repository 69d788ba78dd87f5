"""How the front page receives each role: one table."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sso_portal.organisation.roles import Role


@dataclass(frozen=True)
class Way:
    """A way on from the front page."""

    label: str | Promise
    to: str
    hint: str | Promise = ""
    query: str = ""

    @property
    def url(self) -> str:
        return reverse(self.to) + self.query


@dataclass(frozen=True)
class Welcome:
    """What a role comes for: a sentence, perhaps one large call, and a few ways on."""

    lead: str | Promise
    nothing_waits: str | Promise
    call: Way | None = None
    ways: tuple[Way, ...] = ()
    ways_first: bool = False


NEW_IDEA = Way(
    _("Write a new idea"),
    "projects:idea_new",
    _("It takes about ten minutes. You can save it at every step and go on another day."),
)
PROJECTS = Way(
    _("All projects"), "projects:portfolio", _("Search, narrow down and follow what is under way.")
)
EXPORT = Way(
    _("The list as a spreadsheet"),
    "projects:export",
    _("All you can see, for Excel."),
    "?format=xlsx",
)
ON_HOLD = Way(
    _("Projects on hold"),
    "projects:portfolio",
    _("With the reason and the date they are reviewed."),
    "?standing=parked",
)

WELCOMES: dict[Role, Welcome] = {
    Role.EMPLOYEE: Welcome(
        lead=_("Have you seen something that could be done smarter? Write it down as an idea."),
        nothing_waits=_("When an idea of yours needs more from you, it stands here."),
        call=NEW_IDEA,
        ways=(PROJECTS,),
    ),
    Role.MANAGER: Welcome(
        lead=_("Ideas that free up time start with you. Send one, and follow what becomes of it."),
        nothing_waits=_("When an employee asks you to stand behind an idea, it stands here."),
        call=NEW_IDEA,
        ways=(PROJECTS,),
    ),
    Role.CHIEF: Welcome(
        lead=_("The decisions that wait for you come first."),
        nothing_waits=_(
            "When a project is ready for you to decide, it stands here with its basis."
        ),
        ways=(PROJECTS, NEW_IDEA),
    ),
    Role.DIRECTOR: Welcome(
        lead=_("The decisions that wait for you and the chief group come first."),
        nothing_waits=_("When the chief group is asked for a decision, it stands here."),
        ways=(PROJECTS, EXPORT, NEW_IDEA),
    ),
    Role.DIGITEK: Welcome(
        lead=_("What the team has to qualify, rework and review, the oldest first."),
        nothing_waits=_("New ideas to qualify and projects to review stand here."),
        ways=(
            Way(
                _("Idea on behalf of others"),
                "projects:idea_new",
                _("From a company, TUCV or a DigiTek 360 visit."),
            ),
            PROJECTS,
            ON_HOLD,
            Way(_("Import a list"), "projects:imports", _("Projects from a spreadsheet.")),
            EXPORT,
        ),
    ),
    Role.IT: Welcome(
        lead=_("The statements that projects wait for, the oldest first."),
        nothing_waits=_("When a project asks for your statement, it stands here."),
        ways=(PROJECTS, NEW_IDEA),
    ),
    Role.ADMIN: Welcome(
        lead=_("You keep people, units and the office's own lists."),
        nothing_waits=_("Tasks in projects come to other roles."),
        ways_first=True,
        ways=(
            Way(
                _("People and roles"),
                "admin:organisation_user_changelist",
                _("Who has access, where, and to what."),
            ),
            Way(
                _("Units"), "admin:organisation_unit_changelist", _("The tree of the organisation.")
            ),
            Way(_("Pools"), "admin:projects_pool_changelist", _("With the frame of each year.")),
            Way(
                _("Principles"),
                "admin:projects_principle_changelist",
                _("The checklist of every idea."),
            ),
            Way(_("Focus areas"), "admin:projects_focusarea_changelist", _("In both languages.")),
            Way(
                _("Outgoing mails"),
                "admin:shared_outgoingmail_changelist",
                _("What was sent, and what was not."),
            ),
        ),
    ),
}

WITHOUT_A_ROLE = Welcome(
    lead=_("You have no role in the portal yet. Ask an administrator to give you one."),
    nothing_waits=_("You can follow projects from the investigation on."),
    ways=(PROJECTS,),
)


def welcome_for(role: Role | None) -> Welcome:
    return WELCOMES[role] if role else WITHOUT_A_ROLE
