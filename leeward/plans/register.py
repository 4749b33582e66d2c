"""What plans tell the floors below. Imported once, when every app is loaded."""

import uuid

from leeward.keeping import erasers
from leeward.observations.sources import register
from leeward.plans.models import (
    Item,
    ItemNews,
    ItemVersion,
    Reader,
    SafetyReview,
    Suggestion,
    SuggestionAnswer,
    Wheel,
)
from leeward.plans.queries import as_entries

# Each before what it hangs on.
ROWS = (Wheel, Reader, SuggestionAnswer, Suggestion, ItemNews, ItemVersion, Item, SafetyReview)


def erase(person_id: uuid.UUID) -> int:
    """The plan of one person with every version, suggestion and news of a step."""
    return erasers.remove(*(each._base_manager.filter(person_id=person_id) for each in ROWS))


register(timeline=as_entries)
erasers.register("plans", erase)
