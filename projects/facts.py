"""Key facts and people of a project, as DigiTek keeps them beside the process.

Phase, standing and round are not facts: ``phases`` changes them.
"""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from projects import documents, notices, relay, rights
from projects.models import Project
from projects.phase_model import Priority
from projects.rights import ProjectError
from sso_portal.organisation.models import User
from sso_portal.organisation.roles import May
from sso_portal.shared import history

COLUMNS = frozenset(
    {"title", "unit", "priority", "risk", "touches_it", "starts_on", "ends_on", "budget_kroner"}
)
LISTS = frozenset({"focus_areas", "pools"})


class FactsError(ProjectError):
    """The facts cannot be so; the text says why."""


@transaction.atomic
def keep(project: Project, *, by: User, **changes) -> Project:
    """Store the facts named. Raises ``NotAllowed`` or ``FactsError``; then nothing is saved."""
    if unknown := set(changes) - COLUMNS - LISTS:
        raise TypeError(f"Not facts of a project: {sorted(unknown)}")
    project = Project.objects.locked(project.pk)
    rights.require(by, May.KEEP_FACTS, project)
    _refuse_a_priority_out_of_place(project, changes.get("priority", project.priority))
    _refuse_an_end_before_the_start(project, changes)
    before = _as_stored(project)
    _refuse_while_a_decision_rests_on_it(project, before, changes)
    for name in COLUMNS & set(changes):
        setattr(project, name, changes[name])
    project._history_user = by
    project.save()
    for name in LISTS & set(changes):
        getattr(project, name).set(changes[name])
    if _as_stored(project) != before:
        history.record(project, "facts_changed", by=by)
    return project


@transaction.atomic
def name_people(
    project: Project,
    *,
    by: User,
    lead: User | None,
    digitek_contact: User | None,
    team: Iterable[User] = (),
) -> Project:
    """Say who leads the project, who is DigiTek's contact and who takes part."""
    project = Project.objects.locked(project.pk)
    rights.require(by, May.KEEP_FACTS, project)
    named_now = (project.lead_id, project.digitek_contact_id)
    before = (*named_now, {person.pk for person in project.team.all()})
    project.lead, project.digitek_contact = lead, digitek_contact
    project._history_user = by
    project.save()
    project.team.set(team)
    after = (project.lead_id, project.digitek_contact_id, {person.pk for person in team})
    if after != before:
        history.record(project, "people_named", by=by)
        relay.take_over(project)
    notices.named(
        project,
        to=[person for person in (lead, digitek_contact) if person and person.pk not in named_now],
        by=by,
    )
    return project


def _refuse_a_priority_out_of_place(project: Project, priority: str) -> None:
    if priority not in project.track.priorities:
        raise FactsError(_("A project of this type cannot have that priority."), about="priority")
    if priority == Priority.BACKLOG and project.priority != Priority.BACKLOG:
        raise FactsError(_("Only the chief group puts a project in the backlog."), about="priority")


def _refuse_an_end_before_the_start(project: Project, changes: dict) -> None:
    starts_on = changes.get("starts_on", project.starts_on)
    ends_on = changes.get("ends_on", project.ends_on)
    if starts_on and ends_on and ends_on < starts_on:
        raise FactsError(_("The project cannot end before it starts."), about="ends_on")


def _refuse_while_a_decision_rests_on_it(project: Project, before: dict, changes: dict) -> None:
    """What decides who decides, and what the documents say, stands still while one is asked."""
    if project.open_request is None:
        return
    resting = documents.rests_on(project.open_request)
    after = _with_keys(changes)
    if any(after[name] != before[name] for name in resting & set(changes)):
        raise FactsError(_("The decision that is waited for rests on this. Withdraw it first."))


def _as_stored(project: Project) -> dict:
    columns = {name: getattr(project, name) for name in COLUMNS}
    return _with_keys(columns | {name: getattr(project, name).all() for name in LISTS})


def _with_keys(facts: dict) -> dict:
    return {
        name: {row.pk for row in value} if name in LISTS else value for name, value in facts.items()
    }
