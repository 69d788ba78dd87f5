from sso_portal.organisation.models.unit import Unit
from sso_portal.organisation.models.user import Assignment, Held, User
from sso_portal.organisation.models.waiting import Waiting

__all__ = ["Assignment", "Held", "Unit", "User", "Waiting"]
