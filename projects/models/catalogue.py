"""The office's own lists: focus areas, principles, pools. Kept by an administrator."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sso_portal.organisation.models import Unit


def in_reader_language(row: models.Model, field: str) -> str:
    """The Danish or English text of an office row, by the active language."""
    if (get_language() or "").startswith("en"):
        return getattr(row, f"{field}_en")
    return getattr(row, f"{field}_da")


class FocusArea(models.Model):
    """One of the office's focus areas; an initiative names at least one."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    name_da = models.CharField(_("name in Danish"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("focus area")
        verbose_name_plural = _("focus areas")
        ordering = ["number"]

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        return in_reader_language(self, "name")


class Principle(models.Model):
    """One of the principles; together they are the checklist of every idea.

    A mandatory one may not still be open at gate 1.
    """

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    text_da = models.CharField(_("text in Danish"), max_length=200)
    text_en = models.CharField(_("text in English"), max_length=200)
    help_da = models.TextField(_("help in Danish"), blank=True)
    help_en = models.TextField(_("help in English"), blank=True)
    is_mandatory = models.BooleanField(_("mandatory"), default=False)

    class Meta:
        verbose_name = _("principle")
        verbose_name_plural = _("principles")
        ordering = ["number"]

    def __str__(self):
        return self.text

    @property
    def key(self) -> str:
        """The name of its answer in the checklist document."""
        return str(self.number)

    @property
    def text(self) -> str:
        return in_reader_language(self, "text")

    @property
    def help(self) -> str:
        return in_reader_language(self, "help")


class Pool(models.Model):
    """Money that projects draw on: a chief area's own pool, or shared (no area)."""

    name_da = models.CharField(_("name in Danish"), max_length=80, unique=True)
    name_en = models.CharField(_("name in English"), max_length=80)
    area = models.OneToOneField(
        Unit,
        verbose_name=_("chief area"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="pool",
        help_text=_("Empty for a pool that all areas share."),
    )
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("pool")
        verbose_name_plural = _("pools")
        ordering = ["pk"]

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        return in_reader_language(self, "name")


class PoolYear(models.Model):
    """The frame of a pool in one calendar year, in whole kroner."""

    pool = models.ForeignKey(
        Pool, verbose_name=_("pool"), on_delete=models.PROTECT, related_name="years"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    frame_kroner = models.PositiveIntegerField(_("frame in kroner"))

    class Meta:
        verbose_name = _("frame of a pool")
        verbose_name_plural = _("frames of pools")
        ordering = ["-year", "pool"]
        constraints = [
            models.UniqueConstraint(name="a_pool_has_one_frame_a_year", fields=["pool", "year"]),
        ]

    def __str__(self):
        return f"{self.pool} {self.year}"
