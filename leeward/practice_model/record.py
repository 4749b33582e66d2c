"""A record: what is known of one young person, checked key by key before anything is read in it.

It holds what was observed and never who the person is: any other attribute is an unknown key,
and an unknown key is a fault. The birth date is carried for the law alone; a reading never looks
at it.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from leeward.practice_model.dates import PartialDate
from leeward.practice_model.model import Model

PRESENT: Final = "present"
ABSENT: Final = "absent"
UNSURE: Final = "unsure"
FINDINGS: Final = (PRESENT, ABSENT, UNSURE)
SOURCES: Final = ("seen", "youth", "other", "document")
HARM_LEVELS: Final = ("none", "possible", "now")
ABOUT: Final = ("self", "another_child", "both")
ANSWER_ABOUT: Final = ("self", "another_child")
OUTCOMES: Final = ("reported", "not_reported")

_T = TypeVar("_T")


class RecordFault(ValueError):
    """What is wrong with a record, and the JSON path where it is."""

    def __init__(self, path: str, message: str) -> None:
        self.path = path
        self.message = message
        super().__init__(f"{path}: {message}")


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a worker thinks, in their own words; `stage` is None for "not named"."""

    on: PartialDate | None
    by: str
    stage: str | None
    reasons: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """An ordinary explanation, and what it covers: None is the whole observation."""

    on: PartialDate | None
    how: str
    indicators: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Answer:
    """The recorded answer to a duty: reported, or not reported and why."""

    on: PartialDate | None
    about: str
    outcome: str
    reasons: str


@dataclass(frozen=True, slots=True)
class Observation:
    """What was seen, said or found, once. `on` is when it happened, None when that is unknown."""

    id: str
    on: PartialDate | None
    source: str
    by: str
    text: str
    findings: tuple[tuple[str, str], ...]
    harm: str
    about: str
    other_child_age: int | None = None
    recorded: dt.date | None = None
    corrects: str | None = None
    explained: Explanation | None = None
    answered: tuple[Answer, ...] = ()

    def latest_day(self, as_of: dt.date) -> dt.date:
        """The latest day it could have been: no later than it was recorded, nor than `as_of`."""
        known = min(self.recorded or as_of, as_of)
        if self.on is None:
            return known
        # A note recorded before its own day is a slip of dates; the day it tells of stands.
        return min(self.on.latest, max(known, self.on.earliest))


@dataclass(frozen=True, slots=True)
class Record:
    """Everything a reading is made from, as known on `as_of`."""

    model: str
    as_of: dt.date
    born: PartialDate | None
    strengths: tuple[str, ...]
    opinions: tuple[Opinion, ...]
    observations: tuple[Observation, ...]
    away: tuple[tuple[dt.date, dt.date | None], ...]


