"""Spreadsheets in and out, safe both ways.

``reading.read`` takes in what people upload, ``writing`` gives out CSV and XLSX. Text that an
office program would take for a formula is neutralised on the way out and restored on the way in.
"""

import re
from datetime import date

Value = str | int | float | bool | date | None

# What an office program may run as a formula. Apostrophes already there are counted in, so that
# one more out and one less in always gives back the same text.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NEUTRALISED = re.compile(r"'+[=+\-@\t\r]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def neutral(text: str) -> str:
    """The text with one leading apostrophe when it could be taken for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def restored(text: str) -> str:
    """The text as it was before ``neutral``."""
    return text[1:] if _NEUTRALISED.match(text) else text


def tidy(text: str) -> str:
    """The text without what no spreadsheet carries: signs of control, space around it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", lines).strip()
