"""The page of the portfolio."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from projects.models import Project
from projects.phase_model import Phase
from sso_portal.organisation import waiting
from sso_portal.organisation.models import Waiting
from sso_portal.organisation.roles import Desk
from tests.factories import ProjectFactory

URL = reverse("projects:portfolio")


def test_the_list_shows_what_one_needs_to_know(as_, office):
    project = ProjectFactory(
        title="Sårpleje <med> skærm", unit=office.home, risk=3, lead=office.manager,
        budget_kroner=1_250_000, phase=Phase.TRIAL,
    )  # fmt: skip
    waiting.begin(project, Waiting.Kind.DECIDE, desk=Desk.CHIEF, unit=office.care, link="/")

    page = as_(office.employee).get(URL).content.decode()

    assert "Sårpleje &lt;med&gt; skærm" in page
    for text in (project.reference, "Plejecenter Nord", "1.250.000", str(office.manager)):
        assert text in page
    assert f"{waiting_desk()}, Omsorg" in page
    assert project.get_absolute_url() in page


def waiting_desk() -> str:
    return str(Desk.CHIEF.label)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("who", ["digitek", "employee"])
def test_the_number_of_queries_does_not_grow(as_, office, count, who, django_assert_num_queries):
    ContentType.objects.get_for_model(Project)
    for project in ProjectFactory.create_batch(count, unit=office.home, lead=office.manager):
        waiting.begin(project, Waiting.Kind.DECIDE, desk=Desk.CHIEF, unit=office.care, link="/")
        waiting.begin(project, Waiting.Kind.REWORK, user=office.manager, link="/")
    client = as_(getattr(office, who))

    with django_assert_num_queries(7):
        response = client.get(URL)

    assert len(response.context["lines"]) == count


def test_htmx_gets_the_rows_alone(as_, office):
    ProjectFactory(title="Projekt")

    response = as_(office.digitek).get(URL, headers={"HX-Request": "true"})

    assert "Projekt" in response.content.decode()
    assert "<html" not in response.content.decode()
    assert "HX-Request" in response.headers["Vary"]


def test_an_empty_answer_says_so_and_offers_a_way_out(as_, office):
    response = as_(office.digitek).get(URL, {"q": "findes ikke"})

    assert response.context["lines"] == []
    assert f'href="{URL}"' in response.content.decode()


def test_fifty_stand_on_a_page_and_a_page_too_far_is_the_last(as_, office):
    ProjectFactory.create_batch(51)
    client = as_(office.digitek)

    assert len(client.get(URL).context["lines"]) == 50
    for number in ("2", "99"):
        assert len(client.get(URL, {"page": number}).context["lines"]) == 1
    assert len(client.get(URL, {"page": "x"}).context["lines"]) == 50


def test_filters_survive_paging_and_sorting(as_, office):
    ProjectFactory.create_batch(51, phase=Phase.TRIAL)

    page = as_(office.digitek).get(URL, {"phase": "trial", "sort": "title"}).content.decode()

    assert "?phase=trial&amp;sort=title&amp;page=2" in page
    assert "?phase=trial&amp;sort=-title" in page


def test_what_is_not_understood_is_said_on_the_page(as_, office):
    ProjectFactory(title="Projekt")

    page = as_(office.digitek).get(URL, {"phase": "<b>", "page": "-1"}).content.decode()

    assert "&lt;b&gt;" in page
    assert "Projekt" in page


@pytest.mark.parametrize(
    ("who", "seen"), [("digitek", 2), ("chief", 2), ("manager", 1), ("other_manager", 2)]
)
def test_one_sees_what_one_may_know_of(as_, office, who, seen):
    ProjectFactory(unit=office.clinic)
    ProjectFactory(unit=office.clinic, phase=Phase.TRIAL)

    assert len(as_(getattr(office, who)).get(URL).context["lines"]) == seen


def test_a_stranger_is_asked_to_sign_in(client, db):
    assert client.get(URL).status_code == 302
    assert client.post(URL).status_code in (302, 405)
