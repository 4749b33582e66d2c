"""The log after a restore: it goes on from where it was when it was backed up.

Heads that were signed later speak of rows that are gone. Left in place, they would call every row
that comes now a forgery. They are moved into a file beside, and never thrown away: with it, or
with a copy kept elsewhere, `leeward audit verify --head` still names what was lost.
"""

import contextlib
import os
import shutil
import uuid
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from leeward.audit.heads import forget_delivered, now, read_heads
from leeward.audit.models import Tree
from leeward.audit.verify import Report, verify
from leeward.sealing.signing import public_key


@dataclass(frozen=True)
class PutAside:
    """Which heads were moved where; none and nowhere when all of them still hold."""

    heads: int = 0
    where: Path | None = None


def go_on() -> PutAside:
    """Let the trees as they are now be what later heads follow on.

    Without the signing key, no head can be believed: all are put aside, and new ones begin.
    """
    path = Path(settings.LEEWARD_AUDIT_HEADS)
    kept, headed = _still_held(path)
    with transaction.atomic():
        Tree.objects.update(headed=0)
        for of, size in headed.items():
            Tree.objects.filter(agency_id=of).update(headed=size)
        return _put_aside(path, kept)


def proved() -> Report:
    """The report of `leeward audit verify`, as far as there are heads and a key."""
    return verify([], heads=Path(settings.LEEWARD_AUDIT_HEADS), pem=_key())


def _key() -> str:
    with contextlib.suppress(ImproperlyConfigured):
        return public_key(settings.LEEWARD_AUDIT_SIGNING_KEY)
    return ""


def _still_held(path: Path) -> tuple[int, dict[uuid.UUID, int]]:
    """How many lines from the top speak of no row that is gone, and the largest head of each tree
    among them."""
    sizes = dict(Tree.objects.values_list("agency_id", "size"))
    headed: dict[uuid.UUID, int] = {}
    kept, key = 0, _key()
    if not (path.exists() and key):
        return kept, headed
    for line in read_heads(path, key):
        # A line that is no head stays: what is wrong with it is for `verify` to say.
        if line.head:
            if line.head.size > sizes.get(line.head.of, 0):
                break
            headed[line.head.of] = max(line.head.size, headed.get(line.head.of, 0))
        kept = line.number
    return kept, headed


def _put_aside(path: Path, kept: int) -> PutAside:
    if not path.exists():
        return PutAside()
    with path.open("r+b") as file:
        at = sum(len(line) for line in islice(file, kept))
        lines = sum(1 for _line in file)
        if not lines:
            return PutAside()
        beside = path.with_name(f"{path.name}.lost-{now():%Y%m%dT%H%M%SZ}")
        file.seek(at)
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as lost:
            shutil.copyfileobj(file, lost)
            os.fsync(lost.fileno())
        file.truncate(at)
    forget_delivered(path, after=at)
    return PutAside(lines, beside)
