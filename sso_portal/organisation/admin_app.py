"""The app configuration that gives Django's admin the portal's own door."""

from django.contrib.admin.apps import AdminConfig


class Administration(AdminConfig):
    """Django's admin with the portal's own door."""

    default_site = "sso_portal.organisation.admin_site.PortalAdminSite"
