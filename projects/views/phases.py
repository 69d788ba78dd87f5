from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from projects import access
from projects import phases as rules
from projects.forms.phase import ConfirmForm, HoldForm, MoveForm, ReasonForm
from projects.views.acts import Act, perform
from sso_portal.organisation.roles import May


@login_required
@require_http_methods(["GET", "POST"])
def move(request, pk):
    project = access.project_for(request.user, pk, to=May.MOVE)
    form = MoveForm(request.POST or None, project=project)
    act = Act(
        title=_("Move to another phase"),
        lead=_("Projects of this type have no gates. Whoever moves them says why."),
        submit=_("Move the project"),
        done=_("The project is moved."),
    )
    return perform(request, project, act=act, form=form, verb=rules.move)


@login_required
@require_http_methods(["GET", "POST"])
def park(request, pk):
    project = access.project_for(request.user, pk, to=May.PARK)
    act = Act(
        title=_("Put on hold"),
        lead=_("The project keeps its phase and rests until it is reviewed."),
        submit=_("Put on hold"),
        done=_("The project is on hold."),
    )
    return perform(request, project, act=act, form=HoldForm(request.POST or None), verb=rules.park)


@login_required
@require_http_methods(["GET", "POST"])
def resume(request, pk):
    project = access.project_for(request.user, pk, to=May.PARK)
    act = Act(
        title=_("Take off hold"),
        lead=_("The project goes on where it was."),
        submit=_("Take off hold"),
        done=_("The project goes on."),
    )
    form = ReasonForm(request.POST or None)
    return perform(request, project, act=act, form=form, verb=rules.resume)


@login_required
@require_http_methods(["GET", "POST"])
def stop(request, pk):
    project = access.project_for(request.user, pk, to=May.STOP)
    act = Act(
        title=_("Stop the project"),
        lead=_("It cannot be started again. Everything stays readable."),
        submit=_("Stop the project"),
        done=_("The project is stopped."),
    )
    form = ReasonForm(request.POST or None)
    return perform(request, project, act=act, form=form, verb=rules.stop)


@login_required
@require_http_methods(["GET", "POST"])
def new_round(request, pk):
    project = access.project_for(request.user, pk, to=May.QUALIFY)
    act = Act(
        title=_("Start a new round"),
        lead=_(
            "The project becomes an idea again, with its reference number and its history. "
            "The idea description comes along to be written on."
        ),
        submit=_("Start the new round"),
        done=_("A new round has begun."),
    )
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    return perform(request, project, act=act, form=form, verb=rules.start_new_round)


@login_required
@require_http_methods(["GET", "POST"])
def close(request, pk):
    project = access.project_for(request.user, pk, to=May.QUALIFY)
    act = Act(
        title=_("Close the project"),
        lead=_("It ends here for good. What was learnt stays readable for everyone."),
        submit=_("Close the project"),
        done=_("The project is closed."),
    )
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    return perform(request, project, act=act, form=form, verb=rules.close)
