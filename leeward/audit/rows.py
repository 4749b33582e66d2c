"""What a row says, as bytes that are the same on both engines and for as long as rows are kept.

Rows are read here as they lie in the database, without the models' converters: whoever edited one
by hand may have left what no converter takes, and that must be named and not break the reading.
"""

import datetime as dt
import json
import uuid
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection

from leeward.audit.merkle import leaf_hash
from leeward.audit.models import INSTALLATION, AuditRow, Tree

VERSION = "leeward.audit.1"
# Every column, in the order in which it is hashed. A new column needs a new VERSION.
COLUMNS = (
    "id", "at", "agency_id", "actor_kind", "actor_id", "action", "subject_id", "shown", "purpose",
    "trace", "outcome", "request_id",
)  # fmt: skip
_AT, _SHOWN = COLUMNS.index("at"), COLUMNS.index("shown")
_IDS = tuple(COLUMNS.index(each) for each in ("agency_id", "actor_id", "subject_id"))
_SELECTED = ", ".join(f"r.{each}" for each in COLUMNS)


class Held(NamedTuple):
    """A row beside its leaf; `leaf` is None for a row that is not in the tree, `values` is None
    for a leaf whose row is gone."""

    position: int | None
    row_id: int
    leaf: bytes | None
    values: Sequence[Any] | None

    def hash(self) -> bytes:
        """The leaf hash of the row as it is now."""
        return leaf_hash(canonical(self.values or ()))

    @property
    def at(self) -> dt.datetime | None:
        """When the row says it was written; None when it says no time."""
        return moment(self.values[_AT]) if self.values else None


def moment(value: Any) -> dt.datetime | None:
    """A time as either engine holds it, in UTC. None for what is no time."""
    try:
        found = value if isinstance(value, dt.datetime) else dt.datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return found.replace(tzinfo=dt.UTC) if found.tzinfo is None else found.astimezone(dt.UTC)


def canonical(values: Sequence[Any]) -> bytes:
    """The row's columns (COLUMNS) as compact JSON."""
    said = list(values)
    at = moment(said[_AT])
    said[_AT] = at.isoformat(timespec="microseconds") if at else repr(said[_AT])
    for each in _IDS:
        if isinstance(said[each], uuid.UUID):
            said[each] = said[each].hex
    try:
        said[_SHOWN] = json.loads(said[_SHOWN])
    except (TypeError, ValueError):
        said[_SHOWN] = repr(said[_SHOWN])
    return json.dumps(
        [VERSION, *said], ensure_ascii=True, separators=(",", ":"), default=repr
    ).encode()


def _of(agency: uuid.UUID) -> tuple[str, list[Any]]:
    """The condition on a row that belongs to this tree."""
    if agency == INSTALLATION:
        return "r.agency_id IS NULL", []
    field = AuditRow._meta.get_field("agency_id")
    return "r.agency_id = %s", [field.get_db_prep_value(agency, connection)]


def without_leaf(of: uuid.UUID, *, after: int, limit: int) -> list[Held]:
    """The first rows of a tree with an id above `after` that have no leaf yet, by id."""
    belongs, given = _of(of)
    # Only names from this file are put into the text; values travel apart.
    sql = (
        f"SELECT {_SELECTED} FROM audit_auditrow r"  # noqa: S608
        " LEFT JOIN audit_leaf l ON l.row_id = r.id"
        f" WHERE r.id > %s AND {belongs} AND l.row_id IS NULL ORDER BY r.id LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [after, *given, limit])
        return [Held(None, row[0], None, row) for row in cursor.fetchall()]


def with_leaf(tree: Tree, *, start: int, limit: int) -> list[Held]:
    """The leaves from position `start` on, in order, each beside its row."""
    sql = (
        f"SELECT l.position, l.row_id, l.hash, {_SELECTED} FROM audit_leaf l"  # noqa: S608
        " LEFT JOIN audit_auditrow r ON r.id = l.row_id"
        " WHERE l.tree_id = %s AND l.position >= %s ORDER BY l.position LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [tree.pk, start, limit])
        return [
            Held(row[0], row[1], bytes(row[2]), None if row[3] is None else row[3:])
            for row in cursor.fetchall()
        ]


def last_settled(of: uuid.UUID, *, after: int, before: dt.datetime) -> int:
    """The id below which every row was written before `before`, `after` at least."""
    rows = AuditRow.objects.filter(pk__gt=after, agency_id=None if of == INSTALLATION else of)
    unsettled = rows.filter(at__gte=before).order_by("pk").values_list("pk", flat=True).first()
    if unsettled is not None:
        return unsettled - 1
    return rows.order_by("-pk").values_list("pk", flat=True).first() or after
