"""A list on its way in: every error by row and column, all or nothing, and never twice."""

import io
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override
from openpyxl import load_workbook

from projects.models import FocusArea, Project, SpreadsheetImport
from projects.phase_model import Phase, Priority, ProjectType, Standing
from projects.resources import imports, template
from projects.resources.imports import ImportRefused
from sso_portal.organisation.models import Unit
from sso_portal.organisation.roles import Role
from sso_portal.shared.models import Event
from sso_portal.shared.sheets.writing import Sheet, csv_parts, workbook
from tests.factories import ProjectFactory, awaiting, person

IMPORTS = reverse("projects:imports")
START = {"Projekt-ID": "PF-1", "Titel": "Skærmbesøg", "Enhed": "Plejecenter Nord"}


@pytest.fixture
def english():
    with override("en"):
        yield


def receive(office, *rows: dict) -> SpreadsheetImport:
    """A list that has been uploaded: each row named by its columns, as CSV when all is text."""
    header = list(dict.fromkeys(name for row in rows for name in row))
    cells = [[row.get(name) for name in header] for row in rows]
    if all(isinstance(cell, str | None) for row in cells for cell in row):
        name, content = "liste.csv", "".join(csv_parts(header, cells)).encode()
    else:
        name, content = "liste.xlsx", workbook(Sheet("Projekter", header, cells))
    return imports.receive(name, content, form_key=uuid4(), by=office.digitek)


def carried_out(office, *rows: dict) -> dict:
    sheet = receive(office, *rows)
    seen = imports.look(sheet).fingerprint
    return imports.carry_out(sheet, by=office.digitek, seen=seen).result


def errors(office, *rows: dict) -> list[tuple]:
    look = imports.look(receive(office, *rows))
    return [
        (each.number, column, words)
        for each in look.wrong
        for column, words in each.errors_by_column
    ]


# --- reading cells ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "cell", "name", "value"),
    [
        ("Forventet budget", "1.250.000", "budget_kroner", 1_250_000),
        ("Forventet budget", "1250000", "budget_kroner", 1_250_000),
        ("Forventet budget", "1.250.000 kr.", "budget_kroner", 1_250_000),
        ("Forventet budget", "1.250.000,00", "budget_kroner", 1_250_000),
        ("Forventet budget", 1_250_000, "budget_kroner", 1_250_000),
        ("Gange pr. år", 12.0, "times_a_year", 12),
        ("Start", "31-12-2026", "starts_on", date(2026, 12, 31)),
        ("Start", "2026-12-31", "starts_on", date(2026, 12, 31)),
        ("Start", "31.12.2026", "starts_on", date(2026, 12, 31)),
        ("Start", date(2026, 12, 31), "starts_on", date(2026, 12, 31)),
        ("Fase", "trial", "phase", Phase.TRIAL),
        ("Fase", " TRIAL ", "phase", Phase.TRIAL),
        ("Risiko", 3, "risk", 3),
        ("Risiko", "", "risk", None),
        ("Berører IT", "ja", "touches_it", True),
        ("Berører IT", "Nej", "touches_it", False),
        ("Berører IT", "", "touches_it", None),
        ("Titel", "=SUM(A1)", "title", "=SUM(A1)"),
        ("Titel", "'t er nyt", "title", "'t er nyt"),
        ("Titel", 2027, "title", "2027"),
        ("Projekt-ID", 1042, "external_id", "1042"),
        ("Enhed", "plejecenter  nord", "unit_id", None),
    ],
)
def test_cells_are_understood_as_people_write_them(office, column, cell, name, value):
    carried_out(office, START | {column: cell})

    project = Project.objects.get()
    assert getattr(project, name) == (office.home.pk if name == "unit_id" else value)


