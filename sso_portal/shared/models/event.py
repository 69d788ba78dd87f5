"""What happened: one row per thing worth telling, for every kind of record."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from sso_portal.shared import clock
from sso_portal.shared.append_only import AppendOnlyModel, AppendOnlyQuerySet


class EventQuerySet(AppendOnlyQuerySet):
    def about(self, subject: models.Model):
        """The events of one record, newest first."""
        content_type = ContentType.objects.get_for_model(subject)
        return self.filter(content_type=content_type, object_id=subject.pk)

    def about_any(self, model: type[models.Model], pks):
        """The events of many records of one kind; ``pks`` may be a subquery."""
        content_type = ContentType.objects.get_for_model(model)
        return self.filter(content_type=content_type, object_id__in=pks)

    def since(self, moment):
        return self if moment is None else self.filter(at__gt=moment)


class Event(AppendOnlyModel):
    """One thing that happened to one record. Written by ``history.record`` alone."""

    content_type = models.ForeignKey(ContentType, verbose_name=_("about"), on_delete=models.PROTECT)
    object_id = models.PositiveBigIntegerField(_("row"))
    subject = GenericForeignKey()
    key = models.CharField(_("kind"), max_length=60)
    facts = models.JSONField(_("facts"), default=dict, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
    )
    at = models.DateTimeField(_("when"), default=clock.now)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["content_type", "object_id", "-at"], name="event_by_subject"),
            models.Index(fields=["-at"], name="event_by_time"),
        ]

    def __str__(self):
        return f"{self.key} {self.facts}"
