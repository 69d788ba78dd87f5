"""People and the roles they hold."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from sso_portal.organisation.models.unit import Unit
from sso_portal.organisation.roles import GRANTS, HOLDERS, IN_THE_LINE, Desk, May, Role, foremost


class UserQuerySet(models.QuerySet):
    def active(self):
        return self.filter(is_active=True)

    def holding(self, desk: Desk, unit: Unit | None = None):
        """The active people who sit at ``desk``; with ``unit``, at exactly that unit."""
        held = Assignment.objects.filter(role__in=HOLDERS[Desk(desk)])
        if unit is not None:
            held = held.filter(unit=unit)
        return self.active().filter(pk__in=held.values("user"))

    def in_roles(self, *roles: Role):
        return self.active().filter(pk__in=Assignment.objects.filter(role__in=roles).values("user"))


class PortalUserManager(UserManager.from_queryset(UserQuerySet)):
    pass


@dataclass(frozen=True)
class Held:
    """A role somebody holds, with the reach of its unit."""

    role: Role
    unit_id: int
    path: str

    def reaches(self, unit: Unit) -> bool:
        return unit.path.startswith(self.path)


class User(AbstractUser):
    """A person who signs in. What the person may do follows from the roles held."""

    unit = models.ForeignKey(
        Unit,
        verbose_name=_("unit"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
    )
    title = models.CharField(_("job title"), max_length=80, blank=True)
    language = models.CharField(
        _("language"), max_length=5, choices=settings.LANGUAGES, default="da"
    )
    news_read_at = models.DateTimeField(null=True, blank=True, editable=False)
    anonymised_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = PortalUserManager()

    class Meta(AbstractUser.Meta):
        ordering = ["first_name", "last_name", "username"]
        constraints = [
            models.CheckConstraint(
                name="who_is_anonymised_has_no_access",
                condition=models.Q(anonymised_at=None) | models.Q(is_active=False),
            ),
        ]

    def __str__(self):
        return self.get_full_name() or self.username

    def get_full_name(self):
        if self.anonymised_at:
            return gettext("Former employee %(number)s") % {"number": self.pk}
        return super().get_full_name()

    @cached_property
    def held(self) -> tuple[Held, ...]:
        """The roles held now: one query a request."""
        rows = self.assignments.values_list("role", "unit_id", "unit__path")
        return tuple(Held(Role(role), unit_id, path) for role, unit_id, path in rows)

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(held.role for held in self.held)

    @property
    def main_role(self) -> Role | None:
        return foremost(self.roles)

    @property
    def is_administrator(self) -> bool:
        """Who gets into the Django admin. ``is_staff`` is not asked: the role decides."""
        return self.is_active and (self.is_superuser or self.may(May.ADMINISTER))

    def has_perm(self, perm, obj=None):
        """The Django admin's question. What is never edited there its ``RecordAdmin`` refuses."""
        return self.is_administrator

    def has_module_perms(self, app_label):
        return self.is_administrator

    @property
    def units_in_reach(self):
        """The person's own unit and every unit under a role in the line, as a subquery."""
        reach = models.Q(pk=self.unit_id)
        for held in self.held:
            if held.role in IN_THE_LINE:
                reach |= models.Q(path__startswith=held.path)
        return Unit.objects.filter(reach)

    def may(self, act: May, unit: Unit | None = None) -> bool:
        """Whether a role held gives the act, at ``unit`` when one is named."""
        return any(
            act in GRANTS[held.role] and (unit is None or held.reaches(unit)) for held in self.held
        )

    def sits_at(self, desk: Desk, unit: Unit | None = None) -> bool:
        """Whether the person sits at ``desk``; with ``unit``, at exactly that unit."""
        return any(
            held.role in HOLDERS[Desk(desk)] and (unit is None or held.unit_id == unit.pk)
            for held in self.held
        )


class Assignment(models.Model):
    """A role held by a person at a unit. Kept by an administrator in the Django admin."""

    user = models.ForeignKey(
        User, verbose_name=_("person"), on_delete=models.CASCADE, related_name="assignments"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="assignments"
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            models.UniqueConstraint(
                name="a_role_is_held_once_at_a_unit", fields=["user", "role", "unit"]
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.words}"

    @property
    def words(self) -> str:
        """The role and where it is held."""
        return f"{self.get_role_display()}, {self.unit}"