def test_one_apostrophe_is_taken_off_what_was_neutralised_and_nothing_else(office):
    rows = b"Projekt-ID;titel ;ENHED\n1;'=x;Omsorg\n2;''=x;Omsorg\n3;'t er;Omsorg\n"
    sheet = imports.receive("x.csv", rows, form_key=uuid4(), by=office.digitek)

    imports.carry_out(sheet, by=office.digitek, seen=imports.look(sheet).fingerprint)

    assert [project.title for project in Project.objects.all()] == ["=x", "'=x", "'t er"]


def test_danish_labels_are_understood(office):
    with override("da"):
        row = {
            "Type": str(ProjectType.OTHER.label),
            "Fase": str(Phase.INVESTIGATION.label),
            "Prioritet": str(Priority.HIGH.label),
            "Risiko": str(Project.Risk.COMPLEX.label),
        }

    carried_out(office, START | row)

    project = Project.objects.get()
    assert (project.type, project.phase) == (ProjectType.OTHER, Phase.INVESTIGATION)
    assert (project.priority, project.risk) == (Priority.HIGH, 3)


@pytest.mark.parametrize("how", ["username", "email", "get_full_name"])
def test_people_are_found_by_user_name_e_mail_or_name(office, how):
    leader = person(Role.MANAGER, office.home, first_name="Åse", last_name="Øst")
    told = getattr(leader, how)
    name = told() if callable(told) else told

    carried_out(office, START | {"Projektleder": name, "Projektgruppe": f"{name}; "})

    project = Project.objects.get()
    assert (project.lead, list(project.team.all())) == (leader, [leader])


def test_lists_have_semicolons_between(office):
    FocusArea.objects.create(number=1, name_da="Automatisere, hvor det giver værdi", name_en="A")
    FocusArea.objects.create(number=2, name_da="Data", name_en="B")
    row = {"Puljer": "Omsorg; fællespulje", "Fokusområder": "1; Data"}

    carried_out(office, START | row)

    project = Project.objects.get()
    assert set(project.pools.all()) == {office.care_pool, office.shared_pool}
    assert [area.number for area in project.focus_areas.all()] == [1, 2]


# --- errors -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        ({"Enhed": "Findes ikke"}, "Enhed", "not known"),
        ({"Enhed": ""}, "Enhed", "must have"),
        ({"Titel": ""}, "Titel", "must have"),
        ({"Titel": "x" * 161}, "Titel", "too long"),
        ({"Titel": "#REF!"}, "Titel", "error in the spreadsheet"),
        ({"Projekt-ID": ""}, "Projekt-ID", "must have"),
        ({"Projekt-ID": "x" * 61}, "Projekt-ID", "too long"),
        ({"Reference": "SSO-2026-999"}, "Reference", "No project"),
        ({"Reference": "noget"}, "Reference", "SSO-2026-014"),
        ({"Type": "Kæmpe"}, "Type", "Write one of"),
        ({"Fase": "Drømme"}, "Fase", "Write one of"),
        ({"Status": "draft"}, "Status", "Write one of"),
        ({"Type": "workshop", "Fase": "investigation"}, "Fase", "no such phase"),
        ({"Type": "must_do", "Prioritet": "high"}, "Prioritet", "always"),
        ({"Prioritet": "very_high"}, "Prioritet", "cannot have"),
        ({"Status": "parked", "Tages op igen": "01-02-2027"}, "På hold fordi", "reason"),
        ({"Status": "parked", "På hold fordi": "Udbud"}, "Tages op igen", "review date"),
        ({"Start": "31-13-2026"}, "Start", "date"),
        ({"Start": 46387}, "Start", "date"),
        ({"Start": "31-12-26"}, "Start", "date"),
        ({"Start": "02-02-2027", "Slut": "01-02-2027"}, "Slut", "ends before"),
        ({"Forventet budget": "mange penge"}, "Forventet budget", "whole number"),
        ({"Forventet budget": "1.25"}, "Forventet budget", "whole number"),
        ({"Forventet budget": 0.5}, "Forventet budget", "whole number"),
        ({"Forventet budget": True}, "Forventet budget", "whole number"),
        ({"Forventet budget": -5}, "Forventet budget", "between"),
        ({"Forventet budget": 3_000_000_000}, "Forventet budget", "between"),
        ({"Berører IT": "måske"}, "Berører IT", "Ja"),
        ({"Projektleder": "Ingen Kendt"}, "Projektleder", "Nobody"),
        ({"Projektgruppe": "Ingen; Kendt"}, "Projektgruppe", "Nobody"),
        ({"Puljer": "Guldgruben"}, "Puljer", "not known"),
        ({"Fokusområder": "9"}, "Fokusområder", "not known"),
    ],
)
def test_every_error_is_named_by_row_and_column(office, english, row, column, said):
    found = errors(office, START | {"Projekt-ID": "PF-0"}, START | row)

    assert [(number, name) for number, name, _words in found] == [(3, column)]
    assert said in found[0][2]


