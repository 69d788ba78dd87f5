"""What every page's frame knows about the one who reads it."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from sso_portal.organisation.roles import May, Role


def portal(request: HttpRequest) -> dict:
    """``nav`` for ``base.html``; it costs nothing on an answer without a frame."""
    return {"nav": SimpleLazyObject(lambda: _frame(request))}


def _frame(request: HttpRequest) -> dict:
    frame = {
        "demo": settings.DEMO,
        "languages": settings.LANGUAGES,
        "language": get_language(),
    }
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return frame
    role = user.main_role
    return frame | {
        "user_name": str(user),
        "role_name": Role(role).label if role else "",
        "may_submit": user.may(May.SUBMIT_IDEA),
        "may_import": user.may(May.IMPORT),
        "may_admin": user.is_administrator,
    }
