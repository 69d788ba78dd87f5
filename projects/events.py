"""The words of everything that can happen to a project, for the timeline and "since last time"."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.document_specs import SPECS
from projects.models import Statement
from projects.phase_model import ENDORSEMENT, GATES, Phase, ProjectType, Verdict
from projects.statements import STATEMENTS
from sso_portal.shared.history import Sentence

PHASES = dict(Phase.choices)
DOCUMENTS = {key: spec.label for key, spec in SPECS.items()}
GATE_NAMES = {gate.number: gate.name for gate in (ENDORSEMENT, *GATES)}
STATEMENT_NAMES = {key: statement.label for key, statement in STATEMENTS.items()}

EVENTS = {
    "idea_sent": Sentence(_("The idea was sent")),
    "idea_sent_again": Sentence(_("The idea was completed and sent again")),
    "idea_sent_back": Sentence(_("The idea was sent back to be completed")),
    "endorsement_asked": Sentence(_("The leader was asked to stand behind the idea")),
    "endorsement_approve": Sentence(_("The leader stands behind the idea")),
    "endorsement_rework": Sentence(_("The leader sent the idea back to be completed")),
    "endorsement_stop": Sentence(_("The leader said no to the idea")),
    "qualified": Sentence(
        _("The idea was qualified: %(type)s"), {"type": dict(ProjectType.choices)}
    ),
    "people_named": Sentence(_("Project leader, DigiTek contact or team was changed")),
    "facts_changed": Sentence(_("Key facts were changed")),
    "document_written": Sentence(
        _("%(document)s was saved, version %(version)s"), {"document": DOCUMENTS}
    ),
    "statement_asked": Sentence(_("%(statement)s was asked for"), {"statement": STATEMENT_NAMES}),
    "statement_given": Sentence(
        _("%(statement)s was given: %(conclusion)s"),
        {"statement": STATEMENT_NAMES, "conclusion": dict(Statement.Conclusion.choices)},
    ),
    "recommended": Sentence(
        _("DigiTek's recommendation at %(gate)s: %(verdict)s"),
        {"gate": GATE_NAMES, "verdict": dict(Verdict.choices)},
    ),
    "decision_asked": Sentence(_("A decision was asked for at %(gate)s"), {"gate": GATE_NAMES}),
    "decision_withdrawn": Sentence(
        _("The request for a decision at %(gate)s was withdrawn"), {"gate": GATE_NAMES}
    ),
    "decision_approve": Sentence(
        _("%(gate)s was approved: on to %(phase)s"), {"gate": GATE_NAMES, "phase": PHASES}
    ),
    "decision_rework": Sentence(_("%(gate)s: sent back for rework"), {"gate": GATE_NAMES}),
    "decision_park": Sentence(_("%(gate)s: put on hold"), {"gate": GATE_NAMES}),
    "decision_stop": Sentence(_("%(gate)s: stopped"), {"gate": GATE_NAMES}),
    "moved": Sentence(_("Moved from %(before)s to %(phase)s"), {"before": PHASES, "phase": PHASES}),
    "parked": Sentence(pgettext_lazy("event", "Put on hold")),
    "resumed": Sentence(_("Taken off hold")),
    "stopped": Sentence(_("The project was stopped")),
    "round_started": Sentence(_("Round %(round)s began as an idea")),
    "closed": Sentence(_("The project was closed")),
    "carried_over": Sentence(
        _("Carried over from an earlier list, in the phase %(phase)s"), {"phase": PHASES}
    ),
    "imported": Sentence(_("Updated from a spreadsheet")),
}
