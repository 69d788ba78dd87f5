"""Projects: everything with a purpose, an owner and benefits."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from projects.models.catalogue import FocusArea, Pool
from projects.phase_model import (
    FIRST_PHASE,
    SEEN_BY_THE_UNIT,
    TRACKS,
    Gate,
    Phase,
    Priority,
    ProjectType,
    Standing,
    Track,
)
from sso_portal.organisation.models import Unit, Waiting
from sso_portal.organisation.roles import May
from sso_portal.shared import clock


class ProjectQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What the person may know of.

        A draft is its author's alone. In its first round as an idea a project is seen by its
        unit, its giver, its team and those who work with ideas; from then on by everyone.
        """
        own_drafts = Q(standing=Standing.DRAFT, giver=user)
        return self.filter(~Q(standing=Standing.DRAFT) & _seen_by(user) | own_drafts)

    def listed_for(self, user):
        """What is visible to the person without drafts, as lists of the portfolio show it."""
        return self.sent().filter(_seen_by(user))

    def known_to_all(self):
        """What everybody who signs in can follow."""
        return self.sent().filter(_OPEN_TO_ALL)

    def locked(self, pk: int):
        """The project, its row locked until the transaction ends: how every verb begins."""
        return self.select_for_update().get(pk=pk)

    def with_people(self):
        """With everything a page shows of the project itself."""
        people = ("giver", "endorsed_by", "lead", "digitek_contact")
        return self.select_related("unit", *people)

    def for_a_list(self):
        """With no more than a line of a list shows."""
        people = [f"lead__{name}" for name in ("first_name", "last_name", "username")]
        columns = ["year", "number", "title", "type", "phase", "standing", "priority", "risk"]
        return self.select_related("lead").only(
            *columns, "unit_id", "budget_kroner", *people, "lead__anonymised_at"
        )

    def sent(self):
        return self.exclude(standing=Standing.DRAFT)

    def active(self):
        return self.filter(standing=Standing.ACTIVE)

    def under_way(self):
        """Projects that are still something: not drafts, not stopped, not closed."""
        return self.filter(standing__in=[Standing.ACTIVE, Standing.PARKED])

    def involving(self, user):
        """Projects the person gave, leads, is DigiTek's contact for or is in the team of."""
        return self.filter(Q(giver=user) | _worked_on_by(user))

    def worked_on_by(self, user):
        """Projects the person leads, is DigiTek's contact for or is in the team of."""
        return self.filter(_worked_on_by(user))

    def standing_at_a_gate(self):
        """Active projects that the next gate is ahead of."""
        at_a_gate = Q(pk__in=[])
        for project_type, track in TRACKS.items():
            at_a_gate |= Q(type=project_type, phase__in=[gate.after for gate in track.gates])
        return self.active().filter(at_a_gate)

    def in_priority_order(self):
        """The order of the prioritised list; newest reference last within a level."""
        return self.order_by("priority_rank", "year", "number", "pk")


_OPEN_TO_ALL = ~Q(phase__in=SEEN_BY_THE_UNIT) | Q(round__gt=1)


def _seen_by(user) -> Q:
    """Which projects that have been sent the person may know of."""
    if user.may(May.SEE_ALL_IDEAS):
        return Q()
    in_reach = Q(unit__in=user.units_in_reach)
    return _OPEN_TO_ALL | in_reach | Q(giver=user) | _worked_on_by(user)


def _worked_on_by(user) -> Q:
    in_team = Project.team.through.objects.filter(user=user).values("project")
    return Q(lead=user) | Q(digitek_contact=user) | Q(pk__in=in_team)


