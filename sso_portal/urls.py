"""Every address of the portal. Errors are answered by Django's own views with our templates."""

from importlib.util import find_spec

from allauth.account.decorators import secure_admin_login
from allauth.mfa.totp.views import activate_totp
from csp.decorators import csp_update
from django.contrib import admin
from django.urls import include, path

# The admin asks at the same door as everybody, with its limits and its second factor.
admin.autodiscover()
admin.site.login = secure_admin_login(admin.site.login)

APPS = ["sso_portal.front", "projects", "sso_portal.organisation", "sso_portal.shared"]
OURS = [f"{app}.urls" for app in APPS if find_spec(f"{app}.urls")]  # until every app has its own

urlpatterns = [
    *[path("", include(urls)) for urls in OURS],
    # The one page with a picture inside the page: the QR code of a second factor.
    path("accounts/2fa/totp/activate/", csp_update({"img-src": ["data:"]})(activate_totp)),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
