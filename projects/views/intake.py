from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from projects import access, idea_steps, intake, papers, rights
from projects.document_specs import IDEA_STEPS
from projects.forms.documents import step_form
from projects.forms.intake import NewIdeaForm, QualifyForm, SendBackForm
from projects.rights import ProjectError
from sso_portal.organisation.roles import May
from sso_portal.shared.htmx import wants_partial


@login_required
@require_http_methods(["GET", "POST"])
def idea_new(request):
    """Begin a draft with the least that is needed."""
    units = access.units_for_ideas(request.user)
    form = NewIdeaForm(request.POST or None, by=request.user, units=units)
    if form.is_valid():
        try:
            project = intake.start(by=request.user, **form.begun)
        except ProjectError as error:
            form.add_error(None, str(error))
        else:
            return redirect("projects:idea_step", project.pk, IDEA_STEPS[0])
    return render(request, "projects/idea_new.html", {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def idea_step(request, pk, step):
    """Write a step of one's idea; once it is sent, the receipt answers instead."""
    if step not in IDEA_STEPS:
        raise Http404
    project = access.own_idea_for(request.user, pk)
    if not rights.may(request.user, May.COMPLETE, project):
        return redirect("projects:idea_receipt", project.pk)
    if step == idea_steps.REVIEW:
        return _review(request, project)
    form = step_form(step, project, request.POST or None)
    if wants_partial(request) and not form.is_bound:
        return _guess(request, project, step)
    return _write(request, project, step, form)


def _write(request, project, step, form):
    if form.is_bound:
        if form.keep(by=request.user, with_faults=True):
            return _go_on(request, project, step)
        project = access.own_idea_for(request.user, project.pk)
    context = {
        "project": project,
        "way": idea_steps.way(project, step),
        "form": form,
        "hours": papers.hours_in_words(project.hours_freed),
        "asked": intake.asked_of_giver(project),
    }
    return render(request, "projects/idea_step.html", context)


def _go_on(request, project, step):
    """After saving: the next step, the one before, or the same."""
    way = idea_steps.way(project, step)
    wanted = {"next": way.after, "back": way.before}.get(request.POST.get("action"))
    if wanted is None:
        messages.success(request, _("Saved. You can go on now or come back later."))
    return redirect((wanted or way.current).url)


def _guess(request, project, step):
    """The hours freed by the figures as they are typed; nothing is saved."""
    form = step_form(step, project, request.GET)
    form.is_valid()
    hours = papers.hours_guessed(form.cleaned_data)
    return render(request, "projects/_idea_hours.html", {"hours": hours})


def _review(request, project):
    """The idea as the leader will read it, and the button that sends it."""
    refused = ""
    if request.method == "POST":
        verb = intake.send if project.is_draft else intake.send_again
        try:
            verb(project, by=request.user)
        except ProjectError as error:
            refused = str(error)
        project = access.own_idea_for(request.user, project.pk)
        if not rights.may(request.user, May.COMPLETE, project):  # sent, by this click or another
            return redirect("projects:idea_receipt", project.pk)
    context = {
        "project": project,
        "way": idea_steps.way(project, idea_steps.REVIEW),
        "parts": papers.idea_as_it_stands(project),
        "first_reader": intake.first_reader(project),
        "asked": intake.asked_of_giver(project),
        "refused": refused,
    }
    return render(request, "projects/idea_review.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def idea_delete(request, pk):
    """Ask once more, then remove a draft for good."""
    project = access.own_draft_for(request.user, pk)
    if request.method == "POST":
        intake.discard(project, by=request.user)
        messages.success(request, _("The draft is deleted."))
        return redirect("front:home")
    return render(request, "projects/idea_delete.html", {"project": project})


@login_required
@require_GET
def idea_receipt(request, pk):
    """The reference number, what happens next and whom the idea waits for."""
    project = access.own_idea_for(request.user, pk)
    if project.is_draft:
        return redirect("projects:idea_step", project.pk, idea_steps.REVIEW)
    wait = project.waits.open().select_related("user", "unit").first()
    return render(request, "projects/idea_receipt.html", {"project": project, "wait": wait})


@login_required
@require_http_methods(["GET", "POST"])
def qualify(request, pk):
    """DigiTek finds out what kind of project the idea is, and who takes care of it."""
    project = access.idea_to_qualify(request.user, pk)
    form = QualifyForm(request.POST or None, project=project, by=request.user)
    if form.is_valid():
        try:
            intake.qualify(project, by=request.user, **form.cleaned_data)
        except ProjectError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The idea is qualified."))
            return redirect(project)
    context = {
        "project": project,
        "form": form,
        "parts": papers.idea_as_it_stands(project),
        "may_send_back": intake.may_be_sent_back(project),
    }
    return render(request, "projects/qualify.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def send_back(request, pk):
    """DigiTek asks the giver to complete the idea."""
    project = access.idea_to_qualify(request.user, pk)
    form = SendBackForm(request.POST or None)
    if form.is_valid():
        try:
            intake.send_back(project, by=request.user, **form.cleaned_data)
        except ProjectError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The idea is sent back to its giver."))
            return redirect(project)
    context = {"project": project, "form": form, "parts": papers.idea_as_it_stands(project)}
    return render(request, "projects/idea_send_back.html", context)
