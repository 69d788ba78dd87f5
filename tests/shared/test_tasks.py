"""The outbox with a real worker, a real broker and a real mail server."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.core import mail as django_mail
from django.db import connection

from sso_portal.shared import outbox, tasks
from tests.shared import mail_server

ROOT = Path(__file__).resolve().parent.parent.parent

PUT = """
from django.contrib.auth import get_user_model
from sso_portal.shared import outbox
karen = get_user_model().objects.create_user("karen", email="karen@example.dk", language="da")
outbox.put(to=karen, kind="test.mail", subject="Nyt", text="Hej", html="<p>Hej</p>")
"""
LOOK = """
import json
from sso_portal.shared.models import OutgoingMail
print(json.dumps(list(OutgoingMail.objects.values_list("state", flat=True))))
"""
SWEEP_LATER = """
from datetime import timedelta
from sso_portal.shared import clock, tasks
from sso_portal.shared.models import OutgoingMail
tasks.deliver(OutgoingMail.objects.get().pk)
with clock.at(clock.now() + timedelta(minutes=4)):
    tasks.sweep()
    tasks.sweep()
"""


@pytest.mark.parametrize("times", [1, 2])
def test_the_tasks_may_run_any_number_of_times(db, times):
    karen = get_user_model().objects.create_user("karen", email="k@example.dk", language="da")
    first, second = (
        outbox.put(to=karen, kind="test.mail", subject="Nyt", text="Hej") for _ in range(2)
    )

    for _ in range(times):
        tasks.deliver(first.pk)
        tasks.sweep()

    sent = [message.extra_headers["Message-ID"] for message in django_mail.outbox]
    assert sent == [first.message_id, second.message_id]


@pytest.fixture
def installation(tmp_path, request):
    """An empty portal of its own: the environment its processes start in."""
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")},
        "PORTAL_VAR": str(tmp_path),
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "sso_portal.settings",
    }
    if os.environ.get("REDIS_URL"):
        env["REDIS_URL"] = (
            f"redis://{urlsplit(os.environ['REDIS_URL']).netloc}/{os.getpid() % 15 + 1}"
        )
    if connection.vendor == "postgresql":
        database = request.getfixturevalue("fresh_database")
        env["DATABASE_URL"] = urlsplit(os.environ["DATABASE_URL"])._replace(path=database).geturl()
    else:
        env.pop("DATABASE_URL", None)
    manage(env, "migrate", "--verbosity=0")
    return env


@pytest.fixture
def fresh_database(django_db_blocker):
    name = f"sso_worker_{uuid4().hex[:8]}"
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        yield name
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def manage(env, *arguments):
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def shell(env, script):
    return manage(env, "shell", "--no-imports", "-c", script)


@contextmanager
def worker(env, log):
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "sso_portal", "worker", "-c", "1", "-l", "INFO"],
            cwd=ROOT,
            env=env,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(timeout=30)


def eventually(holds, log):
    for _ in range(300):
        if holds():
            return
        time.sleep(0.1)
    pytest.fail(log.read_text())


@contextmanager
def portal_with_mail(installation, settings, **behaviour):
    with mail_server.mail_server(settings, **behaviour) as server:
        address = {"EMAIL_URL": f"smtp://127.0.0.1:{settings.EMAIL_PORT}", "EMAIL_FROM": "p@a.dk"}
        yield server, installation | address


@pytest.mark.processes
def test_a_real_worker_delivers_what_a_real_broker_told_it(installation, settings, tmp_path):
    log = tmp_path / "worker.log"
    with portal_with_mail(installation, settings) as (server, env), worker(env, log):
        shell(env, PUT)
        eventually(lambda: server.received, log)

    assert json.loads(shell(env, LOOK)) == ["sent"]
    assert [received["To"] for received in server.received] == ["karen@example.dk"]


@pytest.mark.processes
def test_a_worker_killed_in_the_hand_over_leaves_a_doubt(installation, settings, tmp_path):
    log = tmp_path / "worker.log"
    with portal_with_mail(installation, settings, hang="data") as (server, env):
        with worker(env, log) as process:
            shell(env, PUT)
            eventually(lambda: server.received, log)
            os.killpg(process.pid, signal.SIGKILL)
        assert json.loads(shell(env, LOOK)) == ["data"]
        shell(env, SWEEP_LATER)

    assert json.loads(shell(env, LOOK)) == ["uncertain"]
    assert len(server.received) == 1
