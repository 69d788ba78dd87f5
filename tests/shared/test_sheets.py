"""Spreadsheets in and out: nothing in them runs, nothing in them harms."""

import csv
import io
import zipfile
from datetime import date, datetime, time

import pytest
from django.utils.translation import override
from openpyxl import Workbook, load_workbook

from sso_portal.shared.sheets import neutral, opener, reading, restored, tidy
from sso_portal.shared.sheets.reading import NotASheet, Row, read
from sso_portal.shared.sheets.writing import BOM, Sheet, column_letters, csv_parts, workbook

FORMULAS = ["=1+1", "+45 87", "-3", "@sum", "\tx", "\rx", "'=1", "''=1", "="]
ORDINARY = ["", "tekst", "'tekst", "''", "'", "1=2", "a\t=b", "Åben – sag", "'t Hooft"]


@pytest.fixture
def english():
    with override("en"):
        yield


def xlsx(*rows, **parts: bytes) -> bytes:
    """A workbook as Excel would make it; ``parts`` are files added to the parcel."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return file.getvalue()


# --- formulas -----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", FORMULAS)
def test_what_could_run_as_a_formula_gets_one_apostrophe(text):
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize("text", ORDINARY)
def test_other_text_stays_as_it_is(text):
    assert neutral(text) == text
    assert restored(text) == text


@pytest.mark.parametrize("text", [*FORMULAS, *ORDINARY])
def test_what_goes_out_comes_back(text):
    assert restored(neutral(text)) == text


def test_signs_of_control_are_not_carried():
    assert tidy(" a\x00\x1fb\r\nc\x7f ") == "ab\nc"


# --- out ----------------------------------------------------------------------------------------


def test_csv_has_semicolons_danish_dates_and_the_mark_excel_needs():
    rows = [["=x", 1250000, date(2026, 12, 31), None, "a;b"]]

    text = "".join(csv_parts(["A", "B", "C", "D", "E"], rows))

    assert text == f'{BOM}A;B;C;D;E\r\n\'=x;1250000;31-12-2026;;"a;b"\r\n'


def test_csv_comes_in_pieces():
    assert len(list(csv_parts(["A"], ([n] for n in range(500))))) == 3


def test_a_workbook_keeps_types_and_works_nothing_out():
    rows = [["=1+1", 1250000, date(2026, 12, 31), None, "<æøå> & \x00"]]
    content = workbook(Sheet("Ark & <1>", ["A", "B", "C", "D", "E"], rows))

    book = load_workbook(io.BytesIO(content))
    cells = next(book.active.iter_rows(min_row=2))

    assert book.sheetnames == ["Ark & <1>"]
    assert [cell.value for cell in cells] == [
        *("'=1+1", 1250000, datetime(2026, 12, 31), None, "<æøå> & ")  # noqa: DTZ001
    ]
    assert [cell.data_type for cell in cells] == ["s", "n", "d", "n", "s"]
    assert [cell.number_format for cell in cells[:3]] == ["@", "#,##0", "dd\\-mm\\-yyyy"]


def test_a_workbook_can_offer_choices_from_another_sheet():
    first = Sheet("A", ["Fase"], [["Idé"]], choices={0: "'B'!$A$2:$A$3"})
    content = workbook(first, Sheet("B", ["Fase"], [["Idé"], ["Afprøvning"]]))

    book = load_workbook(io.BytesIO(content))

    (offered,) = book["A"].data_validations.dataValidation
    assert (str(offered.sqref), offered.formula1) == ("A2:A5001", "'B'!$A$2:$A$3")
    assert book["B"]["A3"].value == "Afprøvning"


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ")])
def test_columns_are_named_as_in_a_spreadsheet(index, letters):
    assert column_letters(index) == letters


# --- in: CSV ------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_csv_is_read_with_and_without_the_mark(encoding):
    table = read("liste.csv", "Titel;Enhed\r\nÆble;\r\n\r\n;Nord\r\n".encode(encoding))

    assert table.header == ["Titel", "Enhed"]
    assert table.rows == [Row(2, ["Æble", ""]), Row(4, ["", "Nord"])]


def test_short_rows_are_filled_and_long_ones_cut():
    table = read("liste.csv", b"A;B;;\n1\n1;2;3;4;5\n")

    assert [row.cells for row in table.rows] == [["1", None], ["1", "2"]]


def test_a_line_break_inside_a_cell_is_kept():
    table = read("liste.csv", b'A;B\n"to\nlinjer";x\n;y\n')

    assert table.rows == [Row(2, ["to\nlinjer", "x"]), Row(3, ["", "y"])]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("liste.csv", "Titel;Æ\nx;ø".encode("cp1252"), "UTF-8"),
        ("liste.csv", b"Titel,Enhed\nx,y", "semicolon"),
        ("liste.csv", b"Titel\tEnhed\nx\ty", "semicolon"),
        ("liste.csv", b'Titel;Enhed\nx;"y', "Line"),
        ("liste.csv", b"", "first row"),
        ("liste.csv", b";;\nx;y", "first row"),
        ("liste.csv", b"Titel;Enhed\n;\n", "nothing below"),
        ("liste.csv", b"A\n" + b"x\n" * 5001, "5000"),
        ("liste.csv", b"A\n" + b"x\n" * 20_000, "5000"),
        ("liste.csv", b"A" * (reading.MOST_BYTES + 1), "5 MB"),
        ("liste.pdf", b"%PDF-1.7", "neither"),
        ("liste.xlsx", b"Titel;Enhed\nx;y", "neither"),
        ("liste.xls", reading.OLD_OR_LOCKED + b"...", "old kind"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(name, content, said, english):
    with pytest.raises(NotASheet, match=said):
        read(name, content)


# --- in: XLSX -----------------------------------------------------------------------------------


def test_a_workbook_is_read_with_its_types():
    day = datetime(2026, 12, 31, 8)  # noqa: DTZ001
    content = xlsx(["A", "B", "C", "D", "E", "F"], ["x", 5, 1.5, day, True, time(8, 30)])

    (row,) = read("liste.xlsx", content).rows

    assert row == Row(2, ["x", 5, 1.5, "2026-12-31", True, "08:30:00"])


def test_empty_rows_count_but_are_left_out():
    content = xlsx(["A"], [None], ["x"], [None], [None])

    assert read("liste.xlsx", content).rows == [Row(3, ["x"])]


def test_a_formula_gives_what_it_last_came_to():
    assert read("liste.xlsx", xlsx(["A", "B"], ["=1+1", "x"])).rows == [Row(2, [None, "x"])]


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"xl__vbaProject_dot_bin": b"x"}, "macros"),
        ({"xl__externalLinks__a_dot_xml": b"x"}, "other workbooks"),
        ({"xl__big_dot_bin": bytes(51 * 1024 * 1024)}, "50 MB"),
        ({f"x{n}": b"" for n in range(501)}, "50 MB"),
        ({"xl__a_dot_xml": b'<!DOCTYPE a [<!ENTITY b "b">]><a/>'}, "cannot be read"),
    ],
)
def test_a_parcel_that_could_harm_is_not_opened(parts, said, english):
    with pytest.raises(NotASheet, match=said):
        read("liste.xlsx", xlsx(["A"], ["x"], **parts))


def test_a_zip_that_is_no_workbook_is_refused(english):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("hej.txt", "hej")

    with pytest.raises(NotASheet, match="neither"):
        read("liste.xlsx", file.getvalue())


def test_a_broken_workbook_is_refused(english):
    content = xlsx(["A"], ["x"])
    with pytest.raises(NotASheet, match="read|neither"):
        read("liste.xlsx", content[:200] + b"\0" * 50 + content[250:])


def test_a_workbook_that_unfolds_without_end_meets_the_limit(english):
    """Small outside, endless inside: one cell far down and far right, and many texts."""
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + b'<row r="1"><c r="A1"><v>1</v></c></row>'
        + b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(["A"]))) as plain, zipfile.ZipFile(file, "w") as archive:
        for name in plain.namelist():
            own = sheet if name == "xl/worksheets/sheet1.xml" else plain.read(name)
            archive.writestr(name, own)

    with pytest.raises(NotASheet):
        read("liste.xlsx", file.getvalue())


def test_too_many_rows_are_refused(english):
    with pytest.raises(NotASheet, match="5000"):
        read("liste.xlsx", workbook(Sheet("A", ["A"], (["x"] for _ in range(5001)))))


def test_what_is_written_is_read_again():
    rows = [["=x", "'y", "a\nb", 5, date(2026, 1, 2)]]
    header = ["A", "B", "C", "D", "E"]
    parts = "".join(csv_parts(header, rows)).encode()

    assert read("x.csv", parts).rows == [Row(2, ["'=x", "'y", "a\nb", "5", "02-01-2026"])]
    assert read("x.xlsx", workbook(Sheet("A", header, rows))).rows == [
        Row(2, ["'=x", "'y", "a\nb", 5, "2026-01-02"])
    ]
    assert next(csv.reader(io.StringIO(parts.decode("utf-8-sig")), delimiter=";")) == header


def test_yes_and_no_are_kept_as_such():
    content = workbook(Sheet("A", ["A", "B"], [[True, False]]))

    assert read("x.xlsx", content).rows == [Row(2, [True, False])]


@pytest.mark.parametrize("number", [float("inf"), float("-inf"), float("nan")])
def test_a_number_without_end_is_kept_as_text(number):
    assert opener.plain(number) == str(number)
