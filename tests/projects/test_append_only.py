"""What stands for good: in Django and in the database."""

import pytest
from django.db import DatabaseError, connection, transaction

from projects import gates
from projects.models import GateDecision
from sso_portal.shared.append_only import AppendOnlyError
from tests.conftest import append_only_tables
from tests.factories import awaiting


@pytest.fixture
def decision(office):
    asked = awaiting(1, giver=office.manager, digitek=office.digitek, unit=office.home)
    return gates.decide(asked, by=office.chief, verdict="approve", reasoning="Ja tak")


@pytest.mark.parametrize(
    "act",
    [
        lambda row: row.save(),
        lambda row: row.delete(),
        lambda row: type(row).objects.update(reasoning="Nej"),
        lambda row: type(row).objects.all().delete(),
        lambda row: type(row).objects.bulk_update([row], ["reasoning"]),
    ],
)
def test_a_decision_is_never_edited_or_removed(decision, act):
    with pytest.raises(AppendOnlyError):
        act(decision)


@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_not_even_by_raw_sql(decision, statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(GateDecision._meta.db_table))

    assert GateDecision.objects.get() == decision


def test_every_append_only_table_is_guarded(db):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT event_object_table FROM information_schema.triggers"
                " WHERE event_manipulation IN ('UPDATE', 'DELETE')"
            )
        else:
            cursor.execute("SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'")
        guarded = [table for (table,) in cursor.fetchall()]

    assert {table: guarded.count(table) for table in append_only_tables()} == dict.fromkeys(
        append_only_tables(), 2
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", [1, 2])
def test_a_flush_in_the_tests_leaves_the_guard_in_place(time):
    test_every_append_only_table_is_guarded(None)
