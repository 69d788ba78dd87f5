"""Handing a project on: who it waits for next, and telling them.

Each function opens the wait and writes the notice in the caller's transaction; the rules in
``intake`` and ``gates`` decide when.
"""

from datetime import datetime, time

from django.urls import reverse
from django.utils.timezone import get_current_timezone

from projects import notices
from projects.models import DecisionRequest, Project
from sso_portal.organisation import waiting
from sso_portal.organisation.models import User, Waiting
from sso_portal.organisation.roles import Desk
from sso_portal.shared import history

REWORK = Waiting.Kind.REWORK
FOR_THE_CONTACT = (Waiting.Kind.QUALIFY, Waiting.Kind.REVIEW)


def to_giver(project: Project, *, by: User, words: str) -> None:
    """The idea waits for its giver to complete it; ``words`` say what is missing."""
    link = reverse("projects:idea_step", args=[project.pk, "problem"])
    waiting.begin(project, Waiting.Kind.COMPLETE, user=project.giver, link=link)
    history.record(project, "idea_sent_back", by=by, words=words)
    notices.sent_back(project, words=words)


def to_digitek(project: Project) -> None:
    """The idea waits to be qualified: for its DigiTek contact, or for the team."""
    link = reverse("projects:qualify", args=[project.pk])
    wait = _begin_for_contact(project, Waiting.Kind.QUALIFY, link=link)
    notices.waiting_for_you(project, wait)


def to_decider(asked: DecisionRequest) -> None:
    """The project waits for those who were asked to decide."""
    kind = Waiting.Kind.DECIDE if asked.gate_number else Waiting.Kind.ENDORSE
    wait = waiting.begin(
        asked.project,
        kind,
        desk=asked.desk,
        unit=asked.unit,
        due_on=asked.due_on,
        link=asked.get_absolute_url(),
    )
    notices.waiting_for_you(asked.project, wait)


def to_rework(project: Project) -> None:
    """The project is sent back from a gate and waits for the one who leads it."""
    link = project.get_absolute_url()
    waiting.begin(project, Waiting.Kind.REWORK, link=link, **_answering(project, REWORK))


def to_review(project: Project) -> None:
    """What is on hold begins to wait for DigiTek on its review date."""
    begins = datetime.combine(project.review_on, time.min, tzinfo=get_current_timezone())
    _begin_for_contact(project, Waiting.Kind.REVIEW, link=project.get_absolute_url(), since=begins)


def take_over(project: Project) -> None:
    """Those named now are waited for, instead of those who were named when it began."""
    for wait in project.waits.not_closed().filter(kind__in=[REWORK, *FOR_THE_CONTACT]):
        waiting.hand_over(wait, **_answering(project, wait.kind))


def _begin_for_contact(project: Project, kind: Waiting.Kind, *, link: str, since=None) -> Waiting:
    return waiting.begin(project, kind, since=since, link=link, **_answering(project, kind))


def _answering(project: Project, kind: str) -> dict:
    """The contact, at a rework the leader first; the team when nobody named is here any more."""
    named = [project.lead] if kind == REWORK else []
    for person in (*named, project.digitek_contact):
        if person and person.is_active:
            return {"user": person, "desk": ""}
    return {"user": None, "desk": Desk.DIGITEK}
