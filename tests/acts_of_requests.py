"""What each action of requests is given to try it: as `tests.acts`, whose Cast it takes."""

from leeward.core.agency_time import today
from leeward.observations.factories import ObservationFactory
from leeward.requests import actions as requests
from leeward.requests.copying import actions as copying
from leeward.requests.copying.queries import progress_of
from leeward.requests.factories import (
    AnswerFactory,
    CopyFactory,
    FileRequestFactory,
    PreparationFactory,
)
from leeward.requests.rules import Held


def asks(c, **said):
    """A correction that they ask for, or what is `said`."""
    return FileRequestFactory.create(person=c.person, **said)


def begun(c):
    """`by` and a copy that they have begun to prepare."""
    made = PreparationFactory.create(request=asks(c, copy=True), recorded_by_id=c.by.id)
    return {"by": c.by, "preparation": made}


def part(c):
    """The same, and the notes as they stand."""
    given = begun(c)
    found = progress_of(c.by, given["preparation"]).parts
    seen = next(each.seen for each in found if each.part.key == "notes")
    return given | {"part": "notes", "seen": seen}


def read(c):
    """The same, with every part read through."""
    given = begun(c)
    for each in progress_of(c.by, given["preparation"]).parts:
        copying.look_through(**given, part=each.part.key, seen=each.seen)
    return given


def named(c):
    """The same, and a name that stands in a note."""
    given = begun(c)
    note = ObservationFactory(person=c.person, text="Kay Pretend called.")
    copying.look_for(**given, words="Kay Pretend")
    where = (f"note:{note.pk}:text",)
    return given | {"settled": copying.Settled("kay pretend", where, "as it was", "legal")}


def lifted(c):
    """The same, and a decision in it."""
    given = begun(c)
    return given | {"decision_id": copying.look_for(**given, words="Kay").pk}


def with_copy(c):
    """`by`, a request for a copy, and one that was made for it."""
    request = asks(c, copy=True)
    return {
        "by": c.by, "request": request, "copy": CopyFactory.create(preparation__request=request),
    }  # fmt: skip


DOES = {
    requests.ask: lambda c: c.file | {"asked": requests.Asked("copy"), "how": "spoken"},
    requests.extend: lambda c: {
        "by": c.by, "request": asks(c), "days": 9, "reason": "much to read", "told_on": today(),
    },
    requests.make_correction: lambda c: {
        "by": c.by, "request": asks(c), "made": requests.Made(where="in the plan"),
    },
    requests.refuse_correction: lambda c: {
        "by": c.by, "request": asks(c), "reasons": "as seen",
    },
    requests.take_back: lambda c: {"by": c.own, "request": asks(c)},
    requests.answer_with_copy: with_copy,
    requests.state: lambda c: {
        "by": c.own, "request": AnswerFactory.create(request=asks(c)).request, "version": 0,
        "words": "It was not so",
    },
    copying.begin: lambda c: {"by": c.by, "request": asks(c, copy=True)},
    copying.look_through: part,
    copying.hold_back: lambda c: begun(c) | {
        "held": Held(f"person:{c.person.pk}:name_used", "legal", reason="an order"),
    },
    copying.look_for: lambda c: begun(c) | {"words": "Kay"},
    copying.settle: named,
    copying.lift: lifted,
    copying.make: lambda c: read(c) | {"language": "en"},
    copying.give: lambda c: {"by": c.by, "copy": copying.make(**read(c), language="en")},
}  # fmt: skip
READS = {requests.read_requests: lambda c: {"by": c.by}}
