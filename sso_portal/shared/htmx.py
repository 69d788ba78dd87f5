"""Answers for htmx and for a browser without it, from the same view."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect


def wants_partial(request: HttpRequest) -> bool:
    """True when htmx will swap in a fragment (not when it restores history)."""
    return bool(request.htmx) and not request.htmx.history_restore_request


def render_page(
    request: HttpRequest,
    page: str,
    context: dict[str, Any],
    *,
    partial: str,
    status: int | None = None,
) -> HttpResponse:
    """The whole page, or its fragment alone when htmx asks; caches are told the difference."""
    template = partial if wants_partial(request) else page
    response = render(request, template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def redirect_to(request: HttpRequest, to: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    """Send the browser to another page: a model with an address, a URL name or a path.

    htmx is told to load it whole (HX-Redirect). Its HX-Location would ask as htmx does, be
    answered with a fragment, and leave title and focus behind.
    """
    if wants_partial(request):
        return HttpResponseClientRedirect(resolve_url(to, *args, **kwargs))
    return redirect(to, *args, **kwargs)
