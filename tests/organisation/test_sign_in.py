import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.cache import cache
from django.urls import get_resolver, reverse

from sso_portal.organisation.roles import Role
from sso_portal.shared.models import OutgoingMail
from tests.factories import UnitFactory, person

pytestmark = pytest.mark.django_db
PASSWORD = "et langt kodeord"
LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def anna():
    anna = person(Role.MANAGER, UnitFactory(), username="anna", email="anna@viborg.example")
    anna.set_password(PASSWORD)
    anna.save()
    return anna


def sign_in(client, login, password=PASSWORD, **more):
    return client.post(LOGIN, {"login": login, "password": password, **more})


@pytest.mark.parametrize("login", ["anna", "anna@viborg.example", "ANNA@viborg.example"])
def test_one_signs_in_with_user_name_or_address(client, anna, login):
    assert sign_in(client, login).url == "/"
    assert client.get("/konto/").status_code == 200


def test_one_comes_to_the_page_one_asked_for(client, anna):
    assert client.get("/konto/").url == f"{LOGIN}?next=/konto/"
    assert sign_in(client, "anna", next="/konto/").url == "/konto/"


def test_nobody_is_sent_out_of_the_portal(client, anna):
    assert sign_in(client, "anna", next="https://elsewhere.example/").url == "/"


@pytest.mark.parametrize("login", ["anna", "nobody", "nobody@viborg.example"])
def test_a_wrong_password_and_an_unknown_name_are_answered_alike(client, anna, login):
    answer = sign_in(client, login, "forkert kodeord")

    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()
    assert f'value="{login}"' in answer.content.decode()


def test_many_wrong_passwords_are_stopped(client, anna):
    for _ in range(6):
        sign_in(client, "anna", "forkert kodeord")

    assert client.get("/konto/").status_code == 302
    answer = sign_in(client, "anna")
    assert answer.status_code in (200, 429)
    assert client.get("/konto/").status_code == 302


def test_who_has_no_access_does_not_get_in(client, anna):
    anna.is_active = False
    anna.save()

    sign_in(client, "anna")

    assert client.get("/konto/").status_code == 302


def test_deactivation_ends_the_visit_at_once(client, anna):
    sign_in(client, "anna")
    anna.is_active = False
    anna.save()

    assert client.get("/konto/").status_code == 302


def test_one_signs_out_by_a_button(client, anna):
    sign_in(client, "anna")

    assert client.get("/accounts/logout/").status_code == 200
    assert client.get("/konto/").status_code == 200
    assert client.post("/accounts/logout/").url == LOGIN
    assert client.get("/konto/").status_code == 302


@pytest.mark.parametrize(
    "path",
    ["signup/", "email/", "confirm-email/", "3rdparty/", "3rdparty/signup/", "social/signup/"],
)
def test_what_makes_no_sense_here_does_not_exist(client, anna, path):
    sign_in(client, "anna")

    assert client.get(f"/accounts/{path}").status_code == 404
    assert client.post(f"/accounts/{path}").status_code == 404


# The password


def test_one_changes_ones_password_and_stays(client, anna):
    sign_in(client, "anna")
    new = {"oldpassword": PASSWORD, "password1": "nyt og langt kodeord"}

    answer = client.post("/accounts/password/change/", {**new, "password2": "nyt og langt kodeord"})

    assert answer.url == "/konto/"
    assert client.get("/konto/").status_code == 200
    anna.refresh_from_db()
    assert anna.check_password("nyt og langt kodeord")


def test_a_password_is_long(client, anna):
    sign_in(client, "anna")
    new = {"oldpassword": PASSWORD, "password1": "kort", "password2": "kort"}

    answer = client.post("/accounts/password/change/", new)

    assert answer.context["form"].errors["password1"]


def test_a_forgotten_password_is_chosen_anew_by_a_link(client, anna):
    client.post("/accounts/password/reset/", {"email": anna.email})
    letter = OutgoingMail.objects.get(recipient=anna)
    link = re.search(r"http://localhost:\d+(/\S+)", letter.text)[1]

    form = client.get(link, follow=True)
    action = form.redirect_chain[-1][0]
    new = {"password1": "nyt og langt kodeord", "password2": "nyt og langt kodeord"}
    assert client.post(action, new).url == "/accounts/password/reset/key/done/"

    assert sign_in(client, "anna", "nyt og langt kodeord").url == "/"
    assert client.get(link).context["token_fail"]
    assert mail.outbox == []


