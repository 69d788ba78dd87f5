"""Decisions, recommendations and versions of documents can be added, never altered or removed."""

from django.db import migrations

from sso_portal.shared.append_only import guard


class Migration(migrations.Migration):
    dependencies = [("projects", "0001_initial")]

    operations = [
        guard("projects_gatedecision"),
        guard("projects_recommendation"),
        guard("projects_documentversion"),
    ]
