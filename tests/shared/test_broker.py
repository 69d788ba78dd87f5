import socket
import time

import pytest
from celery import current_app
from django.contrib.auth import get_user_model

from sso_portal.shared import broker, outbox, tasks
from sso_portal.shared.models import OutgoingMail

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def well_rested(monkeypatch):
    monkeypatch.setattr(broker, "_rests_until", float("-inf"))
    monkeypatch.setitem(current_app.conf, "task_always_eager", False)


@pytest.fixture
def through(monkeypatch):
    """The broker that messages go through in this test."""

    def use(url, **options):
        monkeypatch.setenv("CELERY_BROKER_URL", url)
        monkeypatch.setitem(current_app.conf, "broker_transport_options", options)

    return use


def folders(path):
    if not path.exists():
        path.mkdir()
    return {
        "data_folder_in": str(path),
        "data_folder_out": str(path),
        "control_folder": str(path.parent / "control"),
    }


def put():
    karen = get_user_model().objects.create_user("karen", email="karen@example.dk", language="da")
    return outbox.put(to=karen, kind="test.mail", subject="Nyt", text="Hej")


def test_a_new_mail_wakes_a_worker(through, tmp_path):
    through("filesystem://", **folders(tmp_path / "messages"))

    mail = put()

    (message,) = (tmp_path / "messages").iterdir()
    assert '"task": "outbox.deliver"' in message.read_text()
    assert f'"argsrepr": "({mail.pk},)"' in message.read_text()


def test_a_folder_that_cannot_be_written_costs_no_mail(through, tmp_path):
    (tmp_path / "messages").write_text("a file in the folder's place")
    through("filesystem://", **folders(tmp_path / "messages"))

    assert_the_sweep_delivers(put())


def test_a_redis_that_is_down_costs_no_mail(through):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    through(f"redis://127.0.0.1:{port}/0")

    assert_the_sweep_delivers(put())


def test_a_redis_that_hangs_costs_one_short_wait(through):
    with socket.create_server(("127.0.0.1", 0)) as server:
        through(f"redis://127.0.0.1:{server.getsockname()[1]}/0", socket_timeout=60)
        began = time.monotonic()
        mail = put()
        for _ in range(50):
            assert broker.wake(tasks.deliver, mail.pk) is False
        took = time.monotonic() - began

    assert took < 10  # one second, on a machine that is busy
    assert_the_sweep_delivers(mail)


def test_a_broker_that_is_back_is_used_again(through, tmp_path, monkeypatch):
    (tmp_path / "messages").write_text("a file in the folder's place")
    through("filesystem://", **folders(tmp_path / "messages"))
    assert broker.wake(tasks.sweep) is False
    through("filesystem://", **folders(tmp_path / "mended"))
    assert broker.wake(tasks.sweep) is False

    monkeypatch.setattr(broker, "REST", 0)
    monkeypatch.setattr(broker, "_rests_until", time.monotonic())
    assert broker.wake(tasks.sweep) is True


def assert_the_sweep_delivers(mail):
    assert outbox.sweep()["delivered"] == 1
    mail.refresh_from_db()
    assert mail.state == OutgoingMail.State.SENT
