"""What has happened can be added to, never altered or removed."""

from django.db import migrations

from sso_portal.shared.append_only import guard


class Migration(migrations.Migration):
    dependencies = [("shared", "0001_initial")]

    operations = [guard("shared_event")]
