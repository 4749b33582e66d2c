"""Who may be asked to a meeting, when that goes out, what lies in the pack. Pure: no database.

The roles in the room are content: `roles.csv`, in both languages.
"""

import csv
import datetime as dt
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal
from zoneinfo import ZoneInfo

from leeward.people.rules import compare, roman
from leeward.relationships.rules import Facts, may_be_told

# Ontario keeps two times, and one town on eastern time never turns its clocks. The IANA names.
ZONES = ("America/Toronto", "America/Thunder_Bay", "America/Winnipeg", "America/Atikokan")
# Never in a pack, whoever ticks it: what they said they do not want to be asked again, and code
# words, which are none once a room has read them.
NEVER_PACKED = frozenset({"not_again", "words"})
# What they say themselves before a meeting.
SAYINGS = ("say", "who", "not_discuss", "speaks")
SHORTEST, LONGEST = 10, 600

Likeness = Literal["", "alike", "same"]


class NoSuchTime(ValueError):
    """The clocks go forward over this time: it does not come on that day."""


class ComesTwice(ValueError):
    """The clocks go back over this time: it comes twice on that day."""


@dataclass(frozen=True)
class Role:
    """What somebody is in the room for, in both languages."""

    key: str
    names: tuple[str, str]

    def name(self, language: str) -> str:
        """In `en` or `fr`."""
        return self.names[language.startswith("fr")]


@cache
def roles() -> dict[str, Role]:
    """Every role of roles.csv by its key, those nearest to the young person first."""
    text = resources.files("leeward.conferences").joinpath("roles.csv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row["key"]: Role(row["key"], (row["en"], row["fr"])) for row in rows}


def never_invited(facts: Facts) -> bool:
    """Whether somebody who stands so in the circle is never asked to a meeting.

    A meeting speaks of the plan: whoever may not be told of that is not there, nor is anybody of
    whom it was said that they must not know of anything, be it one thing. A concern, a caregiver
    who is implicated and so marked, and whoever was let go of are told nothing (may_be_told).
    """
    return bool(facts.must_not) or may_be_told(facts, "plan") == "no"


def likeness(typed: str, name: str) -> Likeness:
    """How a name that was typed compares with one in the file: `same`, `alike`, or empty.

    The same whatever the order, case, marks or script; alike by spelling, sound, beginning or
    initials, from either side, or where the two share a piece.
    """
    one, other = roman(typed).split(), roman(name).split()
    if not one or not other:
        return ""
    if sorted(one) == sorted(other) or "".join(one) == "".join(other):
        return "same"
    shared = {piece for piece in one if len(piece) > 1} & set(other)
    if shared or compare(typed, [name]).why or compare(name, [typed]).why:
        return "alike"
    return ""


def may_go_out(*, asked: bool | None, why_not: str) -> bool:
    """Whether invitations may be marked as sent: only after it was recorded that the young person
    was asked, or why not yet. `asked` is None where nothing was recorded."""
    return asked is True or (asked is False and bool(why_not.strip()))


def may_be_packed(section: str) -> bool:
    """Whether a piece of a plan under this heading may ever lie in a pack."""
    return section not in NEVER_PACKED


def moment(day: dt.date, time: dt.time, zone: str) -> dt.datetime:
    """The moment in UTC at which a clock in `zone` shows this day and time.

    Raises NoSuchTime and ComesTwice on the two nights on which clocks are turned.
    """
    local = dt.datetime.combine(day, time, tzinfo=ZoneInfo(zone))
    utc = local.astimezone(dt.UTC)
    if utc.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NoSuchTime
    if local.replace(fold=1).astimezone(dt.UTC) != utc:
        raise ComesTwice
    return utc
