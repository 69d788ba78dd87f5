"""The front page, and the accessibility statement."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.views.decorators.http import require_GET, require_POST

from sso_portal.front import home as front
from sso_portal.front.welcomes import welcome_for
from sso_portal.shared import clock
from sso_portal.shared.htmx import redirect_to


@login_required
@require_GET
def home(request):
    """What waits for the reader, own ideas and projects, and what is new."""
    user = request.user
    context = {
        "welcome": welcome_for(user.main_role),
        "tasks": front.tasks_for(user),
        "ideas": front.ideas_of(user),
        "projects": front.projects_of(user),
        "news": front.news_for(user),
        "now": clock.now(),
    }
    return render(request, "front/home.html", context)


@login_required
@require_POST
def mark_read(request):
    """The news up to the moment the page was made has been read."""
    until = _moment(request.POST.get("until", "")) or clock.now()
    front.mark_read(request.user, until=until)
    return redirect_to(request, "front:home")


def _moment(text: str):
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and is_aware(moment) else None


@require_GET
def accessibility(request):
    return render(request, "front/accessibility.html")
