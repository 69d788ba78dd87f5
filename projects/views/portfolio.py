"""The portfolio: the list of everything, narrowed and sorted by its address, and its export."""

from collections.abc import Iterable
from html import escape
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from projects.filters import PortfolioFilter
from projects.models import Project
from projects.phase_model import Phase, Priority, ProjectType, Standing
from projects.portfolio import ORDERS, Place, about_projects
from projects.resources import ProjectResource
from sso_portal.organisation.models import Waiting
from sso_portal.shared import clock, wording
from sso_portal.shared.htmx import render_page
from sso_portal.shared.sheets.writing import CSV, XLSX, Sheet, csv_parts, workbook
from sso_portal.shared.templatetags.portal import badge

PER_PAGE = 50
# The columns after the title, in their order
COLUMNS = {
    "type": gettext_lazy("Type"),
    "phase": gettext_lazy("Phase"),
    "priority": gettext_lazy("Priority"),
    "risk": gettext_lazy("Risk"),
    "leader": gettext_lazy("Project leader"),
    "budget": gettext_lazy("Budget"),
    "waiting": gettext_lazy("Waiting for"),
}


@login_required
@require_GET
def portfolio(request):
    """The list; htmx asks for the rows alone when a filter changes."""
    filters = PortfolioFilter(request.GET, user=request.user)
    projects = filters.of(request.user).for_a_list()
    page = Paginator(projects, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "page": page,
        "status": status(page),
        "columns": [
            (key, label, key in ORDERS, "num" if key == "budget" else "")
            for key, label in COLUMNS.items()
        ],
        "lines": lines(page.object_list, units=filters.choices.units),
    }
    return render_page(
        request, "projects/portfolio.html", context, partial="projects/_portfolio.html"
    )


def status(page: Page) -> str:
    """How much is shown, as it is read aloud after every change."""
    count = page.paginator.count
    if page.paginator.num_pages > 1:
        return _("Showing %(first)s–%(last)s of %(count)s projects") % {
            "first": wording.number(page.start_index()),
            "last": wording.number(page.end_index()),
            "count": wording.number(count),
        }
    return ngettext("%(count)s project", "%(count)s projects", count) % {"count": count}


def lines(projects: Iterable[Project], *, units: dict[int, Place]) -> list[dict]:
    """The rows as ready texts: what they have in common is looked up once a page."""
    projects = list(projects)
    waits = _waits_about(projects)
    labels = _labels()
    before = {key: f'<td data-title="{escape(str(label))}">' for key, label in COLUMNS.items()}
    before["budget"] = before["budget"].replace("<td", '<td class="num"')
    return [
        {
            "url": project.get_absolute_url(),
            "title": project.title,
            "reference": project.reference,
            "unit": units[project.unit_id].name,
            "cells": _cells(project, labels, before, waits=waits.get(project.pk, "")),
        }
        for project in projects
    ]


def _cells(project: Project, labels: dict, before: dict, *, waits: str) -> SafeString:
    """The cells after the title: strings, since a template would cost more than the query."""
    cells = {
        "type": labels["type", project.type],
        "phase": f"{labels['phase', project.phase]} {labels['standing', project.standing]}",
        "priority": labels["priority", project.priority],
        "risk": labels["risk", project.risk],
        "leader": escape(str(project.lead or "")),
        "budget": wording.kroner(project.budget_kroner),
        "waiting": waits,
    }
    return mark_safe("".join(f"{before[key]}{text}</td>" for key, text in cells.items()))


def _labels() -> dict[tuple[str, Any], str]:
    """Every badge and label a row can show."""
    badges = {"phase": Phase, "standing": Standing, "priority": Priority, "risk": Project.Risk}
    ready = {
        (kind, code): badge(kind, code, label)
        for kind, codes in badges.items()
        for code, label in codes.choices
    }
    ready |= {("type", code): escape(str(label)) for code, label in ProjectType.choices}
    return ready | {("standing", Standing.ACTIVE.value): "", ("risk", None): ""}


def _waits_about(projects: list[Project]) -> dict[int, str]:
    """Whom each project waits for, and since when."""
    waits = about_projects(Waiting.objects.open()).filter(object_id__in=[p.pk for p in projects])
    found: dict[int, str] = {}
    for wait in waits.for_a_list():
        since = f'<span class="row-sub">{wording.since(wait.since)}</span>'
        line = f'<span class="wait">{escape(wait.whom)}{since}</span>'
        found[wait.object_id] = found.get(wait.object_id, "") + line
    return found


@login_required
@require_GET
def export(request):
    """Exactly what the list shows, on all its pages, as a file that imports back unchanged."""
    projects = PortfolioFilter(request.GET, user=request.user).of(request.user)
    resource = ProjectResource()
    header, rows = resource.get_export_headers(), resource.rows(projects)
    kind = "xlsx" if request.GET.get("format") == "xlsx" else "csv"
    if kind == "xlsx":
        sheet = Sheet(_("Projects"), header, rows, widths=resource.widths())
        response = HttpResponse(workbook(sheet), content_type=XLSX)
    else:
        response = StreamingHttpResponse(csv_parts(header, rows), content_type=CSV)
    name = f"projekter-{clock.today().isoformat()}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
