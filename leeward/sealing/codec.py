"""The one codec behind every sealed field.

AES-256-GCM with the record's place (table, column, id) as associated data, so that a value moved
to another row does not open (design.md, data rule 4).
"""

import hmac
from typing import NamedTuple

import tink
from django.core.exceptions import SuspiciousOperation

from leeward.sealing import keys


class Place(NamedTuple):
    """Where a sealed value lives; it opens nowhere else."""

    table: str
    column: str
    id: str

    def as_bytes(self) -> bytes:
        """The place as associated data."""
        return f"{self.table}\x1f{self.column}\x1f{self.id}".encode()


class DoesNotOpen(SuspiciousOperation):
    """A sealed value was changed, moved, or sealed under a key we do not hold."""


def seal(plain: bytes, place: Place) -> bytes:
    """Seal `plain` so that it opens only at `place`."""
    sealed: bytes = keys.sealing_primitive().encrypt(plain, place.as_bytes())
    return sealed


def open_sealed(sealed: bytes, place: Place) -> bytes:
    """Open what `seal` made for this very place. Raises DoesNotOpen otherwise."""
    try:
        plain: bytes = keys.sealing_primitive().decrypt(sealed, place.as_bytes())
    except tink.TinkError as fault:
        raise DoesNotOpen(f"{place.table}.{place.column}") from fault
    return plain


def token(purpose: str, text: str) -> int:
    """A signed 64-bit search token: equal for equal text, and it tells nothing else of it."""
    digest = hmac.digest(keys.token_key(purpose), text.encode(), "sha256")
    return int.from_bytes(digest[:8], "big", signed=True)
