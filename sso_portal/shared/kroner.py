"""Whole numbers and kroner as people write them; what could mean two things is refused.

Thousands may be grouped the reader's way (1.250.000 in Danish, 1,250,000 in English) or with
spaces. A single group the other way round ("1,250" in Danish) could be a fraction, so it is
refused; with two groups or more it can only be thousands, whichever language it is in.
"""

import re

from django.utils.formats import get_format
from django.utils.translation import gettext as _

_CURRENCY = re.compile(r"^(?:kr\.?|dkk)|(?:kr\.?|dkk)$", re.IGNORECASE)
_NO_ORE = re.compile(r"(?<=\d),(?:00?|-+)$")
_NO_ORE_IN_ENGLISH = re.compile(r"(?<=\d)\.(?:00?|-+)$")
_PLAIN = re.compile(r"[+-]?[0-9]+")
_GROUPED = {
    mark: re.compile(rf"[+-]?[0-9]{{1,3}}({re.escape(mark)}[0-9]{{3}})+")
    for mark in (" ", ".", ",")
}


class NotANumber(ValueError):
    """The text is no whole number; the words are for the person who wrote it."""

    def __init__(self, example: str):
        super().__init__(
            _("Write a whole number with digits, for example %(example)s.") % {"example": example}
        )


class NotKroner(ValueError):
    """The text is no amount in whole kroner; the words are for the person who wrote it."""

    def __init__(self):
        mark = get_format("THOUSAND_SEPARATOR")
        super().__init__(
            _("Write the amount in whole kroner, for example %(example)s.")
            % {"example": f"250{mark}000"}
        )


def parse(text: str) -> int:
    """``1.250.000 kr.``, ``1250000``, ``1.250,-`` or ``DKK 1,250,000`` as whole kroner.

    Raises ``NotKroner``. Kroner and øre are refused unless the øre are none.
    """
    amount = _CURRENCY.sub("", _tidied(text)).strip()
    no_ore = _NO_ORE if get_format("DECIMAL_SEPARATOR") == "," else _NO_ORE_IN_ENGLISH
    number = _number(no_ore.sub("", amount))
    if number is None:
        raise NotKroner
    return number


def whole_number(text: str) -> int:
    """``1.200``, ``1 200`` or ``1200`` as a number. Raises ``NotANumber``."""
    number = _number(_tidied(text))
    if number is None:
        raise NotANumber(example=f"1{get_format('THOUSAND_SEPARATOR')}200")
    return number


def _tidied(text: str) -> str:
    """One kind of space and one kind of minus; office programs write several."""
    return re.sub(r"\s+", " ", text).strip().replace("\N{MINUS SIGN}", "-")


def _number(text: str) -> int | None:
    if len(text) > 40:
        return None
    for mark, grouped in _GROUPED.items():
        if grouped.fullmatch(text) and _means_thousands(mark, text):
            text = text.replace(mark, "")
    return int(text) if _PLAIN.fullmatch(text) else None


def _means_thousands(mark: str, text: str) -> bool:
    return mark == " " or mark == get_format("THOUSAND_SEPARATOR") or text.count(mark) > 1
