from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from projects import access, overview
from projects import facts as key_facts
from projects.forms import refusals
from projects.forms.facts import FactsForm, TeamForm
from projects.rights import ProjectError
from projects.views.acts import Act, perform
from sso_portal.organisation.roles import May
from sso_portal.shared.htmx import render_page


@login_required
@require_GET
def project(request, pk):
    """The project as this reader meets it; htmx asks for the whole timeline alone."""
    project = access.project_for(request.user, pk)
    if project.is_draft:
        return redirect("projects:idea_step", project.pk, "problem")
    everything = request.GET.get("timeline") == "all"
    page = overview.gather(request.user, project, everything=everything)
    context = {"project": project, "page": page}
    return render_page(request, "projects/project.html", context, partial="projects/_timeline.html")


@login_required
@require_http_methods(["GET", "POST"])
def facts(request, pk):
    project = access.project_for(request.user, pk, to=May.KEEP_FACTS)
    form = FactsForm(request.POST or None, project=project)
    act = Act(
        title=_("Change key facts"),
        submit=_("Save"),
        done=_("The key facts are saved."),
        template="projects/facts.html",
    )
    return perform(request, project, act=act, form=form, verb=key_facts.keep)


@login_required
@require_http_methods(["GET", "POST"])
def team(request, pk):
    """Name the people; ``more`` comes back for the next one to add."""
    project = access.project_for(request.user, pk, to=May.KEEP_FACTS)
    form = TeamForm(request.POST or None, project=project)
    if form.is_valid():
        try:
            key_facts.name_people(project, by=request.user, **form.named())
        except ProjectError as error:
            refusals.show(form, error)
        else:
            messages.success(request, _("The people are saved."))
            if request.POST.get("action") == "more":
                return redirect("projects:team", project.pk)
            return redirect(project)
    return render(request, "projects/team.html", {"project": project, "form": form})
