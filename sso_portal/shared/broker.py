"""Waking a worker: a courtesy that may fail, never a condition for what was saved.

Whoever wakes a worker has a row that a periodic task finishes anyway. So a broker that is down,
or hangs, costs a save at most a second, and only the first of many.
"""

import logging
import time

from celery import Task, current_app

logger = logging.getLogger(__name__)

REST = 30  # seconds without a new try after the broker did not answer
IMPATIENT = {
    "max_retries": 0,
    "connect_retries_timeout": 1,
    "socket_connect_timeout": 1,
    "socket_timeout": 1,
    "retry_on_timeout": False,
}

_rests_until = float("-inf")


def wake(task: Task, *args) -> bool:
    """Tell a worker to run ``task`` now; False when nobody could be told.

    Not through Celery's pool, which waits six seconds for a Redis that is down.
    """
    global _rests_until
    if time.monotonic() < _rests_until:
        return False
    try:
        with current_app.connection_for_write(
            connect_timeout=1, transport_options=IMPATIENT
        ) as connection:
            task.apply_async(args, connection=connection, retry=False, ignore_result=True)
    except Exception as error:  # each broker fails in its own way, and none may fail a save
        logger.warning("No worker could be told to run %s: %s", task.name, error)
        _rests_until = time.monotonic() + REST
        return False
    return True
