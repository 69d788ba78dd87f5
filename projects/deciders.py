"""Who decides at a gate: the desk that is asked, why it is that one, and who may answer for it."""

from django.utils.translation import gettext as _

from projects.models import DecisionRequest, Pool, Project
from projects.phase_model import ENDORSEMENT, Gate, Policy
from sso_portal.organisation import tree
from sso_portal.organisation.models import Unit, User
from sso_portal.organisation.roles import HOLDERS, Desk, May


def decision_maker(project: Project, gate: Gate) -> tuple[Desk, Unit | None]:
    """Who decides at the gate (domain, sections 2 and 12): a desk, and the unit where it stands.

    The giver and the leader behind the idea are passed over: the next level up decides, and at
    last the chief group.
    """
    own = [person for person in (project.giver, project.endorsed_by) if person]
    unit, ladder = project.unit, (Desk.CHIEF, Desk.DIRECTOR)
    if gate.decided_by == Policy.OWN_LEADER:
        ladder = (Desk.MANAGER, *ladder)
    if gate.decided_by == Policy.BY_POOL:
        pools = list(project.pools.all())
        if _is_shared(pools):
            return Desk.CHIEF_GROUP, None
        unit = pools[0].area if pools else unit
    for level, desk in enumerate(ladder):
        if _sits_above(own, unit, ladder[level + 1 :]):
            continue
        if found := tree.nearest(unit, desk, passing_over=own):
            return desk, found
    return Desk.CHIEF_GROUP, None


def named(desk: Desk, unit: Unit | None) -> str:
    """The desk as it is spoken of, in the reader's language."""
    return f"{desk.label}, {unit}" if unit else str(desk.label)


def rule_of_decision(project: Project, gate: Gate) -> str:
    """Why it is just them who decide, in the reader's words."""
    if gate.decided_by == Policy.OWN_LEADER:
        return _("The leader of the unit stands behind an idea before it goes to DigiTek.")
    if gate.decided_by == Policy.NEAREST_CHIEF:
        return _("The nearest chief of the unit that the idea comes from decides.")
    pools = list(project.pools.all())
    if not pools:
        return _("No pool is named, so the nearest chief decides.")
    if _is_shared(pools):
        return _("The shared pool or several pools pay, so the chief group decides.")
    return _("The pool of one chief area pays, so its chief decides.")


def _is_shared(pools: list[Pool]) -> bool:
    return len(pools) > 1 or any(pool.area_id is None for pool in pools)


def _sits_above(own: list[User], unit: Unit, desks: tuple[Desk, ...]) -> bool:
    """Whether one whose own idea it is sits at one of the higher desks over the unit."""
    return any(
        held.role in HOLDERS[desk] and held.reaches(unit)
        for person in own
        for held in person.held
        for desk in desks
    )


def may_answer(user: User, asked: DecisionRequest) -> bool:
    """Whether the person decides in own name. For the chief group the director records."""
    if asked.project.is_own_of(user):
        return False
    if asked.desk == Desk.CHIEF_GROUP:
        return user.sits_at(Desk.DIRECTOR)
    return user.sits_at(asked.desk, asked.unit)


def may_register(user: User, asked: DecisionRequest) -> bool:
    """Whether the person puts a meeting's decision on record: DigiTek, not on own ideas."""
    return (
        asked.gate_number != ENDORSEMENT.number
        and user.may(May.REGISTER_DECISION, asked.project.unit)
        and not asked.project.is_own_of(user)
    )


def may_decide(user: User, asked: DecisionRequest) -> bool:
    """Whether the person can put the decision on record, in own name or for a forum."""
    return may_answer(user, asked) or may_register(user, asked)


def may_read(user: User, asked: DecisionRequest) -> bool:
    """Whether the person reads what is to be decided: deciders, DigiTek, and the whole desk.

    So the chiefs can prepare what the chief group decides and the director records.
    """
    return (
        may_answer(user, asked) or may_register(user, asked) or user.sits_at(asked.desk, asked.unit)
    )
