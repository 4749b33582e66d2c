"""What a full file holds of meetings."""

from typing import Any

from leeward.accounts.models import Worker
from leeward.conferences.factories import (
    DecisionFactory,
    DecisionNewsFactory,
    DisagreementFactory,
    InvitationFactory,
    InvitationNewsFactory,
    MeetingFactory,
    MeetingSideFactory,
    PackItemFactory,
    ReadingFactory,
    SayingFactory,
    TellingFactory,
)
from leeward.people.models import YoungPerson


def met(person: YoungPerson, worker: Worker) -> dict[str, Any]:
    """A meeting with all that may be of one; by the name each has in `FullFile`."""
    meeting = MeetingFactory(person=person, asked=True)
    SayingFactory(meeting=meeting, hears="room")
    invitation = InvitationFactory(meeting=meeting)
    PackItemFactory(pack__meeting=meeting)
    decision = DecisionFactory(meeting=meeting, owner=worker, owner_name="")
    DisagreementFactory(meeting=meeting)
    ReadingFactory(meeting=meeting)
    MeetingSideFactory(meeting=TellingFactory(meeting=meeting).meeting)
    return {"meeting": meeting, "invitation": invitation, "decision": decision}


def meet_more(person: YoungPerson) -> None:
    """One more meeting."""
    meeting = MeetingFactory(person=person, asked=True)
    SayingFactory(meeting=meeting, hears="team")
    InvitationNewsFactory(invitation__meeting=meeting)
    DecisionNewsFactory(decision__meeting=meeting)
    DecisionFactory(meeting=meeting, on_a_desk=True)
