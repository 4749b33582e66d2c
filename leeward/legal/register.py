"""What duties tell the floors below. Imported once, when every app is loaded."""

import uuid

from leeward.keeping import erasers
from leeward.legal.actions import open_duty
from leeward.legal.models import Duty, DutyAnswer
from leeward.legal.queries import answers_by_observation, as_entries
from leeward.observations.sources import register


def erase(person_id: uuid.UUID) -> int:
    """The duties about one person, and their answers. A duty about another child stands alone: it
    is not part of this file, and stays."""
    return erasers.remove(
        DutyAnswer.objects.filter(duty__person_id=person_id),
        Duty.objects.filter(person_id=person_id),
    )


register(duty_opener=open_duty, answer=answers_by_observation, timeline=as_entries)
erasers.register("duties", erase)
