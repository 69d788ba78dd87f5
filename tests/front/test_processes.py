"""Programs that run as one. Each test is a process of its own: signals and death are the point."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.front.marked import eventually, marked

ROOT = Path(__file__).resolve().parent.parent.parent

PARENT = """
import sys
from sso_portal.front import processes
SLEEP = "import time; time.sleep(60)"
CHILD = "print('child', flush=True);" + SLEEP
STUBBORN = "import signal as s; s.signal(s.SIGTERM, lambda *_: print('no', flush=True));" + CHILD
FORKING = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {SLEEP!r}]);" + CHILD
programs = {name: [sys.executable, "-c", code] for name, code in %s.items()}
print("ended:", repr(processes.run(programs, started=lambda: None)))
"""


class Running:
    """The parent, and everybody who inherited its mark."""

    def __init__(self, programs: str, mark: str):
        self.mark = f"MARK={mark}".encode()
        self.process = subprocess.Popen(
            [sys.executable, "-c", PARENT % programs],
            cwd=ROOT,
            env={**os.environ, "MARK": mark, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def alive(self) -> set[int]:
        return marked(self.mark)

    def reads(self, line: str):
        for read in self.process.stdout:
            if read.strip() == line:
                return
        pytest.fail(f"never said {line}")


pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks in /proc")


@pytest.fixture
def run(tmp_path):
    started = []

    def run(programs):
        started.append(Running(programs, str(tmp_path)))
        return started[-1]

    yield run
    for running in started:
        for pid in running.alive():
            os.kill(pid, signal.SIGKILL)
        running.process.wait()
        running.process.stdout.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_stops_every_program(run, number):
    running = run("{'one': CHILD, 'two': CHILD}")
    running.reads("child")
    running.reads("child")

    running.process.send_signal(number)

    assert running.process.wait(timeout=20) == 0
    assert running.alive() == set()


def test_when_one_ends_the_others_are_stopped_and_it_is_named(run):
    running = run("{'one': CHILD, 'two': 'pass'}")

    running.reads("ended: 'two'")

    assert running.process.wait(timeout=20) == 0
    assert running.alive() == set()


def test_kill_9_leaves_nothing_behind(run):
    running = run("{'one': CHILD, 'two': CHILD}")
    running.reads("child")
    running.reads("child")

    running.process.kill()

    assert eventually(lambda: running.alive() == set())


def test_a_stop_also_takes_what_a_program_started(run):
    running = run("{'one': FORKING}")
    running.reads("child")
    assert eventually(lambda: len(running.alive()) == 3)

    running.process.terminate()

    assert running.process.wait(timeout=20) == 0
    assert eventually(lambda: running.alive() == set())


def test_asking_twice_does_not_wait_for_the_stubborn(run):
    running = run("{'one': STUBBORN}")
    running.reads("child")
    running.process.terminate()
    running.reads("no")
    assert len(running.alive()) == 2

    running.process.terminate()

    assert running.process.wait(timeout=5) == 0
    assert running.alive() == set()
