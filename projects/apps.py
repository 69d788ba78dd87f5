from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = _("Projects")

    def ready(self):
        from projects import documents, events, statements
        from projects.document_specs import CHECKLIST, SPECS
        from sso_portal.shared import history

        for spec in SPECS.values():
            kind = documents.Checklist if spec is CHECKLIST else documents.WrittenDocument
            documents.register(kind(spec))
        for statement in statements.STATEMENTS.values():
            documents.register(statement)
        history.register(events.EVENTS)
        checks.register(every_gate_can_read, "projects")


def every_gate_can_read(app_configs, **kwargs):
    """A key in the phase model that no app has registered would be a gate nobody can pass."""
    from projects import documents

    return [
        checks.Error(
            f"No app has registered the document '{key}' that a gate reads", id="projects.E001"
        )
        for key in sorted(documents.unfilled_keys())
    ]
