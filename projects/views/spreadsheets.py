"""Importing a list of projects: upload it, look at what it would do, then let it happen."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from projects import access
from projects.forms.spreadsheet import UploadForm
from projects.models import Project, SpreadsheetImport
from projects.resources import imports as lists
from projects.resources import template
from projects.rights import ProjectError
from sso_portal.shared.sheets.reading import NotASheet
from sso_portal.shared.sheets.writing import XLSX

PER_PAGE = 50
SHOWN_ERRORS = 200
LATEST = 10


@login_required
@require_http_methods(["GET", "POST"])
def imports(request):
    """Upload a list; what has been uploaded lately stands below."""
    access.require_import(request.user)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*posted)
    if form.is_valid():
        file, key = form.cleaned_data["file"], form.cleaned_data["form_key"]
        try:
            sheet = lists.receive(file.name, file.read(), form_key=key, by=request.user)
        except (NotASheet, ProjectError) as error:
            form.add_error("file", str(error))
        else:
            return redirect(sheet)
    latest = SpreadsheetImport.objects.select_related("uploaded_by").defer("rows", "header")
    context = {"form": form, "latest": latest[:LATEST], "columns": template.columns()}
    return render(request, "projects/imports.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def import_preview(request, pk):
    """What the list would do, and the button that does it; afterwards, what it did."""
    sheet = access.import_for(request.user, pk)
    if request.method == "POST":
        return _act(request, sheet)
    if sheet.is_imported:
        return _result(request, sheet)
    if not sheet.is_open:
        return render(request, "projects/import_discarded.html", {"sheet": sheet})
    return _preview(request, sheet)


def _act(request, sheet: SpreadsheetImport) -> HttpResponse:
    action = request.POST.get("action")
    if action == "discard":
        lists.discard(sheet, by=request.user)
        messages.info(request, _("The list has been discarded."))
        return redirect("projects:imports")
    if action == "import":
        try:
            lists.carry_out(sheet, by=request.user, seen=request.POST.get("seen", ""))
        except ProjectError as error:
            messages.error(request, str(error))
    return redirect(sheet)


def _preview(request, sheet: SpreadsheetImport) -> HttpResponse:
    look = lists.look(sheet)
    shown = [each for each in look.readings if each.does_something or each.kept]
    context = {
        "sheet": sheet,
        "look": look,
        "wrong": look.wrong[:SHOWN_ERRORS],
        "more_wrong": len(look.wrong[SHOWN_ERRORS:]),
        "page": Paginator(shown, PER_PAGE).get_page(request.GET.get("page")),
        "submit": _words_of(look),
    }
    return render(request, "projects/import_preview.html", context)


def _words_of(look: lists.Look) -> str:
    """What the button does, in numbers."""
    new, changed = len(look.new), len(look.changed)
    words = [
        ngettext("create %(count)s project", "create %(count)s projects", new) % {"count": new},
        ngettext("update %(count)s project", "update %(count)s projects", changed)
        % {"count": changed},
    ]
    said = [text for text, count in zip(words, (new, changed), strict=True) if count]
    return _(" and ").join(said).capitalize()


def _result(request, sheet: SpreadsheetImport) -> HttpResponse:
    done = sheet.result
    projects = Project.objects.visible_to(request.user).filter(
        pk__in=[*done["created"], *done["updated"]]
    )
    context = {
        "sheet": sheet,
        "created": len(done["created"]),
        "updated": len(done["updated"]),
        "unchanged": done["unchanged"],
        "new_ones": set(done["created"]),
        "page": Paginator(projects.order_by("year", "number"), PER_PAGE).get_page(
            request.GET.get("page")
        ),
    }
    return render(request, "projects/import_result.html", context)


@login_required
@require_GET
def import_template(request):
    """An empty list with the columns, an example and the values that are understood."""
    access.require_import(request.user)
    headers = {"Content-Disposition": 'attachment; filename="projekter-skabelon.xlsx"'}
    return HttpResponse(template.workbook(), content_type=XLSX, headers=headers)
