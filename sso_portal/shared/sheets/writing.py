"""Spreadsheets out: CSV as it is asked for, and XLSX written directly.

The XLSX writer knows what a list needs and no more (types, widths, a header that stays, choices):
ten thousand rows take a fraction of a second, where a general library takes several.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape

from sso_portal.shared.sheets import _CONTROL, Value, neutral

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOM = "\ufeff"
ROWS_AT_A_TIME = 200
DAY_NOUGHT = date(1899, 12, 30)
PLAIN, HEADER, TEXT, NUMBER, DATE = range(5)
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def csv_parts(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """The file piece by piece: semicolons, and the mark that makes Excel read UTF-8."""
    buffer = io.StringIO()
    buffer.write(BOM)
    writer = csv.writer(buffer, delimiter=";")
    writer.writerow(header)
    for number, row in enumerate(rows, start=1):
        writer.writerow([_csv_text(value) for value in row])
        if number % ROWS_AT_A_TIME == 0:
            yield _emptied(buffer)
    yield _emptied(buffer)


def _emptied(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def _csv_text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.strftime("%d-%m-%Y")
    return neutral(value) if isinstance(value, str) else str(value)


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook. ``choices`` names, by column, the cells that list its values."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Value]]
    choices: dict[int, str] = field(default_factory=dict)
    widths: dict[int, int] = field(default_factory=dict)


def workbook(*sheets: Sheet) -> bytes:
    """An XLSX file. Text is stored as text, so that nothing in it is ever worked out."""
    file = io.BytesIO()
    numbers = range(1, len(sheets) + 1)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=5) as archive:
        archive.writestr("[Content_Types].xml", _content_types(numbers))
        archive.writestr("_rels/.rels", _relations({"rId1": ("officeDocument", "xl/workbook.xml")}))
        archive.writestr("xl/workbook.xml", _workbook([sheet.name for sheet in sheets]))
        parts = {f"rId{n}": ("worksheet", f"worksheets/sheet{n}.xml") for n in numbers}
        parts["rId0"] = ("styles", "styles.xml")
        archive.writestr("xl/_rels/workbook.xml.rels", _relations(parts))
        archive.writestr("xl/styles.xml", _STYLES)
        for number, sheet in zip(numbers, sheets, strict=True):
            with archive.open(f"xl/worksheets/sheet{number}.xml", "w") as part:
                for text in _sheet(sheet):
                    part.write(text.encode())
    return file.getvalue()


def _sheet(sheet: Sheet) -> Iterator[str]:
    letters = [column_letters(index) for index in range(len(sheet.header))]
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{sheet.widths.get(n - 1, 18)}" customWidth="1"/>'
        for n in range(1, len(letters) + 1)
    )
    yield (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f"</sheetView></sheetViews><cols>{widths}</cols><sheetData>"
    )
    yield _row(1, letters, sheet.header, style=HEADER)
    last = 1
    for last, row in enumerate(sheet.rows, start=2):
        yield _row(last, letters, row)
    yield f'</sheetData><autoFilter ref="A1:{letters[-1]}{max(last, 2)}"/>'
    yield from _choices(sheet, letters)
    yield "</worksheet>"


def _choices(sheet: Sheet, letters: list[str]) -> Iterator[str]:
    if sheet.choices:
        yield f'<dataValidations count="{len(sheet.choices)}">'
        for column, cells in sheet.choices.items():
            where = f"{letters[column]}2:{letters[column]}5001"
            yield (
                '<dataValidation type="list" allowBlank="1" errorStyle="warning" '
                f'showErrorMessage="1" sqref="{where}"><formula1>{escape(cells)}</formula1>'
                "</dataValidation>"
            )
        yield "</dataValidations>"


def _row(number: int, letters: list[str], values: Sequence[Value], style: int = TEXT) -> str:
    cells = [
        _cell(f"{letter}{number}", value, style)
        for letter, value in zip(letters, values, strict=True)
        if value not in (None, "")
    ]
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(place: str, value: Value, style: int) -> str:
    if isinstance(value, date):
        return f'<c r="{place}" s="{DATE}"><v>{(value - DAY_NOUGHT).days}</v></c>'
    if isinstance(value, bool):
        return f'<c r="{place}" s="{PLAIN}" t="b"><v>{value:d}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}" s="{NUMBER}"><v>{value}</v></c>'
    text = escape(_CONTROL.sub("", neutral(str(value))), quote=False)
    return (
        f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    )


def column_letters(index: int) -> str:
    """A, B, … Z, AA for 0, 1, … 25, 26."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _workbook(names: list[str]) -> str:
    sheets = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>'
        for n, name in enumerate(names, start=1)
    )
    return (
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>{sheets}</sheets></workbook>'
    )


def _relations(parts: dict[str, tuple[str, str]]) -> str:
    links = "".join(
        f'<Relationship Id="{key}" Type="{_LINKS}/{kind}" Target="{target}"/>'
        for key, (kind, target) in parts.items()
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def _content_types(numbers: Iterable[int]) -> str:
    own = {"/xl/workbook.xml": "sheet.main", "/xl/styles.xml": "styles"}
    own |= {f"/xl/worksheets/sheet{number}.xml": "worksheet" for number in numbers}
    parts = "".join(
        f'<Override PartName="{part}" ContentType="{_KIND}.{kind}+xml"/>'
        for part, kind in own.items()
    )
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{parts}</Types>"
    )


# In the order of PLAIN, HEADER, TEXT, NUMBER, DATE; format 49 is text, 3 a number with thousands
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="dd\\-mm\\-yyyy"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="5">'
    + "".join(
        f'<xf numFmtId="{number}" fontId="{font}" fillId="0" borderId="0" xfId="0" '
        'applyNumberFormat="1" applyFont="1"/>'
        for number, font in ((0, 0), (49, 1), (49, 0), (3, 0), (164, 0))
    )
    + "</cellXfs>"
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)
