"""Danish on SQLite: text is found in any case, and æ ø å stand last.

PostgreSQL does both itself; here SQLite learns the collation under PostgreSQL's name, so that a
query is written once.
"""

import re
import unicodedata
from functools import lru_cache

DANISH = "da-x-icu"

_LAST = {"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"}  # these follow z
_ACCENTED_LAST = frozenset("äö")


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
    """Letters first; between equal letters accents decide, then capitals, which come first."""
    letters, accents = [], []
    for char in unicodedata.normalize("NFC", text).casefold().replace("aa", "å"):
        if char in _LAST:
            letters.append((3, _LAST[char]))
            accents.append("̈" if char in _ACCENTED_LAST else "")
            continue
        base, *marks = unicodedata.normalize("NFKD", "y" if char == "ü" else char)
        letters.append((_group(base), base))
        accents.append("".join(marks))
    return letters, accents, text


def _group(char: str) -> int:
    """Spaces, then signs, then figures, then letters."""
    if char.isspace():
        return 0
    if char.isdigit():
        return 2
    return 3 if char.isalpha() else 1


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