def test_all_errors_of_a_row_are_named_at_once(office, english):
    found = errors(office, START | {"Enhed": "x", "Start": "y", "Risiko": "z"})

    assert {column for _number, column, _words in found} == {"Enhed", "Start", "Risiko"}


def test_a_name_that_several_have_is_not_guessed(office, english):
    for _ in range(2):
        person(Role.MANAGER, office.home, first_name="Bo", last_name="To")

    assert "Several" in errors(office, START | {"Projektleder": "Bo To"})[0][2]


def test_errors_are_said_in_the_readers_language(office):
    said = set()
    for language in ("da", "en"):
        with override(language):
            said.add(errors(office, START | {"Start": "x"})[0][2])

    assert len(said) == 2


def test_a_project_stands_in_one_row(office, english):
    known = ProjectFactory(external_id="PF-7", unit=office.home)

    assert [
        (number, column)
        for number, column, _words in errors(
            office,
            START,
            START,
            {"Projekt-ID": "PF-7", "Titel": "x", "Enhed": office.home.name},
            {"Reference": known.reference, "Titel": "x", "Enhed": office.home.name},
        )
    ] == [(3, "Projekt-ID"), (5, "Reference")]


def test_the_two_keys_must_point_at_the_same_project(office, english):
    first, second = ProjectFactory(external_id="PF-1"), ProjectFactory(external_id="PF-2")
    third = ProjectFactory()
    row = {"Titel": "x", "Enhed": first.unit.name}

    found = errors(
        office,
        row | {"Projekt-ID": "PF-1", "Reference": third.reference},
        row | {"Projekt-ID": "PF-3", "Reference": second.reference},
    )

    assert [(number, column) for number, column, _words in found] == [
        (2, "Projekt-ID"),
        (3, "Projekt-ID"),
    ]


def test_nothing_is_imported_while_there_are_errors(office):
    sheet = receive(office, START, START | {"Projekt-ID": "PF-2", "Enhed": "x"})
    look = imports.look(sheet)

    with pytest.raises(ImportRefused):
        imports.carry_out(sheet, by=office.digitek, seen=look.fingerprint)

    assert not look.may_be_carried_out
    assert not Project.objects.exists()


# --- updates ------------------------------------------------------------------------------------


def test_an_update_shows_old_and_new_and_touches_nothing_else(office):
    project = ProjectFactory(external_id="PF-1", title="Før", unit=office.home, risk=2)
    sheet = receive(office, {"Projekt-ID": "PF-1", "Titel": "Efter", "Start": "31-12-2026"})

    (reading,) = imports.look(sheet).changed

    assert [(c.column, c.old, c.new) for c in reading.changes] == [
        ("Titel", "Før", "Efter"),
        ("Start", "", "31-12-2026"),
    ]
    assert reading.project == project


