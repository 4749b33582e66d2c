"""What goes by its age: the words of copies whose time in the schedule is over.

That a copy was received stays for good, and whom it was about, what it held, its digest, under
what and when (ADR 62).
"""

import datetime as dt
import uuid
from functools import partial

from django.db import transaction
from django.utils import timezone

from leeward.audit import actions as audit
from leeward.core.ids import new_id
from leeward.disclosures.models import Happened, Received
from leeward.disclosures.rules import Facts, kept_as
from leeward.keeping.disposal import actor_of
from leeward.keeping.sweeping import IsOver
from leeward.sealing import keyring

SEALED = ("about", "items", "content", "blind")


def remove_words(record_class: str, is_over: IsOver) -> int:
    """Remove the words of every copy of this class whose time is over. Returns how many."""
    held = Received.objects.filter(gone_at__isnull=True).defer(*SEALED)
    rows = held.prefetch_related("events")
    due = [each.pk for each in rows if _is_due(each, record_class, is_over)]
    return sum(_remove(each, record_class, is_over) for each in due)


@transaction.atomic
def _remove(received_id: uuid.UUID, record_class: str, is_over: IsOver) -> bool:
    row = Received.objects.select_for_update().filter(pk=received_id, gone_at__isnull=True).first()
    # Somebody may have said meanwhile that the law keeps it.
    if row is None or not _is_due(row, record_class, is_over):
        return False
    if not keyring.has_key(row.pk):
        # Its words had gone, and an older backup brought the row back: it opens for nobody.
        return False
    stays = row.about, row.items, row.blind
    row.gone_at, row.now_under = timezone.now(), new_id()
    keyring.make_key(row.now_under, row.agency_id)
    # From here on it is sealed anew: under a key that never opened the words.
    row.about, row.items, row.blind = stays
    row.content = None
    row.save(update_fields=[*SEALED, "gone_at", "now_under"])
    # Why the law kept it was sealed with the words, and may tell of them.
    row.events.update(reason=None)
    audit.record(by=actor_of(row.agency_id), action="disclosure.expire", subject=row.pk)
    # Once the row is committed; a key cannot come back.
    transaction.on_commit(partial(keyring.destroy_keys, [row.pk]))
    return True


def _is_due(row: Received, record_class: str, is_over: IsOver) -> bool:
    found, since = kept_as(_facts(row))
    return found == record_class and is_over(since)


def _facts(row: Received) -> Facts:
    happened = {each.kind: each for each in row.events.all()}
    withdrawn, kept = happened.get(Happened.WITHDRAWN), happened.get(Happened.KEPT)
    return Facts(
        given_on=_day(row.given_at),
        authority=row.authority,
        until=row.until,
        withdrawn_on=_day(withdrawn.at) if withdrawn else None,
        kept_on=_day(kept.at) if kept else None,
        kept_under=kept.authority if kept else "",
    )


def _day(at: dt.datetime) -> dt.date:
    return timezone.localdate(at)
