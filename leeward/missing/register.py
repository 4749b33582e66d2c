"""What missing episodes tell the floors below. Imported once, when every app is loaded."""

import uuid

from leeward.keeping import erasers
from leeward.missing.models import Episode, EpisodeNote, ReturnTalk, StepNews
from leeward.missing.queries import as_away, as_entries
from leeward.observations.sources import register


def erase(person_id: uuid.UUID) -> int:
    """Every episode of one person."""
    return erasers.remove(
        *(
            each.objects.filter(person_id=person_id)
            for each in (StepNews, EpisodeNote, ReturnTalk)
        ),
        Episode.objects.filter(person_id=person_id),
    )


register(away_from=as_away, timeline=as_entries)
erasers.register("missing", erase)
