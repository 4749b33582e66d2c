"""What a full file holds of requests about it, and of the copy that was made."""

import datetime as dt
from typing import Any

from leeward.people.models import YoungPerson
from leeward.releases.factories import ReleaseFactory
from leeward.requests.factories import (
    AnswerFactory,
    CopyFactory,
    DecisionFactory,
    ExtensionFactory,
    FileRequestFactory,
    LookedFactory,
    PreparationFactory,
    StatementFactory,
)


def requested(person: YoungPerson, note: Any) -> dict[str, Any]:
    """A correction that waits, and a copy that was made; by the name each has in `FullFile`."""
    correction = FileRequestFactory(person=person, paper=True, note=note, days_ago=26)
    ExtensionFactory(request=correction)
    of_copy = PreparationFactory(request=FileRequestFactory(person=person, copy=True))
    LookedFactory(preparation=of_copy)
    DecisionFactory(preparation=of_copy)
    return {"correction": correction, "copy": CopyFactory(preparation=of_copy)}


def request_more(person: YoungPerson, on: dt.date) -> None:
    """One more request, answered, with what they say of it."""
    stated = FileRequestFactory(person=person, received_on=on)
    AnswerFactory(request=stated, note=ReleaseFactory(note__person=person).note)
    StatementFactory(request=stated)
