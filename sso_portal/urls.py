"""Every address of the portal. Errors are answered by Django's own views with our templates."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("sso_portal.front.urls")),
    path("", include("projects.urls")),
    path("", include("sso_portal.organisation.urls")),
    path("", include("sso_portal.shared.urls")),
    path("accounts/", include("sso_portal.organisation.sign_in_urls")),
    path("admin/", admin.site.urls),
]
