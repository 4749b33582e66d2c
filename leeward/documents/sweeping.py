"""What the system itself removes: closed documents whose days are over, files that no document
has, and everything of a person who is disposed of."""

import datetime as dt
import uuid
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from leeward.access.actors import SYSTEM
from leeward.access.boundary import check_across
from leeward.audit import actions as audit
from leeward.documents import store
from leeward.documents.models import Document

# A file that was half written, or whose transaction came to nothing, may still be under way.
UNDER_WAY = dt.timedelta(hours=1)


@transaction.atomic
def remove_due() -> int:
    """Remove the bytes of documents that were closed long enough ago. Returns how many."""
    before = timezone.now() - dt.timedelta(days=settings.LEEWARD_CLOSED_DOCUMENT_DAYS)
    due = list(
        Document.objects.filter(closed_at__lt=before, removed_at__isnull=True).select_for_update()
    )
    for document in due:
        store.remove(document.pk)
        document.removed_at = timezone.now()
        document.save(update_fields=["removed_at"])
        audit.record(by=SYSTEM, action="document.remove", subject=document.subject_id)
    return len(due)


def sweep_up() -> int:
    """Remove files that no document has: a transaction came to nothing. Returns how many.

    Raises SeesTooLittle where another agency's documents are out of sight, and their files would
    seem to be nobody's.
    """
    check_across()
    swept = 0
    long_ago = (timezone.now() - UNDER_WAY).timestamp()
    for path, document_id in store.lying_about():
        if path.stat().st_mtime > long_ago:
            continue
        if document_id is None or not Document.objects.filter(pk=document_id).exists():
            path.unlink()
            swept += 1
    return swept


def erase(person_id: uuid.UUID) -> int:
    """Remove every document of one person, for disposal; inside the caller's transaction.

    A document that is closed and still has to be kept stays until its days are over: disposal
    waits for it (`is_held`).
    """
    rows = Document.objects.filter(subject_id=person_id)
    for document in rows:
        transaction.on_commit(partial(store.remove, document.pk))
    return rows.delete()[0]


def is_held(person_id: uuid.UUID) -> bool:
    """Whether a closed document of this person still has to be kept."""
    return Document.objects.filter(
        subject_id=person_id, closed_at__isnull=False, removed_at__isnull=True
    ).exists()
