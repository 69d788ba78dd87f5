"""The one way a mail leaves the portal: a row first, the mail server afterwards.

A mail is written in the transaction that gave rise to it and is handed over at most once for
each time somebody decided to send it. What certainly did not leave is tried again; what may
have left is shown and never repeated by itself. A worker is only told to look; ``sweep``
finishes whatever was lost on the way.
"""

import logging
import smtplib
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import QuerySet
from django.template import Context, Engine
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import Truncator

from sso_portal.shared import broker, clock, tasks
from sso_portal.shared.models import OutgoingMail

State = OutgoingMail.State
Reason = OutgoingMail.Reason

logger = logging.getLogger(__name__)

# Longer than any task may run (tasks.py), so that nobody alive still has the mail.
HOLD = timedelta(minutes=3)
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
ATTEMPTS = 60  # with the pauses: a little over two days
ROUND = 45  # seconds in which a sweep begins on another mail

_only_filed: ContextVar[bool] = ContextVar("only_filed", default=False)


# Writing


@contextmanager
def filing() -> Iterator[None]:
    """Let mails written in the block be on file as sent at the clock's time; none of them leaves.

    For a story that is played at its own dates, such as the demo portfolio's.
    """
    token = _only_filed.set(True)
    try:
        yield
    finally:
        _only_filed.reset(token)


def write(
    *, to, template: str, context: dict, kind: str = "", dedup_key: str | None = None
) -> OutgoingMail:
    """Put a mail made of ``<template>.txt`` and ``.html``, in the recipient's language.

    The text begins with a line "Subject: ...". Both templates know ``recipient``, ``subject``
    and ``portal_url``, to which they append a path: ``{{ portal_url }}{% url ... %}``.
    """
    kind = kind or template.replace("/emails/", ".")
    context = {"recipient": to, "portal_url": settings.PORTAL_URL.rstrip("/"), **context}
    with translation.override(to.language):
        context["language"] = translation.get_language()
        subject, text = _subject_and_text(f"{template}.txt", context)
        html = render_to_string(f"{template}.html", {**context, "subject": subject})
    return put(to=to, kind=kind, subject=subject, text=text, html=html, dedup_key=dedup_key)


def put(
    *, to, kind: str, subject: str, text: str, html: str = "", dedup_key: str | None = None
) -> OutgoingMail:
    """Write the mail in the caller's transaction; a key already used gives the mail it made."""
    content = {
        "address": to.email,
        "language": to.language,
        "subject": Truncator(" ".join(subject.split())).chars(250),
        "text": text,
        "html": html,
        "message_id": _message_id(to, kind, dedup_key),
    }
    if _only_filed.get():
        content |= {"state": State.SENT, "sent_at": clock.now(), "attempts": 1}
    mine = {"recipient": to, "kind": kind, "dedup_key": dedup_key}
    if dedup_key is None:
        mail, new = OutgoingMail.objects.create(**mine, **content), True
    else:
        mail, new = OutgoingMail.objects.get_or_create(**mine, defaults=content)
    if new and mail.state == State.QUEUED:
        transaction.on_commit(partial(broker.wake, tasks.deliver, mail.pk))
    return mail


def send_again(mails: QuerySet) -> list[OutgoingMail]:
    """Queue mails that certainly did not leave once more; the others are left alone."""
    queued = []
    for mail in mails.filter(state=State.FAILED).select_related("recipient"):
        fresh = {"reason": "", "reply": "", "next_attempt_at": clock.now()}
        address = mail.address or mail.recipient.email
        if _move(mail, State.QUEUED, address=address, **fresh):
            transaction.on_commit(partial(broker.wake, tasks.deliver, mail.pk))
            queued.append(mail)
    return queued


def forget(person) -> None:
    """Take address and words out of the mails to somebody whose name is to be forgotten."""
    OutgoingMail.objects.addressed_to(person).update(
        address="", subject="–", text="–", html="", reply=""
    )


def _subject_and_text(template: str, context: dict) -> tuple[str, str]:
    # Plain text is never escaped, whatever the template forgets.
    rendered = Engine.get_default().render_to_string(template, Context(context, autoescape=False))
    first, _, text = rendered.lstrip().partition("\n")
    if not first.startswith("Subject:"):
        raise ValueError(f"{template} does not begin with a subject line")
    return first.removeprefix("Subject:").strip(), text.strip() + "\n"


def _message_id(to, kind: str, dedup_key: str | None) -> str:
    """The same for every attempt, and for every try to write a mail that is written once."""
    host = urlsplit(settings.PORTAL_URL).hostname or "localhost"
    own = uuid.uuid4()
    if dedup_key is not None:
        own = uuid.uuid5(uuid.NAMESPACE_URL, f"{host}/{kind}/{to.pk}/{dedup_key}")
    return f"<{own}@{host}>"


# Sending


def deliver(mail_id: int) -> bool:
    """Send one queued mail; False when somebody else has it, it has left, or it must wait."""
    mail = _claim(mail_id)
    if mail is None:
        return False
    if not mail.recipient.is_active:
        _fail(mail, Reason.DEACTIVATED)
    elif not mail.address:
        _fail(mail, Reason.NO_ADDRESS)
    else:
        _send(mail)
    return True


