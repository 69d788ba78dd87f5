"""Recommendations, requests for a decision, and decisions."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from projects.models.project import Project
from projects.phase_model import OUTCOMES, Gate, Phase, Verdict, gate_numbered
from sso_portal.organisation.models import Unit
from sso_portal.organisation.roles import Desk
from sso_portal.shared import clock
from sso_portal.shared.append_only import AppendOnlyModel, AppendOnlyQuerySet


class Recommendation(AppendOnlyModel):
    """What DigiTek recommends at a gate, with name, date and reason. A newer one replaces it."""

    project = models.ForeignKey(
        Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="recommendations"
    )
    gate_number = models.PositiveSmallIntegerField(_("gate"))
    round = models.PositiveSmallIntegerField(_("round"))
    verdict = models.CharField(_("recommendation"), max_length=20, choices=Verdict)
    opens = models.CharField(_("leads to"), max_length=20, choices=Phase, blank=True)
    reasoning = models.TextField(_("reasoning"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("when"), default=clock.now)

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(name="recommendation_is_reasoned", condition=~Q(reasoning="")),
        ]

    def __str__(self):
        return f"{self.project}: {self.get_verdict_display()}"

    @property
    def gate(self) -> Gate:
        return gate_numbered(self.gate_number)


class DecisionRequestQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed_at=None)


class DecisionRequest(models.Model):
    """Somebody is asked to decide at a gate. Answered by exactly one decision, or withdrawn.

    ``gate_number`` 0 is the leader's endorsement. The desk and unit are those who decide.
    """

    project = models.ForeignKey(
        Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="requests"
    )
    gate_number = models.PositiveSmallIntegerField(_("gate"))
    round = models.PositiveSmallIntegerField(_("round"))
    desk = models.CharField(_("desk"), max_length=20, choices=Desk)
    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    recommendation = models.ForeignKey(
        Recommendation,
        verbose_name=_("recommendation"),
        on_delete=models.PROTECT,
        null=True,
        related_name="requests",
    )
    words = models.TextField(_("to the decision maker"), blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    asked_at = models.DateTimeField(_("asked"), default=clock.now)
    due_on = models.DateField(_("wanted by"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True)

    objects = DecisionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for a decision")
        verbose_name_plural = _("requests for a decision")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_project_waits_for_one_decision_at_a_time",
                fields=["project"],
                condition=Q(closed_at=None),
            ),
        ]

    def __str__(self):
        return f"{self.project}: {self.gate.name}"

    def get_absolute_url(self):
        return reverse("projects:decide", args=[self.pk])

    @property
    def gate(self) -> Gate:
        return gate_numbered(self.gate_number)

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def decider(self) -> str:
        """Who is asked, in the reader's language."""
        if self.unit_id:
            return f"{self.get_desk_display()}, {self.unit}"
        return str(self.get_desk_display())


class GateDecisionQuerySet(AppendOnlyQuerySet):
    def with_people(self):
        return self.select_related("recorded_by", "request__unit")


class GateDecision(AppendOnlyModel):
    """What was decided at a gate, by whom, for which forum and on which documents. Never edited.

    ``recorded_by`` decided in writing when ``forum`` is empty; otherwise the forum decided on
    ``decided_on`` and ``recorded_by`` put it on record.
    """

    request = models.OneToOneField(
        DecisionRequest,
        verbose_name=_("request for a decision"),
        on_delete=models.PROTECT,
        related_name="decision",
    )
    project = models.ForeignKey(
        Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="decisions"
    )
    gate_number = models.PositiveSmallIntegerField(_("gate"))
    round = models.PositiveSmallIntegerField(_("round"))
    verdict = models.CharField(_("decision"), max_length=20, choices=Verdict)
    phase_before = models.CharField(_("phase before"), max_length=20, choices=Phase)
    phase_after = models.CharField(_("phase after"), max_length=20, choices=Phase)
    spread = models.BooleanField(_("to be spread"), null=True)
    reasoning = models.TextField(_("reasoning"))
    conditions = models.TextField(_("conditions"), blank=True)
    review_on = models.DateField(_("to be reviewed"), null=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recorded by"),
        on_delete=models.PROTECT,
        related_name="decisions",
    )
    forum = models.CharField(_("forum"), max_length=120, blank=True)
    decided_on = models.DateField(_("decided on"))
    recorded_at = models.DateTimeField(_("recorded"), default=clock.now)
    basis = models.JSONField(_("basis"))

    objects = GateDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="gate_decision_is_reasoned", condition=~Q(reasoning="")),
        ]

    def __str__(self):
        return f"{self.project}: {self.gate.name}, {self.told}"

    def get_absolute_url(self):
        return reverse("projects:decision", args=[self.pk])

    @property
    def gate(self) -> Gate:
        return gate_numbered(self.gate_number)

    def newer_at_the_gate(self):
        """The newest decision taken after this one at the same gate in the same round, if any."""
        same = GateDecision.objects.filter(
            project=self.project_id, gate_number=self.gate_number, round=self.round
        )
        return same.filter(recorded_at__gt=self.recorded_at).first()

    @property
    def told(self) -> str:
        """The outcome as it is told afterwards: "approved", not "approve"."""
        return str(OUTCOMES[Verdict(self.verdict)].told)
