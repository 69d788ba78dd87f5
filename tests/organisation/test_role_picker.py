import pytest
from django.urls import reverse

from sso_portal.organisation import role_picker
from sso_portal.organisation.models import User
from sso_portal.organisation.roles import Role
from tests.factories import UserFactory, person

PICKER = "/demo/rolle/"


@pytest.fixture
def nowhere(settings):
    settings.DEMO = False


def test_one_becomes_somebody_by_a_click(client, office):
    answer = client.post(PICKER, {"person": office.chief.pk})

    assert answer.url == reverse("front:home")
    assert client.get("/konto/").context["user"] == office.chief


def test_one_becomes_somebody_else_and_keeps_the_language_chosen(client, office):
    client.post("/sprog/", {"language": "en"})
    client.post(PICKER, {"person": office.chief.pk})
    client.post(PICKER, {"person": office.manager.pk})

    page = client.get("/konto/")
    assert page.context["user"] == office.manager
    assert page.headers["Content-Language"] == "en"


def test_a_look_signs_nobody_in(client, office):
    client.get(PICKER, {"person": office.chief.pk})

    assert client.get("/konto/").status_code == 302


@pytest.mark.parametrize("wrong", ["", "x", "-1", "0", "٣"])
def test_nobody_becomes_nobody(client, office, wrong):
    assert client.post(PICKER, {"person": wrong}).status_code == 404


def test_one_cannot_become_who_has_no_role_no_access_or_all_power(client, office):
    roleless = UserFactory()
    gone = person(Role.MANAGER, office.home, is_active=False)
    mighty = person(Role.ADMIN, office.top, is_superuser=True)

    for somebody in (roleless, gone, mighty):
        assert client.post(PICKER, {"person": somebody.pk}).status_code == 404
        assert str(somebody) not in client.get(PICKER).content.decode()


@pytest.mark.usefixtures("nowhere")
def test_outside_the_demo_there_is_no_picker(client, office):
    assert client.get(PICKER).status_code == 404
    assert client.post(PICKER, {"person": office.chief.pk}).status_code == 404
    assert PICKER not in client.get(reverse("account_login")).content.decode()


def test_the_sign_in_page_of_the_demo_points_to_the_picker(client, db):
    assert PICKER in client.get(reverse("account_login")).content.decode()


def test_everybody_stands_under_the_foremost_role(office):
    both = person(Role.EMPLOYEE, office.home)
    both.assignments.create(role=Role.MANAGER, unit=office.home)

    parts = {part.role: part.people for part in role_picker.parts()}

    assert set(parts) == set(Role)
    assert both in parts[Role.MANAGER]
    assert both not in parts[Role.EMPLOYEE]


def test_many_of_one_role_are_folded(client, office):
    crowd = [person(Role.MANAGER, office.home) for _ in range(4)]

    page = client.get(PICKER).content.decode()

    assert "<details" in page
    assert all(str(somebody) in page for somebody in crowd)


def test_a_demo_without_people_says_so(client, db):
    assert 'class="empty' in client.get(PICKER).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(client, office, count, django_assert_num_queries):
    User.objects.exclude(pk=office.chief.pk).update(is_active=False)
    for _ in range(count):
        person(Role.MANAGER, office.home)

    with django_assert_num_queries(2):
        client.get(PICKER)
