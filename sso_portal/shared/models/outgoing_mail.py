"""A mail on its way out of the portal."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sso_portal.shared import clock


class OutgoingMailQuerySet(models.QuerySet):
    def due(self, moment: datetime):
        """Mails that should leave now, the one that has waited longest first."""
        return self.filter(state=OutgoingMail.State.QUEUED, next_attempt_at__lte=moment).order_by(
            "next_attempt_at", "pk"
        )

    def ready(self, moment: datetime):
        """As ``due``, and new mails even where two machines' clocks differ a little."""
        first_time_or_due = Q(attempts=0) | Q(next_attempt_at__lte=moment)
        return self.filter(first_time_or_due, state=OutgoingMail.State.QUEUED)

    def abandoned(self, since: datetime):
        """Mails that a worker took but never began to hand over."""
        return self.filter(state=OutgoingMail.State.CLAIMED, claimed_at__lt=since)

    def interrupted(self, since: datetime):
        """Mails whose hand-over began and never ended: they may or may not have left."""
        return self.filter(state=OutgoingMail.State.DATA, claimed_at__lt=since)

    def needing_a_person(self):
        """Mails that the portal will not send by itself any more."""
        return self.filter(state__in=[OutgoingMail.State.FAILED, OutgoingMail.State.UNCERTAIN])

    def addressed_to(self, user):
        return self.filter(recipient=user)


class OutgoingMail(models.Model):
    """One mail to one person, written in the transaction that gave rise to it.

    The row is the queue. Its content stays as it was written, unless the person is to be
    forgotten; its state is changed by ``shared.outbox`` alone.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Queued")
        CLAIMED = "claimed", _("Taken by a worker")
        DATA = "data", _("Being handed over")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Not sent")
        UNCERTAIN = "uncertain", _("May or may not have arrived")

    class Reason(models.TextChoices):
        DEACTIVATED = "deactivated", _("The recipient no longer has access")
        NO_ADDRESS = "no_address", _("The recipient has no e-mail address")
        REFUSED = "refused", _("The mail server refused the mail")
        UNSENDABLE = "unsendable", _("The mail could not be put together")
        GAVE_UP = "gave_up", _("Given up after many attempts")
        INTERRUPTED = "interrupted", _("Interrupted while the mail was handed over")
        POSTPONED = "postponed", _("The mail server could not take the mail; tried again later")

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recipient"),
        on_delete=models.PROTECT,
        related_name="mails",
    )
    address = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=10)
    kind = models.CharField(_("kind of mail"), max_length=60)
    subject = models.CharField(_("subject"), max_length=250)
    text = models.TextField(_("text"))
    html = models.TextField(_("formatted text"), blank=True)
    # NULL, since any number of mails to one person may have no key.
    dedup_key = models.CharField(  # noqa: DJ001
        _("written once for"), max_length=100, null=True, blank=True, default=None
    )
    message_id = models.CharField(_("message id"), max_length=150, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason.choices, blank=True)
    reply = models.TextField(_("the mail server's answer"), blank=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    created_at = models.DateTimeField(_("created"), default=clock.now)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=clock.now)
    claimed_at = models.DateTimeField(_("taken by a worker"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "next_attempt_at"], name="mail_state_due"),
            models.Index(fields=["recipient", "-created_at"], name="mail_recipient_newest"),
            models.Index(fields=["-created_at", "-id"], name="mail_newest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "kind", "dedup_key"],
                name="mail_is_written_once_for_each_key",
            ),
            models.CheckConstraint(
                name="mail_state_is_known",
                condition=Q(state__in=["queued", "claimed", "data", "sent", "failed", "uncertain"]),
            ),
            models.CheckConstraint(
                name="mail_says_something",
                condition=~Q(subject="") & ~Q(text=""),
            ),
            models.CheckConstraint(
                name="mail_in_a_workers_hands_says_since_when",
                condition=~Q(state__in=["claimed", "data"]) | Q(claimed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="mail_says_when_it_was_sent_and_only_then",
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="mail_that_was_not_sent_says_why",
                condition=~Q(state__in=["failed", "uncertain"]) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.address})"
