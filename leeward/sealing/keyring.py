"""The keyring: who holds which key, and how a key comes, opens and goes.

A *holder* is whoever a sealed value belongs to: a young person's id, else an agency's, else the id
of a row that stands alone. A holder's key is made and committed before the first row that it
seals: the keyring takes part in no transaction of the data, and a key without rows harms nobody.
"""

import contextlib
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connections
from tink import aead, prf

from leeward.sealing import keysets
from leeward.sealing.held import Held
from leeward.sealing.models import AgencyKeyset, DataKey
from leeward.sealing.providers import provider
from leeward.sealing.router import KEYRING

# Keys are made and asked for so many at a time.
BATCH = 500


class NoKey(LookupError):
    """There is no key for this holder or agency: it was never made, or it was destroyed."""


class AgencyKeys(NamedTuple):
    """An agency's keys, opened."""

    sealing: keysets.Keyset
    ids: tuple[int, ...]
    aead: aead.Aead
    tokens: prf.PrfSet


class HolderKeys(NamedTuple):
    """A holder's keys, opened, and the ids of those keys: the last one seals."""

    aead: aead.Aead
    ids: tuple[int, ...]


@cache
def _agencies() -> Held[UUID, AgencyKeys]:
    return Held(settings.LEEWARD_KEYS_HELD, settings.LEEWARD_KEYS_HELD_SECONDS)


@cache
def _holders() -> Held[UUID, HolderKeys]:
    return Held(settings.LEEWARD_KEYS_HELD, settings.LEEWARD_KEYS_HELD_SECONDS)


@cache
def _token_keys() -> Held[tuple[UUID, str], bytes]:
    return Held(settings.LEEWARD_KEYS_HELD, settings.LEEWARD_KEYS_HELD_SECONDS)


def let_go() -> None:
    """Forget every opened key of this process; the next use opens it anew."""
    for held in (_agencies, _holders, _token_keys):
        held.cache_clear()


def of_agency(agency_id: UUID, part: str) -> bytes:
    """What an agency's own keyset is bound to; `part` is `sealing` or `tokens`."""
    return f"agency\x1f{agency_id}\x1f{part}".encode()


def of_holder(holder: UUID, agency_id: UUID) -> bytes:
    """What a data key is bound to: it opens for no other holder, and at no other agency."""
    return f"data\x1f{agency_id}\x1f{holder}".encode()


# --- Making -----------------------------------------------------------------------------------


def make_agency(agency_id: UUID) -> None:
    """Make an agency's keyset and its own data key; does nothing for those it has."""
    if not AgencyKeyset.objects.filter(agency_id=agency_id).exists():
        key = provider()
        under, version = key.aead(), key.version()
        parts = {
            part: keysets.wrap(keysets.make(template), under, of_agency(agency_id, part))
            for part, template in (("sealing", keysets.SEALING), ("tokens", keysets.TOKENS))
        }
        # Two at once: the row of the first stands.
        AgencyKeyset.objects.bulk_create(
            [AgencyKeyset(agency_id=agency_id, under=version, **parts)], ignore_conflicts=True
        )
        _agencies().drop(agency_id)
    make_key(agency_id, agency_id)


def make_key(holder: UUID, agency_id: UUID) -> None:
    """Make the data key of one holder; does nothing when there is one. Raises NoKey when the
    agency has no keyset."""
    make_keys([(holder, agency_id)])


def make_keys(pairs: Iterable[tuple[UUID, UUID]]) -> None:
    """Make the data keys of many (holder, agency) pairs, in batches; those that are there stay.

    Raises NoKey when an agency has no keyset.
    """
    wanted = dict(pairs)
    holders = list(wanted)
    for start in range(0, len(holders), BATCH):
        batch = holders[start : start + BATCH]
        there = set(DataKey.objects.filter(holder__in=batch).values_list("holder", flat=True))
        fresh = {holder: keysets.make(keysets.SEALING) for holder in batch if holder not in there}
        _keep({holder: (wanted[holder], handle) for holder, handle in fresh.items()})


def _keep(fresh: dict[UUID, tuple[UUID, keysets.Keyset]]) -> None:
    rows = []
    for holder, (agency_id, handle) in fresh.items():
        agency = agency_keys(agency_id)
        sealed = keysets.wrap(handle, agency.aead, of_holder(holder, agency_id))
        under = agency.ids[-1]
        rows.append(DataKey(holder=holder, agency_id=agency_id, sealed=sealed, under=under))
    # Another process may have made one meanwhile: its row stands, so ours is not held here.
    DataKey.objects.bulk_create(rows, ignore_conflicts=True)


