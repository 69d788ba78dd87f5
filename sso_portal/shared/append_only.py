"""Records that can be added but never altered or removed.

Django's ways of writing raise ``AppendOnlyError``; ``guard(model)`` in a migration adds the
trigger that closes raw SQL and bulk paths, on SQLite and PostgreSQL. "Never edited" is a promise
to people outside the team, so both are needed.
"""

from django.db import migrations, models


class AppendOnlyError(Exception):
    """Somebody tried to alter or remove a record that stands for good."""


class AppendOnlyQuerySet(models.QuerySet):
    def update(self, **kwargs):
        raise AppendOnlyError(f"{self.model.__name__} is never edited")

    def delete(self):
        raise AppendOnlyError(f"{self.model.__name__} is never removed")

    def bulk_update(self, *args, **kwargs):
        raise AppendOnlyError(f"{self.model.__name__} is never edited")


class AppendOnlyModel(models.Model):
    """Base of records that are written once. ``save`` on a stored row and ``delete`` raise."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise AppendOnlyError(f"{type(self).__name__} is never edited")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise AppendOnlyError(f"{type(self).__name__} is never removed")


POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_alteration() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END;
$$ LANGUAGE plpgsql;
"""
POSTGRES_TRIGGER = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION refuse_alteration();
"""
SQLITE_TRIGGER = """
CREATE TRIGGER {table}_append_only_{event} BEFORE {event} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
"""
EVENTS = ("update", "delete")


def create_triggers(schema_editor, table: str) -> None:
    """Put the guard on ``table``."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRES_FUNCTION, params=None)
        schema_editor.execute(POSTGRES_TRIGGER.format(table=table), params=None)
    else:
        for event in EVENTS:
            schema_editor.execute(SQLITE_TRIGGER.format(table=table, event=event), params=None)


def drop_triggers(schema_editor, table: str) -> None:
    """Take the guard off ``table``: for a migration backwards and the test runner's flush."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}", params=None)
    else:
        for event in EVENTS:
            schema_editor.execute(
                f"DROP TRIGGER IF EXISTS {table}_append_only_{event}", params=None
            )


def guard(table: str) -> migrations.RunPython:
    """The migration operation that guards ``table``.

    SQLite rebuilds a table when a later migration alters it and loses its triggers: such a
    migration guards the table again. A test walks all append-only models and finds a lost one.
    """
    return migrations.RunPython(
        lambda apps, schema_editor: create_triggers(schema_editor, table),
        lambda apps, schema_editor: drop_triggers(schema_editor, table),
    )
