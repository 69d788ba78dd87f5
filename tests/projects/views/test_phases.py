"""The small acts on a project: a page, a reason, and back to the project."""

from datetime import timedelta

import pytest
from django.urls import reverse

from projects import intake, phases
from projects.models import Project
from projects.phase_model import Phase, ProjectType, Standing
from sso_portal.shared import clock
from tests.factories import a_sent_idea, in_phase
from tests.factories.projects import write


def url(name, project):
    return reverse(f"projects:{name}", args=[project.pk])


def stored(project) -> Project:
    return Project.objects.get(pk=project.pk)


def ahead() -> str:
    return (clock.today() + timedelta(days=40)).isoformat()


@pytest.fixture
def must_do(office):
    idea = a_sent_idea(by=office.manager, unit=office.home)
    return intake.qualify(
        idea,
        by=office.digitek,
        type=ProjectType.MUST_DO,
        touches_it=False,
        digitek_contact=office.digitek,
    )


@pytest.fixture
def rethink(office):
    project = in_phase(
        Phase.RETHINK, giver=office.manager, digitek=office.digitek, unit=office.home
    )
    write(project, "lessons", by=office.digitek)
    return stored(project)


def test_moving_offers_the_other_phases(as_, office, must_do):
    client = as_(office.digitek)

    form = client.get(url("move", must_do)).context["form"]
    response = client.post(url("move", must_do), {"to": "trial", "reason": "Loven gælder nu"})

    assert [value for value, _ in form.fields["to"].choices] == [
        "investigation",
        "trial",
        "operation",
        "rethink",
    ]
    assert response.url == must_do.get_absolute_url()
    assert stored(must_do).phase == Phase.TRIAL


def test_moving_without_a_reason_keeps_the_choice(as_, office, must_do):
    response = as_(office.digitek).post(url("move", must_do), {"to": "trial"})

    assert list(response.context["form"].errors) == ["reason"]
    chosen = response.content.decode().split('value="trial"')[1].split(">")[0]
    assert "checked" in chosen


def test_on_hold_and_off_again(as_, office, must_do):
    client = as_(office.digitek)

    client.post(url("park", must_do), {"reason": "Vi venter", "review_on": ahead()})
    assert stored(must_do).is_parked

    client.post(url("resume", must_do), {"reason": "Nu går det"})
    assert stored(must_do).is_active


def test_a_review_behind_us_is_refused_beside_the_day(as_, office, must_do):
    sent = {"reason": "Vi venter", "review_on": "2020-01-01"}

    response = as_(office.digitek).post(url("park", must_do), sent)

    assert list(response.context["form"].errors) == ["review_on"]
    assert "Vi venter</textarea>" in response.content.decode()


def test_a_double_click_on_hold_is_refused_in_words(as_, office, must_do):
    client = as_(office.digitek)
    sent = {"reason": "Vi venter", "review_on": ahead()}

    responses = [client.post(url("park", must_do), sent) for _ in range(2)]

    assert responses[0].status_code == 302
    assert responses[1].context["form"].non_field_errors()


def test_stopping(as_, office, must_do):
    client = as_(office.digitek)
    assert client.get(url("stop", must_do)).status_code == 200

    client.post(url("stop", must_do), {"reason": "Loven er trukket tilbage"})

    assert stored(must_do).standing == Standing.STOPPED
    assert client.get(url("stop", must_do)).status_code == 403


@pytest.mark.parametrize(
    ("name", "check"),
    [
        ("new_round", lambda project: (project.round, project.phase) == (2, Phase.IDEA)),
        ("close", lambda project: project.standing == Standing.CLOSED),
    ],
)
def test_leaving_rethink_is_one_button(as_, office, rethink, name, check):
    client = as_(office.digitek)
    assert client.get(url(name, rethink)).status_code == 200
    assert not check(stored(rethink))

    response = client.post(url(name, rethink))

    assert response.url == rethink.get_absolute_url()
    assert check(stored(rethink))


def test_what_was_learnt_is_asked_for_in_words(as_, office):
    project = in_phase(
        Phase.RETHINK, giver=office.manager, digitek=office.digitek, unit=office.home
    )

    response = as_(office.digitek).post(url("close", project))

    assert response.context["form"].non_field_errors()


@pytest.mark.parametrize("name", ["move", "park", "resume", "stop", "new_round", "close"])
def test_others_are_turned_away(as_, office, must_do, name):
    phases.move(must_do, by=office.digitek, to=Phase.TRIAL, reason="Nu")

    assert as_(office.chief).get(url(name, must_do)).status_code == 403