def test_the_link_is_at_the_portals_own_address(client, anna, settings):
    settings.ALLOWED_HOSTS = ["*"]

    client.post(
        "/accounts/password/reset/", {"email": anna.email}, headers={"host": "evil.example"}
    )

    assert "evil.example" not in OutgoingMail.objects.get().text


@pytest.mark.parametrize("reason", ["unknown", "inactive", "without a password"])
def test_who_has_no_password_here_gets_no_link_and_nobody_learns_of_it(client, anna, reason):
    address = "nobody@viborg.example" if reason == "unknown" else anna.email
    if reason == "inactive":
        anna.is_active = False
    if reason == "without a password":
        anna.set_unusable_password()
    anna.save()

    answer = client.post("/accounts/password/reset/", {"email": address})

    assert answer.url == "/accounts/password/reset/done/"
    assert not OutgoingMail.objects.exists()


def test_who_signs_in_elsewhere_has_no_password_to_change(as_, anna):
    anna.set_unusable_password()
    anna.save()
    client = as_(anna)

    answer = client.get("/accounts/password/change/", follow=True)

    assert answer.redirect_chain[-1][0] == "/konto/"
    assert "/accounts/password/change/" not in answer.content.decode().split("<main")[1]


# The second factor


def code_now(secret):
    counter = next(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counter))


def test_an_app_is_taken_into_use_and_asked_for(client, anna):
    sign_in(client, "anna")
    activate = reverse("mfa_activate_totp")
    assert client.get(activate).url.startswith("/accounts/reauthenticate/")
    client.post(f"/accounts/reauthenticate/?next={activate}", {"password": PASSWORD})
    page = client.get(activate)
    assert "data:" in page.headers["Content-Security-Policy"]

    answer = client.post(activate, {"code": code_now(page.context["form"].secret)})

    assert answer.url == "/accounts/2fa/codes/"
    assert client.get(answer.url).context["unused_codes"]
    client.post("/accounts/logout/")
    assert sign_in(client, "anna").url == "/accounts/2fa/authenticate/"
    assert client.get("/konto/").status_code == 302


def test_a_recovery_code_opens_once(client, anna):
    TOTP.activate(anna, "A" * 32)
    code = RecoveryCodes.activate(anna).get_unused_codes()[0]

    for opens in (True, False):
        sign_in(client, "anna")
        client.post("/accounts/2fa/authenticate/", {"code": code})
        assert (client.get("/konto/").status_code == 200) is opens
        client.post("/accounts/logout/")

    assert Authenticator.objects.filter(user=anna).count() == 2


ENTRANCE = ["account_login", "account_inactive", "account_reset_password", "mfa_authenticate"]
ENTRANCE += ["account_reset_password_done", "account_reset_password_from_key_done"]
ENTRANCE += ["socialaccount_login_cancelled"]


@pytest.mark.parametrize("name", ENTRANCE)
def test_the_pages_before_sign_in_are_ours(client, name):
    answer = client.get(reverse(name), follow=True)

    assert answer.status_code == 200
    assert "portal.css" in answer.content.decode()


def test_a_sign_in_that_failed_elsewhere_is_explained(client):
    answer = client.get(reverse("socialaccount_login_error"))

    assert answer.status_code == 401
    assert "portal.css" in answer.content.decode()


MINE = ["organisation:account", "account_change_password", "mfa_index", "account_logout"]
MINE += ["account_reauthenticate"]


@pytest.mark.parametrize("name", MINE)
def test_the_pages_of_the_account_are_ours(as_, anna, name):
    answer = as_(anna).get(reverse(name))

    assert answer.status_code == 200
    assert "portal.css" in answer.content.decode()


def test_of_the_librarys_pages_only_those_chosen_exist():
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}

    assert "account_signup" not in names
    assert "account_email" not in names
    assert "socialaccount_connections" not in names
