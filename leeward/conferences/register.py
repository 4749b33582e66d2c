"""What conferences tell keeping. Imported once, when every app is loaded."""

import uuid

from leeward.conferences.after.models import (
    Decision,
    DecisionNews,
    Disagreement,
    MeetingSide,
    Reading,
    Telling,
)
from leeward.conferences.before.models import (
    Invitation,
    InvitationNews,
    Meeting,
    Pack,
    PackItem,
    Preparation,
    Saying,
    Sitting,
)
from leeward.keeping import erasers

# Each before what it hangs on.
ROWS = (
    *(MeetingSide, Telling, Reading, Disagreement, DecisionNews, Decision),
    *(PackItem, Pack, InvitationNews, Invitation, Saying, Preparation, Sitting, Meeting),
)


def erase(person_id: uuid.UUID) -> int:
    """The meetings about one person, with all that was said and decided."""
    return erasers.remove(*(each._base_manager.filter(person_id=person_id) for each in ROWS))


erasers.register("conferences", erase)
