"""Everything that happened to a project, newest first, in the reader's words.

The sentence comes from ``shared.history``; what people wrote with the act stands as they wrote it.
"""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from projects.models import Project
from sso_portal.shared import history
from sso_portal.shared.models import Event

FIRST = 12
# The facts of an event that carry somebody's own words.
OWN_WORDS = ("words", "reason")
ICONS = {
    "idea_sent": "send",
    "idea_sent_again": "send",
    "idea_sent_back": "reply",
    "endorsement_asked": "how-to-reg",
    "endorsement_approve": "how-to-reg",
    "endorsement_rework": "reply",
    "endorsement_stop": "close",
    "qualified": "checklist",
    "people_named": "persons",
    "facts_changed": "tune",
    "document_written": "document",
    "statement_asked": "support-agent",
    "statement_given": "support-agent",
    "recommended": "feedback",
    "decision_asked": "hourglass",
    "decision_withdrawn": "close",
    "decision_approve": "flag-fill",
    "decision_rework": "reply",
    "decision_park": "flag",
    "decision_stop": "flag",
    "moved": "arrow-forward",
    "parked": "time",
    "resumed": "refresh",
    "stopped": "close",
    "round_started": "sync",
    "closed": "check",
    "carried_over": "upload",
    "imported": "upload",
}


@dataclass(frozen=True)
class Entry:
    at: datetime
    text: str
    actor: str
    detail: str
    url: str
    icon: str


@dataclass(frozen=True)
class Timeline:
    """The newest entries, and whether there are older ones."""

    entries: list[Entry]
    has_more: bool


def of(project: Project, *, everything: bool = False) -> Timeline:
    """The newest events of the project, or all of them: one query."""
    events = Event.objects.about(project).select_related("by")
    found = list(events if everything else events[: FIRST + 1])
    has_more = not everything and len(found) > FIRST
    shown = found[:FIRST] if has_more else found
    return Timeline([_entry(project, event) for event in shown], has_more)


def _entry(project: Project, event: Event) -> Entry:
    facts = event.facts
    return Entry(
        at=event.at,
        text=history.describe(event),
        actor=str(event.by) if event.by else "",
        detail=next((facts[name] for name in OWN_WORDS if facts.get(name)), ""),
        url=_address(project, event),
        icon=ICONS.get(event.key, ""),
    )


def _address(project: Project, event: Event) -> str:
    facts = event.facts
    if "decision" in facts:
        return reverse("projects:decision", args=[facts["decision"]])
    if event.key == "document_written":
        version = [project.pk, facts["document"], facts["version"]]
        round = f"?round={facts['round']}" if "round" in facts else ""
        return reverse("projects:document_version", args=version) + round
    return ""
