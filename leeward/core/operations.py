"""Operations that migrations are written with, beside Django's own."""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class Tables(Operation):
    """Several tables at once.

    Django draws every model that is tied to a new one anew, for each new one: two thirds of the
    time of a first `leeward migrate`. Here they are drawn once, when all of these are known.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, tables: Sequence[CreateModel]) -> None:
        self.tables = tables

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """As a migration writes it down."""
        return type(self).__qualname__, [self.tables], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Know of all of them. What was drawn before is drawn again when somebody asks."""
        vars(state).pop("apps", None)
        for each in self.tables:
            each.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Make each table, in order."""
        for each in self.tables:
            each.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Remove each table, the last first."""
        for each in reversed(self.tables):
            each.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """In words, for `leeward migrate --plan`."""
        return "; ".join(each.describe() for each in self.tables)