def test_an_update_never_moves_phase_standing_priority_or_money(office):
    project = ProjectFactory(external_id="PF-1", unit=office.home, budget_kroner=5)
    row = {
        "Type": "must_do",
        "Fase": "trial",
        "Status": "parked",
        "På hold fordi": "Udbud",
        "Tages op igen": "01-02-2027",
        "Prioritet": "very_high",
        "Forventet budget": "1.000",
        "Titel": "Efter",
    }
    sheet = receive(office, START | row)

    (reading,) = imports.look(sheet).kept
    result = carried_out(office, START | row)

    assert {change.column for change in reading.kept} == set(row) - {"Titel"}
    assert result["updated"] == [project.pk]
    after = Project.objects.get()
    assert after.title == "Efter"
    for name in ("type", "phase", "standing", "priority", "budget_kroner", "review_on"):
        assert getattr(after, name) == getattr(project, name)


def test_an_empty_cell_empties_and_a_missing_column_does_not(office):
    ProjectFactory(external_id="PF-1", title="Før", risk=2, starts_on=date(2026, 1, 1))

    carried_out(office, {"Projekt-ID": "PF-1", "Titel": "Efter", "Risiko": ""})

    project = Project.objects.get()
    assert (project.title, project.risk) == ("Efter", None)
    assert project.starts_on == date(2026, 1, 1)


def test_an_empty_cell_says_nothing_of_what_every_project_has(office):
    ProjectFactory(external_id="PF-1", title="Skærmbesøg", unit=office.home)

    look = imports.look(
        receive(
            office, START | {"Type": "", "Fase": "", "Status": "", "Prioritet": "", "Kilde": ""}
        )
    )

    assert (len(look.unchanged), look.kept) == (1, [])


def test_a_row_without_id_is_known_by_its_reference_and_can_be_given_one(office):
    project = ProjectFactory(title="Før")

    result = carried_out(office, {"Reference": project.reference.lower(), "Projekt-ID": "PF-9"})

    assert result["updated"] == [project.pk]
    assert Project.objects.get().external_id == "PF-9"


def test_what_is_over_may_stand_in_the_list_but_not_change(office, english):
    ProjectFactory(external_id="PF-1", title="Skærmbesøg", standing=Standing.STOPPED)

    assert errors(office, {"Projekt-ID": "PF-1", "Titel": "Skærmbesøg"}) == []
    ((number, column, words),) = errors(office, {"Projekt-ID": "PF-1", "Titel": "Nyt"})
    assert (number, column) == (2, "")
    assert "over" in words


def test_pools_stand_still_while_a_decision_is_waited_for(office, english):
    asked = awaiting(2, giver=office.manager, digitek=office.digitek, unit=office.home)

    found = errors(office, {"Reference": asked.project.reference, "Puljer": "Omsorg"})

    assert [column for _number, column, _words in found] == ["Puljer"]


def test_somebody_elses_draft_is_not_found(office, english):
    ProjectFactory(draft=True, external_id="PF-1", giver=office.manager)

    (reading,) = imports.look(receive(office, START)).readings

    assert reading.is_new


# --- again and again ----------------------------------------------------------------------------


def test_the_same_list_again_changes_nothing(office):
    first = carried_out(
        office, START | {"Fase": "trial", "Puljer": "Omsorg", "Start": "01-02-2027"}
    )
    again = imports.look(receive(office, START | {"Fase": "trial", "Puljer": "Omsorg"}))

    assert len(first["created"]) == 1
    assert not again.may_be_carried_out
    assert len(again.unchanged) == 1


def test_a_second_confirmation_imports_nothing_more(office):
    sheet = receive(office, START)
    seen = imports.look(sheet).fingerprint

    first = imports.carry_out(sheet, by=office.digitek, seen=seen)
    second = imports.carry_out(sheet, by=office.digitek, seen=seen)

    assert first.result == second.result
    assert Project.objects.count() == 1
    assert Event.objects.filter(key="carried_over").count() == 1


def test_what_has_changed_since_the_look_is_shown_again_first(office):
    project = ProjectFactory(external_id="PF-1", title="Før")
    sheet = receive(office, {"Projekt-ID": "PF-1", "Titel": "Efter"})
    seen = imports.look(sheet).fingerprint
    Project.objects.filter(pk=project.pk).update(title="Imens")

    with pytest.raises(ImportRefused):
        imports.carry_out(sheet, by=office.digitek, seen=seen)

    assert Project.objects.get().title == "Imens"


