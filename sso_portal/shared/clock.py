"""The clock of the portal: the only place rules get the time from.

``at(moment)`` lets the demo portfolio and the tests play a story at its own dates.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """The current moment, aware, in UTC."""
    return _moment.get() or timezone.now()


def today() -> date:
    """Today's date where the office is (settings.TIME_ZONE)."""
    return timezone.localdate(now())


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let the block happen at ``moment`` (aware)."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)
