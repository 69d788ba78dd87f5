"""Documents of a project, and every version of them."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from projects.document_specs import SPECS, Spec
from projects.models.project import Project
from sso_portal.shared import clock
from sso_portal.shared.append_only import AppendOnlyModel


class Document(models.Model):
    """One document of a project in one round, as it stands. Written by ``documents.write``."""

    project = models.ForeignKey(
        Project, verbose_name=_("project"), on_delete=models.CASCADE, related_name="documents"
    )
    key = models.CharField(_("kind"), max_length=40)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    content = models.JSONField(_("content"), default=dict)
    version = models.PositiveIntegerField(_("version"), default=0)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("saved by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    saved_at = models.DateTimeField(_("saved"), default=clock.now)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["project", "round", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_round_has_one_document_of_each_kind", fields=["project", "round", "key"]
            ),
        ]

    def __str__(self):
        return f"{self.spec.label}, {self.project}"

    def get_absolute_url(self):
        return reverse("projects:document", args=[self.project_id, self.key])

    @property
    def spec(self) -> Spec:
        return SPECS[self.key]


class DocumentVersion(AppendOnlyModel):
    """A document as it was saved once: who, when and every field. Never edited."""

    document = models.ForeignKey(
        Document, verbose_name=_("document"), on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField(_("number"))
    content = models.JSONField(_("content"))
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("saved by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    saved_at = models.DateTimeField(_("saved"), default=clock.now)

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                name="a_version_is_numbered_once", fields=["document", "number"]
            ),
        ]

    def __str__(self):
        return f"{self.document}, {self.number}"


class Statement(models.Model):
    """What IT & Digitalisering says of a project, for gate 2 (advice) or gate 3 (handover).

    Asked for and given once, by ``statements``; a new question is a new row.
    """

    class Conclusion(models.TextChoices):
        FINE = "fine", _("No objections")
        CONDITIONS = "conditions", _("Yes, on conditions")
        ADVISES_AGAINST = "against", _("Advises against")

    project = models.ForeignKey(
        Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="statements"
    )
    key = models.CharField(_("kind"), max_length=40)
    round = models.PositiveSmallIntegerField(_("round"))
    question = models.TextField(_("question"), blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    asked_at = models.DateTimeField(_("asked"), default=clock.now)
    security = models.TextField(_("Information security"), blank=True)
    data_protection = models.TextField(_("Data protection"), blank=True)
    integration = models.TextField(_("Integration"), blank=True)
    operation = models.TextField(_("Operation"), blank=True)
    conclusion = models.CharField(_("Conclusion"), max_length=20, choices=Conclusion, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("given by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    given_at = models.DateTimeField(_("given"), null=True)

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_statement_is_waited_for_at_a_time",
                fields=["project", "key"],
                condition=models.Q(given_at=None),
            ),
        ]

    def __str__(self):
        return f"{self.project}: {self.key}"

    def get_absolute_url(self):
        return reverse("projects:statement", args=[self.pk])

    @property
    def is_given(self) -> bool:
        return self.given_at is not None
