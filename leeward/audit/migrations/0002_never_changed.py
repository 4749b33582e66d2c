"""The database itself refuses to change, write over or remove an audit row, or to empty the table."""

from django.db import migrations

# SQLite runs no DELETE trigger for a row that INSERT OR REPLACE throws out, so an id that is
# there already is refused before that. An id that SQLite is still to choose reads as -1 here.
SQLITE = [
    """CREATE TRIGGER audit_row_never_changed BEFORE UPDATE ON audit_auditrow
       BEGIN SELECT RAISE(ABORT, 'An audit row is never changed.'); END""",
    """CREATE TRIGGER audit_row_never_removed BEFORE DELETE ON audit_auditrow
       BEGIN SELECT RAISE(ABORT, 'An audit row is never removed.'); END""",
    """CREATE TRIGGER audit_row_never_replaced BEFORE INSERT ON audit_auditrow
       WHEN NEW.id > 0 AND EXISTS (SELECT 1 FROM audit_auditrow WHERE id = NEW.id)
       BEGIN SELECT RAISE(ABORT, 'An audit row is never replaced.'); END""",
]
SQLITE_AWAY = [
    "DROP TRIGGER audit_row_never_changed",
    "DROP TRIGGER audit_row_never_removed",
    "DROP TRIGGER audit_row_never_replaced",
]
POSTGRESQL = [
    """CREATE FUNCTION audit_row_is_final() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'An audit row is never changed or removed.'; END $$""",
    """CREATE TRIGGER audit_row_is_final BEFORE UPDATE OR DELETE ON audit_auditrow
       FOR EACH ROW EXECUTE FUNCTION audit_row_is_final()""",
    """CREATE TRIGGER audit_is_never_emptied BEFORE TRUNCATE ON audit_auditrow
       FOR EACH STATEMENT EXECUTE FUNCTION audit_row_is_final()""",
]
POSTGRESQL_AWAY = [
    "DROP TRIGGER audit_is_never_emptied ON audit_auditrow",
    "DROP TRIGGER audit_row_is_final ON audit_auditrow",
    "DROP FUNCTION audit_row_is_final",
]


def forbid(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def allow(apps, schema_editor):
    sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in SQLITE_AWAY if sqlite else POSTGRESQL_AWAY:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(forbid, allow, elidable=False)]
