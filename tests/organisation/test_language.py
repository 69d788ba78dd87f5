import pytest
from django.conf import settings
from django.urls import reverse

from sso_portal.organisation.roles import Role
from tests.factories import UnitFactory, person

pytestmark = pytest.mark.django_db
LANGUAGE = "/sprog/"


@pytest.fixture
def reader():
    return person(Role.EMPLOYEE, UnitFactory())


def language_of(client, url="account_login", **headers):
    return client.get(reverse(url), headers=headers).headers["Content-Language"]


def test_a_stranger_is_met_in_danish_whatever_the_browser_wishes(client):
    assert language_of(client, accept_language="en") == "da"


def test_a_choice_at_the_door_is_kept_by_the_browser(client):
    answer = client.post(LANGUAGE, {"language": "en", "next": "/accounts/login/"})

    assert answer.url == "/accounts/login/"
    assert language_of(client) == "en"
    client.cookies.pop(settings.SESSION_COOKIE_NAME)
    assert language_of(client) == "en"


def test_after_sign_in_the_persons_own_language_counts(as_, reader):
    reader.language = "en"
    reader.save()

    assert language_of(as_(reader), "organisation:account") == "en"


def test_a_choice_at_the_door_follows_one_in_for_this_visit(client, reader):
    reader.set_password("et langt kodeord")
    reader.save()
    client.post(LANGUAGE, {"language": "en"})

    client.post(
        reverse("account_login"), {"login": reader.username, "password": "et langt kodeord"}
    )

    assert language_of(client, "organisation:account") == "en"
    reader.refresh_from_db()
    assert reader.language == "da"


def test_a_choice_made_inside_becomes_the_persons_own(as_, reader):
    client = as_(reader)

    client.post(LANGUAGE, {"language": "en", "next": "/konto/"})

    reader.refresh_from_db()
    assert reader.language == "en"
    assert language_of(client, "organisation:account") == "en"


@pytest.mark.parametrize("wrong", ["sv", "", "../da"])
def test_a_language_we_do_not_speak_changes_nothing(as_, reader, wrong):
    client = as_(reader)

    assert client.post(LANGUAGE, {"language": wrong}).url == "/"
    assert language_of(client, "organisation:account") == "da"


@pytest.mark.parametrize("where", ["https://elsewhere.example/", "//elsewhere.example", ""])
def test_nobody_is_sent_out_of_the_portal(client, where):
    assert client.post(LANGUAGE, {"language": "en", "next": where}).url == "/"


def test_a_language_is_chosen_by_a_button_alone(client):
    assert client.get(LANGUAGE).status_code == 405


def test_error_pages_speak_the_readers_language(as_, reader):
    reader.language = "en"
    reader.save()

    answer = as_(reader).get("/findes-ikke/")

    assert answer.status_code == 404
    assert '<html lang="en">' in answer.content.decode()
