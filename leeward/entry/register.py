"""What entry tells the floors below. Imported once, when every app is loaded."""

import uuid

from leeward.entry.models import CodeRequest, Entry, Offer, Passkey, Signpost, Visit
from leeward.keeping import erasers


def erase(person_id: uuid.UUID) -> int:
    """Everything by which one person came in, and the signposts to it."""
    visits = Visit.objects.filter(person_id=person_id)
    entries = Entry.objects.filter(person_id=person_id)
    passkeys = Passkey.objects.filter(person_id=person_id)
    kept = [
        each
        for rows in (visits, entries, passkeys)
        for each in rows.values_list("lookup", flat=True)
    ]
    return erasers.remove(
        Signpost.objects.filter(lookup__in=[each for each in kept if each]),
        visits,
        passkeys,
        entries,
        CodeRequest.objects.filter(person_id=person_id),
        Offer.objects.filter(person_id=person_id),
    )


erasers.register("entry", erase)
