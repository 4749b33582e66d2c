"""Rows by the hundred thousand: COPY on PostgreSQL, many at a time elsewhere.

For a throwaway database alone: on PostgreSQL its tables lose their foreign keys for good, and
their indexes are taken away first and made anew at the end.
"""

from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import Any, Self

from django.db import connection, models


class Bulk:
    """Rows of some models, as `with Bulk(Model, ...) as bulk: bulk.add(Model, rows)`."""

    def __init__(self, *kinds: type[models.Model]) -> None:
        self.kinds = kinds
        self.indexes: list[str] = []

    def __enter__(self) -> Self:
        if connection.vendor == "postgresql":
            for kind in self.kinds:
                self._clear_the_way(kind._meta.db_table)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if fault is None and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET maintenance_work_mem = '512MB'")
                for statement in self.indexes:
                    cursor.execute(statement)
                for each in self.kinds:
                    table = connection.ops.quote_name(each._meta.db_table)
                    cursor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
                    cursor.execute(f"ANALYZE {table}")

    def _clear_the_way(self, table: str) -> None:
        quote = connection.ops.quote_name
        with connection.cursor() as cursor:
            # COPY knows no policies. They bind the owner again before anything is asked.
            cursor.execute(f"ALTER TABLE {quote(table)} NO FORCE ROW LEVEL SECURITY")
            cursor.execute(
                "SELECT conname FROM pg_constraint"
                " WHERE conrelid = %s::regclass AND contype = 'f'",
                [table],
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f"ALTER TABLE {quote(table)} DROP CONSTRAINT {quote(name)}")
            cursor.execute(
                "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s"
                " AND indexname NOT IN (SELECT conname FROM pg_constraint)",
                [table],
            )
            for name, definition in cursor.fetchall():
                cursor.execute(f"DROP INDEX {quote(name)}")
                self.indexes.append(definition)

    def add(self, kind: type[models.Model], rows: Iterable[models.Model]) -> None:
        """Add rows of one kind, sealed as ever."""
        fields = kind._meta.concrete_fields
        self.add_values(
            kind,
            [str(field.attname) for field in fields],
            ([field.pre_save(row, add=True) for field in fields] for row in rows),
        )

    def add_values(
        self, kind: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]
    ) -> None:
        """Add rows by the values of these attributes, without making an object of each."""
        if connection.vendor != "postgresql":
            made = (kind(**dict(zip(names, row, strict=True))) for row in rows)
            kind._base_manager.bulk_create(made, batch_size=2000)
            return
        quote = connection.ops.quote_name
        held = {field.attname: str(field.column) for field in kind._meta.concrete_fields}
        columns = ", ".join(quote(held[name]) for name in names)
        statement = f"COPY {quote(kind._meta.db_table)} ({columns}) FROM STDIN"
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
