"""The database itself refuses to change or remove an audit row."""

from django.db import migrations

SQLITE = [
    """CREATE TRIGGER audit_row_never_changed BEFORE UPDATE ON audit_auditrow
       BEGIN SELECT RAISE(ABORT, 'An audit row is never changed.'); END""",
    """CREATE TRIGGER audit_row_never_removed BEFORE DELETE ON audit_auditrow
       BEGIN SELECT RAISE(ABORT, 'An audit row is never removed.'); END""",
]
POSTGRESQL = [
    """CREATE FUNCTION audit_row_is_final() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'An audit row is never changed or removed.'; END $$""",
    """CREATE TRIGGER audit_row_is_final BEFORE UPDATE OR DELETE ON audit_auditrow
       FOR EACH ROW EXECUTE FUNCTION audit_row_is_final()""",
]


def forbid(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def allow(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER audit_row_never_changed")
        schema_editor.execute("DROP TRIGGER audit_row_never_removed")
    else:
        schema_editor.execute("DROP TRIGGER audit_row_is_final ON audit_auditrow")
        schema_editor.execute("DROP FUNCTION audit_row_is_final")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(forbid, allow, elidable=False)]
