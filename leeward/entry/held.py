"""Parts of actions: one young person's own entry, held, and the visits by which they are in."""

import uuid
from typing import Any

from leeward.access.actors import Actor
from leeward.access.rules import check
from leeward.entry.models import Entry, Passkey, Signpost, Visit


def mine(by: Actor, action: str) -> Entry:
    """The entry of the young person who acts, held until the transaction ends."""
    check(by.role, action)
    found = Entry.objects.visible_to(by, action).values("pk")
    return Entry.objects.select_for_update().get(pk__in=found)


def end_visits(person_id: uuid.UUID, *, but_not: uuid.UUID | None = None, **which: Any) -> None:
    """End the visits of one young person, all or some, and take down the signposts to them."""
    visits = Visit.objects.filter(person_id=person_id, **which)
    if but_not is not None:
        visits = visits.exclude(pk=but_not)
    Signpost.objects.filter(lookup__in=list(visits.values_list("lookup", flat=True))).delete()
    visits.delete()


def end_passkeys(person_id: uuid.UUID, **which: Any) -> None:
    """Take away the passkeys of one young person, all or some, and the signposts to them."""
    rows = Passkey.objects.filter(person_id=person_id, **which)
    Signpost.objects.filter(lookup__in=list(rows.values_list("lookup", flat=True))).delete()
    rows.delete()
