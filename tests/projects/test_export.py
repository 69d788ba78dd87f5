"""The list as a file: what is shown, safe to open, and able to come back."""

import csv
import io
from datetime import date, datetime

import pytest
from django.urls import reverse
from django.utils.translation import override
from openpyxl import load_workbook

from projects.models import FocusArea
from projects.phase_model import Phase, ProjectType, Standing
from sso_portal.organisation import waiting
from sso_portal.organisation.models import Waiting
from sso_portal.organisation.roles import Desk, Role
from tests.factories import ProjectFactory, person

URL = reverse("projects:export")


def exported(client, **query) -> list[dict]:
    response = client.get(URL, query)
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


@pytest.fixture
def project(office):
    project = ProjectFactory(
        title="=SUM(A1)",
        external_id="PF-1",
        type=ProjectType.OTHER,
        phase=Phase.TRIAL,
        standing=Standing.PARKED,
        on_hold_because="Udbud",
        review_on=date(2027, 1, 4),
        risk=3,
        unit=office.home,
        lead=person(Role.MANAGER, office.home, first_name="Åse", last_name="Øst"),
        touches_it=True,
        starts_on=date(2026, 12, 31),
        budget_kroner=1_250_000,
    )
    project.pools.add(office.care_pool, office.shared_pool)
    project.focus_areas.add(FocusArea.objects.create(number=1, name_da="Ét", name_en="One"))
    return project


def test_a_row_says_in_danish_what_the_project_is(as_, office, project):
    (row,) = exported(as_(office.digitek))

    with override("da"):
        expected = {
            "Projekt-ID": "PF-1",
            "Reference": project.reference,
            "Titel": "'=SUM(A1)",
            "Type": str(ProjectType.OTHER.label),
            "Fase": str(Phase.TRIAL.label),
            "Status": str(Standing.PARKED.label),
            "På hold fordi": "Udbud",
            "Tages op igen": "04-01-2027",
            "Enhed": "Plejecenter Nord",
            "Projektleder": "Åse Øst",
            "Fokusområder": "Ét",
            "Puljer": "Omsorg; Fællespulje",
            "Berører IT": "Ja",
            "Start": "31-12-2026",
            "Slut": "",
            "Forventet budget": "1250000",
        }
    assert expected.items() <= row.items()


def test_it_is_the_same_to_an_english_reader(as_, office, project):
    danish = exported(as_(office.digitek))
    office.digitek.language = "en"
    office.digitek.save()

    assert exported(as_(office.digitek)) == danish


def test_whom_it_waits_for_is_told(as_, office):
    project = ProjectFactory()
    since = datetime.fromisoformat("2026-03-01T12:00:00+01:00")
    waiting.begin(
        project, Waiting.Kind.DECIDE, desk=Desk.CHIEF, unit=office.care, since=since, link="/"
    )

    (row,) = exported(as_(office.digitek))

    assert row["Venter på"].endswith(", Omsorg")
    assert row["Venter siden"] == "01-03-2026"


def test_a_workbook_has_numbers_as_numbers_and_text_as_text(as_, office, project):
    response = as_(office.digitek).get(URL, {"format": "xlsx"})

    header, row = load_workbook(io.BytesIO(response.content)).active.iter_rows()
    cells = {name.value: cell for name, cell in zip(header, row, strict=True)}
    assert (cells["Titel"].value, cells["Titel"].data_type) == ("'=SUM(A1)", "s")
    assert cells["Titel"].number_format == "@"
    assert (cells["Forventet budget"].value, cells["Start"].value) == (
        1_250_000,
        datetime(2026, 12, 31),  # noqa: DTZ001
    )


def test_exactly_what_the_list_shows_is_exported(as_, office):
    ProjectFactory(title="b", phase=Phase.TRIAL)
    ProjectFactory(title="a", phase=Phase.TRIAL)
    ProjectFactory(title="idé")
    ProjectFactory(title="løsning", phase=Phase.TRIAL, type=ProjectType.WORKSHOP)
    ProjectFactory(title="stoppet", phase=Phase.TRIAL, standing=Standing.STOPPED)

    rows = exported(as_(office.digitek), phase="trial", sort="title")

    assert [row["Titel"] for row in rows] == ["a", "b"]


def test_everything_is_exported_not_a_page_of_it(as_, office):
    ProjectFactory.create_batch(51)

    assert len(exported(as_(office.digitek))) == 51


def test_what_one_may_not_know_of_is_not_exported(as_, office):
    ProjectFactory(unit=office.clinic)

    assert exported(as_(office.manager)) == []


def test_people_who_share_a_name_are_exported_by_their_user_names(as_, office):
    twins = [person(Role.MANAGER, office.home, first_name="Bo", last_name="To") for _ in range(2)]
    ProjectFactory(lead=twins[0])

    (row,) = exported(as_(office.digitek))

    assert row["Projektleder"] == twins[0].username


def test_an_unknown_format_is_csv(as_, office):
    response = as_(office.digitek).get(URL, {"format": "exe"})

    assert response["Content-Type"].startswith("text/csv")
    assert response["Content-Disposition"].endswith('.csv"')


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(as_, office, count, django_assert_num_queries):
    ProjectFactory.create_batch(count, lead=office.manager)
    client = as_(office.digitek)

    with django_assert_num_queries(13):
        exported(client)
