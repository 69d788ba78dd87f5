"""Every address of the portal. Errors are answered by Django's own views with our templates."""

from importlib.util import find_spec

from django.contrib import admin
from django.urls import include, path

APPS = ["sso_portal.front", "projects", "sso_portal.organisation", "sso_portal.shared"]
OURS = [f"{app}.urls" for app in APPS if find_spec(f"{app}.urls")]  # until every app has its own

urlpatterns = [
    *[path("", include(urls)) for urls in OURS],
    path("accounts/", include("sso_portal.organisation.sign_in_urls")),
    path("admin/", admin.site.urls),
]