def test_only_rows_that_change_are_written(office):
    ProjectFactory(external_id="PF-1", title="Ens")
    changed = ProjectFactory(external_id="PF-2", title="Før")

    result = carried_out(
        office,
        {"Projekt-ID": "PF-1", "Titel": "Ens"},
        {"Projekt-ID": "PF-2", "Titel": "Efter"},
    )

    assert result == {"created": [], "updated": [changed.pk], "unchanged": 1}
    assert [event.subject for event in Event.objects.filter(key="imported")] == [changed]


@pytest.fixture
def portfolio(office):
    """Projects with everything that is hard to carry: formulas, apostrophes, æøå, lists."""
    FocusArea.objects.create(number=1, name_da="Automatisere, hvor det giver værdi", name_en="A")
    titles = ["=1+1", "'citat", "'=SUM(A1)", "-minus", "@navn", "+45", 'Æ; ø "å"', "to\nlinjer"]
    for number, title in enumerate([*titles, "\ttab", " luft ", "''"]):
        project = ProjectFactory(
            title=title,
            external_id=f"={number}" if number % 2 else None,
            unit=office.home,
            source_name="=firma",
            giver=office.employee,
            lead=person(Role.MANAGER, office.home, first_name="Bo", last_name="To"),
            digitek_contact=office.digitek,
            touches_it=bool(number % 2),
            risk=number % 4 + 1,
            starts_on=date(2026, 12, 31) - timedelta(days=number),
            budget_kroner=1_250_000 * number,
            times_a_year=number,
        )
        project.pools.add(office.care_pool, office.shared_pool)
        project.focus_areas.set(FocusArea.objects.all())
        project.team.add(office.employee, office.manager)
    parked = {"on_hold_because": "-udbud", "review_on": date(2027, 1, 4)}
    ProjectFactory(title="På hold", standing=Standing.PARKED, unit=office.home, **parked)
    ProjectFactory(title="Slut", standing=Standing.STOPPED, unit=office.home)
    ProjectFactory(
        title="SKAL", type=ProjectType.MUST_DO, priority=Priority.VERY_HIGH, unit=office.home
    )


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["da", "en"])
def test_our_own_export_imports_back_unchanged(as_, office, portfolio, kind, language):
    office.digitek.language = language
    office.digitek.save()
    query = {"format": kind, "standing": "all", "type": "all"}
    response = as_(office.digitek).get(reverse("projects:export"), query)
    content = b"".join(response) if response.streaming else response.content

    sheet = imports.receive(f"x.{kind}", content, form_key=uuid4(), by=office.digitek)
    look = imports.look(sheet)

    assert len(look.readings) == Project.objects.count()
    assert [(each.title, each.errors, each.changes) for each in look.wrong + look.changed] == []
    assert not look.kept
    assert not look.may_be_carried_out


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(office, count, django_assert_num_queries):
    rows = [START | {"Projekt-ID": f"PF-{n}", "Puljer": "Omsorg"} for n in range(count)]
    for number in range(count):
        ProjectFactory(external_id=f"K-{number}", unit=office.home)
    known = [START | {"Projekt-ID": f"K-{n}"} for n in range(count)]
    sheet = receive(office, *rows, *known)

    with django_assert_num_queries(9):
        imports.look(sheet)


# --- the pages ----------------------------------------------------------------------------------


def upload(client, rows: bytes, name="liste.csv", key=None):
    file = SimpleUploadedFile(name, rows)
    return client.post(IMPORTS, {"file": file, "form_key": str(key or uuid4())})


LIST = "Projekt-ID;Titel;Enhed\nPF-1;Skærmbesøg;Plejecenter Nord\n".encode()


