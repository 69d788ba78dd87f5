"""``manage.py portal`` as a new user meets it: the embedded default, in an empty folder."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.front.marked import eventually, marked

ROOT = Path(__file__).resolve().parent.parent.parent

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(sys.platform != "linux", reason="looks in /proc"),
]


def environment(var: Path, port: int) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOME": os.environ.get("HOME", "/"),
        "PYTHONUNBUFFERED": "1",
        "PORTAL_VAR": str(var),
        "PORT": str(port),
    }


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """What the first start leaves: the office's data and the demo portfolio."""
    var = tmp_path_factory.mktemp("prepared")
    done = subprocess.run(
        [sys.executable, "manage.py", "portal", "prepare"],
        cwd=ROOT,
        env=environment(var, free_port()),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Loading the demo portfolio" in done.stdout
    return var


class Portal:
    def __init__(self, var: Path):
        self.port = free_port()
        self.mark = f"PORTAL_VAR={var}".encode()
        self.output = var / "output"
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "portal"],
                cwd=ROOT,
                env=environment(var, self.port),
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    @property
    def said(self) -> str:
        return self.output.read_text()

    @property
    def alive(self) -> dict[int, str]:
        """The command lines of all that runs."""
        commands = {}
        for pid in marked(self.mark):
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
            commands[pid] = command.replace(b"\0", b" ").decode()
        return commands

    def get(self, path: str):
        try:
            return urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20)
        except HTTPError as error:
            error.close()
            pytest.fail(f"{path} answered {error.code}: {self.said}")


@contextmanager
def portal(var: Path):
    running = Portal(var)
    try:
        up = eventually(lambda: "The portal is at" in running.said, seconds=60)
        assert up, running.said
        yield running
    finally:
        for pid in marked(running.mark):
            os.kill(pid, signal.SIGKILL)
        running.process.wait()


@pytest.fixture
def running(prepared, tmp_path):
    with portal(shutil.copytree(prepared, tmp_path / "var")) as portal_:
        yield portal_


def test_one_command_starts_everything_and_says_where(running):
    with running.get("/accounts/login/") as page:
        assert page.status == 200
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    with running.get("/static/css/portal.css") as style:
        assert style.status == 200

    assert f"http://localhost:{running.port}" in running.said
    assert "/demo/rolle/" in running.said
    assert "Loading" not in running.said  # all was there already
    commands = " ".join(running.alive.values())
    assert all(part in commands for part in ["gunicorn", " worker ", " beat "])


def test_a_stop_ends_everything(running):
    running.process.terminate()

    assert running.process.wait(timeout=40) == 0
    assert running.alive == {}


def test_kill_9_leaves_no_process_behind(running):
    assert len(running.alive) > 3

    running.process.kill()

    assert eventually(lambda: not running.alive, seconds=30), running.alive


def test_without_its_worker_the_portal_stops_and_says_why(running):
    workers = [pid for pid, command in running.alive.items() if " worker " in command]

    os.kill(min(workers), signal.SIGKILL)

    assert running.process.wait(timeout=40) == 1
    assert "worker ended by itself" in running.said
    assert eventually(lambda: not running.alive)


def test_a_port_in_use_is_told_before_anything_starts(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        refused = subprocess.run(
            [sys.executable, "manage.py", "portal"],
            cwd=ROOT,
            env=environment(tmp_path, taken.getsockname()[1]),
            capture_output=True,
            text=True,
            check=False,
        )

    assert refused.returncode == 1
    assert "choose another with PORT=8001" in refused.stderr
