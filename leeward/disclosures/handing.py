"""Handing a copy over: the row at the agency that receives it, in its log. Part of an action."""

import uuid
from collections.abc import Iterable
from typing import Any

from leeward.access.actors import Actor
from leeward.audit import actions as audit
from leeward.disclosures.crossing import at, seen_from
from leeward.disclosures.drafting import Draft
from leeward.disclosures.models import Received, Recipient
from leeward.disclosures.queries import blind_tokens


def hand_over(
    by: Actor,
    draft: Draft,
    *,
    names: Iterable[str],
    from_agency_id: uuid.UUID,
    received_id: uuid.UUID,
    disclosure_id: uuid.UUID,
) -> None:
    """Put the copy where its recipients work. `names` are all those of whom it is about: whoever
    is locked out of a file there with such a name finds no copy."""
    there = draft.to.pk
    facts: dict[str, Any] = {
        "authority": draft.authority,
        "until": draft.until,
        "digest": draft.digest,
        "about": draft.content["about"],
        "items": [each.as_item() for each in draft.items],
        "content": draft.content,
        "blind": blind_tokens(names, there),
    }
    with at(there):
        received = Received.objects.create(
            id=received_id,
            agency_id=there,
            from_agency_id=from_agency_id,
            disclosure_id=disclosure_id,
            **facts,
        )
        for each in draft.workers:
            Recipient.objects.create(agency_id=there, received=received, worker=each)
        audit.record(by=seen_from(by, there), action="disclosure.arrive", subject=received_id)
