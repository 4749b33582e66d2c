"""What residences tell keeping. Imported once, when every app is loaded."""

import uuid

from leeward.keeping import erasers
from leeward.residences.models import ForShift, Presence, Stay


def erase(person_id: uuid.UUID) -> int:
    """Where one person stayed, when they were in, and what shifts were told."""
    rows = (ForShift, Presence, Stay)
    return erasers.remove(*(each.objects.filter(person_id=person_id) for each in rows))


erasers.register("residences", erase)
