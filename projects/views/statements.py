from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from projects import access, basis, documents, rights
from projects import statements as rules
from projects.forms import refusals
from projects.forms.statement import QuestionForm, StatementForm
from projects.rights import ProjectError
from projects.views.acts import Act, perform
from sso_portal.organisation.roles import May


@login_required
@require_http_methods(["GET", "POST"])
def ask_statement(request, pk):
    project = access.project_for(request.user, pk, to=May.ASK_FOR_DECISION)
    wanted = rules.wanted(project)
    act = Act(
        title=_("Ask IT & Digitalisation"),
        lead=str(wanted.label) if wanted else _("No statement is needed here."),
        submit=_("Ask for the statement"),
        done=_("IT & Digitalisation has been asked."),
    )
    form = QuestionForm(request.POST or None)
    return perform(request, project, act=act, form=form, verb=rules.ask)


@login_required
@require_http_methods(["GET", "POST"])
def statement(request, pk):
    """Read a statement; IT & Digitalisering gives it here, once."""
    statement = access.statement_for(request.user, pk, to_give=request.method == "POST")
    project = statement.project
    may_give = not statement.is_given and rights.may(request.user, May.GIVE_STATEMENT, project)
    form = StatementForm(request.POST or None)
    if form.is_valid():
        try:
            rules.give(statement, by=request.user, **form.cleaned_data)
        except ProjectError as error:
            refusals.show(form, error)
        else:
            messages.success(request, _("The statement is given."))
            return redirect(statement)
    context = {
        "statement": statement,
        "project": project,
        "document": rules.STATEMENTS[statement.key],
        "parts": rules.STATEMENTS[statement.key].in_words(statement),
        "form": form if may_give or form.is_bound else None,
        "papers": basis.papers_in(documents.snapshot(project, rules.read_with(statement))),
    }
    return render(request, "projects/statement.html", context)
