"""What goes by its age: words about nobody's file that nobody saved. A concern alone is begun so;
what is typed about somebody in a file goes with that file."""

import uuid
from functools import partial

from django.db import transaction
from django.utils import timezone

from leeward.audit import actions as audit
from leeward.drafts.models import Draft
from leeward.keeping.disposal import actor_of
from leeward.keeping.sweeping import IsOver
from leeward.sealing import keyring


def remove_unfinished(is_over: IsOver) -> int:
    """Remove each draft about nobody's file that nobody went on with in time. Returns how many."""
    held = Draft.objects.filter(subject_id__isnull=True).values_list("pk", "saved_at")
    due = [pk for pk, at in held if is_over(timezone.localdate(at))]
    return sum(_remove(each, is_over) for each in due)


@transaction.atomic
def _remove(draft_id: uuid.UUID, is_over: IsOver) -> bool:
    row = Draft.objects.select_for_update().filter(pk=draft_id, subject_id__isnull=True).first()
    # Saved, thrown away or gone on with meanwhile.
    if row is None or not is_over(timezone.localdate(row.saved_at)):
        return False
    agency_id = row.agency_id
    row.delete()
    # The draft is about nobody and its writer alone saw it: the row names the draft.
    audit.record(by=actor_of(agency_id), action="draft.expire", subject=draft_id)
    transaction.on_commit(partial(keyring.destroy_keys, [draft_id]))
    return True
