"""The municipality's door, against a real provider on this machine."""

import warnings
from urllib.parse import urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount

from sso_portal.organisation.models import User
from sso_portal.organisation.roles import Role
from tests.factories import UnitFactory, person

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
START = "/accounts/oidc/municipality/login/"


@pytest.fixture
def anna():
    return person(Role.MANAGER, UnitFactory(), username="anna", email="Anna@viborg.example")


@pytest.fixture
def provider(settings):
    """Opens the door, as the settings do when the environment names the provider."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import oidc_provider_mock as mock  # noqa: PLC0415 - it warns when it is imported

    with mock.run_server_in_thread() as server:
        url = f"http://localhost:{server.server_port}"
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {
                "OAUTH_PKCE_ENABLED": True,
                "APPS": [
                    {
                        "provider_id": "municipality",
                        "name": "Viborg Kommune",
                        "client_id": "portal",
                        "secret": "secret",
                        "settings": {"server_url": url},
                    }
                ],
            }
        }
        yield url


def knock(client, provider, sub, **claims):
    """Sign in at the provider as ``sub`` and come back with its answer."""
    requests.put(f"{provider}/users/{sub}", json=claims, timeout=5).raise_for_status()
    away = client.post(START)
    back = requests.post(away.url, data={"sub": sub}, allow_redirects=False, timeout=5)
    to = urlsplit(back.headers["Location"])
    return client.get(f"{to.path}?{to.query}")


def signed_in(client):
    answer = client.get("/konto/")
    return answer.context["user"] if answer.status_code == 200 else None


def test_a_verified_address_opens_the_account_that_is_there(client, provider, anna):
    knock(client, provider, "a1", email="anna@viborg.example", email_verified=True)

    assert signed_in(client) == anna
    assert SocialAccount.objects.get().uid == "a1"


def test_the_second_time_the_providers_own_key_is_enough(client, provider, anna):
    knock(client, provider, "a1", email="anna@viborg.example", email_verified=True)
    client.post("/accounts/logout/")

    knock(client, provider, "a1", email="anna.gift@viborg.example", email_verified=True)

    assert signed_in(client) == anna


@pytest.mark.parametrize("verified", [False, "false", None])
def test_an_address_nobody_answers_for_opens_nothing(client, provider, anna, verified):
    answer = knock(client, provider, "a1", email="anna@viborg.example", email_verified=verified)

    assert answer.status_code == 403
    assert signed_in(client) is None


def test_a_stranger_is_told_and_not_made_a_user(client, provider, anna):
    answer = knock(client, provider, "x", email="x@viborg.example", email_verified=True)

    assert answer.status_code == 403
    assert 'href="/accounts/login/"' in answer.content.decode()
    assert list(User.objects.all()) == [anna]
    assert not SocialAccount.objects.exists()


def test_an_address_that_two_share_opens_neither(client, provider, anna):
    person(Role.CHIEF, anna.unit, email="anna@viborg.example")

    knock(client, provider, "a1", email="anna@viborg.example", email_verified=True)

    assert signed_in(client) is None


def test_who_has_no_access_does_not_get_in_this_way_either(client, provider, anna):
    knock(client, provider, "a1", email="anna@viborg.example", email_verified=True)
    User.objects.update(is_active=False)

    answer = knock(client, provider, "a1", email="anna@viborg.example", email_verified=True)

    assert answer.url == "/accounts/inactive/"
    assert signed_in(client) is None


def test_a_user_name_counts_only_when_the_settings_say_so(client, provider, anna, settings):
    knock(client, provider, "a1", preferred_username="ANNA")
    assert signed_in(client) is None

    settings.OIDC_MATCH = "username"
    knock(client, provider, "a1", preferred_username="ANNA")
    assert signed_in(client) == anna


def test_no_other_sign_in_is_tied_to_ones_account(as_, provider, anna):
    client = as_(anna)
    away = client.post(f"{START}?process=connect")
    back = requests.post(away.url, data={"sub": "x"}, allow_redirects=False, timeout=5)
    to = urlsplit(back.headers["Location"])

    assert client.get(f"{to.path}?{to.query}").url == "/"
    assert not SocialAccount.objects.exists()


def test_the_door_is_on_the_sign_in_page(client, provider):
    page = client.get("/accounts/login/").content.decode()

    assert "Viborg Kommune" in page
    assert START in page


def test_without_settings_there_is_no_such_door(client):
    assert START not in client.get("/accounts/login/").content.decode()
    assert client.get(START).status_code == 404
