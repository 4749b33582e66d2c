"""Adding, reading and closing documents. Each is atomic and audited."""

import uuid

from django.db import transaction
from django.utils import timezone

from leeward.access.actors import Actor
from leeward.access.rules import check
from leeward.audit import actions as audit
from leeward.core.ids import new_id
from leeward.documents import store
from leeward.documents.models import Document
from leeward.documents.taking import Clean
from leeward.notices.actions import tell


@transaction.atomic
def add(*, by: Actor, subject_id: uuid.UUID, what: str, clean: Clean) -> Document:
    """Keep a clean copy of a file in a young person's file, which the caller has fetched."""
    check(by.role, "document.add")
    document = Document(
        id=new_id(),
        agency_id=by.own_agency_id,
        subject_id=subject_id,
        added_by_id=by.author_id,
        media=clean.media,
        size=len(clean.data),
        pictures_taken_out=clean.pictures,
        scanned=clean.scanned,
        what=what.strip(),
    )
    # Bytes without a row are swept up; a row without bytes would be a broken promise.
    store.put(document.pk, clean.data, holder=subject_id)
    document.save()
    audit.record(by=by, action="document.add", subject=subject_id)
    return document


@transaction.atomic
def close_to_everyone(*, by: Actor, subject_id: uuid.UUID, document_id: uuid.UUID) -> Document:
    """Close a document that should not be here: nobody opens it again, and nobody deletes it.

    The privacy officer is told. The sealed bytes stay for LEEWARD_CLOSED_DOCUMENT_DAYS, as the law
    may ask (Criminal Code and An Act respecting the mandatory reporting of Internet child
    pornography, S.C. 2011 c.4 s.4: 21 days; whether it binds an agency is for counsel to confirm).
    Closing twice changes nothing. Raises Document.DoesNotExist.
    """
    check(by.role, "document.close")
    rows = Document.objects.of(by, subject_id).select_for_update()
    document = rows.get(pk=document_id)
    if document.is_closed:
        return document
    document.closed_at = timezone.now()
    document.closed_by_id = by.author_id
    document.save(update_fields=["closed_at", "closed_by_id"])
    audit.record(by=by, action="document.close", subject=subject_id)
    tell(
        by=by,
        agency_id=document.agency_id,
        kind="documents.closed",
        to_role="privacy_officer",
        about=document.pk,
    )
    return document
