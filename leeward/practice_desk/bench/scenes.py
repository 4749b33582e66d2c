"""What some pages need that invented lives do not hold: a meeting ahead, and a copy to give."""

import datetime as dt

from django.utils import timezone

from leeward.access.actors import Actor
from leeward.access.rules import may
from leeward.accounts.models import Worker
from leeward.conferences.before.actions import When, Who, call, choose_pack, invite, prepare
from leeward.conferences.before.models import Meeting
from leeward.conferences.before.queries import may_be_chosen
from leeward.disclosures.drafting import Asked, draft_of
from leeward.disclosures.pieces import pieces_of
from leeward.disclosures.queries import agencies_to_give_to
from leeward.people.actions import add_strengths
from leeward.people.models import YoungPerson

PURPOSE = "Invented: which classes to take, and how to get there."
# So many pieces lie in a pack and in a copy: a sheet or two.
PIECES = 4


def meeting_ahead(by: Actor, person: YoungPerson) -> Meeting:
    """A meeting of this file that is to come, with a pack; the one there is, from the second time
    on."""
    there = Meeting.objects.filter(person=person).order_by("pk").last()
    if there is not None:
        return there
    when = When(timezone.now() + dt.timedelta(days=9), 60, "America/Toronto", "The art room")
    meeting = call(by=by, person=person, shape="conference", purpose=PURPOSE, when=when)
    prepare(
        by=by,
        meeting=meeting,
        version=0,
        asked=True,
        presence="there",
        words="Invented: okay, if it is not in an office.",
        said={"say": "Invented: I want two classes, not four."},
        hears="room",
    )
    invite(by=by, meeting=meeting, who=Who("Robin Sample", "school", "Knows the classes."))
    chosen = [each.pk for each in may_be_chosen(by, person)[:PIECES]]
    choose_pack(by=by, meeting=meeting, version=0, chosen=chosen, together=True)
    return meeting


def copy_to_give(by: Actor, person: YoungPerson) -> dict[str, object]:
    """What is sent to look at a copy for somebody at another agency and, with `give`, to give it.

    Of strengths alone, so that it stays the same however much is recorded meanwhile.
    """
    if not (found := _strengths(by, person)):
        add_strengths(by=by, person=person, texts=["Invented: good at maps."])
        found = _strengths(by, person)
    agency = agencies_to_give_to(person.agency_id)[0]
    there = Worker.objects.filter(agency=agency, is_active=True).order_by("pk")
    name = next(each.username for each in there if may(each.role, "disclosure.receive"))
    asked = Asked(
        pieces=found,
        names=name,
        mark=person.pk.hex,
        authority="protection",
        agency_id=agency.pk,
        purpose=PURPOSE,
    )
    return {
        "under": "law",
        "agency": str(agency.pk),
        "authority": asked.authority,
        "purpose": asked.purpose,
        "names": asked.names,
        "pieces": found,
        "may_hand_on": "no",
        "mark": asked.mark,
        "digest": draft_of(by=by, person=person, asked=asked).digest,
    }


def _strengths(by: Actor, person: YoungPerson) -> list[str]:
    return [each.key for each in pieces_of(by, person) if each.kind == "strengths"][:PIECES]