def _claim(mail_id: int) -> OutgoingMail | None:
    ready = OutgoingMail.objects.ready(clock.now()).select_related("recipient")
    mail = ready.filter(pk=mail_id).first()
    if mail is None:
        return None
    taken = _move(mail, State.CLAIMED, claimed_at=clock.now(), attempts=mail.attempts + 1)
    return mail if taken else None


def _move(mail: OutgoingMail, state: State, **changes) -> bool:
    """Commit a new state, unless somebody moved the mail since we read it.

    The number of attempts tells our claim from a later one. Durable, since a state that
    could be rolled back says nothing about what has left.
    """
    with transaction.atomic(durable=True):
        moved = OutgoingMail.objects.filter(
            pk=mail.pk, state=mail.state, attempts=mail.attempts
        ).update(state=state, **changes)
    if moved:
        for name, value in {"state": state, **changes}.items():
            setattr(mail, name, value)
    return bool(moved)


def _send(mail: OutgoingMail) -> None:
    connection = get_connection()
    message = _message(mail, connection)
    try:
        message.message()  # what cannot be put together is found before anything is handed over
        connection.open()
    except ValueError as error:
        _fail(mail, Reason.UNSENDABLE, reply=str(error))
    except (smtplib.SMTPException, OSError) as error:
        _postpone(mail, error)  # the server's trouble, not the mail's, whatever it answered
    else:
        _hand_over(mail, message, connection)
    finally:
        with suppress(smtplib.SMTPException, OSError):  # the answer about the mail came before
            connection.close()


def _message(mail: OutgoingMail, connection) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        to=[mail.address],
        connection=connection,
        headers={
            "Message-ID": mail.message_id,
            "Content-Language": mail.language,
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def _hand_over(mail: OutgoingMail, message: EmailMultiAlternatives, connection) -> None:
    if not _move(mail, State.DATA):
        return
    try:
        connection.send_messages([message])
    except ValueError as error:
        _fail(mail, Reason.UNSENDABLE, reply=str(error))
    except (smtplib.SMTPException, OSError) as error:
        code = _reply_code(error)
        if code is None and getattr(connection, "reached_data", True):
            _doubt(mail, error)
        elif code is None or code < 500:
            _postpone(mail, error)
        else:
            _fail(mail, Reason.REFUSED, reply=str(error))
    else:
        _confirm(mail)


def _reply_code(error: Exception) -> int | None:
    """What the server answered about the mail; None when it gave no answer."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = next(iter(error.recipients.values()))[0]
    else:
        code = getattr(error, "smtp_code", None)
    return code if code and code >= 400 else None


def _confirm(mail: OutgoingMail) -> None:
    """Sent, also when a sweep meanwhile had lost faith in it: now we know."""
    sent = {"sent_at": clock.now(), "reason": "", "reply": ""}
    if not _move(mail, State.SENT, **sent):
        mail.state = State.UNCERTAIN
        _move(mail, State.SENT, **sent)


def _fail(mail: OutgoingMail, reason: Reason, *, reply: str = "") -> None:
    logger.warning("Mail %s was not sent: %s %s", mail.pk, reason, reply)
    _move(mail, State.FAILED, reason=reason, reply=reply)


def _doubt(mail: OutgoingMail, error: Exception) -> None:
    logger.error("Mail %s may or may not have arrived: %s", mail.pk, error)
    _move(mail, State.UNCERTAIN, reason=Reason.INTERRUPTED, reply=str(error))


def _postpone(mail: OutgoingMail, error: Exception) -> None:
    if mail.attempts >= ATTEMPTS:
        _fail(mail, Reason.GAVE_UP, reply=str(error))
        return
    _move(
        mail,
        State.QUEUED,
        reason=Reason.POSTPONED,
        reply=str(error),
        next_attempt_at=clock.now() + pause_after(mail.attempts),
    )


def pause_after(attempts: int) -> timedelta:
    """One minute, then twice as long each time, up to an hour."""
    return min(FIRST_PAUSE * 2 ** min(attempts - 1, 10), LONGEST_PAUSE)


# Finishing


def sweep() -> dict[str, int]:
    """Finish what a lost message or a dead worker left, and send what is due."""
    moment = clock.now()
    return {
        "uncertain": _doubt_the_interrupted(moment),
        "requeued": _release_the_abandoned(moment),
        "delivered": _deliver_the_due(moment),
    }


def _doubt_the_interrupted(moment: datetime) -> int:
    doubtful = OutgoingMail.objects.interrupted(moment - HOLD).update(
        state=State.UNCERTAIN, reason=Reason.INTERRUPTED
    )
    if doubtful:
        logger.error("%s mails were interrupted and may or may not have arrived", doubtful)
    return doubtful


def _release_the_abandoned(moment: datetime) -> int:
    abandoned = OutgoingMail.objects.abandoned(moment - HOLD)
    abandoned.filter(attempts__gte=ATTEMPTS).update(state=State.FAILED, reason=Reason.GAVE_UP)
    return abandoned.update(state=State.QUEUED, next_attempt_at=moment)


def _deliver_the_due(moment: datetime) -> int:
    stop = time.monotonic() + ROUND
    delivered = 0
    for mail_id in OutgoingMail.objects.due(moment).values_list("pk", flat=True)[:1000]:
        if time.monotonic() > stop:
            break
        delivered += deliver(mail_id)
    return delivered