class _Node:
    """A JSON value and the way to it, so that every fault can name its place."""

    __slots__ = ("key", "parent", "value")

    def __init__(
        self, value: object, parent: "_Node | None" = None, key: str | int | None = None
    ) -> None:
        self.value = value
        self.parent = parent
        self.key = key

    @property
    def path(self) -> str:
        """The JSON path, put together only when a fault asks for it."""
        before = self.parent.path if self.parent else ""
        if isinstance(self.key, int):
            return f"{before}[{self.key}]"
        return f"{before}.{self.key}" if before else self.key or ""

    def fault(self, message: str) -> RecordFault:
        return RecordFault(self.path or "record", message)

    def table(self, *, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> "_Table":
        """The value as an object with these keys and no other."""
        if not isinstance(self.value, dict):
            raise self.fault("must be an object")
        for key in self.value:
            if key not in required and key not in optional:
                raise self.at(str(key)).fault("unknown key")
        for key in required:
            if key not in self.value:
                raise self.at(key).fault("missing")
        return _Table(self)

    def at(self, key: str) -> "_Node":
        value = self.value.get(key) if isinstance(self.value, dict) else None
        return _Node(value, self, key)

    def each(self, read: Callable[["_Node"], _T]) -> tuple[_T, ...]:
        """The value as a list, each entry read in turn."""
        if not isinstance(self.value, list):
            raise self.fault("must be a list")
        return tuple(read(_Node(one, self, at)) for at, one in enumerate(self.value))

    def text(self) -> str:
        """The value as a string that can be written out again."""
        if not isinstance(self.value, str):
            raise self.fault("must be a string")
        try:
            self.value.encode()
        except UnicodeEncodeError as error:
            raise self.fault("holds half a character") from error
        return self.value

    def name(self) -> str:
        """The value as a string with something in it."""
        text = self.text()
        if not text.strip():
            raise self.fault("must not be empty")
        return text

    def one_of(self, choices: tuple[str, ...] | Mapping[str, object], what: str) -> str:
        """The value as one of a closed set of words."""
        text = self.text()
        if text not in choices:
            listed = f": one of {', '.join(choices)}" if isinstance(choices, tuple) else ""
            raise self.fault(f"unknown {what} {text!r}{listed}")
        return text

    def day(self) -> dt.date:
        """The value as a day."""
        try:
            date = PartialDate.from_text(self.value if isinstance(self.value, str) else "")
        except ValueError:
            date = None
        if date is None or not date.is_day:
            raise self.fault("must be a day, YYYY-MM-DD")
        return date.earliest

    def date(self) -> PartialDate | None:
        """The value as a day, a month, a year, or null for unknown."""
        if self.value is None:
            return None
        try:
            return PartialDate.from_text(self.text())
        except RecordFault:
            raise self.fault("must be a date or null") from None
        except ValueError:
            raise self.fault("must be YYYY-MM-DD, YYYY-MM, YYYY or null") from None

    def age(self) -> int:
        """The value as a stated age in whole years."""
        if isinstance(self.value, bool) or not isinstance(self.value, int) or self.value < 0:
            raise self.fault("must be an age in whole years")
        return self.value


class _Table:
    """The keys of a checked object; one that is missing or null gives the default."""

    __slots__ = ("node",)

    def __init__(self, node: _Node) -> None:
        self.node = node

    def __getitem__(self, key: str) -> _Node:
        return self.node.at(key)

    def get(self, key: str, read: Callable[[_Node], _T], default: _T) -> _T:
        """Read an optional key."""
        node = self.node.at(key)
        return default if node.value is None else read(node)


def parse_record(json_obj: object, model: Model) -> Record:
    """Check a record against `model` and return it.

    Required: model, as_of and observations; in an observation id, on, source, indicators, harm and
    about (a harm question that nobody asked is not a "no"). Raises RecordFault at the first fault,
    with its JSON path, such as `observations[2].indicators[0].id`.
    """
    given = _Node(json_obj).table(
        required=("model", "as_of", "observations"),
        optional=("born", "strengths", "opinions", "away"),
    )
    if given["model"].name() != model.version:
        raise given["model"].fault(f"unknown model {given['model'].text()!r}")
    as_of = given["as_of"].day()
    born = given["born"].date()
    if born and born.earliest > as_of:
        raise given["born"].fault("is after as_of")
    observations = given["observations"].each(lambda node: _observation(node, model, as_of))
    _check_ids(given["observations"], observations)
    return Record(
        model=model.version,
        as_of=as_of,
        born=born,
        strengths=given.get("strengths", lambda node: node.each(_Node.name), ()),
        opinions=given.get(
            "opinions", lambda node: node.each(lambda one: _opinion(one, model, as_of)), ()
        ),
        observations=observations,
        away=given.get("away", lambda node: node.each(_episode), ()),
    )


def _not_after(node: _Node, as_of: dt.date) -> PartialDate | None:
    date = node.date()
    if date and date.earliest > as_of:
        raise node.fault("is after as_of")
    return date


def _opinion(node: _Node, model: Model, as_of: dt.date) -> Opinion:
    given = node.table(required=("on", "by", "stage"), optional=("reasons",))
    stage = given["stage"]
    return Opinion(
        on=_not_after(given["on"], as_of),
        by=given["by"].text(),
        stage=None if stage.value is None else stage.one_of(model.stages, "stage"),
        reasons=given.get("reasons", _Node.text, ""),
    )


def _observation(node: _Node, model: Model, as_of: dt.date) -> Observation:
    given = node.table(
        required=("id", "on", "source", "indicators", "harm", "about"),
        optional=(
            "by",
            "text",
            "other_child_age",
            "recorded",
            "corrects",
            "explained",
            "answered",
        ),
    )
    about = given["about"].one_of(ABOUT, "about")
    findings = given["indicators"].each(lambda one: _finding(one, model))
    if findings and about == "another_child":
        raise given["indicators"].fault("signs of another child do not belong in this record")
    _check_once(given["indicators"], [name for name, _ in findings], ".id")
    return Observation(
        id=given["id"].name(),
        on=_not_after(given["on"], as_of),
        source=given["source"].one_of(SOURCES, "source"),
        by=given.get("by", _Node.text, ""),
        text=given.get("text", _Node.text, ""),
        findings=findings,
        harm=given["harm"].one_of(HARM_LEVELS, "harm"),
        about=about,
        other_child_age=given.get("other_child_age", _age_or_none, None),
        recorded=given.get("recorded", _day_or_none, None),
        corrects=given.get("corrects", _name_or_none, None),
        explained=given.get("explained", lambda one: _explanation(one, model), None),
        answered=given.get("answered", lambda one: one.each(_answer), ()),
    )


def _age_or_none(node: _Node) -> int | None:
    return node.age()


def _day_or_none(node: _Node) -> dt.date | None:
    return node.day()


def _name_or_none(node: _Node) -> str | None:
    return node.name()


def _sign_id(node: _Node, model: Model) -> str:
    name = node.one_of(model.signs, "indicator")
    if not model.signs[name].recordable:
        raise node.fault(f"{name!r} is wording only and is never recorded")
    return name


def _finding(node: _Node, model: Model) -> tuple[str, str]:
    given = node.table(required=("id", "finding"))
    return _sign_id(given["id"], model), given["finding"].one_of(FINDINGS, "finding")


def _explanation(node: _Node, model: Model) -> Explanation | None:
    given = node.table(required=("on", "how"), optional=("indicators",))
    none: tuple[str, ...] = ()
    covers = given.get("indicators", lambda all_: _covers(all_, model), none)
    # An empty list names no sign, so like a missing one it speaks of the whole observation.
    return Explanation(
        on=given["on"].date(),
        how=given["how"].text(),
        indicators=frozenset(covers) or None,
    )


def _covers(node: _Node, model: Model) -> tuple[str, ...]:
    names = node.each(lambda one: _sign_id(one, model))
    _check_once(node, names, "")
    return names


def _answer(node: _Node) -> Answer:
    given = node.table(required=("on", "about", "outcome"), optional=("reasons",))
    return Answer(
        on=given["on"].date(),
        about=given["about"].one_of(ANSWER_ABOUT, "about"),
        outcome=given["outcome"].one_of(OUTCOMES, "outcome"),
        reasons=given.get("reasons", _Node.text, ""),
    )


def _episode(node: _Node) -> tuple[dt.date, dt.date | None]:
    given = node.table(required=("from",), optional=("to",))
    start = given["from"].day()
    end = given.get("to", _day_or_none, None)
    if end and end < start:
        raise given["to"].fault("is before from")
    return start, end


def _check_once(node: _Node, names: Sequence[str], key: str) -> None:
    for index, name in enumerate(names):
        if name in names[:index]:
            raise RecordFault(f"{node.path}[{index}]{key}", f"{name!r} is given twice")


def _check_ids(node: _Node, observations: tuple[Observation, ...]) -> None:
    """Ids differ, and a correction points at another observation without going in a circle."""
    corrects: dict[str, str | None] = {}
    for index, one in enumerate(observations):
        if one.id in corrects:
            raise RecordFault(f"{node.path}[{index}].id", f"{one.id!r} is already used")
        corrects[one.id] = one.corrects
    for index, one in enumerate(observations):
        path = f"{node.path}[{index}].corrects"
        if one.corrects is not None and one.corrects not in corrects:
            raise RecordFault(path, f"no observation {one.corrects!r}")
        if _circles(one.id, corrects):
            raise RecordFault(path, "corrects itself")


def _circles(start: str, corrects: dict[str, str | None]) -> bool:
    at = corrects[start]
    for _ in corrects:
        if at is None:
            return False
        if at == start:
            return True
        at = corrects.get(at)
    return False
