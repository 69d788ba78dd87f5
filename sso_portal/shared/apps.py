from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _


class SharedConfig(AppConfig):
    name = "sso_portal.shared"
    verbose_name = _("Mail and history")

    def ready(self):
        from sso_portal.shared import sqlite

        connection_created.connect(sqlite.prepare, dispatch_uid="sqlite")
