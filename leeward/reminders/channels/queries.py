"""Where workers are told, and what is due to be sent to one of them."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from leeward.access.actors import actor_for
from leeward.accounts.models import Agency, Worker
from leeward.notices.queries import to_nudge
from leeward.reminders.channels.models import Channel, Sending
from leeward.reminders.channels.rules import digest_day, quiet_until

# A try that has not ended after this long is over: the next one may begin.
LEASE = dt.timedelta(minutes=10)


@dataclass(frozen=True)
class Due:
    """One thing to tell a worker of."""

    what: str
    key: str


def channel_of(worker_id: uuid.UUID) -> Channel | None:
    """What this worker said last of where they are told."""
    return Channel.objects.filter(worker=worker_id).order_by("-number").first()


def channels_of(agency: Agency) -> list[Channel]:
    """Those of an agency by which something may be sent."""
    rows = Channel.objects.open().filter(agency=agency).select_related("worker", "agency")
    return list(rows.order_by("worker"))


def due_for(channel: Channel, now: dt.datetime) -> list[Due]:
    """What is to be sent by this channel at a moment. In quiet hours nothing is; it waits."""
    zone = channel.agency.time_zone
    if quiet_until(now, zone, channel.quiet_from, channel.quiet_until):
        return []
    found = [Due(Sending.What.NUDGE, str(each)) for each in _new_for(channel.worker)]
    if channel.digest_on is not None:
        day = digest_day(now, zone, channel.digest_on, channel.said_at)
        found += [Due(Sending.What.DIGEST, day.isoformat())] if day else []
    return _not_on_their_way(channel.worker, found, now)


def _new_for(worker: Worker) -> Sequence[object]:
    return list(to_nudge(actor_for(worker)).values_list("pk", flat=True))


def _not_on_their_way(worker: Worker, found: list[Due], now: dt.datetime) -> list[Due]:
    """Those that were neither sent nor are being sent by somebody else."""
    rows = Sending.objects.filter(worker=worker, key__in=[each.key for each in found])
    over = {(row.what, row.key) for row in rows if row.sent_at or row.began_at > now - LEASE}
    return [each for each in found if (each.what, each.key) not in over]


def tries(worker: Worker, due: Sequence[Due]) -> dict[tuple[str, str], int]:
    """How often each was tried before."""
    rows = Sending.objects.filter(worker=worker, key__in=[each.key for each in due])
    counted: dict[tuple[str, str], int] = {}
    for row in rows:
        counted[row.what, row.key] = max(counted.get((row.what, row.key), 0), row.number)
    return counted
