"""``manage.py portal``: the whole portal with one command; with a part's name, that part alone."""

import os
import socket
import sys
import time
from contextlib import suppress

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from projects import demo
from projects.models import Project
from sso_portal.front import processes
from sso_portal.organisation import role_picker
from sso_portal.organisation.models import Unit

CELERY = [sys.executable, "-m", "celery", "--app", "sso_portal", "--quiet"]
PROGRAMS = {
    "web": [
        *[sys.executable, "-m", "gunicorn", "sso_portal.wsgi"],
        *["--bind", f"{settings.PORTAL_HOST}:{settings.PORT}"],
        *["--workers", str(settings.PROCESSES), "--worker-class", "gthread", "--threads", "8"],
        *["--log-level", "warning"],
    ],
    "worker": [
        *[*CELERY, "worker", "--concurrency", str(settings.PROCESSES), "--loglevel", "WARNING"],
        *["--without-gossip", "--without-mingle", "--without-heartbeat"],
    ],
    "beat": [*CELERY, "beat", "--loglevel", "WARNING", "--pidfile", ""],
}


class Command(BaseCommand):
    help = "Prepare the database and run web, worker and beat until Ctrl-C; or one of these alone."

    def add_arguments(self, parser):
        parser.add_argument("part", nargs="?", choices=["all", "prepare", *PROGRAMS], default="all")

    def handle(self, *args, part, **options):
        if part == "prepare":
            self.prepare()
        elif part in PROGRAMS:
            os.execv(sys.executable, PROGRAMS[part])
        else:
            self.run_all()

    def prepare(self):
        call_command("migrate", interactive=False, verbosity=0)
        if not Unit.objects.exists():
            self.stdout.write("Loading the office's units, pools and principles")
            call_command("loaddata", "office", verbosity=0)
        if settings.DEMO and not Project.objects.exists():
            self.stdout.write("Loading the demo portfolio")
            call_command("load_demo", verbosity=0)

    def run_all(self):
        refuse_a_taken_port()
        self.prepare()
        if ended := processes.run(PROGRAMS, started=self.welcome):
            raise CommandError(f"{ended} ended by itself, so everything was stopped")

    def welcome(self):
        wait_for_the_web_server()
        self.stdout.write(f"\nThe portal is at {settings.PORTAL_URL}  (Ctrl-C stops it)\n")
        if settings.DEMO:
            picker = settings.PORTAL_URL + reverse("organisation:role_picker")
            self.stdout.write(f"Choose a person to sign in as at {picker}\n\n")
            for part in role_picker.parts():
                names = ", ".join(person.username for person in part.people[:3])
                self.stdout.write(f"  {part.role.label}: {names}\n")
            self.stdout.write(f"  The password of each is: {demo.PASSWORD}\n")
        self.stdout.flush()


def refuse_a_taken_port():
    family = socket.AF_INET6 if ":" in settings.PORTAL_HOST else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.PORTAL_HOST, settings.PORT))
        except OSError as error:
            raise CommandError(
                f"Cannot use port {settings.PORT} ({error.strerror}); choose another with PORT=8001"
            ) from None


def wait_for_the_web_server():
    """Give up quietly: a server that does not come ends by itself, and that is told."""
    host = "127.0.0.1" if settings.PORTAL_HOST == "0.0.0.0" else settings.PORTAL_HOST
    for _attempt in range(100):
        with suppress(OSError), socket.create_connection((host, settings.PORT), timeout=1):
            return
        time.sleep(0.1)
