"""What goes by its age: the rows of an import that nobody ended, and concerns in no file."""

import uuid
from collections.abc import Collection
from functools import partial

from django.db import transaction
from django.utils import timezone

from leeward.audit import actions as audit
from leeward.concerns.importing.queries import undecided
from leeward.concerns.models import (
    Concern,
    ConcernNews,
    ConcernSource,
    Import,
    ImportRow,
    Referral,
)
from leeward.keeping import erasers
from leeward.keeping.disposal import actor_of
from leeward.keeping.sweeping import IsOver
from leeward.sealing import keyring


def let_go(run: Import) -> None:
    """End an import: what is no file is left out, what it held of the spreadsheet is gone, and
    what a backup still holds of it opens no more. Part of a larger action."""
    undecided(run).update(state=ImportRow.State.LEFT_OUT)
    run.rows.update(cells=None, alike=None)
    run.ended_at, run.mapping = timezone.now(), None
    run.save(update_fields=["ended_at", "mapping"])
    transaction.on_commit(partial(keyring.destroy_keys, [run.pk]))


def end_abandoned(is_over: IsOver) -> int:
    """End every import whose time is over: its files stay, its rows go. Returns how many."""
    ended = 0
    for pk, begun in Import.objects.filter(ended_at__isnull=True).values_list("pk", "started_at"):
        ended += is_over(timezone.localdate(begun)) and _end(pk)
    return ended


@transaction.atomic
def _end(import_id: uuid.UUID) -> bool:
    run = Import.objects.select_for_update().filter(pk=import_id, ended_at__isnull=True).first()
    if run is None:
        return False
    let_go(run)
    audit.record(by=actor_of(run.agency_id), action="caseload.expire", subject=run.pk)
    return True


def remove_settled(is_over: IsOver) -> int:
    """Remove every concern that was closed or sent on, is in no file, and whose time is over, with
    who told it. One that waits stays until somebody settles it. Returns how many."""
    settled = Concern.objects.filter(person__isnull=True, settled_at__isnull=False)
    due = [
        pk for pk, at in settled.values_list("pk", "settled_at") if is_over(timezone.localdate(at))
    ]
    return sum(_remove(each) for each in due)


@transaction.atomic
def _remove(concern_id: uuid.UUID) -> bool:
    now = Concern.objects.select_for_update().filter(pk=concern_id, person__isnull=True).first()
    if now is None:
        return False
    erase_concerns([now.pk])
    audit.record(by=actor_of(now.agency_id), action="concern.expire", subject=concern_id)
    return True


def erase_concerns(ids: Collection[uuid.UUID]) -> int:
    """Every row of these concerns, who said them, and their keys. Part of a larger action."""
    if ids:
        # Once the rows are gone for good; a key cannot come back.
        transaction.on_commit(partial(keyring.destroy_keys, ids))
    return erasers.remove(
        ConcernSource.objects.filter(concern__in=ids),
        Referral.objects.filter(concern__in=ids),
        ConcernNews.objects.filter(concern__in=ids),
        Concern.objects.filter(pk__in=ids),
    )
