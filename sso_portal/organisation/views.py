"""The reader's own things: language, account; and the demo's choice of whom to be."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sso_portal.organisation import language as languages
from sso_portal.organisation import role_picker as picker


@require_POST
def language(request):
    """Take up a language and go back to where the reader was."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    response = redirect(back)
    if (code := request.POST.get("language")) in dict(settings.LANGUAGES):
        languages.choose(request, response, code)
    return response


@login_required
@require_GET
def account(request):
    """What the portal knows of the reader: name, unit, roles, and the ways to sign in."""
    roles = request.user.assignments.select_related("unit").order_by("unit__path", "role")
    return render(request, "organisation/account.html", {"roles": roles})


@login_required
@require_GET
def no_password(request):
    """Who signs in through the municipality keeps no password here."""
    messages.info(request, _("You sign in through the municipality and have no password here."))
    return redirect("organisation:account")


@require_http_methods(["GET", "POST"])
def role_picker(request):
    """Only in the demo: become somebody by a click."""
    if not settings.DEMO:
        raise Http404
    if request.method == "POST":
        person = get_object_or_404(picker.people(), pk=_number(request.POST.get("person")))
        chosen = request.session.get(languages.SESSION_KEY)
        login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
        if chosen:
            request.session[languages.SESSION_KEY] = chosen
        return redirect("front:home")
    return render(request, "organisation/role_picker.html", {"parts": picker.parts()})


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0
