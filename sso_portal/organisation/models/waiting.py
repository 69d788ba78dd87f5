"""What waits for whom: one table for the whole portal."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from sso_portal.organisation.models.unit import Unit
from sso_portal.organisation.roles import HOLDERS, Desk
from sso_portal.shared import clock


class WaitingQuerySet(models.QuerySet):
    def open(self):
        """What waits now. A row with a later ``since`` has not begun to wait."""
        return self.filter(closed_at=None, since__lte=clock.now())

    def not_closed(self):
        """What waits now or will begin to wait by itself."""
        return self.filter(closed_at=None)

    def for_a_list(self):
        """With no more than a list says: about what, whom, since when."""
        people = [f"user__{name}" for name in ("first_name", "last_name", "username")]
        own = ("object_id", "desk", "since", "user_id", "unit_id")
        return self.select_related("user", "unit").only(
            *own, *people, "user__anonymised_at", "unit__name"
        )

    def for_user(self, user):
        """What waits for the person, by name or at a desk the person sits at."""
        mine = Q(user=user)
        for held in user.held:
            desks = [desk for desk, roles in HOLDERS.items() if held.role in roles]
            mine |= Q(desk__in=desks) & (Q(unit=None) | Q(unit=held.unit_id))
        return self.filter(mine)

    def about(self, subject: models.Model):
        content_type = ContentType.objects.get_for_model(subject)
        return self.filter(content_type=content_type, object_id=subject.pk)


class Waiting(models.Model):
    """Somebody is waited for. Opened and closed by ``waiting.begin`` and ``waiting.end`` alone.

    Either a person, or a desk (with the unit where it stands, when it stands at one).
    """

    class Kind(models.TextChoices):
        ENDORSE = "endorse", _("stand behind the idea")
        DECIDE = "decide", _("decide")
        QUALIFY = "qualify", _("qualify the idea")
        COMPLETE = "complete", _("complete the idea")
        REWORK = "rework", _("rework after the gate")
        STATEMENT = "statement", _("give a statement")
        REVIEW = "review", _("review what is on hold")

    content_type = models.ForeignKey(ContentType, verbose_name=_("about"), on_delete=models.PROTECT)
    object_id = models.PositiveBigIntegerField(_("row"))
    subject = GenericForeignKey()
    kind = models.CharField(_("task"), max_length=20, choices=Kind)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="waited_for",
    )
    desk = models.CharField(_("desk"), max_length=20, choices=Desk, blank=True)
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("unit"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="waited_for",
    )
    since = models.DateTimeField(_("since"), default=clock.now)
    due_on = models.DateField(_("due"), null=True, blank=True)
    link = models.CharField(_("link"), max_length=200)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = WaitingQuerySet.as_manager()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks that wait")
        ordering = ["since", "pk"]
        indexes = [
            models.Index(
                fields=["content_type", "object_id"],
                name="waiting_by_subject",
                condition=Q(closed_at=None),
            ),
            models.Index(fields=["user"], name="waiting_by_user", condition=Q(closed_at=None)),
        ]
        constraints = [
            models.CheckConstraint(
                name="waiting_is_for_a_person_or_a_desk",
                condition=Q(user=None) & ~Q(desk="") | Q(user__isnull=False, desk="", unit=None),
            ),
        ]

    def __str__(self):
        return f"{self.whom}: {self.get_kind_display()}"

    @property
    def whom(self) -> str:
        """Who is waited for, in the reader's language."""
        if self.user_id:
            return str(self.user)
        if self.unit_id:
            return f"{self.get_desk_display()}, {self.unit}"
        return str(self.get_desk_display())

    @property
    def days(self) -> int:
        """Whole days it has waited, by the office's calendar."""
        return (clock.today() - localdate(self.since)).days
