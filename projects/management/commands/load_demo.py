"""``manage.py load_demo``: the invented portfolio, once, and only where the portal is a demo."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from projects import demo
from projects.models import Project
from sso_portal.organisation.models import Unit


class Command(BaseCommand):
    help = "Load the demo's invented people and portfolio. Refuses outside demo mode."

    def handle(self, *args, verbosity, **options):
        if not settings.DEMO:
            raise CommandError("The demo portfolio is loaded in demo mode alone")
        if not Unit.objects.exists():
            raise CommandError("Load the office first: manage.py loaddata office")
        if Project.objects.exists():
            self.stdout.write("There are projects already, so nothing was loaded")
            return
        count = demo.load()
        if verbosity:
            self.stdout.write(f"Loaded {count} projects. Sign in as one of these:\n")
            for user, role in demo.one_of_each_role():
                self.stdout.write(f"  {user.username:<20}{role.label}, {user.unit}")
            self.stdout.write(f"The password of all is: {demo.PASSWORD}")
