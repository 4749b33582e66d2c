"""Several tables at once: made like one after the other, and taken away again."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import OperationWriter

from leeward.core.operations import Tables

pytestmark = pytest.mark.django_db(transaction=True)
TWO = Tables(
    [
        migrations.CreateModel("Boat", [("id", models.BigAutoField(primary_key=True))]),
        migrations.CreateModel(
            "Oar",
            [
                ("id", models.BigAutoField(primary_key=True)),
                ("boat", models.ForeignKey("core.Boat", on_delete=models.PROTECT)),
            ],
        ),
    ]
)


def tables() -> set[str]:
    return {each for each in connection.introspection.table_names() if each.startswith("core_")}


def test_tables_are_made_together_and_taken_away():
    before, after = ProjectState(), ProjectState()
    assert not before.apps.get_models()
    # Drawn before: it must be drawn anew, with both.
    assert after.apps is not None
    TWO.state_forwards("core", after)
    assert {each.__name__ for each in after.apps.get_models()} == {"Boat", "Oar"}
    with connection.schema_editor() as editor:
        TWO.database_forwards("core", editor, before, after)
    assert tables() == {"core_boat", "core_oar"}
    with connection.schema_editor() as editor:
        TWO.database_backwards("core", editor, after, before)
    assert tables() == set()


def test_it_says_what_it_does_and_is_written_down():
    assert TWO.describe() == "Create model Boat; Create model Oar"
    written, imports = OperationWriter(TWO, indentation=0).serialize()
    assert written.startswith("leeward.core.operations.Tables(")
    assert "import leeward.core.operations" in imports
