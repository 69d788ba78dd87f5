"""Who gets in: people an administrator has made users, whichever way they sign in.

Nobody signs up. The municipality's sign-in (OIDC) is one more door to the same accounts, opened by
the settings alone. The first time, it is recognised by what the municipality answers for: the
verified e-mail address or, when the settings say so, the user name; from then on by its own key.
"""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sso_portal.organisation.models import User
from sso_portal.shared import outbox

WRONG = _("The user name or the password is not right.")


class LocalAccounts(DefaultAccountAdapter):
    """Local accounts: made by an administrator, and every mail through the outbox."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is no longer active."),
        "email_password_mismatch": WRONG,
        "username_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "enter_current_password": _("Write your present password."),
        "incorrect_password": _("The password is not right."),
        "incorrect_code": _("The code is not right."),
        "too_many_login_attempts": _("Too many attempts. Wait a little and try again."),
        "rate_limited": _("Too many attempts. Wait a little and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("organisation:account")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """At the portal's own address, whatever host the request named."""
        path = reverse("account_reset_password_from_key", args=["UID", "KEY"])
        return settings.PORTAL_URL + path.replace("UID-KEY", key)

    def send_password_reset_mail(self, user: User, email: str, context: dict) -> None:
        """Who only signs in through the municipality has no password to reset."""
        if user.has_usable_password():
            url = context["password_reset_url"]
            template = "organisation/emails/password_reset"
            outbox.write(to=user, template=template, context={"url": url})

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        raise NotImplementedError(f"{template_prefix} has no place in the outbox")


class MunicipalSignIn(DefaultSocialAccountAdapter):
    """The municipality's sign-in: opens an account that is there, never makes one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Tie a sign-in seen for the first time to the person it belongs to, or refuse it."""
        if sociallogin.state.get("process") != "login":
            raise ImmediateHttpResponse(redirect("front:home"))
        if sociallogin.is_existing:
            return
        person = person_behind(sociallogin)
        if person is None:
            refusal = render(request, "account/signup_closed.html", status=403)
            raise ImmediateHttpResponse(refusal)
        sociallogin.connect(request, person)


def person_behind(sociallogin: SocialLogin) -> User | None:
    """The one active person whom the municipality's answer points to; None for none or several."""
    points_to = Q(pk=None)
    if settings.OIDC_MATCH == "username":
        claimed = sociallogin.account.get_provider_account().get_user_data() or {}
        if name := claimed.get("preferred_username"):
            points_to |= Q(username__iexact=name)
    else:
        for address in sociallogin.email_addresses:
            if address.verified is True and address.email:
                points_to |= Q(email__iexact=address.email)
    found = User.objects.active().filter(points_to)[:2]
    return found[0] if len(found) == 1 else None
