"""The project model as a table: phases, gates, verdicts and what each type of project uses of them.

Everything else asks this module; nothing else compares phases. The source is the office's
project model (domain, section 2); who holds the power to decide is named here as a policy and
turned into a desk by ``gates.decision_maker``.
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Phase(TextChoices):
    IDEA = "idea", _("Idea")
    INVESTIGATION = "investigation", _("Investigation")
    TRIAL = "trial", _("Trial")
    OPERATION = "operation", pgettext_lazy("phase", "Operation")
    RETHINK = "rethink", _("Rethink")


class Standing(TextChoices):
    """Where a project stands beside its phase; only active projects can be worked forward."""

    DRAFT = "draft", _("Draft")
    ACTIVE = "active", _("Active")
    PARKED = "parked", _("On hold")
    STOPPED = "stopped", _("Stopped")
    CLOSED = "closed", pgettext_lazy("standing", "Closed")


class ProjectType(TextChoices):
    DIGITEK = "digitek", _("DigiTek project")
    MUST_DO = "must_do", _("Must-do project")
    OTHER = "other", _("Other project")
    WORKSHOP = "workshop", _("Workshop solution")


class Priority(TextChoices):
    """The levels in the order of the prioritised list."""

    VERY_HIGH = "very_high", _("Very high")
    HIGH = "high", pgettext_lazy("priority", "High")
    LOW = "low", pgettext_lazy("priority", "Low")
    PIPELINE = "pipeline", _("Pipeline")
    BACKLOG = "backlog", _("Backlog")


class Verdict(TextChoices):
    APPROVE = "approve", _("Approve")
    REWORK = "rework", _("Send back for rework")
    PARK = "park", _("Put on hold")
    STOP = "stop", _("Stop")


class Policy(TextChoices):
    """Who decides, as a rule; the desk itself is found by ``gates.decision_maker``."""

    OWN_LEADER = "own_leader", _("The giver's own leader")
    NEAREST_CHIEF = "nearest_chief", _("The nearest chief")
    BY_POOL = "by_pool", _("The one whose pool pays")


@dataclass(frozen=True)
class Outcome:
    """What a verdict does: how it is told, the standing it leaves, whether the project moves on."""

    told: str | Promise
    standing: Standing
    moves: bool = False
    needs_review_date: bool = False


OUTCOMES = {
    Verdict.APPROVE: Outcome(_("Approved"), Standing.ACTIVE, moves=True),
    Verdict.REWORK: Outcome(_("Sent back for rework"), Standing.ACTIVE),
    Verdict.PARK: Outcome(
        pgettext_lazy("outcome", "Put on hold"), Standing.PARKED, needs_review_date=True
    ),
    Verdict.STOP: Outcome(_("Stopped"), Standing.STOPPED),
}


@dataclass(frozen=True)
class Gate:
    """A point where somebody decides. ``opens`` are the phases an approval can lead to."""

    number: int
    name: str | Promise
    after: Phase
    opens: tuple[Phase, ...]
    reads: tuple[str, ...]
    decided_by: Policy
    verdicts: tuple[Verdict, ...] = tuple(Verdict)

    @property
    def asks_about_spreading(self) -> bool:
        """Only an approval into operation says whether the solution is to be spread."""
        return Phase.OPERATION in self.opens


# An employee's idea first asks the own leader to stand behind it: the same mechanism, before
# gate 1, and approving it moves nothing but the idea's way to DigiTek.
ENDORSEMENT = Gate(
    number=0,
    name=_("Endorsement by the leader"),
    after=Phase.IDEA,
    opens=(),
    reads=("idea_description",),
    decided_by=Policy.OWN_LEADER,
    verdicts=(Verdict.APPROVE, Verdict.REWORK, Verdict.STOP),
)

GATES = (
    Gate(
        number=1,
        name=_("Gate 1"),
        after=Phase.IDEA,
        opens=(Phase.INVESTIGATION,),
        reads=("idea_description", "checklist"),
        decided_by=Policy.NEAREST_CHIEF,
    ),
    Gate(
        number=2,
        name=_("Gate 2"),
        after=Phase.INVESTIGATION,
        opens=(Phase.TRIAL,),
        reads=("project_description", "contract", "it_statement"),
        decided_by=Policy.BY_POOL,
    ),
    Gate(
        number=3,
        name=_("Gate 3"),
        after=Phase.TRIAL,
        opens=(Phase.OPERATION, Phase.RETHINK),
        reads=("evaluation", "it_handover"),
        decided_by=Policy.BY_POOL,
    ),
)

_BY_NUMBER = {gate.number: gate for gate in (ENDORSEMENT, *GATES)}


def gate_numbered(number: int) -> Gate:
    """The gate with that number; 0 is the leader's endorsement. KeyError for any other."""
    return _BY_NUMBER[number]


@dataclass(frozen=True)
class Track:
    """How one type of project runs: its phases in order, its gates, the priorities it may have."""

    phases: tuple[Phase, ...] = tuple(Phase)
    gates: tuple[Gate, ...] = ()
    priorities: tuple[Priority, ...] = (
        Priority.HIGH,
        Priority.LOW,
        Priority.PIPELINE,
        Priority.BACKLOG,
    )

    def gate_after(self, phase: Phase) -> Gate | None:
        return next((gate for gate in self.gates if gate.after == phase), None)

    def behind(self, phase: Phase) -> tuple[Phase, ...]:
        """The phases already passed; the way to rethink leads round operation."""
        passed = self.phases[: self.phases.index(phase)]
        if ends_a_round(phase):
            return tuple(other for other in passed if not leads_to_operation(other))
        return passed

    def moves_from(self, phase: Phase) -> tuple[Phase, ...]:
        """Where a project without gates can be moved; rethink is left by a new round only."""
        if self.gates or phase == Phase.RETHINK:
            return ()
        return tuple(other for other in self.phases if other != phase)


TRACKS = {
    ProjectType.DIGITEK: Track(gates=GATES),
    ProjectType.MUST_DO: Track(priorities=(Priority.VERY_HIGH,)),
    ProjectType.OTHER: Track(),
    ProjectType.WORKSHOP: Track(phases=(Phase.IDEA, Phase.TRIAL, Phase.OPERATION)),
}

# The first round as an idea is the only time a project is seen by its unit alone.
SEEN_BY_THE_UNIT = (Phase.IDEA,)
FIRST_PHASE = Phase.IDEA
ENDS_A_ROUND = Phase.RETHINK


def is_first_phase(phase: Phase) -> bool:
    return phase == FIRST_PHASE


def ends_a_round(phase: Phase) -> bool:
    return phase == ENDS_A_ROUND


def leads_to_operation(phase: Phase | str) -> bool:
    return phase == Phase.OPERATION
