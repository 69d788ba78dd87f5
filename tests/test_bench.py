"""The benchmark's portfolio can still be made, and its pages still answer."""

import pytest
from django.test import override_settings

from tests.bench import plain, seed
from tests.bench.__main__ import minimal, pages, signed_in


@pytest.fixture
def people(db):
    return seed.fill(40)


def test_every_page_that_is_measured_answers(people):
    client = signed_in(people.digitek)

    answers = {name: client.get(url).status_code for name, url in pages(people.project).items()}

    assert set(answers.values()) == {200}


@override_settings(ROOT_URLCONF=plain.__name__)
def test_the_minimal_page_has_rows_and_the_middleware_of_a_new_project_alone(people):
    response = minimal(people.digitek).get("/plain/")

    assert response.content.count(b"<tr>") > 10
    assert "Content-Security-Policy" not in response.headers
