"""What a backup says of itself, inside it: what to expect when it is put back."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from typing import Any, Self

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connections, models
from django.db.migrations.recorder import MigrationRecorder

from leeward.audit.merkle import Frontier
from leeward.audit.models import AuditRow, Tree

FORMAT = 1
DATA, KEYRING = "data", "keyring"


class NotAManifest(ValueError):
    """Not written by `leeward backup`, or by a newer one than this."""


@dataclass(frozen=True)
class Manifest:
    """One part of a backup: which, made when and by what, and what it holds.

    `rows` counts by table; `audit` is a digest over every audit row in order of id; `roots` gives
    size and root of each tree of the audit.
    """

    part: str
    made_at: str
    engine: str
    leeward: str
    migrations: list[str]
    rows: dict[str, int]
    audit: str = ""
    files: int = 0
    roots: dict[str, str] = field(default_factory=dict)
    format: int = field(default=FORMAT)

    def as_bytes(self) -> bytes:
        """JSON, one line."""
        return json.dumps(asdict(self), sort_keys=True).encode()

    @classmethod
    def from_bytes(cls, text: bytes) -> Self:
        """What `as_bytes` made. Raises NotAManifest."""
        try:
            held: dict[str, Any] = json.loads(text)
            if held["format"] != FORMAT:
                raise NotAManifest("This backup was made by another version of the command.")
            return cls(**held)
        except (ValueError, KeyError, TypeError) as fault:
            if isinstance(fault, NotAManifest):
                raise
            raise NotAManifest("This is no backup of Leeward.") from fault


def tables_of(part: str) -> list[type[models.Model]]:
    """The models whose rows a part holds, in order of their tables."""
    mine = [each for each in apps.get_models(include_auto_created=True) if each._meta.managed]
    kept = [each for each in mine if (each._meta.app_label == "sealing") == (part == KEYRING)]
    return sorted(kept, key=lambda each: each._meta.db_table)


def count_rows(part: str, alias: str) -> dict[str, int]:
    """Rows of each table of a part that is there, by table."""
    with connections[alias].cursor() as cursor:
        there = set(connections[alias].introspection.table_names(cursor))
    return {
        model._meta.db_table: model._base_manager.using(alias).count()
        for model in tables_of(part)
        if model._meta.db_table in there
    }


def migrations_of(alias: str) -> list[str]:
    """Every migration that was applied, as `app.name`, sorted."""
    applied = MigrationRecorder(connections[alias]).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)


def audit_digest(alias: str) -> str:
    """A digest over every audit row as it stands, in order of id: one changed, missing or added
    row makes it another. Columns that this database does not have yet or any longer are left out.
    """
    with connections[alias].cursor() as cursor:
        described = connections[alias].introspection.get_table_description(
            cursor, AuditRow._meta.db_table
        )
    there = {each.name for each in described}
    names = sorted(each.attname for each in AuditRow._meta.fields if each.column in there)
    digest = hashlib.sha256()
    rows = AuditRow._base_manager.using(alias).order_by("id").values_list(*names)
    for row in rows.iterator(chunk_size=5000):
        said = json.dumps(row, cls=_Exact, separators=(",", ":"), sort_keys=True)
        digest.update(said.encode() + b"\n")
    return digest.hexdigest()


def audit_roots(alias: str) -> dict[str, str]:
    """Of each tree of the audit: how many rows it covers, and its root."""
    trees = Tree.objects.using(alias).values_list("agency_id", "size", "frontier")
    return {
        str(of): f"{size} {Frontier(size, bytes(held)).root().hex()}" for of, size, held in trees
    }


class _Exact(DjangoJSONEncoder):
    """Times to the microsecond: Django's own cuts them to the millisecond."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if hasattr(o, "isoformat") else super().default(o)


def this_version() -> str:
    """The version of Leeward that runs."""
    return version("leeward")
