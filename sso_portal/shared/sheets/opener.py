"""Opens a workbook in a process of its own: bytes on stdin, rows as JSON on stdout.

Run by ``reading`` as a script, with nothing of the portal in it: a parcel that unfolds without
end meets the limits here and takes nothing with it.
"""

import json
import math
import resource
import sys
import zipfile
from datetime import date, datetime, time
from io import BytesIO

from openpyxl import load_workbook

MOST_MEMORY = 700 * 1024 * 1024


def plain(value):
    """A cell's value as JSON can carry it."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def declares_entities(content: bytes) -> bool:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.lower().endswith((".xml", ".rels"))]
        return any(b"<!DOCTYPE" in archive.read(name) for name in names)


def main(most_rows: int, most_columns: int, most_seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (most_seconds, most_seconds))
    content = sys.stdin.buffer.read()
    if declares_entities(content):
        sys.exit("a workbook has no use for a DOCTYPE")
    book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    sheet = book.worksheets[0]
    sheet.reset_dimensions()
    limits = {"max_row": most_rows + 1, "max_col": most_columns}
    rows = [[plain(cell) for cell in row] for row in sheet.iter_rows(values_only=True, **limits)]
    while rows and not any(cell not in (None, "") for cell in rows[-1]):
        rows.pop()
    json.dump(rows, sys.stdout)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
