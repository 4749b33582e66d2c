"""Saying where one is told, and telling."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from leeward.access.actors import Actor
from leeward.access.rules import check
from leeward.accounts.models import Worker
from leeward.audit import actions as audit
from leeward.reminders.channels.models import Channel, Sending
from leeward.reminders.channels.queries import Due, channel_of, due_for, tries


class UnsafeChannel(ValueError):
    """Others read it, or a locked screen shows it: nothing is ever sent there."""


class NoQuietHours(ValueError):
    """Quiet hours begin and end, at two different times."""


@transaction.atomic
def read_channel(*, by: Actor) -> Channel | None:
    """What `by` said last of where they are told, recorded as read; nobody reads another's."""
    check(by.role, "account.own")
    audit.record(by=by, action="account.own", subject=by.author_id, purpose="channel")
    return channel_of(by.author_id)


@transaction.atomic
def say_channel(
    *,
    by: Actor,
    address: str,
    mine_alone: bool,
    hidden_when_locked: bool,
    digest_on: int | None = None,
    quiet_from: dt.time | None = None,
    quiet_until: dt.time | None = None,
) -> Channel:
    """Say where `by` is told that something waits; without an address, nowhere.

    Raises UnsafeChannel and NoQuietHours.
    """
    check(by.role, "account.own")
    if address and not (mine_alone and hidden_when_locked):
        raise UnsafeChannel
    if (quiet_from is None) != (quiet_until is None) or (
        quiet_from is not None and quiet_from == quiet_until
    ):
        raise NoQuietHours
    # Two windows of one worker: the second waits, and is the newer.
    worker = Worker.objects.select_for_update().get(pk=by.author_id)
    before = channel_of(worker.pk)
    row = Channel.objects.create(
        agency_id=by.own_agency_id,
        worker=worker,
        number=before.number + 1 if before else 1,
        address=address,
        mine_alone=mine_alone,
        hidden_when_locked=hidden_when_locked,
        digest_on=digest_on if address else None,
        quiet_from=quiet_from,
        quiet_until=quiet_until,
    )
    audit.record(by=by, action="reminder.channel", subject=worker.pk)
    return row


@transaction.atomic
def begin_sending(*, by: Actor, channel: Channel, now: dt.datetime) -> list[Sending]:
    """Take what is due by this channel for oneself; nothing where somebody else has it.

    `by` is the command that sends. What is not marked as sent afterwards is tried again.
    """
    check(by.role, "reminder.send")
    _alone_with([channel.worker_id])
    due = due_for(channel, now)
    try:
        with transaction.atomic():
            rows = [_try(channel, each, now, nth) for each, nth in _numbered(channel, due)]
    except IntegrityError:
        # Another run took it in this very moment.
        return []
    if rows:
        audit.record(by=by, action="reminder.sending", subject=channel.worker_id)
    return rows


def _alone_with(worker_ids: Iterable[uuid.UUID]) -> None:
    """Until the end of the transaction no other run takes or marks anything of these workers: it
    would take for untried what this one is about to try."""
    rows = Worker.objects.filter(pk__in=worker_ids).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk", flat=True))


def _numbered(channel: Channel, due: Sequence[Due]) -> list[tuple[Due, int]]:
    before = tries(channel.worker, due)
    return [(each, before.get((each.what, each.key), 0) + 1) for each in due]


def _try(channel: Channel, each: Due, now: dt.datetime, number: int) -> Sending:
    return Sending.objects.create(
        worker=channel.worker,
        agency=channel.agency,
        what=each.what,
        key=each.key,
        number=number,
        began_at=now,
    )


@transaction.atomic
def mark_sent(*, by: Actor, sendings: Sequence[Sending]) -> int:
    """They have left. Returns how many of them were not marked before, by this run or by one that
    took it for given up meanwhile and sent it too."""
    check(by.role, "reminder.send")
    _alone_with({each.worker_id for each in sendings})
    ids = [each.pk for each in sendings]
    marked = Sending.objects.filter(sent_at__isnull=False)
    same = marked.filter(worker=OuterRef("worker"), what=OuterRef("what"), key=OuterRef("key"))
    left = Sending.objects.filter(~Exists(same), pk__in=ids)
    # Read first: a table that is being written to is not asked about itself.
    count = Sending.objects.filter(pk__in=list(left.values_list("pk", flat=True))).update(
        sent_at=timezone.now()
    )
    for worker_id in sorted({each.worker_id for each in sendings}):
        audit.record(by=by, action="reminder.sent", subject=worker_id)
    return count
