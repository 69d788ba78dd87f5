"""Which language a reader gets: chosen in this visit, else the person's own, else the browser's
last choice, else Danish.

The browser's own wishes are not asked: many Danes run it in English.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

SESSION_KEY = "language"
A_YEAR = 365 * 24 * 60 * 60


def of(request: HttpRequest) -> str:
    """The language to answer the request in."""
    wishes = [
        request.session.get(SESSION_KEY),
        getattr(request.user, "language", None),
        request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME),
    ]
    codes = dict(settings.LANGUAGES)
    return next((code for code in wishes if code in codes), settings.LANGUAGE_CODE)


def choose(request: HttpRequest, response: HttpResponse, code: str) -> None:
    """Keep the choice: for this visit, in the browser, and as the person's own."""
    request.session[SESSION_KEY] = code
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=A_YEAR,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    if request.user.is_authenticated and request.user.language != code:
        request.user.language = code
        request.user.save(update_fields=["language"])


def speak(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """The middleware. The language stays on, for an answer that is streamed is written later."""

    def middleware(request: HttpRequest) -> HttpResponse:
        translation.activate(of(request))
        request.LANGUAGE_CODE = translation.get_language()
        response = get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language())
        return response

    return middleware
