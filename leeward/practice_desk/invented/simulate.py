"""One whole invented file, drawn from a seed and a number."""

import datetime as dt
from itertools import pairwise

from leeward.drafts.models import Draft
from leeward.people.models import FileEvent, YoungPerson
from leeward.practice_desk.invented.around import draw_around, draw_contacts, person
from leeward.practice_desk.invented.cast import BLOCK, Place, Team, persona_keys, place_of
from leeward.practice_desk.invented.chance import Chance
from leeward.practice_desk.invented.circles import draw_circle
from leeward.practice_desk.invented.files import File
from leeward.practice_desk.invented.lives import live
from leeward.practice_desk.invented.notes import NoteBook
from leeward.practice_desk.invented.opinions import draw_opinions
from leeward.practice_desk.invented.plans import draw_plan
from leeward.practice_desk.invented.showcase import showcase
from leeward.practice_desk.invented.writers import Writer

# What a persona's first files bring to Home, one each, after the one that is told in full.
WAITING = ("", "duty", "missing", "not_seen", "step", "review", "draft", "closed")

# Days that a file has been open at least when something waits in it.
WAITED = 60


def simulate(*, seed: int, number: int, last: dt.date, here: dict[str, Team]) -> File:
    """Draw file `number` of a population, with `here` the teams of its block.

    The same seed, number and last day give the same file, whoever else there is.
    """
    place = place_of(number, here)
    chance = Chance(seed, number)
    if number == 0:
        return showcase(chance, place, last)
    waiting = _waiting(number, place)
    end = last
    if waiting == "closed" or (not waiting and chance.happens(7)):
        end = last - dt.timedelta(days=chance.between(10, 150))
    life = live(chance, end, missing_now=waiting == "missing", at_least=WAITED if waiting else 1)
    file = File(person(chance, place, life))
    writer = Writer(chance, place, life, file)
    draw_around(writer)
    NoteBook(writer).fill(harm_on_last_day=waiting == "duty")
    draw_contacts(writer, not_seen=waiting == "not_seen")
    draw_opinions(writer, review_due=waiting == "review")
    draw_plan(writer, step_due=waiting == "step")
    if waiting == "draft":
        file.drafts.append(_draft(writer))
    if end < last:
        _close(writer, end)
    elif chance.happens(4):
        _reopen(writer)
    draw_circle(writer)
    return file


def _waiting(number: int, place: Place) -> str:
    first_block = number < BLOCK
    if first_block and place.keeper.username in persona_keys() and place.nth < len(WAITING):
        return WAITING[place.nth]
    return ""


def _draft(writer: Writer) -> Draft:
    """A note that somebody began and was called away from."""
    keeper = writer.place.keeper
    moment = writer.chance.moment(writer.last, writer.team.zone, 16, 16)
    return Draft(
        id=writer.chance.id(),
        owner_id=keeper.id,
        agency_id=writer.team.agency.id,
        subject_id=writer.file.person.id,
        form="record",
        typed={"text": [writer.line("moments", keeper.language, "ordinary")], "when": ["other"]},
        started_at=moment,
        saved_at=moment,
    )


def _close(writer: Writer, on: dt.date) -> None:
    writer.file.person.state = YoungPerson.State.CLOSED
    _turn(writer, "closed", on)


def _reopen(writer: Writer) -> None:
    """Closed for a while and open again, in the longest time without a note."""
    days = sorted({one.recorded_at.date() for one in writer.file.observations})
    gaps = [(after - before, before) for before, after in pairwise(days)]
    longest, before = max(gaps, default=(dt.timedelta(0), writer.life.opened))
    if longest.days > 45:
        _turn(writer, "closed", before + dt.timedelta(days=3))
        _turn(writer, "reopened", before + longest)


def _turn(writer: Writer, kind: str, on: dt.date) -> None:
    keeper = writer.place.keeper
    writer.file.events.append(
        FileEvent(
            **writer.appended(on, keeper, 17, 17),
            person=writer.file.person,
            kind=kind,
            on=on,
            reason=writer.line("moments", keeper.language, kind),
        )
    )
