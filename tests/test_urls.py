"""Every address against the table of who may open what."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import URLPattern, get_resolver, reverse

from tests.access_table import ADMIN, COLUMNS, PUBLIC, TABLE
from tests.world import World


def row(line: str) -> SimpleNamespace:
    name, subject, method, *cells = line.split()
    return SimpleNamespace(name=name, subject=subject, method=method, cells=cells, line=line)


NOTHING = {"csrfmiddlewaretoken": "what a browser always sends"}
ROWS = [row(line) for line in TABLE.splitlines() if line.strip() and not line.startswith("#")]


def addresses(resolver, namespace: str = "") -> Iterator[str]:
    """The names of all addresses, without the admin's."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        elif pattern.app_name != "admin":
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from addresses(pattern, namespace + inner)


def test_every_address_stands_in_the_table():
    listed = {row.name for row in ROWS}

    assert listed == set(addresses(get_resolver()))


def test_every_row_is_whole():
    assert [row.line for row in ROWS if len(row.cells) != len(COLUMNS)] == []
    assert all(row.method in ("GET", "POST") for row in ROWS)


def test_every_address_is_tried_by_get_and_by_post():
    tried = {(row.name, row.method) for row in ROWS}

    assert [row.name for row in ROWS if (row.name, "GET") not in tried] == []
    assert [row.name for row in ROWS if (row.name, "POST") not in tried] == []


def test_a_stranger_is_sent_to_sign_in_from_all_but_the_public_pages():
    behind_the_door = [row for row in ROWS if row.name not in PUBLIC]

    assert [row.line for row in behind_the_door if row.cells[0] != "login"] == []


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once for the module; whatever a request does is rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _no_limit_has_been_reached():
    cache.clear()


def answers(world: World, address: str, method: str) -> dict:
    """What everybody is answered, in the order of the columns."""
    return {column: answer(world, column, address, method) for column in COLUMNS}


def answer(world: World, column: str, address: str, method: str):
    client = world.client_of(column)
    with transaction.atomic():
        response = client.get(address) if method == "GET" else client.post(address, NOTHING)
        transaction.set_rollback(True)
    return response


def cell(response) -> str:
    if response.status_code == 302 and response.url.startswith(reverse("account_login")):
        return "login"
    return str(response.status_code)


def is_guarded(response) -> bool:
    headers = response.headers
    policy = headers.get("Content-Security-Policy", "")
    return (
        "default-src 'none'" in policy
        and "unsafe" not in policy
        and headers.get("X-Content-Type-Options") == "nosniff"
        and headers.get("X-Frame-Options") == "DENY"
        and headers.get("Referrer-Policy") == "same-origin"
    )


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.name}-{row.subject}-{row.method}")
def test_everybody_is_answered_as_the_table_says(world, row):
    given = answers(world, address(world, row), row.method)

    found = [cell(response) for response in given.values()]
    differing = {
        name: f"{got}, in the table {said}"
        for name, got, said in zip(COLUMNS, found, row.cells, strict=True)
        if got != said
    }
    assert differing == {}, " ".join(found)
    assert [name for name, response in given.items() if not is_guarded(response)] == []


def address(world: World, row) -> str:
    subject, *parts = row.subject.split(":")
    if subject == "-":
        return reverse(row.name, args=parts)
    return reverse(row.name, args=[world.objects[subject], *parts])


def without_arguments(resolver, namespace: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if "<" in str(pattern.pattern) or "(" in str(pattern.pattern):
            continue
        if not isinstance(pattern, URLPattern):
            yield from without_arguments(pattern, namespace)
        elif pattern.name:
            yield namespace + pattern.name


def admin_addresses() -> list[str]:
    """The pages of the Django admin that need no object."""
    found = get_resolver().url_patterns
    inside = next(pattern for pattern in found if getattr(pattern, "app_name", "") == "admin")
    return sorted(set(without_arguments(inside, "admin:")))


@pytest.mark.django_db
@pytest.mark.parametrize("name", admin_addresses())
def test_the_admin_is_closed_to_all_but_administrators(world, name):
    given = answers(world, reverse(name), "GET")
    doors = {column: through_the_door(world, column, given[column]) for column in COLUMNS}

    expected = dict(zip(COLUMNS, ADMIN.split(), strict=True))
    inside = doors.pop("admin")
    assert doors == {column: said for column, said in expected.items() if column != "admin"}
    if name.endswith(("_changelist", ":index")):
        assert inside == expected["admin"]
    assert inside in ("200", "302", "403", "404", "405")
    assert [column for column, response in given.items() if not is_guarded(response)] == []


def through_the_door(world: World, column: str, response) -> str:
    """What is answered at last, after the admin has shown one round."""
    while response.status_code == 302 and response.url.startswith(reverse("admin:index")):
        response = answer(world, column, response.url, "GET")
    return cell(response)
