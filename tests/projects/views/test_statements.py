"""Asking IT & Digitalisering, and its statement."""

import pytest
from django.urls import reverse

from projects import statements
from projects.models import Project, Statement
from projects.phase_model import Phase
from tests.factories import at_gate, in_phase


@pytest.fixture
def project(office, english):
    project = at_gate(2, giver=office.manager, digitek=office.digitek, unit=office.home)
    Project.objects.update(touches_it=True)
    return Project.objects.get(pk=project.pk)


@pytest.fixture
def asked(office, project):
    return statements.ask(project, by=office.digitek, question="Er MitID i orden?")


def url(name, pk):
    return reverse(f"projects:{name}", args=[pk])


def test_asking(as_, office, project):
    client = as_(office.digitek)
    text = client.get(url("ask_statement", project.pk)).content.decode()

    response = client.post(url("ask_statement", project.pk), {"question": "Er MitID i orden?"})

    assert "Statement from IT" in text
    assert response.url == project.get_absolute_url()
    assert Statement.objects.get().question == "Er MitID i orden?"


def test_where_none_is_needed_the_page_says_so(as_, office, english):
    project = in_phase(
        Phase.INVESTIGATION, giver=office.manager, digitek=office.digitek, unit=office.home
    )
    client = as_(office.digitek)

    text = client.get(url("ask_statement", project.pk)).content.decode()
    response = client.post(url("ask_statement", project.pk), {"question": "Hvad siger I?"})

    assert "No statement is needed here" in text
    assert response.context["form"].non_field_errors()


def test_it_reads_the_documents_and_gives_the_statement(as_, office, asked):
    client = as_(office.it)
    text = client.get(url("statement", asked.pk)).content.decode()
    assert "Om solution" in text
    assert "Er MitID i orden?" in text

    response = client.post(
        url("statement", asked.pk), {"conclusion": "conditions", "security": "Log alt"}
    )

    assert response.url == asked.get_absolute_url()
    text = client.get(response.url).content.decode()
    assert "Log alt" in text
    assert "<textarea" not in text


def test_a_condition_without_words_is_refused_and_nothing_is_lost(as_, office, asked):
    response = as_(office.it).post(url("statement", asked.pk), {"conclusion": "against"})

    assert response.context["form"].non_field_errors()
    chosen = response.content.decode().split('value="against"')[1].split(">")[0]
    assert "checked" in chosen


def test_who_comes_second_keeps_the_text(as_, office, asked):
    statements.give(asked, by=office.it, conclusion="fine")

    response = as_(office.it).post(
        url("statement", asked.pk), {"conclusion": "against", "security": "Jeg siger nej"}
    )

    assert str(office.it) in response.context["form"].non_field_errors()[0]
    assert "Jeg siger nej" in response.content.decode()


def test_others_read_it_and_do_not_give_it(as_, office, asked):
    client = as_(office.employee)

    response = client.get(url("statement", asked.pk))
    refused = client.post(url("statement", asked.pk), {"conclusion": "fine"})

    assert response.context["form"] is None
    assert refused.status_code == 403
