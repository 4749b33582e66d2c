"""What releases tell keeping. Imported once, when every app is loaded."""

import uuid

from leeward.keeping.erasers import register, remove
from leeward.releases.models import Release, Side, StepRelease


def erase(person_id: uuid.UUID) -> int:
    """What was released to one person, and their side of it."""
    return remove(
        Release.objects.filter(person_id=person_id),
        StepRelease.objects.filter(person_id=person_id),
        Side.objects.filter(person_id=person_id),
    )


register("releases", erase)
