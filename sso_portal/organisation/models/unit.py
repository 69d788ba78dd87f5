"""The organisation tree: director area > chief area > unit."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class UnitQuerySet(models.QuerySet):
    def within(self, unit):
        """The unit itself and everything below it."""
        return self.filter(path__startswith=unit.path)

    def above(self, unit):
        """The unit itself and everything it lies in, nearest first."""
        return self.filter(pk__in=unit.lineage).order_by("-depth")

    def areas(self):
        """The chief areas."""
        return self.filter(kind=Unit.Kind.CHIEF_AREA)

    def active(self):
        return self.filter(is_active=True)

    def in_tree_order(self):
        return self.order_by("path")

    def with_number_of_people(self):
        """With ``number_of_people``: those who work there and have access."""
        here = models.Count("people", filter=models.Q(people__is_active=True))
        return self.annotate(number_of_people=here)


class Unit(models.Model):
    """A place in the organisation. ``path`` is kept by ``save`` and never typed."""

    class Kind(models.TextChoices):
        DIRECTOR_AREA = "director_area", _("Director area")
        CHIEF_AREA = "chief_area", _("Chief area")
        UNIT = "unit", _("Unit")

    name = models.CharField(_("name"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("lies in"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    path = models.CharField(max_length=120, editable=False, db_index=True)
    depth = models.PositiveSmallIntegerField(editable=False, default=0)
    is_active = models.BooleanField(_("active"), default=True)
    history = HistoricalRecords(excluded_fields=["path", "depth"])

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["path"]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Store the unit and give it, and all below it, the path its parent implies."""
        super().save(*args, **kwargs)
        above = self.parent.path if self.parent_id else "/"
        path = f"{above}{self.pk}/"
        if path != self.path:
            self._take(path)

    def _take(self, path: str) -> None:
        self.path, self.depth = path, path.count("/") - 2
        type(self).objects.filter(pk=self.pk).update(path=self.path, depth=self.depth)
        for child in self.children.all():
            child.parent = self
            child.save()

    def clean(self):
        """A unit lies in another, never in itself or in something below it."""
        if self.pk and self.parent_id and self.pk in self.parent.lineage:
            words = gettext("A unit cannot lie in itself or in a unit below it.")
            raise ValidationError({"parent": words})

    def natural_key(self):
        return (self.name,)

    @property
    def lineage(self) -> list[int]:
        """Keys of the unit and all units it lies in, from the top."""
        return [int(pk) for pk in self.path.strip("/").split("/") if pk]
