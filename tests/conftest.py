"""An office in miniature, shared by all tests."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.models.signals import post_migrate
from django.utils import translation

from sso_portal.shared.append_only import AppendOnlyModel, create_triggers, drop_triggers
from tests.factories.office import an_office


@pytest.fixture(autouse=True)
def _danish_again():
    """A request leaves its language on, as in the portal; the next test begins as it should."""
    translation.activate("da")


def pytest_collection_modifyitems(items):
    """Races are held on PostgreSQL; SQLite lets one writer in at a time anyway."""
    if connection.vendor != "postgresql":
        for item in items:
            if item.get_closest_marker("postgresql"):
                item.add_marker(pytest.mark.skip(reason="holds on PostgreSQL"))


def append_only_tables() -> list[str]:
    models = apps.get_models()
    return [model._meta.db_table for model in models if issubclass(model, AppendOnlyModel)]


def _guard_again(sender, **kwargs):
    """A flush ends like a migration does: then the guarded tables are guarded again."""
    if sender.label == "shared":
        with connection.schema_editor() as editor:
            for table in append_only_tables():
                drop_triggers(editor, table)
                create_triggers(editor, table)


@pytest.fixture(scope="session", autouse=True)
def _guards_come_back(django_db_setup):
    post_migrate.connect(_guard_again)


@pytest.fixture(scope="session", autouse=True)
def _sessions_end_before_the_test_database_does(django_db_setup, django_db_blocker):
    """A request the browser gave up may still hold its session when all tests are done."""
    yield
    if connection.vendor != "postgresql":
        return
    with django_db_blocker.unblock():
        connection.close()
        connection.close_pool()
        with connection._nodb_cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = %s AND pid <> pg_backend_pid()",
                [connection.settings_dict["NAME"]],
            )


@pytest.fixture(autouse=True)
def _flush_may_empty_guarded_tables(request):
    """The guard on append-only tables also stops the flush after a transactional test."""
    yield
    marker = request.node.get_closest_marker("django_db")
    names = {"transactional_db", "live_server"} & set(request.fixturenames)
    if names or (marker and marker.kwargs.get("transaction")):
        with connection.schema_editor() as editor:
            for table in append_only_tables():
                drop_triggers(editor, table)


@pytest.fixture
def office(db):
    """A director area with two chief areas, a unit in each, and somebody in every role."""
    return an_office()


@pytest.fixture
def as_(client):
    """The test client, signed in as somebody."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in