def has_key(holder: UUID) -> bool:
    """Whether a holder has a key. Asks the keyring each time."""
    return DataKey.objects.filter(holder=holder).exists()


def destroy_key(holder: UUID) -> None:
    """Destroy a holder's key: nothing sealed for them opens again, in any copy of the data.

    At once in this process, within LEEWARD_KEYS_HELD_SECONDS in others, and in the keyring's
    backups when the last that holds it is gone. Does nothing when there is none.
    """
    destroy_keys([holder])


def destroy_keys(holders: Collection[UUID]) -> None:
    """The same for several holders."""
    DataKey.objects.filter(holder__in=holders).delete()
    for holder in holders:
        _holders().drop(holder)
    connection = connections[KEYRING]
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        # The deleted row is overwritten in the file, and must not stay in its write-ahead log.
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


# --- Opening ----------------------------------------------------------------------------------


def agency_keys(agency_id: UUID, key_id: int | None = None) -> AgencyKeys:
    """An agency's keys, opened. Raises NoKey when it has none, keysets.Fault when the
    key-encryption key at hand is not the one that seals them.

    When the keys that are held know no `key_id`, another process has turned them over meanwhile:
    they are asked for anew.
    """
    found = _agencies().get(agency_id)
    if found is None or (key_id is not None and key_id not in found.ids):
        row = AgencyKeyset.objects.filter(agency_id=agency_id).first()
        if row is None:
            raise NoKey(f"agency {agency_id}")
        sealing, tokens = opened_parts(row)
        found = AgencyKeys(
            sealing,
            keysets.key_ids(sealing),
            sealing.primitive(aead.Aead),
            tokens.primitive(prf.PrfSet),
        )
        _agencies().put(agency_id, found)
    return found


def opened_parts(row: AgencyKeyset) -> tuple[keysets.Keyset, keysets.Keyset]:
    """Both keysets of an agency: what wraps its data keys, what makes its tokens.

    Raises keysets.Fault when the key-encryption key at hand is not the one that seals them.
    """
    under = provider().aead()
    sealing, tokens = (
        keysets.unwrap(bytes(getattr(row, part)), under, of_agency(row.agency_id, part))
        for part in ("sealing", "tokens")
    )
    return sealing, tokens


def opened(row: DataKey) -> keysets.Keyset:
    """The keyset of one data key. Raises what `agency_keys` raises, and keysets.Fault."""
    under = agency_keys(row.agency_id, row.under).aead
    return keysets.unwrap(bytes(row.sealed), under, of_holder(row.holder, row.agency_id))


def forget(agency_id: UUID, holders: Collection[UUID] = ()) -> None:
    """Let go of what this process holds of an agency and these holders, after a change."""
    _agencies().drop(agency_id)
    for holder in holders:
        _holders().drop(holder)


def warm(holders: Iterable[UUID]) -> None:
    """Open the keys of many holders in one query: a page that shows them then asks no more."""
    held = _holders()
    wanted = {holder for holder in holders if held.get(holder) is None}
    if wanted:
        _open_all(DataKey.objects.filter(holder__in=wanted))


def _open_all(rows: Iterable[DataKey]) -> None:
    for row in rows:
        # One that does not open says so where its words are read, not on everybody's list.
        with contextlib.suppress(keysets.Fault, NoKey):
            _hold(row)


def _hold(row: DataKey) -> HolderKeys:
    handle = opened(row)
    found = HolderKeys(handle.primitive(aead.Aead), keysets.key_ids(handle))
    _holders().put(row.holder, found)
    return found


def holder_keys(holder: UUID, key_id: int | None = None) -> HolderKeys:
    """What seals and opens for a holder. Raises NoKey when they have no key (any longer).

    When the keys that are held know no `key_id`, they are asked for anew, as in `agency_keys`.
    """
    found = _holders().get(holder)
    if found is None or (key_id is not None and key_id not in found.ids):
        row = DataKey.objects.filter(holder=holder).first()
        if row is None:
            raise NoKey(f"holder {holder}")
        found = _hold(row)
    return found


def token_key(agency_id: UUID, purpose: str) -> bytes:
    """A 32-byte key for the blind tokens of one purpose at one agency; no two are related."""
    found = _token_keys().get((agency_id, purpose))
    if found is None:
        found = agency_keys(agency_id).tokens.primary().compute(purpose.encode(), 32)
        _token_keys().put((agency_id, purpose), found)
    return found


def agencies_with_keys() -> Sequence[UUID]:
    """The agencies that have a keyset, in order of id."""
    return list(AgencyKeyset.objects.order_by("agency_id").values_list("agency_id", flat=True))
