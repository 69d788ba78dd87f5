"""The only way a view gets hold of a project and what belongs to it.

404 when one may not know that it exists, 403 when one may see but not act.
"""

from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404

from projects import deciders, documents, rights
from projects.document_specs import SPECS
from projects.models import (
    DecisionRequest,
    DocumentVersion,
    GateDecision,
    Project,
    SpreadsheetImport,
    Statement,
)
from sso_portal.organisation.models import Unit
from sso_portal.organisation.roles import May


def project_for(user, pk: int, *, to: May | None = None) -> Project:
    """The project with its unit and people, when the person may see it, and may do ``to``."""
    project = get_object_or_404(Project.objects.visible_to(user).with_people(), pk=pk)
    if to and not rights.may(user, to, project):
        raise PermissionDenied
    return project


def idea_to_qualify(user, pk: int) -> Project:
    return _with_papers(project_for(user, pk, to=May.QUALIFY))


def _with_papers(project: Project) -> Project:
    """With all that its documents are made of, fetched once."""
    papers = ("documents__saved_by", "focus_areas", "pools", "waits", "requests__unit")
    prefetch_related_objects([project], *papers)
    return project


def own_idea_for(user, pk: int) -> Project:
    """The person's own idea, being written or already sent; whether it may be written on now is
    ``rights.may(user, May.COMPLETE, project)``."""
    project = _with_papers(project_for(user, pk))
    if project.giver_id != user.pk:
        raise PermissionDenied
    return project


def own_draft_for(user, pk: int) -> Project:
    """An idea of the person's own that nobody else has seen yet."""
    project = own_idea_for(user, pk)
    if not project.is_draft:
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
    project = _with_papers(project_for(user, pk))
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
    """A request the person may answer, register or prepare.

    One that has been answered tells everybody who follows the project what became of it.
    """
    asked = get_object_or_404(
        DecisionRequest.objects.select_related("unit", "asked_by", "recommendation__by"), pk=pk
    )
    asked.project = project_for(user, asked.project_id)
    prefetch_related_objects([asked.project], "documents", "statements", "pools", "focus_areas")
    if asked.is_open and not deciders.may_read(user, asked):
        raise PermissionDenied
    return asked


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


def require_import(user) -> None:
    """Lists are imported by those who keep the portfolio; nobody else sees them."""
    if not user.may(May.IMPORT):
        raise PermissionDenied


def import_for(user, pk: int) -> SpreadsheetImport:
    require_import(user)
    return get_object_or_404(SpreadsheetImport.objects.select_related("uploaded_by"), pk=pk)
