"""What each action about a meeting is given to try it, from a `Cast` (tests/acts.py)."""

import datetime as dt

from leeward.conferences.after import actions as minutes
from leeward.conferences.before import actions as meetings
from leeward.conferences.factories import DecisionFactory, InvitationFactory, TellingFactory

MEETS = meetings.When(dt.datetime(2025, 4, 3, 14, tzinfo=dt.UTC), 60, "America/Winnipeg")


def _at(c):
    return {"by": c.by, "meeting": c.meeting}


def _told(c):
    return {"meeting": TellingFactory(meeting=c.meeting).meeting}


OF_MEETINGS = {
    meetings.call: lambda c: c.file | {
        "shape": "circle", "purpose": "the summer", "when": MEETS,
    },
    meetings.move: lambda c: _at(c) | {"version": 1, "when": MEETS, "why": "the bus"},
    meetings.call_off: lambda c: _at(c) | {"version": 1, "why": "the bus"},
    meetings.prepare: lambda c: _at(c) | {"version": 1, "asked": True, "presence": "there"},
    meetings.say: lambda c: {
        "by": c.own, "meeting": c.meeting, "kind": "say", "version": 0, "words": "I stay",
        "hears": "me",
    },
    meetings.invite: lambda c: _at(c) | {"who": meetings.Who("Robin Sample", "school", "knows")},
    meetings.tell_of: lambda c: {
        "by": c.by, "invitation": InvitationFactory(meeting=c.meeting), "kind": "sent",
    },
    meetings.choose_pack: lambda c: _at(c) | {"version": 0, "chosen": [], "together": True},
    minutes.decide: lambda c: _at(c) | {"decided": minutes.Decided("a pass", owner_name="Robin")},
    minutes.how_it_went: lambda c: {
        "by": c.by, "decision": DecisionFactory(meeting=c.meeting), "kind": "done",
    },
    minutes.disagree: lambda c: _at(c) | {"who": "Robin", "what": "too far"},
    minutes.mark_read: _at,
    minutes.tell: lambda c: _at(c) | {
        "words": "You get a pass.",
        "answers": {"phone": "no", "tip_off": "no", "names": "no"},
    },
    minutes.take_back: lambda c: {"by": c.by} | _told(c),
    minutes.write_meeting_side: lambda c: {"by": c.own} | _told(c) | {
        "version": 0, "words": "My idea",
    },
}  # fmt: skip
