"""What concerns tell the floors below. Imported once, when every app is loaded."""

import uuid

from leeward.concerns.models import Concern
from leeward.concerns.sweeping import end_abandoned, erase_concerns, remove_settled
from leeward.keeping import erasers, sweeping


def erase(person_id: uuid.UUID) -> int:
    """Every concern that went into one person's file, who said it, and the keys of both."""
    theirs = Concern.objects.filter(person_id=person_id).values_list("pk", flat=True)
    return erase_concerns(list(theirs))


erasers.register("concerns", erase)
sweeping.register("import", end_abandoned)
sweeping.register("concern", remove_settled)
