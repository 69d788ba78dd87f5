from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from projects import access, document_pages, documents, idea_steps
from projects.forms.documents import writing_form


@login_required
@require_GET
def document(request, pk, key):
    """A document to be read; ``?round=`` reads one from an earlier round."""
    project = access.document_of(request.user, pk, key)
    if project.is_draft:
        return redirect("projects:idea_step", project.pk, idea_steps.REVIEW)
    page = document_pages.page(project, key, round=_round(request))
    if page.document is None and not page.is_current:
        raise Http404
    may_write = page.is_current and documents.may_write(request.user, project, key)
    context = {"project": project, "page": page, "may_write": may_write}
    return render(request, "projects/document.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def document_edit(request, pk, key):
    """Write a document. Every save is a version; nobody's words are overwritten unawares."""
    project = access.document_of(request.user, pk, key, to_write=True)
    if project.is_draft:
        return redirect("projects:idea_step", project.pk, idea_steps.REVIEW)
    if request.method == "GET" and documents.is_locked(project, key):
        return redirect("projects:document", project.pk, key)
    form = writing_form(key, project, request.POST or None)
    if form.is_bound and form.keep(by=request.user):
        messages.success(request, _("The document is saved."))
        return redirect("projects:document", project.pk, key)
    context = {"project": project, "page": document_pages.page(project, key), "form": form}
    return render(request, "projects/document_edit.html", context)


@login_required
@require_GET
def document_version(request, pk, key, number):
    """A document as it was saved once, and what was new in it."""
    version = access.version_for(request.user, pk, key, number, round=_round(request))
    context = {
        "project": version.document.project,
        "shown": document_pages.version_page(version),
    }
    return render(request, "projects/document_version.html", context)


def _round(request) -> int | None:
    """The round asked for; 404 for what is no number."""
    asked = request.GET.get("round")
    if asked is None:
        return None
    if not (asked.isascii() and asked.isdigit() and len(asked) < 4 and int(asked)):
        raise Http404
    return int(asked)
