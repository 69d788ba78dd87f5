"""Questions about the organisation tree: who sits nearest above a unit."""

from collections.abc import Iterable

from sso_portal.organisation.models import Assignment, Unit, User
from sso_portal.organisation.roles import HOLDERS, Desk


def nearest(unit: Unit, desk: Desk, *, passing_over: Iterable[User] = ()) -> Unit | None:
    """The nearest unit at or above ``unit`` where somebody active sits at ``desk``.

    A unit where one of ``passing_over`` sits at the desk is passed over: the next level up
    answers instead. None when there is nobody.
    """
    held = Assignment.objects.filter(
        role__in=HOLDERS[desk], unit__in=unit.lineage, user__is_active=True
    ).values_list("unit_id", "user_id")
    left_out = {user.pk for user in passing_over}
    staffed = {unit_id for unit_id, _ in held}
    staffed -= {unit_id for unit_id, user_id in held if user_id in left_out}
    for pk in reversed(unit.lineage):
        if pk in staffed:
            return Unit.objects.get(pk=pk)
    return None
