"""IT & Digitalisering's statements: gate 2 waits for the advice, gate 3 for the handover.

They are documents a gate reads, and only for a project that touches IT systems or personal data.
"""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects import notices, rights
from projects.models import Project, Statement
from projects.papers import Line, Part
from projects.phase_model import GATES
from projects.rights import ProjectError
from sso_portal.organisation import waiting
from sso_portal.organisation.models import Waiting
from sso_portal.organisation.roles import Desk, May
from sso_portal.shared import clock, history

ADVICE, HANDOVER = "it_statement", "it_handover"


class StatementError(ProjectError):
    """A statement cannot be asked for or given; the text says why."""


class ItStatement:
    """A statement as something a gate reads."""

    def __init__(self, key: str, label):
        self.key = key
        self.label = label

    def url(self, project: Project) -> str:
        """Where it can be mended: the fact it hangs on, the question, or the answer."""
        if project.touches_it is None:
            return reverse("projects:facts", args=[project.pk])
        if latest := self.latest(project):
            return latest.get_absolute_url()
        return reverse("projects:ask_statement", args=[project.pk])

    def missing(self, project: Project) -> list[str]:
        if project.touches_it is None:
            return [_("whether it touches IT systems or personal data")]
        if not project.touches_it:
            return []
        latest = self.latest(project)
        if latest is None:
            return [_("nobody has asked for it")]
        return [] if latest.is_given else [_("it is waited for")]

    def latest(self, project: Project) -> Statement | None:
        return next(
            (
                statement
                for statement in project.statements.all()
                if statement.key == self.key and statement.round == project.round
            ),
            None,
        )

    def snapshot(self, project: Project) -> dict:
        latest = self.latest(project)
        if latest is None:
            return {"touches_it": project.touches_it}
        return {
            "touches_it": project.touches_it,
            "statement": latest.pk,
            "conclusion": latest.conclusion,
            "content": {name: getattr(latest, name) for name in PARTS},
        }

    def read(self, kept: dict) -> tuple[Part, ...]:
        """What a snapshot of it says, in the reader's words."""
        if "statement" not in kept:
            return ()
        return self._in_words(kept["conclusion"], kept["content"])

    def in_words(self, statement: Statement) -> tuple[Part, ...]:
        """What a statement says, as a paper."""
        content = {name: getattr(statement, name) for name in PARTS}
        return self._in_words(statement.conclusion, content)

    def _in_words(self, conclusion: str, content: dict) -> tuple[Part, ...]:
        shown = Statement.Conclusion(conclusion).label if conclusion else ""
        lines = [Line("conclusion", _("Conclusion"), str(shown))]
        for name in PARTS:
            label = Statement._meta.get_field(name).verbose_name
            lines.append(Line(name, label, content[name]))
        return (Part(self.key, _("The statement"), tuple(lines)),)


PARTS = ("security", "data_protection", "integration", "operation")
STATEMENTS = {
    ADVICE: ItStatement(ADVICE, gettext_lazy("Statement from IT & Digitalisation")),
    HANDOVER: ItStatement(HANDOVER, gettext_lazy("Handover to operation by IT & Digitalisation")),
}


def pending(project: Project) -> Statement | None:
    """The statement that has been asked for and not given."""
    return next((one for one in project.statements.all() if not one.is_given), None)


def read_with(statement: Statement) -> list[str]:
    """The documents that the gate reads beside the statement; IT reads them first."""
    gate = next(gate for gate in GATES if statement.key in gate.reads)
    return [key for key in gate.reads if key not in STATEMENTS]


def wanted(project: Project) -> ItStatement | None:
    """The statement that the gate ahead reads, when the project touches IT."""
    if not project.touches_it:
        return None
    for gate in GATES:
        for key in gate.reads:
            if key in STATEMENTS and gate == project.gate:
                return STATEMENTS[key]
    return None


@transaction.atomic
def ask(project: Project, *, by, question: str = "") -> Statement:
    """Ask IT & Digitalisering for the statement the gate ahead reads; they are told."""
    project = Project.objects.locked(project.pk)
    rights.require(by, May.ASK_FOR_DECISION, project)
    statement = wanted(project)
    if statement is None:
        raise StatementError(_("No statement is needed here."))
    latest = statement.latest(project)
    if latest is not None and not latest.is_given:
        raise StatementError(_("A statement has already been asked for."))
    # A question left unanswered in an earlier round is asked anew
    asked, _new = project.statements.update_or_create(
        key=statement.key,
        given_at=None,
        defaults={
            "round": project.round,
            "question": question,
            "asked_by": by,
            "asked_at": clock.now(),
        },
    )
    waiting.begin(project, Waiting.Kind.STATEMENT, desk=Desk.IT, link=asked.get_absolute_url())
    history.record(project, "statement_asked", by=by, statement=statement.key)
    notices.statement_wanted(asked)
    return asked


@transaction.atomic
def give(statement: Statement, *, by, conclusion: str, **parts: str) -> Statement:
    """Answer the question once. DigiTek is told."""
    project = Project.objects.locked(statement.project_id)
    rights.require(by, May.GIVE_STATEMENT, project)
    statement = Statement.objects.select_for_update().get(pk=statement.pk)
    if statement.is_given:
        raise StatementError(
            _("%(person)s has already given the statement.") % {"person": statement.given_by}
        )
    if conclusion not in Statement.Conclusion.values:
        raise StatementError(_("Choose a conclusion."), about="conclusion")
    if conclusion != Statement.Conclusion.FINE and not any(map(str.strip, parts.values())):
        raise StatementError(_("Say what the conditions or objections are."))
    for name in PARTS:
        setattr(statement, name, parts.get(name, ""))
    statement.conclusion, statement.given_by, statement.given_at = conclusion, by, clock.now()
    statement.save()
    waiting.end(project, Waiting.Kind.STATEMENT)
    history.record(
        project, "statement_given", by=by, statement=statement.key, conclusion=conclusion
    )
    notices.statement_given(statement)
    return statement
