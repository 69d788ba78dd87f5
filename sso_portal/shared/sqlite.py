"""Danish on SQLite: text is found in any case, and æ ø å stand last.

PostgreSQL does both itself; here SQLite learns the collation under PostgreSQL's name, so that a
query is written once.
"""

import re
import unicodedata
from functools import lru_cache

DANISH = "da-x-icu"

# Letters that follow z, and signs in the order that stands before figures.
_AFTER_Z = {"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}", "aa": "}"}
_SIGNS = "_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$"


def prepare(connection, **kwargs) -> None:
    """Give a new SQLite connection our LIKE and our collation."""
    if connection.vendor != "sqlite":
        return
    raw = connection.connection
    raw.create_function("like", 2, _like, deterministic=True)
    raw.create_function("like", 3, _like, deterministic=True)
    raw.create_collation(DANISH, compare)


def compare(one: str, other: str) -> int:
    """Less than, equal to or greater than nought, as Danish order has it."""
    first, second = _key(one), _key(other)
    return (first > second) - (first < second)


@lru_cache(maxsize=20_000)
def _key(text: str) -> tuple:
    """Letters decide first, then accents, then capitals before small letters, then å before aa."""
    letters, accents, cases = [], [], []
    for char in re.findall("aa|Aa|AA|.", unicodedata.normalize("NFC", text), re.DOTALL):
        letter, accent = _letter(char.casefold())
        letters.append(letter)
        accents.append(accent)
        cases.append((char.islower(), not char.isupper(), len(char)))
    return letters, accents, cases, text


def _letter(char: str) -> tuple[tuple, str]:
    """The place of a character (spaces, signs, figures, letters) and what sets it apart there."""
    if char in _AFTER_Z:
        return (3, _AFTER_Z[char]), char if char in "äö" else ""
    base, *marks = unicodedata.normalize("NFKD", char)
    accent = "".join(marks)
    if char == "ü":
        base = "y"
    if base.isspace():
        return (0, base), accent
    if base in _SIGNS:
        return (1, chr(_SIGNS.index(base))), accent
    return (2 if base.isdigit() else 3 if base.isalpha() else 1, base), accent


def _like(pattern, value, escape=None) -> bool | None:
    if pattern is None or value is None:
        return None
    return bool(_regex(str(pattern), escape)(str(value)))


@lru_cache(maxsize=500)
def _regex(pattern: str, escape: str | None):
    """A function that tells whether a text matches. LIKE has ``%``, ``_`` and the escape."""
    parts = re.findall(rf"{re.escape(escape)}.|." if escape else ".", pattern, re.DOTALL)
    inner = parts[1:-1]
    if parts[:1] == ["%"] and parts[-1:] == ["%"] and not {"%", "_"} & set(inner):
        wanted = "".join(part[-1] for part in inner).casefold()
        return lambda value: wanted in value.casefold()
    wildcards = {"%": ".*", "_": "."}
    regex = re.compile(
        "".join(wildcards.get(part) or re.escape(part[-1].casefold()) for part in parts), re.DOTALL
    )
    return lambda value: regex.fullmatch(value.casefold()) is not None
