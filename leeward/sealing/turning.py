"""Turning keys over while pages are served.

A turn gives the key-encryption key a new version and each agency a new key, and wraps anew what
lies under them. A deep one gives each holder a new key too, and seals their rows again under it.
Older keys stay and still open, so that an older backup opens with the keyring of its day or of
today, and a page that is being served while its keys change notices nothing. They seal nothing.

Whatever was done is marked where it lies: a run that was killed is gone on with by the next.
"""

import datetime as dt
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from leeward.sealing import keyring, keysets
from leeward.sealing.models import AgencyKeyset, DataKey, KeyTurn
from leeward.sealing.providers import provider
from leeward.sealing.resealing import reseal
from leeward.sealing.router import KEYRING

# How many keys are wrapped in one transaction, and how many holders' rows are sealed at a time.
WRAPPED_AT_ONCE, HOLDERS_AT_ONCE = 200, 50


@dataclass(frozen=True)
class Step:
    """One part of a turn: its name, how much there is of it, and the work, which yields how much
    it did since it last said so. It may be left off after any of these."""

    name: str
    total: int
    work: Iterator[int]


def unfinished() -> KeyTurn | None:
    """The turn that was begun and not ended, if there is one."""
    return KeyTurn.objects.filter(done_at__isnull=True).order_by("pk").first()


def begin(*, deep: bool) -> KeyTurn:
    """Begin a turn. One that is unfinished has to be ended first."""
    return KeyTurn.objects.create(deep=deep)


def steps(turn: KeyTurn, sleep: Callable[[float], None] = time.sleep) -> Iterator[Step]:
    """What is left of a turn, in order; each step's work must be done before the next is asked
    for. After the last one the turn is done."""
    if turn.version is None:
        turn.version = provider().turn()
        turn.save(update_fields=["version"])
    left = AgencyKeyset.objects.filter(turn__lt=turn.pk)
    yield Step("agencies", left.count(), _agencies(turn))
    yield Step("keys", _keys_left(turn), _keys(turn))
    if turn.deep and DataKey.objects.filter(resealed__lt=turn.pk).exists():
        # By then every process that serves pages seals under the new keys.
        yield Step("seconds", settings.LEEWARD_KEYS_HELD_SECONDS, _wait(sleep))
        rows_left = DataKey.objects.filter(resealed__lt=turn.pk)
        yield Step("people", rows_left.count(), _rows(turn, sleep))
    turn.done_at = timezone.now()
    turn.save(update_fields=["done_at"])


def _wait(sleep: Callable[[float], None]) -> Iterator[int]:
    for _second in range(settings.LEEWARD_KEYS_HELD_SECONDS):
        sleep(1)
        yield 1


def _agencies(turn: KeyTurn) -> Iterator[int]:
    for row in AgencyKeyset.objects.filter(turn__lt=turn.pk).order_by("agency_id"):
        key = provider()
        under, version = key.aead(), key.version()
        sealing, tokens = keyring.opened_parts(row)
        sealing = keysets.with_new_primary(sealing, keysets.SEALING)
        # As it was read or not at all: a second run beside this one has done it already then.
        AgencyKeyset.objects.filter(agency_id=row.agency_id, sealing=bytes(row.sealing)).update(
            sealing=keysets.wrap(sealing, under, keyring.of_agency(row.agency_id, "sealing")),
            tokens=keysets.wrap(tokens, under, keyring.of_agency(row.agency_id, "tokens")),
            under=version,
            turn=turn.pk,
        )
        keyring.forget(row.agency_id)
        yield 1


def _keys_left(turn: KeyTurn) -> int:
    return DataKey.objects.filter(turn__lt=turn.pk).count()


def _keys(turn: KeyTurn) -> Iterator[int]:
    for agency_id in keyring.agencies_with_keys():
        last = UUID(int=0)
        left = DataKey.objects.filter(agency_id=agency_id, turn__lt=turn.pk).order_by("holder")
        while batch := list(left.filter(holder__gt=last)[:WRAPPED_AT_ONCE]):
            _wrap_anew(turn, agency_id, batch)
            last = batch[-1].holder
            yield len(batch)


def _wrap_anew(turn: KeyTurn, agency_id: UUID, batch: list[DataKey]) -> None:
    agency = keyring.agency_keys(agency_id)
    fresh = {}
    for row in batch:
        try:
            handle = keyring.opened(row)
        except keysets.Fault:
            continue  # it opens for nobody, and stays: `status` counts it
        if turn.deep:
            handle = keysets.with_new_primary(handle, keysets.SEALING)
        bound_to = keyring.of_holder(row.holder, agency_id)
        fresh[row.holder] = keysets.wrap(handle, agency.aead, bound_to)
    with transaction.atomic(using=KEYRING):
        for row in batch:
            if row.holder in fresh:
                # As it was read or not at all: a key destroyed meanwhile must not come back.
                DataKey.objects.filter(holder=row.holder, sealed=bytes(row.sealed)).update(
                    sealed=fresh[row.holder], under=agency.ids[-1], turn=turn.pk
                )
    keyring.forget(agency_id, list(fresh))


def _rows(turn: KeyTurn, sleep: Callable[[float], None]) -> Iterator[int]:
    for agency_id in keyring.agencies_with_keys():
        last = UUID(int=0)
        left = DataKey.objects.filter(agency_id=agency_id, resealed__lt=turn.pk)
        while batch := list(
            left.filter(holder__gt=last)
            .order_by("holder")
            .values_list("holder", flat=True)[:HOLDERS_AT_ONCE]
        ):
            reseal(agency_id, batch, sleep)
            DataKey.objects.filter(holder__in=batch).update(resealed=turn.pk)
            last = batch[-1]
            yield len(batch)


@dataclass(frozen=True)
class Status:
    """What there is of keys. None of it opens anything."""

    version: int
    agencies: int
    holders: int
    # Agencies' keysets under an older version, and holders' keys under an older agency key.
    older_agencies: int
    older_holders: int
    unfinished: KeyTurn | None
    turned_at: dt.datetime | None


def status() -> Status:
    """Count the keys. Raises what providers and `keyring.agency_keys` raise."""
    version = provider().version()
    older = sum(
        DataKey.objects.filter(agency_id=agency_id)
        .exclude(under=keyring.agency_keys(agency_id).ids[-1])
        .count()
        for agency_id in keyring.agencies_with_keys()
    )
    done = KeyTurn.objects.filter(done_at__isnull=False).order_by("-done_at").first()
    return Status(
        version=version,
        agencies=AgencyKeyset.objects.count(),
        holders=DataKey.objects.count(),
        older_agencies=AgencyKeyset.objects.exclude(under=version).count(),
        older_holders=older,
        unfinished=unfinished(),
        turned_at=done.done_at if done else None,
    )
