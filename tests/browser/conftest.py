"""A real browser on the live portal. Any script error, CSP violation or failed request fails."""

import os
import shutil
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from tests.browser.visitor import WIDE, Visitor

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()
# The portal's own answers to what is refused; the browser writes them to its console too.
REFUSALS = (400, 403, 404, 409, 429)
# Refusals are judged by their status; htmx also tells when a newer question replaces an older.
HARMLESS = ("Failed to load resource", "htmx:afterRequest", "htmx:sendAbort")

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's driver runs a loop of its own


def pytest_collection_modifyitems(items):
    here = os.path.dirname(__file__)
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM and not os.environ.get("CI"):
                item.add_marker(pytest.mark.skip(reason="no chromium on this machine"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    own = {"viewport": WIDE, "locale": "da-DK", "reduced_motion": "reduce"}
    return {**browser_context_args, **own}


@pytest.fixture
def window(new_context, live_server, transactional_db):
    """Opens a browser of its own: ``window(user)``, signed in, or ``window()``, as a stranger.

    What goes wrong in any of them fails the test at its end.
    """
    wrong = []

    def open_window(user=None, *, size=WIDE, **how):
        page = new_context(**how).new_page()
        page.set_viewport_size(size)
        page.set_default_timeout(10_000)
        _watch(page, wrong)
        visitor = Visitor(page, live_server.url)
        if user:
            sign_in(visitor, user)
        return visitor

    yield open_window
    assert not wrong, "\n".join(wrong)


@pytest.fixture
def portal(window):
    """One browser that passes from hand to hand: ``portal(user)`` is a visitor signed in."""
    opened, seated = [], []

    def sit_down(user):
        if not opened:
            opened.append(window())
        if seated != [user]:  # who stays seated keeps the page, and may send its form
            sign_in(opened[0], user)
            seated[:] = [user]
        return opened[0]

    return sit_down


def sign_in(visitor: Visitor, user) -> None:
    """As the sign-in page would, without its password."""
    visitor.page.context.clear_cookies()
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key}
    visitor.page.context.add_cookies([cookie | {"url": visitor.address}])


def _watch(page, wrong: list[str]) -> None:
    """Remember every script error, every refused resource and every answer that is a crash."""

    def heard(said):
        if said.type == "error" and not said.text.startswith(HARMLESS):
            wrong.append(said.text)

    def answered(response):
        path = urlsplit(response.url).path
        if response.status >= 500:
            wrong.append(f"{response.status} {path}")
        elif response.status >= 400:
            by_us = response.request.resource_type in ("document", "xhr", "fetch")
            if not (by_us and response.status in REFUSALS):
                wrong.append(f"{response.status} {path}")

    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", heard)
    page.on("response", answered)
