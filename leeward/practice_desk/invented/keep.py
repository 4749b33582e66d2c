"""Keeping rows in bulk with the times they bring.

Django's `bulk_create` would stamp every row with the present moment. Everything else is the same:
sealed fields are sealed for their own place, and nothing reaches the database open.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Model

from leeward.sealing.fields import SealedField

# One column's value of a row, as this connection keeps it.
Value = Callable[[Model, BaseDatabaseWrapper], Any]


def _sealed(field: SealedField) -> Value:
    return lambda row, db: field.get_db_prep_save(field.pre_save(row, True), db)


def _plain(field: "Field[Any, Any]") -> Value:
    name, prepare = field.attname, field.get_db_prep_save
    return lambda row, db: prepare(row.__dict__[name], db)


def _as_it_is(field: "Field[Any, Any]") -> Value:
    # Short text, numbers and truth: every engine takes them as Python holds them.
    name = field.attname
    return lambda row, _db: row.__dict__[name]


AS_THEY_ARE = ("CharField", "BooleanField", "PositiveSmallIntegerField", "PositiveIntegerField")


@cache
def _shape(model: type[Model], _engine: str) -> tuple[str, tuple[Value, ...]]:
    """The statement that keeps one row of a model, and how to take its values from a row."""
    fields = [
        field
        for field in model._meta.concrete_fields
        if field.get_internal_type() != "BigAutoField"
    ]
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    # Table and column names come from our own models.
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608
    values: list[Value] = []
    for field in fields:
        if isinstance(field, SealedField):
            values.append(_sealed(field))
        elif field.get_internal_type() in AS_THEY_ARE:
            values.append(_as_it_is(field))
        else:
            values.append(_plain(field))
    return sql, tuple(values)


def keep(rows: Sequence[Model]) -> None:
    """Insert rows of one model as they are, times included. Call it inside a transaction."""
    if not rows:
        return
    # The connection itself, not Django's stand-in for it, which costs a look-up at every value.
    db = connections[DEFAULT_DB_ALIAS]
    sql, values = _shape(type(rows[0]), db.vendor)
    _stamp(rows)
    with db.cursor() as cursor:
        cursor.executemany(sql, [[value(row, db) for value in values] for row in rows])


def keep_values(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert plain values of one model, for the many small rows that need no instance each."""
    db = connections[DEFAULT_DB_ALIAS]
    fields = [model._meta.get_field(name) for name in columns]
    quote = db.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)  # type: ignore[union-attr]
    marks = ", ".join(["%s"] * len(fields))
    # nosemgrep: no-sql-from-strings - names are our models' own, and every value a parameter
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608
    with db.cursor() as cursor:
        cursor.executemany(sql, list(rows))


def _stamp(rows: Sequence[Model]) -> None:
    # A row without a time of its own was made now.
    stamped = [
        field.attname
        for field in rows[0]._meta.concrete_fields
        if getattr(field, "auto_now_add", False) or getattr(field, "auto_now", False)
    ]
    for name in stamped:
        for row in rows:
            if row.__dict__.get(name) is None:
                row.__dict__[name] = dt.datetime.now(dt.UTC)
