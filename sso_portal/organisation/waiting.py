"""Opening and closing what waits for whom: the only writer of ``Waiting``."""

from datetime import date, datetime

from django.db import models

from sso_portal.organisation.models import Unit, User, Waiting
from sso_portal.organisation.roles import Desk
from sso_portal.shared import clock


def begin(
    subject: models.Model,
    kind: Waiting.Kind,
    *,
    link: str,
    user: User | None = None,
    desk: Desk | str = "",
    unit: Unit | None = None,
    since: datetime | None = None,
    due_on: date | None = None,
) -> Waiting:
    """Let ``subject`` wait for a person or a desk; a wait of the same kind is replaced."""
    end(subject, kind)
    return Waiting.objects.create(
        subject=subject,
        kind=kind,
        user=user,
        desk=desk,
        unit=unit,
        since=since or clock.now(),
        due_on=due_on,
        link=link,
    )


def hand_over(wait: Waiting, *, user: User | None = None, desk: Desk | str = "") -> None:
    """Let the same task wait for somebody else, since when it did."""
    wait.user, wait.desk = user, desk
    wait.save(update_fields=["user", "desk"])


def end(subject: models.Model, *kinds: Waiting.Kind) -> int:
    """Close what waits about ``subject``, of the kinds named or all; the number closed."""
    waits = Waiting.objects.about(subject).filter(closed_at=None)
    if kinds:
        waits = waits.filter(kind__in=kinds)
    return waits.update(closed_at=clock.now())
