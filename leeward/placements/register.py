"""What placements tell keeping. Imported once, when every app is loaded."""

import uuid

from leeward.keeping.erasers import register, remove
from leeward.placements.models import Placement


def erase(person_id: uuid.UUID) -> int:
    """Every placement of one person."""
    return remove(Placement.objects.filter(person_id=person_id))


register("placements", erase)
