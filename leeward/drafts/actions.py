"""Keeping and letting go of drafts. Nothing typed is ever lost."""

import uuid
from collections.abc import Mapping
from functools import partial

from django.db import transaction

from leeward.access.actors import Actor
from leeward.audit import actions as audit
from leeward.drafts.models import Draft
from leeward.sealing import keyring


class NobodyTyped(ValueError):
    """A draft needs an owner with an agency; the system types nothing."""


class NewerDraft(Exception):
    """Another window has saved this draft since; its words stay, and so do these on the page."""


@transaction.atomic
def keep_draft(
    *,
    by: Actor,
    form: str,
    subject_id: uuid.UUID | None,
    typed: Mapping[str, list[str]],
    version: int | None = None,
) -> Draft:
    """Keep the newest state of what `by` is typing into `form` about `subject_id`.

    `typed` maps field names to the values as posted; `version` is the one the page last saw (0
    for none). Raises NewerDraft when another window has saved since, NobodyTyped for the system.
    """
    if by.id is None or by.agency_id is None:
        raise NobodyTyped
    # Two windows may both be first: the database lets one row in, and the other window finds it.
    draft, _made = Draft.objects.select_for_update().get_or_create(
        owner_id=by.id,
        form=form,
        subject_id=subject_id,
        defaults={"agency_id": by.agency_id},
    )
    if version is not None and version != draft.version:
        raise NewerDraft
    if subject_id is None:
        keyring.make_key(draft.pk, draft.agency_id)
    draft.typed = dict(typed)
    draft.version += 1
    draft.save()
    audit.record(by=by, action="draft.keep", subject=subject_id)
    return draft


@transaction.atomic
def drop_draft(*, by: Actor, form: str, subject_id: uuid.UUID | None) -> None:
    """Let a draft go, because it was saved or its writer threw it away."""
    gone = list(
        Draft.objects.filter(owner_id=by.author_id, form=form, subject_id=subject_id).values_list(
            "pk", flat=True
        )
    )
    if gone:
        Draft.objects.filter(pk__in=gone).delete()
        if subject_id is None:
            # The row goes when this transaction ends; its key opens nothing else.
            transaction.on_commit(partial(keyring.destroy_keys, gone))
        audit.record(by=by, action="draft.drop", subject=subject_id)
