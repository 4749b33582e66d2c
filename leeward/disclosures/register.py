"""What disclosures tell the floors below. Imported once, when every app is loaded."""

import uuid
from functools import partial

from leeward.consents.sources import register as register_ended
from leeward.disclosures.closing import close_under
from leeward.disclosures.models import Disclosure, DisclosureEvent, Telling
from leeward.disclosures.rules import BY_LAW, ENDED
from leeward.disclosures.sweeping import remove_words
from leeward.keeping import sweeping
from leeward.keeping.erasers import register, remove


def erase(person_id: uuid.UUID) -> int:
    """What was given from one person's file. What another agency received is that agency's own,
    under its own keys, and stays."""
    return remove(
        Telling.objects.filter(person_id=person_id),
        DisclosureEvent.objects.filter(person_id=person_id),
        Disclosure.objects.filter(person_id=person_id),
    )


register("disclosures", erase)
register_ended(close_under)
for each in (ENDED, BY_LAW):
    sweeping.register(each, partial(remove_words, each))