def test_a_list_is_uploaded_looked_at_and_imported(as_, office):
    client = as_(office.digitek)

    preview = client.get(upload(client, LIST).url)
    assert "Skærmbesøg" in preview.content.decode()
    assert not Project.objects.exists()

    seen = preview.context["look"].fingerprint
    url = preview.request["PATH_INFO"]
    result = client.post(url, {"action": "import", "seen": seen}, follow=True)

    project = Project.objects.get()
    assert project.get_absolute_url() in result.content.decode()
    client.post(url, {"action": "import", "seen": seen})
    assert Project.objects.count() == 1


def test_a_double_click_uploads_one_list(as_, office):
    client, key = as_(office.digitek), uuid4()

    assert upload(client, LIST, key=key).url == upload(client, LIST, key=key).url
    assert SpreadsheetImport.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("liste.csv", b"Titel;Enhed\nx;y\n"),
        ("liste.csv", b"Projekt-ID;Titel;titel\nx;y;z\n"),
        ("liste.pdf", b"%PDF"),
        ("liste.csv", b""),
        ("liste.csv", b"x" * (5 * 1024 * 1024 + 1)),
    ],
)
def test_a_file_that_is_no_list_is_refused_beside_the_field(as_, office, name, content):
    response = upload(as_(office.digitek), content, name=name)

    assert response.status_code == 200
    assert response.context["form"].errors["file"]
    assert not SpreadsheetImport.objects.exists()


def test_a_post_without_a_file_says_so(as_, office):
    response = as_(office.digitek).post(IMPORTS, {})

    assert "file" in response.context["form"].errors


def test_errors_stand_on_the_page_and_there_is_no_button(as_, office):
    client = as_(office.digitek)

    page = client.get(upload(client, LIST.replace(b"Nord", b"<Syd>")).url).content.decode()

    assert "&lt;Syd&gt;" in page
    assert 'value="import"' not in page


def test_columns_that_are_not_known_are_said(as_, office):
    client = as_(office.digitek)

    page = client.get(upload(client, LIST.replace(b"Titel", b"Titel;Farve", 1)).url)

    assert page.context["look"].unknown_columns == ["Farve"]
    assert "Farve" in page.content.decode()


def test_a_list_that_has_changed_meaning_is_shown_again(as_, office):
    client = as_(office.digitek)
    url = upload(client, LIST).url

    response = client.post(url, {"action": "import", "seen": "something else"}, follow=True)

    assert 'value="import"' in response.content.decode()
    assert not Project.objects.exists()


def test_a_list_can_be_discarded(as_, office):
    client = as_(office.digitek)
    url = upload(client, LIST).url
    seen = client.get(url).context["look"].fingerprint

    assert client.post(url, {"action": "discard"}).url == IMPORTS
    client.post(url, {"action": "import", "seen": seen})

    assert client.get(url).status_code == 200
    assert SpreadsheetImport.objects.get().rows == []
    assert not Project.objects.exists()


def test_the_template_can_be_filled_in_and_imported(as_, office):
    response = as_(office.digitek).get(reverse("projects:import_template"))
    book = load_workbook(io.BytesIO(response.content))
    sheet = imports.receive("s.xlsx", response.content, form_key=uuid4(), by=office.digitek)

    look = imports.look(sheet)

    assert [cell.value for cell in book.worksheets[0][1]] == [
        column["name"] for column in template.columns() if not column["read_only"]
    ]
    assert (look.wrong, len(look.new)) == ([], 1)
    assert Unit.objects.filter(name=book.worksheets[1]["G2"].value).exists()


@pytest.mark.parametrize("who", ["employee", "manager", "chief", "director", "it", "admin"])
def test_only_digitek_imports(as_, office, who):
    sheet = receive(office, START)
    client = as_(getattr(office, who))

    assert client.get(IMPORTS).status_code == 403
    assert client.get(sheet.get_absolute_url()).status_code == 403
    assert client.post(sheet.get_absolute_url(), {"action": "import"}).status_code == 403
    assert client.get(reverse("projects:import_template")).status_code == 403
