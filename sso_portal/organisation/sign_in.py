"""Who gets in: people an administrator has made users, whichever way they sign in.

Nobody signs up. The municipality's sign-in (OIDC) is one more door to the same accounts, opened by
the settings alone: it is recognised by the e-mail address that the municipality answers for.
"""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter


class LocalAccounts(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False


class MunicipalSignIn(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request, sociallogin):
        return False
