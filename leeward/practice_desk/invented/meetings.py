"""Two meetings about the invented young person whose file is told in full: one that was, with
what was decided, and one that is to come."""

import datetime as dt

from leeward.access.actors import Actor, young_person
from leeward.accounts.models import Worker
from leeward.conferences.after.actions import Decided, decide, disagree, mark_read, tell
from leeward.conferences.before.actions import (
    When,
    Who,
    call,
    choose_pack,
    invite,
    prepare,
    say,
    tell_of,
)
from leeward.conferences.before.models import Meeting
from leeward.conferences.before.queries import may_be_chosen
from leeward.conferences.rules import moment
from leeward.core.agency_time import today
from leeward.people.models import YoungPerson
from leeward.releases.rules import NO, QUESTIONS

ZONE = "America/Toronto"
PAST, AHEAD = dt.timedelta(days=12), dt.timedelta(days=9)
SCHOOL = Who("Robin Sample", "school", "Knows which classes are open, and she likes him.")


def hold_meetings(by: Actor, person: YoungPerson) -> None:
    """Hold the first, and call the second."""
    worker = Worker.objects.get(pk=by.author_id)
    _held(by, person, worker)
    _to_come(by, person)


def _call(by: Actor, person: YoungPerson, shape: str, purpose: str, day: dt.date) -> Meeting:
    when = When(moment(day, dt.time(15, 30), ZONE), 60, ZONE, "The art room, Example House")
    return call(by=by, person=person, shape=shape, purpose=purpose, when=when)


def _held(by: Actor, person: YoungPerson, worker: Worker) -> None:
    purpose = "Which classes to take in winter, and how to get there."
    meeting = _call(by, person, "conference", purpose, today() - PAST)
    prepare(
        by=by,
        meeting=meeting,
        version=0,
        asked=True,
        presence="there",
        words="Okay, if it is in the art room and not in an office.",
        said={"say": "I want two classes, not four."},
        hears="room",
    )
    for who in (Who("", "child_welfare", "Called it, and drives.", worker), SCHOOL):
        invitation = invite(by=by, meeting=meeting, who=who)
        for kind in ("sent", "came"):
            tell_of(by=by, invitation=invitation, kind=kind)
    decide(
        by=by,
        meeting=meeting,
        decided=Decided(
            "Get a bus pass for the winter",
            owner=worker,
            due_on=today() + dt.timedelta(days=3),
            agrees="yes",
            view="Finally.",
        ),
    )
    decide(
        by=by,
        meeting=meeting,
        decided=Decided(
            "Keep a place in the clay class",
            owner_name=SCHOOL.name,
            agrees="partly",
            view="If I can come late on Fridays.",
        ),
    )
    disagree(
        by=by,
        meeting=meeting,
        who=SCHOOL.name,
        what="Three classes would be better, so that she can finish in June.",
    )
    mark_read(by=by, meeting=meeting)
    tell(
        by=by,
        meeting=meeting,
        words="You take two classes. You get a bus pass. Robin keeps a place for you in clay.",
        answers=dict.fromkeys(QUESTIONS, NO),
    )


def _to_come(by: Actor, person: YoungPerson) -> None:
    purpose = "Who helps when she moves on, and what she wants to keep."
    meeting = _call(by, person, "circle", purpose, today() + AHEAD)
    prepare(by=by, meeting=meeting, version=0, asked=True, presence="speaks")
    own = young_person(person.pk, person.agency_id)
    for kind, words, hears in (
        ("speaks", "Wren, and I sit beside her.", "team"),
        ("not_discuss", "Last spring.", "team"),
        ("say", "I want to keep the bike shop.", "room"),
    ):
        say(by=own, meeting=meeting, kind=kind, version=0, words=words, hears=hears)
    invite(by=by, meeting=meeting, who=SCHOOL)
    chosen = [
        each.pk
        for each in may_be_chosen(by, person)
        if each.item.section_key in ("good_at", "hopes")
    ]
    choose_pack(by=by, meeting=meeting, version=0, chosen=chosen[:2], together=True)
