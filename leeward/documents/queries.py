"""Reading what documents a file has."""

import uuid
from dataclasses import dataclass

from leeward.access.actors import Actor
from leeward.access.rules import check
from leeward.accounts.models import Worker
from leeward.documents import store
from leeward.documents.models import Document


@dataclass(frozen=True)
class Copy:
    """The bytes of a document as they leave Leeward."""

    document: Document
    data: bytes


def copy_of(actor: Actor, subject_id: uuid.UUID, document_id: uuid.UUID) -> Copy:
    """The bytes of one document of a file that the caller has fetched, and recorded as opened.

    Raises Document.DoesNotExist for one that is closed, not there or of another file, and
    store.BytesGone.
    """
    check(actor.role, "document.open")
    document = Document.objects.of(actor, subject_id).kept().get(pk=document_id)
    return Copy(document, store.get(document.pk, holder=subject_id))


def documents_of(actor: Actor, subject_id: uuid.UUID) -> list[tuple[Document, str]]:
    """Every document of a file that the caller has fetched, newest first, with the name of whoever
    added it. Closed ones are there, as a fact and a day."""
    rows = list(Document.objects.of(actor, subject_id))
    names = dict(
        Worker.objects.filter(pk__in={row.added_by_id for row in rows}).values_list(
            "pk", "display_name"
        )
    )
    return [(row, names.get(row.added_by_id, "")) for row in rows]


def document_of(actor: Actor, subject_id: uuid.UUID, document_id: uuid.UUID) -> Document:
    """One document of a file that the caller has fetched. Raises Document.DoesNotExist."""
    return Document.objects.of(actor, subject_id).get(pk=document_id)
