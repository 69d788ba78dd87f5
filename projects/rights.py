"""What a person may do to a project: by role, and by the part the person has in it.

The verbs ask ``require``, ``access`` asks ``may``: one rule, so that a button and the verb behind
it can never disagree. Who decides at a gate is not here but in ``gates.may_answer``.
"""

from django.utils.translation import gettext as _

from projects.models import Project
from sso_portal.organisation.models import Waiting
from sso_portal.organisation.roles import May

AUTHOR_OF_A_DRAFT = frozenset({May.COMPLETE})
LEADER_OF_THE_PROJECT = frozenset({May.WRITE, May.PARK, May.MOVE})
GIVER_WHO_IS_WAITED_FOR = frozenset({May.COMPLETE})


class ProjectError(Exception):
    """Something about a project is refused; the text is for the person who tried.

    ``about`` names the argument that was refused, when it was one of them.
    """

    def __init__(self, text: str, *, about: str = ""):
        super().__init__(text)
        self.about = about


class NotAllowed(ProjectError):
    def __init__(self):
        super().__init__(_("You cannot do this to this project."))


def may(user, act: May, project: Project) -> bool:
    """Whether the person may do ``act`` to the project as it stands now."""
    if project.is_over:
        return False
    if project.is_draft:
        return user.pk == project.giver_id and act in AUTHOR_OF_A_DRAFT
    if user.may(act, project.unit):
        return True
    if user.pk == project.lead_id and act in LEADER_OF_THE_PROJECT:
        return True
    return act in GIVER_WHO_IS_WAITED_FOR and giver_is_waited_for(user, project)


def giver_is_waited_for(user, project: Project) -> bool:
    """Whether the idea has been sent back to this person to be completed."""
    return any(
        wait.kind == Waiting.Kind.COMPLETE and wait.user_id == user.pk and wait.closed_at is None
        for wait in project.waits.all()
    )


def require(user, act: May, project: Project) -> None:
    """Raise ``NotAllowed`` unless the person may do ``act`` to the project."""
    if not may(user, act, project):
        raise NotAllowed
