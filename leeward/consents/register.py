"""What consents tell keeping. Imported once, when every app is loaded."""

import uuid

from leeward.consents.models import Consent, ConsentEvent
from leeward.keeping.erasers import register, remove


def erase(person_id: uuid.UUID) -> int:
    """What was decided about sharing, of one person."""
    return remove(
        ConsentEvent.objects.filter(person_id=person_id),
        Consent.objects.filter(person_id=person_id),
    )


register("consents", erase)
