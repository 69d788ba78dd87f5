"""Runs several programs as one: they start together, stop together and leave nothing behind.

Each child has its own session, so that a Ctrl-C in the terminal reaches us alone and we can stop
them in good order. If we are killed ourselves, Linux tells each child at once.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress

STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
PATIENCE = 30  # seconds a child has to finish what it is doing
PR_SET_PDEATHSIG = 1


def run(programs: dict[str, list[str]], *, started: Callable[[], None]) -> str:
    """Run until somebody stops us or a program ends; the name of the one that ended by itself."""
    stop = _Stop()
    children: dict[str, subprocess.Popen] = {}
    try:
        for name, command in programs.items():
            children[name] = _start(command)
        started()
        while not stop.asked:
            for name, child in children.items():
                if child.poll() is not None:
                    return name
            time.sleep(0.2)
        return ""
    finally:
        _stop(list(children.values()), stop)
        stop.restore()


class _Stop:
    """How many times we were asked to stop: once is warm, twice is now."""

    def __init__(self):
        self.asked = 0
        self.before = {number: signal.signal(number, self._ask) for number in STOPPING}

    def _ask(self, number, frame):
        self.asked += 1

    def restore(self):
        for number, handler in self.before.items():
            signal.signal(number, handler)


def _start(command: list[str]) -> subprocess.Popen:
    ours = os.getpid()
    prctl = ctypes.CDLL(None, use_errno=True).prctl if sys.platform == "linux" else None

    def die_with_us():
        if prctl:
            prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != ours:  # we died before the child could ask
                os._exit(1)

    return subprocess.Popen(
        command, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=die_with_us
    )


def _stop(children: list[subprocess.Popen], stop: _Stop) -> None:
    asked = stop.asked
    for child in children:
        child.terminate()
    deadline = time.monotonic() + PATIENCE
    while any(child.poll() is None for child in children):
        if time.monotonic() > deadline or stop.asked > max(asked, 1):
            break
        time.sleep(0.1)
    for child in children:
        with suppress(ProcessLookupError):  # its whole session is gone already, as it should be
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
