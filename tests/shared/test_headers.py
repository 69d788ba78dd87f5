"""Every answer is guarded, also the ones that no view gave."""

import pytest
from django.test import Client
from django.urls import path

from sso_portal import urls

POLICY = "default-src 'none'"


def refuse(request):
    raise ZeroDivisionError


urlpatterns = [path("fejl/", refuse), *urls.urlpatterns]


@pytest.fixture
def strangers(settings):
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("address", "status", "headers"),
    [
        ("/findes-ikke/", 404, {}),
        ("/fejl/", 500, {}),
        ("/findes-ikke/", 400, {"host": "elsewhere.example"}),
        ("/static/css/portal.css", 200, {}),
    ],
)
@pytest.mark.django_db
def test_error_pages_and_files_carry_the_headers(strangers, address, status, headers):
    response = strangers.get(address, headers=headers)

    assert response.status_code == status
    policy = response.headers["Content-Security-Policy"]
    assert POLICY in policy
    assert "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response.headers["Permissions-Policy"]
    response.close()


def test_a_form_from_elsewhere_is_refused_with_the_headers():
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "x"})

    assert response.status_code == 403
    assert POLICY in response.headers["Content-Security-Policy"]
    assert b"style=" not in response.content
