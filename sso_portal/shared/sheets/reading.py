"""Spreadsheets in: CSV with semicolons, and XLSX, held to what a list of projects can be.

A workbook is a parcel somebody else has packed. It is weighed before it is opened, and opened by
a process of its own with little memory and time; whatever goes wrong there is a refusal here.
"""

import csv
import io
import json
import subprocess
import sys
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from sso_portal.shared.sheets import tidy

MEGABYTE = 1024 * 1024
MOST_BYTES = 5 * MEGABYTE
MOST_UNPACKED = 50 * MEGABYTE
MOST_MEMBERS = 500
MOST_ROWS = 5_000
MOST_COLUMNS = 100
MOST_SECONDS = 30
OPENER = Path(__file__).with_name("opener.py")
OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"


class NotASheet(Exception):
    """The file cannot be used; the text is for the person who sent it."""


@dataclass(frozen=True)
class Row:
    """One row with its number in the sheet, as people see it. Dates are texts, 2026-12-31."""

    number: int
    cells: list[Any]


@dataclass(frozen=True)
class Table:
    header: list[str]
    rows: list[Row] = field(default_factory=list)


def read(name: str, content: bytes) -> Table:
    """The table in an uploaded file. Raises ``NotASheet`` with words for people."""
    if len(content) > MOST_BYTES:
        raise NotASheet(_("The file is larger than 5 MB. Divide the list into several files."))
    ending = name.rpartition(".")[2].lower()
    if content.startswith(OLD_OR_LOCKED):
        raise NotASheet(
            _("The workbook is of an old kind or locked with a password. Save it as XLSX without.")
        )
    if zipfile.is_zipfile(io.BytesIO(content)):
        return _table(_opened(_weighed(content)))
    if ending in ("csv", "txt"):
        return _table(_from_csv(content))
    raise NotASheet(_("The file is neither CSV nor XLSX."))


def _table(lines: list[list[Any]]) -> Table:
    """The lines with a header, without what is empty at the end of them."""
    header = [tidy(str(cell)) if cell is not None else "" for cell in (lines or [[]])[0]]
    while header and not header[-1]:
        header.pop()
    if not header:
        raise NotASheet(_("The first row must hold the names of the columns."))
    rows = [
        Row(number, (line + [None] * len(header))[: len(header)])
        for number, line in enumerate(lines[1:], start=2)
        if any(cell not in (None, "") for cell in line)
    ]
    if not rows:
        raise NotASheet(_("There is nothing below the names of the columns."))
    if len(rows) > MOST_ROWS:
        raise _too_many_rows()
    return Table(header, rows)


def _too_many_rows() -> NotASheet:
    words = _("The list has more than %(most)s rows. Divide it into several files.")
    return NotASheet(words % {"most": MOST_ROWS})


# --- CSV ----------------------------------------------------------------------------------------


def _from_csv(content: bytes) -> list[list[Any]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotASheet(_("The file is not UTF-8. In Excel, save it as “CSV UTF-8”.")) from None
    first = text.partition("\n")[0]
    if ";" not in first and ("," in first or "\t" in first):
        raise NotASheet(_("The columns must be separated by semicolons."))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    lines: list[list[Any]] = []
    try:
        for line in reader:
            lines.append([cell.replace("\0", "") for cell in line[:MOST_COLUMNS]])
            if len(lines) > 2 * MOST_ROWS:
                raise _too_many_rows()
    except csv.Error:
        words = _("Line %(line)s cannot be read: a quotation mark is opened and not closed.")
        raise NotASheet(words % {"line": reader.line_num}) from None
    return lines


# --- XLSX ---------------------------------------------------------------------------------------


def _weighed(content: bytes) -> bytes:
    """The parcel when it is no heavier than it may be, judged from the outside."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        raise _unreadable() from None
    names = {member.filename.lower() for member in members}
    if "xl/workbook.xml" not in names:
        raise NotASheet(_("The file is neither CSV nor XLSX."))
    if any(name.endswith("vbaproject.bin") for name in names):
        raise NotASheet(_("The workbook holds macros. Save it as an ordinary workbook (XLSX)."))
    if any(name.startswith("xl/externallinks/") for name in names):
        raise NotASheet(_("The workbook fetches from other workbooks. Save a copy with values."))
    unpacked = sum(member.file_size for member in members)
    if unpacked > MOST_UNPACKED or len(members) > MOST_MEMBERS:
        raise NotASheet(_("The workbook unpacks to more than 50 MB. Save the list on its own."))
    return content


def _opened(content: bytes) -> list[list[Any]]:
    limits = [str(2 * MOST_ROWS), str(MOST_COLUMNS), str(MOST_SECONDS)]
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(OPENER), *limits],
            input=content,
            capture_output=True,
            timeout=MOST_SECONDS + 10,
            check=True,
        )
        return json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        raise _unreadable() from None


def _unreadable() -> NotASheet:
    return NotASheet(_("The workbook cannot be read. Open it and save it again as XLSX."))
