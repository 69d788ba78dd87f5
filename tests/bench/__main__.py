"""What the portal costs with many projects: ``make bench``.

Seeds a database of its own (a test database beside ``DATABASE_URL``, or a file when it is SQLite)
and reports queries, milliseconds, CPU and size of each page, measured against a minimal Django
page. ``make bench ARGS="1000 10000 100000"`` names other sizes.
"""

import argparse
import gc
import logging
import os
import statistics
import sys
import time
import warnings
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sso_portal.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402 - settings first
from django.db import connection  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402
from django.urls import reverse  # noqa: E402

from tests.bench import plain, seed  # noqa: E402

AIMS = {"list": (2.5, 8), "project": (None, 12)}
MOST_GROWTH = 1.15


def pages(project) -> dict[str, str]:
    of_list = reverse("projects:portfolio")
    return {
        "list": of_list,
        "page 5": f"{of_list}?page=5",
        "filtered": f"{of_list}?phase=trial&priority=high&sort=-budget",
        "by title": f"{of_list}?sort=title",
        "waiting": f"{of_list}?waiting=chief_group&sort=waiting",
        "search": f"{of_list}?q=s%C3%A5rpleje",
        "person": f"{of_list}?q=Karen",
        "reference": f"{of_list}?q={project.reference}",
        "project": reverse("projects:project", args=[project.pk]),
    }


def signed_in(user) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    return client


def minimal(user) -> Client:
    """A client that goes through the middleware of a new Django project alone."""
    client = signed_in(user)
    with override_settings(MIDDLEWARE=plain.MIDDLEWARE):
        client.handler.load_middleware()
    return client


def once(client: Client, url: str) -> dict:
    wall, cpu = time.perf_counter(), time.process_time()
    response = client.get(url)
    return {
        "cpu": (time.process_time() - cpu) * 1000,
        "ms": (time.perf_counter() - wall) * 1000,
        "kb": len(response.content) / 1024,
        "status": response.status_code,
    }


def run(size: int, times: int, *, show_sql: bool) -> dict:
    """Fill up to ``size`` projects and measure every page at it, in turn, many times over.

    A page is compared with the minimal page of the same round, so that what else the machine
    does at the moment weighs on both.
    """
    people = seed.fill(size)
    digitek = signed_in(people.digitek)
    asked = {"minimal": (minimal(people.digitek), "/plain/")}
    asked |= {name: (digitek, url) for name, url in pages(people.project).items()}
    asked["list, manager"] = (signed_in(people.manager), reverse("projects:portfolio"))
    said = {name: _queries(*page, show=show_sql and name) for name, page in asked.items()}
    gc.collect()
    rounds = [{name: once(*page) for name, page in asked.items()} for _ in range(times)]
    found = {}
    for name in asked:
        found[name] = {
            key: statistics.median(each[name][key] for each in rounds)
            for key in ("cpu", "ms", "kb", "status")
        }
        ratios = [each[name]["cpu"] / each["minimal"]["cpu"] for each in rounds]
        found[name] |= {"ratio": statistics.median(ratios), "queries": said[name]}
    report(size, found)
    return found


def _queries(client: Client, url: str, *, show: str | bool) -> int:
    for _ in range(3):
        client.get(url)
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    if show:
        say("\n".join(["", show, *(query["sql"] for query in queries)]))
    return len(queries)


def report(size: int, found: dict) -> None:
    say(f"\n{size:,} projects on {connection.vendor}")
    say(f"{'page':<16}{'queries':>8}{'ms':>9}{'CPU ms':>9}{'KB':>8}{'CPU / minimal':>15}")
    for name, page in found.items():
        if page["status"] != 200:
            say(f"{name:<16} answered {page['status']:.0f}")
            continue
        figures = f"{page['ms']:>9.1f}{page['cpu']:>9.1f}{page['kb']:>8.0f}{page['ratio']:>15.2f}"
        say(f"{name:<16}{page['queries']:>8}{figures}")


def judge(results: dict[int, dict]) -> None:
    """The aims, at 10,000 projects when they are there, and the growth up to them."""
    sizes = [size for size in sorted(results) if size <= 10_000] or sorted(results)
    first, last = results[sizes[0]], results[sizes[-1]]
    say(f"\nAims at {sizes[-1]:,} projects")
    for name, (most, most_queries) in AIMS.items():
        if last[name]["status"] != 200:
            continue
        say(f"{name}: {last[name]['queries']} queries (at most {most_queries})")
        if most:
            say(f"{name}: {last[name]['ratio']:.2f} times a minimal page's CPU (at most {most})")
        if len(sizes) > 1:
            growth = last[name]["ratio"] / first[name]["ratio"]
            say(f"{name}: grows {growth:.2f} times from {sizes[0]:,} (at most {MOST_GROWTH})")


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 10_000])
    parser.add_argument("--times", type=int, default=40)
    parser.add_argument("--sql", action="store_true", help="show the queries of every page")
    parser.add_argument("--keep", action="store_true", help="keep the database for the next time")
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    setup_test_environment(debug=False)
    file = settings.VAR / "bench.sqlite3"
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(file)
        if not asked.keep:
            remove(file)
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(
        verbosity=0, autoclobber=True, serialize=False, keepdb=asked.keep
    )
    try:
        with override_settings(ROOT_URLCONF="tests.bench.plain"):
            sizes = sorted(asked.sizes)
            judge({size: run(size, asked.times, show_sql=asked.sql) for size in sizes})
    finally:
        connection.creation.destroy_test_db(name, verbosity=0, keepdb=asked.keep)
        if connection.vendor == "sqlite" and not asked.keep:
            remove(file)


def remove(file: Path) -> None:
    """With the log SQLite leaves beside it, and would stumble over the next time."""
    for each in file.parent.glob(f"{file.name}*"):
        each.unlink()


if __name__ == "__main__":
    main()
