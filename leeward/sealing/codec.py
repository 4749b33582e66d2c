"""The one codec behind every sealed field.

AES-256-GCM with the record's place (table, column, id) as associated data, so that a value moved
to another row does not open (design.md, data rule 4). What is sealed is filled up to one of a few
lengths first: the length of a short answer would tell which one it is.
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


# Bytes. Powers of two up to the first of these, then steps of it up to the second, then steps of
# the second.
LEAST_ROOM, SMALL_STEP, LARGE_STEP = 64, 512, 4096
_END = b"\x80"


def padded(plain: bytes, room: int = LEAST_ROOM) -> bytes:
    """`plain`, an end mark, and zeros up to one of a few lengths, at least `room` bytes."""
    held = plain + _END
    length = room
    while length < len(held) and length < SMALL_STEP:
        length *= 2
    if length < len(held):
        step = SMALL_STEP if len(held) <= LARGE_STEP else LARGE_STEP
        length = -(-len(held) // step) * step
    return held.ljust(length, b"\0")


def unpadded(held: bytes) -> bytes:
    """What was given to `padded`. Raises ValueError for bytes that were not."""
    plain = held.rstrip(b"\0")
    if not plain.endswith(_END):
        raise ValueError("no end mark")
    return plain[:-1]


def seal(plain: bytes, place: Place, room: int = LEAST_ROOM) -> bytes:
    """Seal `plain` so that it opens only at `place`, in at least `room` bytes."""
    sealed: bytes = keys.sealing_primitive().encrypt(padded(plain, room), place.as_bytes())
    return sealed


def open_sealed(sealed: bytes, place: Place) -> bytes:
    """Open what `seal` made for this very place. Raises DoesNotOpen otherwise."""
    try:
        return unpadded(keys.sealing_primitive().decrypt(sealed, place.as_bytes()))
    except (tink.TinkError, ValueError) as fault:
        raise DoesNotOpen(f"{place.table}.{place.column}") from fault


def token(purpose: str, text: str) -> int:
    """A signed 64-bit search token: equal for equal text, and it tells nothing else of it."""
    digest = hmac.digest(keys.token_key(purpose), text.encode(), "sha256")
    return int.from_bytes(digest[:8], "big", signed=True)
