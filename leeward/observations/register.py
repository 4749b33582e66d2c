"""What observations tell keeping. Imported once, when every app is loaded."""

import uuid

from leeward.keeping.erasers import register, remove
from leeward.observations.models import Explanation, Observation, Opinion, Pin, Resolution


def erase(person_id: uuid.UUID) -> int:
    """Every note and opinion of one person, and what points at them."""
    notes = Observation.objects.filter(person_id=person_id)
    opinions = Opinion.objects.filter(person_id=person_id)
    gone = remove(
        Pin.objects.filter(observation__person_id=person_id),
        Explanation.objects.filter(observation__person_id=person_id),
        Resolution.objects.filter(opinion__person_id=person_id),
        opinions,
    )
    # A correction protects what it corrects; all of them go together.
    notes.update(corrects=None)
    return gone + remove(notes)


register("observations", erase)
