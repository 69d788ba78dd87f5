"""Who gets which mail about a project. The only module of the app that writes mails.

Every function writes rows in the caller's transaction; sending is the outbox's business.
Nobody is told about their own act: ``by`` is left out where it is given.
"""

from collections.abc import Iterable

from projects.models import GateDecision, Project, Statement
from sso_portal.organisation.models import User, Waiting
from sso_portal.organisation.roles import Desk
from sso_portal.shared import outbox


def receipt(project: Project) -> None:
    """The giver has the reference number in writing."""
    _tell([project.giver], "receipt", project=project)


def sent_back(project: Project, *, words: str) -> None:
    _tell([project.giver], "sent_back", project=project, words=words)


def waiting_for_you(project: Project, wait: Waiting) -> None:
    """Whoever is waited for. A decision of the chief group goes to the director, who records it."""
    if wait.user:
        recipients = [wait.user]
    elif wait.desk == Desk.CHIEF_GROUP:
        recipients = User.objects.holding(Desk.DIRECTOR)
    else:
        recipients = User.objects.holding(wait.desk, wait.unit)
    own = {project.giver_id, project.endorsed_by_id} if wait.kind == Waiting.Kind.DECIDE else set()
    others = [person for person in recipients if person.pk not in own]
    _tell(others, "waiting", project=project, wait=wait)


def named(project: Project, *, to: Iterable[User], by: User) -> None:
    """The project leader and the DigiTek contact learn that they have been named."""
    _tell([person for person in to if person != by], "named", project=project)


def decided(decision: GateDecision) -> None:
    """The giver's written answer, and word to those who work with the project."""
    project = decision.project
    _tell([project.giver], "answer", project=project, decision=decision)
    people = [project.lead, project.digitek_contact, project.endorsed_by, decision.request.asked_by]
    others = [person for person in people if person not in (project.giver, decision.recorded_by)]
    _tell(others, "decided", project=project, decision=decision)


def statement_wanted(statement: Statement) -> None:
    recipients = User.objects.holding(Desk.IT)
    _tell(recipients, "statement_wanted", project=statement.project, statement=statement)


def statement_given(statement: Statement) -> None:
    people = [statement.asked_by, statement.project.digitek_contact, statement.project.lead]
    _tell(people, "statement_given", project=statement.project, statement=statement)


def _tell(people: Iterable[User | None], template: str, **context) -> None:
    """One mail to each active person named, however often the person is named."""
    for person in dict.fromkeys(people):
        if person is not None and person.is_active:
            outbox.write(to=person, template=f"projects/emails/{template}", context=context)
