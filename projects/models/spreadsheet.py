"""Spreadsheets that have been uploaded, with what became of them."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sso_portal.shared import clock


class SpreadsheetImport(models.Model):
    """A list as it was uploaded: looked at as often as needed, imported once.

    ``rows`` holds each row with its number in the sheet first. Written by
    ``projects.resources.imports`` alone.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("Not imported yet")
        IMPORTED = "imported", _("Imported")
        DISCARDED = "discarded", _("Discarded")

    # The key of the form that sent it: a double click uploads one list.
    form_key = models.UUIDField(unique=True)
    name = models.CharField(_("file"), max_length=200)
    header = models.JSONField()
    rows = models.JSONField()
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.UPLOADED)
    # Keys of the projects by what happened to them: created, updated; and a number: unchanged
    result = models.JSONField(default=dict)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("uploaded"), default=clock.now)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("imported list")
        verbose_name_plural = _("imported lists")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("projects:import_preview", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == self.State.UPLOADED

    @property
    def is_imported(self) -> bool:
        return self.state == self.State.IMPORTED
