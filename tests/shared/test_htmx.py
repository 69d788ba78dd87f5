"""One view serves page and fragment, and caches can tell them apart."""

import pytest
from django.template import engines
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from sso_portal.shared import htmx

FROM_HTMX = {"HTTP_HX_REQUEST": "true"}
RESTORING = {**FROM_HTMX, "HTTP_HX_HISTORY_RESTORE_REQUEST": "true"}


def asked(**headers):
    request = RequestFactory().get("/projekter/", **headers)
    request.htmx = HtmxDetails(request)
    return request


@pytest.fixture(autouse=True)
def _two_templates(monkeypatch):
    words = {"page.html": "the page for {{ who }}", "_rows.html": "the rows for {{ who }}"}
    engine = engines["django"]
    monkeypatch.setattr(
        "django.template.loader.get_template",
        lambda name, using=None: engine.from_string(words[name]),
    )


def shown(request, **kwargs):
    return htmx.render_page(request, "page.html", {"who": "Mette"}, partial="_rows.html", **kwargs)


def test_a_browser_gets_the_whole_page():
    assert b"the page for Mette" in shown(asked()).content


def test_htmx_gets_the_fragment_alone():
    assert shown(asked(**FROM_HTMX)).content == b"the rows for Mette"


def test_history_is_restored_with_the_whole_page():
    assert b"the page for Mette" in shown(asked(**RESTORING)).content


@pytest.mark.parametrize("headers", [{}, FROM_HTMX])
def test_caches_keep_page_and_fragment_apart(headers):
    assert "HX-Request" in shown(asked(**headers))["Vary"]


def test_a_refused_form_may_carry_its_status():
    assert shown(asked(), status=409).status_code == 409


def test_a_browser_is_redirected():
    answer = htmx.redirect_to(asked(), "/projekter/1/")

    assert (answer.status_code, answer["Location"]) == (302, "/projekter/1/")


def test_htmx_is_told_to_load_the_other_page_whole():
    answer = htmx.redirect_to(asked(**FROM_HTMX), "/projekter/1/")

    assert (answer.status_code, answer["HX-Redirect"]) == (200, "/projekter/1/")
    assert "Location" not in answer
