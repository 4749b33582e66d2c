"""How a tie stands, who may be told what, and the circle as of a day. Pure: no Django."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, Literal, Protocol, TypeVar

from leeward.relationships.kin import kin

KINDS = ("person", "place", "group", "system")
RINGS = ("micro", "meso", "macro")
STANDS = ("strong", "thin", "tense", "ended", "distance")
PAID = ("", "unpaid", "paid")
WEIGHTS = ("poverty", "racism", "colonization", "sexism", "ageism", "classism")
# What somebody may be told of, or must not. `anything` in a "must not" stands for all of them.
TOPICS = ("well", "where", "missing", "plan", "health", "harm")
ANYTHING = "anything"

Answer = Literal["yes", "no", "ask"]


@dataclass(frozen=True)
class Facts:
    """All answers about one tie: what is kept sealed in one piece. No word of anybody's own."""

    kind: str = "person"
    ring: str = "micro"
    stands: str = "strong"
    family: bool = False
    paid: str = ""
    weighs: str = ""
    may: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    of_concern: bool = False
    gone: bool = False
    # How they are related (a key of kin.csv), and through which other tie. Read by workers, and
    # only while they are family.
    kin: str = ""
    through: str = ""

    def as_json(self) -> dict[str, Any]:
        """As it is kept: what is as usual is left out."""
        usual = Facts()
        pairs = ((each.name, getattr(self, each.name)) for each in fields(self))
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in pairs
            if value != getattr(usual, name)
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any] | None) -> "Facts":
        """As it was given. What this version does not know is left out."""
        known = {each.name for each in fields(cls)}
        given: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in (kept or {}).items()
            if name in known
        }
        return cls(**given)


class Impossible(ValueError):
    """Answers that no tie can have together. Its text is the name of the field that is wrong."""


def check(facts: Facts, *, anchor: bool = False) -> None:
    """Raise Impossible, naming the field, when these answers cannot stand together."""
    known = {
        "kind": facts.kind in KINDS,
        "ring": facts.ring in RINGS,
        "stands": facts.stands in STANDS,
        "paid": facts.paid in PAID,
        "weighs": facts.weighs in ("", *WEIGHTS),
        "may": set(facts.may) <= set(TOPICS),
        "must_not": set(facts.must_not) <= {*TOPICS, ANYTHING},
        "kin": facts.kin in ("", *kin()),
        "through": bool(facts.kin) or not facts.through,
    }
    for name, well in known.items():
        if not well:
            raise Impossible(name)
    # What weighs is a system, in the wider world: it is never on the young person.
    if facts.weighs and facts.kind != "system":
        raise Impossible("weighs")
    if anchor and not may_be_anchor(facts):
        raise Impossible("anchor")


def may_be_anchor(facts: Facts) -> bool:
    """Whether somebody who stands so can be the one to count on.

    Who that is, is the young person's to say: what a worker marked neither stops nor shows (ADR
    51).
    """
    return (
        facts.kind in ("person", "group")
        and facts.stands not in ("ended", "distance")
        and not facts.gone
    )


def may_be_told(facts: Facts, what: str) -> Answer:
    """Whether somebody may be told of `what`, one of TOPICS; `ask` the young person when not said.

    Closed by default. "Must not" wins over "may". A person of concern, and whoever has been let go
    of, is told nothing. From whom they want distance hears only what they named.
    """
    if what not in TOPICS:
        return "no"
    if facts.of_concern or facts.gone or facts.kind == "system":
        return "no"
    if what in facts.must_not or ANYTHING in facts.must_not:
        return "no"
    if what in facts.may:
        return "yes"
    return "no" if facts.stands == "distance" else "ask"


def without_marks(facts: Facts) -> Facts:
    """What the young person may see of it: all but what workers alone say.

    How somebody is related may be on a file, and be news to them (ADR 53).
    """
    return replace(facts, of_concern=False, kin="", through="")


def with_marks_of(facts: Facts, before: Facts) -> Facts:
    """The same with how they were related before, which no form of a tie asks."""
    return replace(facts, kin=before.kin, through=before.through)


def is_relative(facts: Facts) -> bool:
    """Whether this is somebody of their family, as they say who that is."""
    return facts.kind == "person" and facts.family and not facts.gone


class Dated(Protocol):
    """A row of a tie: whose it is, since when it is so, and the how-manieth it is."""

    @property
    def tie_id(self) -> Any:
        """Whose row it is."""

    @property
    def on(self) -> dt.date:
        """Since when it is so."""

    @property
    def number(self) -> int:
        """The how-manieth row of its tie."""


Row = TypeVar("Row", bound=Dated)


def as_of(rows: Iterable[Row], day: dt.date) -> list[Row]:
    """Each tie as it stood on a day: its newest row of that day or before, ties as they came.

    `rows` come in the order in which their ties did.
    """
    found: dict[Any, Row] = {}
    for row in rows:
        if row.on > day:
            continue
        newest = found.get(row.tie_id)
        if newest is None or (row.on, row.number) >= (newest.on, newest.number):
            # In place, so that a tie keeps its turn.
            found[row.tie_id] = row
    return list(found.values())


@dataclass(frozen=True)
class Days:
    """Where one is among the days on which something changed."""

    on: dt.date
    before: dt.date | None
    after: dt.date | None
    all: tuple[dt.date, ...] = field(default=())


def among(days: Iterable[dt.date], on: dt.date, today: dt.date) -> Days:
    """The day before and after `on` with a change, the newest being today's circle."""
    known: Sequence[dt.date] = sorted({day for day in days if day <= today})
    before = max((day for day in known if day < on), default=None)
    after = min((day for day in known if day > on), default=None)
    return Days(on, before, after, tuple(known))
