"""Reads the environment strictly: what is there makes sense, is whole, and is read by somebody."""

import os
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ImproperlyConfigured

OURS = ("PORTAL_", "OIDC_", "EMAIL_")

known: set[str] = set()


def env(name: str, default: str = "") -> str:
    """An empty variable is one that was not given: compose files cannot leave one out."""
    known.add(name)
    return os.environ.get(name, "").strip() or default


def one_of(name: str, *choices: str) -> str:
    """The first choice is the default."""
    value = env(name, choices[0])
    if value not in choices:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be one of {', '.join(choices)}")
    return value


def whole_number(name: str, default: int, smallest: int, largest: int) -> int:
    value = env(name, str(default))
    if not value.isascii() or not value.isdigit() or not smallest <= int(value) <= largest:
        raise ImproperlyConfigured(f"{name} must be a whole number, {smallest} to {largest}")
    return int(value)


def address(name: str, *schemes: str, default: str = "") -> SplitResult:
    """A URL whose scheme and port make sense; its password never reaches a message."""
    parts = urlsplit(env(name, default))
    try:
        parts.port  # noqa: B018 - reading it is what checks it
    except ValueError:
        raise ImproperlyConfigured(f"The port of {name} is not a number") from None
    if parts.scheme not in schemes:
        raise ImproperlyConfigured(f"{name} must begin with {' or '.join(schemes)}, then ://")
    return parts


def all_or_none(*names: str) -> bool:
    given = [name for name in names if env(name)]
    if given and len(given) < len(names):
        missing = ", ".join(name for name in names if name not in given)
        raise ImproperlyConfigured(f"{given[0]} is given, but not {missing}")
    return bool(given)


def refuse_what_nobody_read() -> None:
    """Called when all has been read: a name of ours that is left over is misspelt."""
    given = {name for name in os.environ if name.startswith(OURS)}
    if misspelt := sorted(given - known):
        raise ImproperlyConfigured(f"Nobody reads {', '.join(misspelt)}: is it misspelt?")
