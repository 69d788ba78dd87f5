from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from projects import access, basis, deciders, documents
from projects import gates as rules
from projects.forms import refusals
from projects.forms.gate import DecisionForm, RecommendationForm, RequestForm
from projects.forms.phase import ConfirmForm
from projects.rights import ProjectError
from projects.views.acts import Act, perform
from sso_portal.organisation.roles import May


@login_required
@require_http_methods(["GET", "POST"])
def recommend(request, pk):
    """Write what DigiTek recommends at the gate ahead; the next step is to ask."""
    project = access.project_for(request.user, pk, to=May.RECOMMEND)
    if project.gate is None:
        return _no_gate(request, project)
    form = RecommendationForm(
        request.POST or None, gate=project.gate, latest=rules.recommendation_at_the_gate(project)
    )
    if form.is_valid():
        try:
            rules.recommend(project, by=request.user, **form.cleaned_data)
        except ProjectError as error:
            refusals.show(form, error)
        else:
            messages.success(request, _("The recommendation is saved."))
            return redirect("projects:ask", project.pk)
    context = {"project": project, "form": form, "gaps": _gaps(project)}
    return render(request, "projects/recommend.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def ask(request, pk):
    """Ask for the decision; the page says who will be asked and why it is them."""
    project = access.project_for(request.user, pk, to=May.ASK_FOR_DECISION)
    if project.gate is None:
        return _no_gate(request, project)
    form = RequestForm(request.POST or None)
    if form.is_valid():
        try:
            asked = rules.ask(project, by=request.user, **form.cleaned_data)
        except ProjectError as error:
            refusals.show(form, error)
        else:
            done = _("The decision is asked for. It waits for %(decider)s.")
            messages.success(request, done % {"decider": asked.decider})
            return redirect(project)
    context = {
        "project": project,
        "form": form,
        "gaps": _gaps(project),
        "recommendation": rules.recommendation_at_the_gate(project),
        "decider": deciders.named(*deciders.decision_maker(project, project.gate)),
        "rule": deciders.rule_of_decision(project, project.gate),
    }
    return render(request, "projects/ask.html", context)


def _no_gate(request, project):
    messages.info(request, _("There is no gate ahead of this project."))
    return redirect(project)


def _gaps(project):
    return documents.missing(project, project.gate.reads)


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request, pk):
    """Take the request back; one that is answered or withdrawn meanwhile leads to the project."""
    project = access.project_for(request.user, pk, to=May.ASK_FOR_DECISION)
    asked = project.open_request
    if asked is None:
        messages.info(request, _("No decision is waited for."))
        return redirect(project)
    act = Act(
        title=_("Withdraw the request"),
        lead=_("The documents can be changed again. Ask anew when they are ready."),
        submit=_("Withdraw the request"),
        done=_("The request is withdrawn."),
    )
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    return perform(
        request, project, act=act, form=form, verb=lambda _project, by: rules.withdraw(asked, by=by)
    )


@login_required
@require_http_methods(["GET", "POST"])
def decide(request, pk):
    """Read the basis and decide; whoever comes second keeps the text and sees who was first."""
    asked = access.decision_request_for(request.user, pk)
    gaps = documents.missing(asked.project, asked.gate.reads) if asked.is_open else []
    form = DecisionForm(request.POST or None, asked=asked, by=request.user, is_complete=not gaps)
    if form.is_valid():
        try:
            decision = rules.decide(asked, by=request.user, **form.cleaned_data)
        except rules.AlreadyDecided as error:
            if form.says_the_same(error.decision, by=request.user):  # a double click
                return redirect(error.decision)
            refusals.show(form, error)
            asked.decision = error.decision
        except ProjectError as error:
            refusals.show(form, error)
        else:
            messages.success(request, _("The decision is on record."))
            return redirect(decision)
    context = {"asked": asked, "form": form, "gaps": gaps} | _to_read(request.user, asked)
    return render(request, "projects/decide.html", context)


def _to_read(user, asked):
    return {
        "project": asked.project,
        "basis": basis.read(rules.basis_of(asked.project, asked)),
        "frames": basis.frames(asked.project),
        "may_decide": asked.is_open and deciders.may_decide(user, asked),
    }


@login_required
@require_GET
def decision(request, pk):
    """The record of a decision, with its basis as it was."""
    decision = access.decision_for(request.user, pk)
    context = {
        "decision": decision,
        "project": decision.project,
        "basis": basis.read(decision.basis),
        "corrected_by": decision.newer_at_the_gate(),
    }
    return render(request, "projects/decision.html", context)
