"""The only way a view gets hold of a project and what belongs to it.

404 when one may not know that it exists, 403 when one may see but not act.
"""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from projects import documents, gates, rights
from projects.document_specs import SPECS
from projects.models import DecisionRequest, DocumentVersion, GateDecision, Project, Statement
from sso_portal.organisation.models import Unit
from sso_portal.organisation.roles import May


def project_for(user, pk: int, *, to: May | None = None) -> Project:
    """The project with its unit and people, when the person may see it, and may do ``to``."""
    project = get_object_or_404(Project.objects.visible_to(user).with_people(), pk=pk)
    if to and not rights.may(user, to, project):
        raise PermissionDenied
    return project


def draft_for(user, pk: int) -> Project:
    """An idea its giver may write on: a draft of one's own, or one sent back to be completed."""
    return project_for(user, pk, to=May.COMPLETE)


def own_idea_for(user, pk: int) -> Project:
    """The person's own idea, being written or already sent; whether it may be written on now is
    ``rights.may(user, May.COMPLETE, project)``."""
    project = project_for(user, pk)
    if project.giver_id != user.pk:
        raise PermissionDenied
    return project


def units_for_ideas(user):
    """The units the person may begin an idea for."""
    if not user.may(May.SUBMIT_IDEA):
        raise PermissionDenied
    units = Unit.objects.all() if user.may(May.SUBMIT_FOR_OTHERS) else user.units_in_reach
    return units.active().in_tree_order()


def document_of(user, pk: int, key: str, *, to_write: bool = False) -> Project:
    """The project whose document ``key`` the person may read, or write."""
    if key not in SPECS:
        raise Http404
    project = project_for(user, pk)
    if to_write and not documents.may_write(user, project, key):
        raise PermissionDenied
    return project


def version_for(
    user, pk: int, key: str, number: int, *, round: int | None = None
) -> DocumentVersion:
    """One version of a document; without ``round`` from the newest round that has it."""
    project = document_of(user, pk, key)
    versions = DocumentVersion.objects.filter(document__project=project, document__key=key)
    if round is not None:
        versions = versions.filter(document__round=round)
    versions = versions.select_related("document", "saved_by").order_by("-document__round")
    found = versions.filter(number=number).first()
    if found is None:
        raise Http404
    found.document.project = project
    return found


def decision_request_for(user, pk: int) -> DecisionRequest:
    """A request the person may answer or register; also when somebody has just answered it."""
    asked = get_object_or_404(
        DecisionRequest.objects.select_related("unit", "asked_by", "recommendation__by"), pk=pk
    )
    asked.project = project_for(user, asked.project_id)
    if not (gates.may_answer(user, asked) or gates.may_register(user, asked)):
        raise PermissionDenied
    return asked


def open_request_of(user, pk: int, *, to: May) -> DecisionRequest:
    """The decision the project waits for."""
    project = project_for(user, pk, to=to)
    return get_object_or_404(DecisionRequest.objects.open(), project=project)


def decision_for(user, pk: int) -> GateDecision:
    decision = get_object_or_404(GateDecision.objects.with_people(), pk=pk)
    decision.project = project_for(user, decision.project_id)
    return decision


def statement_for(user, pk: int, *, to_give: bool = False) -> Statement:
    statement = get_object_or_404(Statement.objects.select_related("asked_by", "given_by"), pk=pk)
    statement.project = project_for(user, statement.project_id)
    if to_give and not rights.may(user, May.GIVE_STATEMENT, statement.project):
        raise PermissionDenied
    return statement


def may_import(user) -> bool:
    return user.may(May.IMPORT)
