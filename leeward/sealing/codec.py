"""The one codec behind every sealed field.

AES-256-GCM under the holder's own key, with the record's place (table, column, id) as associated
data, so that a value moved to another row, person or agency does not open (design.md, data rule
4). What is sealed is filled up to one of a few lengths first: the length of a short answer would
tell which one it is.
"""

import hmac
from typing import NamedTuple
from uuid import UUID

import tink
from django.core.exceptions import SuspiciousOperation

from leeward.sealing import keyring, keysets


class Place(NamedTuple):
    """Where a sealed value lives; it opens nowhere else."""

    table: str
    column: str
    id: str

    def as_bytes(self) -> bytes:
        """The place as associated data."""
        return f"{self.table}\x1f{self.column}\x1f{self.id}".encode()


class DoesNotOpen(SuspiciousOperation):
    """A sealed value was changed, moved, or sealed under a key that is not there (any longer)."""


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


def seal(plain: bytes, place: Place, *, holder: UUID, room: int = LEAST_ROOM) -> bytes:
    """Seal `plain` for `holder` so that it opens only at `place`, in at least `room` bytes.

    Raises keyring.NoKey when the holder has no key.
    """
    sealed: bytes = keyring.holder_keys(holder).aead.encrypt(padded(plain, room), place.as_bytes())
    return sealed


def open_sealed(sealed: bytes, place: Place, *, holder: UUID) -> bytes:
    """Open what `seal` made for this very holder and place. Raises DoesNotOpen otherwise."""
    try:
        keys = keyring.holder_keys(holder, keysets.key_that_sealed(sealed))
        return unpadded(keys.aead.decrypt(sealed, place.as_bytes()))
    except (tink.TinkError, ValueError, keyring.NoKey, keysets.Fault) as fault:
        raise DoesNotOpen(f"{place.table}.{place.column}") from fault


def token(purpose: str, text: str, *, agency_id: UUID) -> int:
    """A signed 64-bit search token of one purpose (a field) at one agency.

    Equal for equal text there, and it tells nothing else of it. Raises keyring.NoKey.
    """
    digest = hmac.digest(keyring.token_key(agency_id, purpose), text.encode(), "sha256")
    return int.from_bytes(digest[:8], "big", signed=True)
