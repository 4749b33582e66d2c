"""A leaf is as final as its row. SQLite lost the row's triggers when 0003 gave the table a column."""

from importlib import import_module

from django.db import migrations

rows = import_module("leeward.audit.migrations.0002_never_changed")

SQLITE = [
    """CREATE TRIGGER audit_leaf_never_changed BEFORE UPDATE ON audit_leaf
       BEGIN SELECT RAISE(ABORT, 'An audit leaf is never changed.'); END""",
    """CREATE TRIGGER audit_leaf_never_removed BEFORE DELETE ON audit_leaf
       BEGIN SELECT RAISE(ABORT, 'An audit leaf is never removed.'); END""",
    """CREATE TRIGGER audit_leaf_never_replaced BEFORE INSERT ON audit_leaf
       WHEN EXISTS (SELECT 1 FROM audit_leaf WHERE row_id = NEW.row_id
                    OR (tree_id = NEW.tree_id AND position = NEW.position))
       BEGIN SELECT RAISE(ABORT, 'An audit leaf is never replaced.'); END""",
]
SQLITE_AWAY = [
    "DROP TRIGGER audit_leaf_never_changed",
    "DROP TRIGGER audit_leaf_never_removed",
    "DROP TRIGGER audit_leaf_never_replaced",
]
POSTGRESQL = [
    """CREATE TRIGGER audit_leaf_is_final BEFORE UPDATE OR DELETE ON audit_leaf
       FOR EACH ROW EXECUTE FUNCTION audit_row_is_final()""",
    """CREATE TRIGGER audit_leaves_are_never_emptied BEFORE TRUNCATE ON audit_leaf
       FOR EACH STATEMENT EXECUTE FUNCTION audit_row_is_final()""",
]
POSTGRESQL_AWAY = [
    "DROP TRIGGER audit_leaves_are_never_emptied ON audit_leaf",
    "DROP TRIGGER audit_leaf_is_final ON audit_leaf",
]


def forbid(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def allow(apps, schema_editor):
    sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in SQLITE_AWAY if sqlite else POSTGRESQL_AWAY:
        schema_editor.execute(statement)


def forbid_rows_again(apps, schema_editor):
    if schema_editor.connection.vendor != "sqlite":
        return
    for away, statement in zip(rows.SQLITE_AWAY, rows.SQLITE, strict=True):
        schema_editor.execute(away.replace("DROP TRIGGER", "DROP TRIGGER IF EXISTS"))
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_trees")]
    operations = [
        migrations.RunPython(forbid_rows_again, migrations.RunPython.noop, elidable=False),
        migrations.RunPython(forbid, allow, elidable=False),
    ]