class Project(models.Model):
    """An initiative from idea to operation, of any type.

    Phase, standing and round are changed by ``projects.gates`` alone; sent and qualified by
    ``projects.intake``; figures that belong to a document by ``projects.documents``.
    """

    class Source(models.TextChoices):
        EMPLOYEE = "employee", _("Employee")
        MANAGER = "manager", _("Manager")
        COMPANY = "company", _("Company")
        TUCV = "tucv", _("TUCV (test and development centre)")
        VISIT = "visit", _("DigiTek 360 visit")
        NEEDS = "needs", _("Needs or market exploration")

    class Risk(models.IntegerChoices):
        ROUTINE = 1, _("1 Routine")
        CHALLENGE = 2, _("2 Challenge")
        COMPLEX = 3, _("3 Complex")
        INNOVATION = 4, _("4 Innovation")

    year = models.PositiveSmallIntegerField(null=True, editable=False)
    number = models.PositiveIntegerField(null=True, editable=False)
    external_id = models.CharField(
        _("external id"), max_length=60, unique=True, null=True, blank=True
    )
    title = models.CharField(_("title"), max_length=160)
    type = models.CharField(
        _("type"), max_length=20, choices=ProjectType, default=ProjectType.DIGITEK
    )
    phase = models.CharField(_("phase"), max_length=20, choices=Phase, default=FIRST_PHASE)
    phase_since = models.DateTimeField(_("in the phase since"), default=clock.now)
    standing = models.CharField(
        _("standing"), max_length=20, choices=Standing, default=Standing.DRAFT
    )
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    priority = models.CharField(
        _("priority"), max_length=20, choices=Priority, default=Priority.PIPELINE
    )
    # The place of the level in the prioritised list, kept by the database for its order
    priority_rank = models.GeneratedField(
        expression=models.Case(
            *(models.When(priority=level, then=rank) for rank, level in enumerate(Priority.values)),
        ),
        output_field=models.PositiveSmallIntegerField(null=True),
        db_persist=True,
    )
    risk = models.PositiveSmallIntegerField(_("risk"), choices=Risk, null=True, blank=True)

    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="projects"
    )
    source = models.CharField(_("source"), max_length=20, choices=Source, default=Source.EMPLOYEE)
    source_name = models.CharField(_("company or place"), max_length=120, blank=True)
    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("giver"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="ideas",
    )
    endorsed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("leader behind the idea"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="endorsed",
    )
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("project leader"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="leads",
    )
    digitek_contact = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("DigiTek contact"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contact_for",
    )
    team = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("team"), blank=True, related_name="teams"
    )
    focus_areas = models.ManyToManyField(
        FocusArea, verbose_name=_("focus areas"), blank=True, related_name="projects"
    )
    pools = models.ManyToManyField(
        Pool, verbose_name=_("pools"), blank=True, related_name="projects"
    )
    touches_it = models.BooleanField(
        _("touches IT systems or personal data"), null=True, blank=True
    )
    starts_on = models.DateField(_("start"), null=True, blank=True)
    ends_on = models.DateField(_("end"), null=True, blank=True)
    budget_kroner = models.PositiveIntegerField(_("expected budget"), null=True, blank=True)
    times_a_year = models.PositiveIntegerField(_("times a year"), null=True, blank=True)
    minutes_before = models.PositiveIntegerField(_("minutes today"), null=True, blank=True)
    minutes_after = models.PositiveIntegerField(_("minutes afterwards"), null=True, blank=True)
    on_hold_because = models.TextField(_("on hold because"), blank=True)
    review_on = models.DateField(_("to be reviewed"), null=True, blank=True)
    is_carried_over = models.BooleanField(_("carried over"), default=False, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    qualified_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    # The key of the form that began it: a double click begins one idea.
    form_key = models.UUIDField(unique=True, null=True, editable=False)

    waits = GenericRelation(Waiting, related_query_name="project")
    history = HistoricalRecords(m2m_fields=[pools, focus_areas], excluded_fields=["priority_rank"])

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["year", "number", "pk"]
        indexes = [
            # The order of the list, and what the list counts, without reading the rows
            models.Index(fields=["priority_rank", "year", "number"], name="project_by_priority"),
            models.Index(fields=["standing", "type", "phase"], name="project_by_standing"),
            models.Index(fields=["giver"], name="project_by_giver"),
        ]
        constraints = [
            models.UniqueConstraint(name="a_reference_is_given_once", fields=["year", "number"]),
            models.CheckConstraint(
                name="what_is_sent_has_a_reference",
                condition=Q(standing=Standing.DRAFT) | Q(year__isnull=False, number__isnull=False),
            ),
            models.CheckConstraint(
                name="must_do_is_very_high_and_nothing_else_is",
                condition=Q(type=ProjectType.MUST_DO, priority=Priority.VERY_HIGH)
                | ~Q(type=ProjectType.MUST_DO) & ~Q(priority=Priority.VERY_HIGH),
            ),
            models.CheckConstraint(
                name="on_hold_has_a_reason_and_a_review_date",
                condition=~Q(standing=Standing.PARKED)
                | ~Q(on_hold_because="") & Q(review_on__isnull=False),
            ),
            models.CheckConstraint(
                name="a_project_ends_after_it_starts",
                condition=Q(starts_on=None)
                | Q(ends_on=None)
                | Q(ends_on__gte=models.F("starts_on")),
            ),
        ]

    def __str__(self):
        return f"{self.reference} {self.title}".strip()

    def get_absolute_url(self):
        return reverse("projects:project", args=[self.pk])

    @property
    def _history_date(self):
        """When "who changed this field" says it was: by the portal's clock, also in a story."""
        return clock.now()

    @property
    def reference(self) -> str:
        """The number people know it by, ``SSO-2026-014``; empty for a draft."""
        return f"SSO-{self.year}-{self.number:03d}" if self.number else ""

    @property
    def track(self) -> Track:
        return TRACKS[ProjectType(self.type)]

    @property
    def gate(self) -> Gate | None:
        """The gate ahead, when the type has gates and the phase leads to one."""
        return self.track.gate_after(Phase(self.phase))

    @property
    def is_draft(self) -> bool:
        return self.standing == Standing.DRAFT

    @property
    def is_active(self) -> bool:
        return self.standing == Standing.ACTIVE

    @property
    def is_parked(self) -> bool:
        return self.standing == Standing.PARKED

    @property
    def is_over(self) -> bool:
        """Stopped or closed: final, but readable."""
        return self.standing in (Standing.STOPPED, Standing.CLOSED)

    @property
    def is_qualified(self) -> bool:
        return self.qualified_at is not None

    @property
    def hours_freed(self) -> float | None:
        """The idea's first guess: times a year x (minutes before - after) / 60, hours a year."""
        if None in (self.times_a_year, self.minutes_before, self.minutes_after):
            return None
        return self.times_a_year * (self.minutes_before - self.minutes_after) / 60

    def paper(self, key: str):
        """This round's document of that kind; None when nobody has begun it."""
        return next(
            (
                document
                for document in self.documents.all()
                if document.key == key and document.round == self.round
            ),
            None,
        )

    @property
    def open_request(self):
        """The decision that is waited for; None when nobody is asked."""
        return next((asked for asked in self.requests.all() if asked.is_open), None)

    def is_own_of(self, user) -> bool:
        """Whether it is the person's own idea: as its giver, or as the leader behind it."""
        return user.pk in (self.giver_id, self.endorsed_by_id)


class ReferenceCounter(models.Model):
    """The last number given in a year. Locked by ``intake`` while the next one is taken."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.year}: {self.last}"
