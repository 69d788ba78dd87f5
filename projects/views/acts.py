"""One small act on a project: a form, a verb, and back to the project."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from projects.forms import refusals
from projects.models import Project
from projects.rights import ProjectError


@dataclass(frozen=True)
class Act:
    """The words of the page, and of the message when it is done."""

    title: str
    submit: str
    done: str
    lead: str = ""
    template: str = "projects/act.html"


def perform(
    request: HttpRequest, project: Project, *, act: Act, form: forms.Form, verb: Callable
) -> HttpResponse:
    """Show the form until the verb has acted; a refusal stands beside what was typed."""
    if form.is_valid():
        try:
            verb(project, by=request.user, **form.cleaned_data)
        except ProjectError as error:
            refusals.show(form, error)
        else:
            messages.success(request, act.done)
            return redirect(project)
    context = {"project": project, "act": act, "form": form}
    return render(request, act.template, context)
