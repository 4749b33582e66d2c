"""What each part of a content file must look like, and every fault in it, never only the first."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from leeward.practice_model.model import (
    ROLES,
    Approach,
    Entry,
    Figure,
    HelpLine,
    Indicator,
    Kind,
    ReadingSettings,
    Role,
    Stage,
    Text,
    Thread,
)

_ID = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_MISSING = {
    "en": "missing English wording",
    "fr": "missing French wording",
    "working": "missing working wording",
    "source": "missing source wording",
}


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault: in which file, at which key, and what is wrong."""

    file: str
    key: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.message}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where we are in a content file, and the list that faults are added to."""

    file: str
    key: str
    faults: list[Fault] = field(repr=False)

    def at(self, key: str) -> "Place":
        """Return the place one key further in."""
        return Place(self.file, f"{self.key}.{key}" if self.key else key, self.faults)

    def fault(self, message: str) -> None:
        """Report a fault here."""
        self.faults.append(Fault(self.file, self.key, message))


Check = Callable[[object, Place], object]


def a_string(value: object, place: Place) -> object:
    """A string with something in it."""
    if not isinstance(value, str):
        place.fault("must be a string")
    elif not value.strip():
        place.fault(_MISSING.get(place.key.rpartition(".")[2], "must not be empty"))
    return value


def an_id(value: object, place: Place) -> object:
    """A short lower-case id: letters, digits, single hyphens or underscores."""
    if not isinstance(value, str) or not _ID.fullmatch(value):
        place.fault("must be a lower-case id, like ab-cd or ab_cd")
    return value


def a_flag(value: object, place: Place) -> object:
    """True or false."""
    if not isinstance(value, bool):
        place.fault("must be true or false")
    return value


def a_whole(value: object, place: Place) -> object:
    """A whole number, one or more."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        place.fault("must be a whole number, 1 or more")
    return value


def a_role(value: object, place: Place) -> object:
    """One of the three roles."""
    if value not in ROLES:
        place.fault(f"unknown role {value!r}: one of {', '.join(ROLES)}")
    return value


def some_roles(value: object, place: Place) -> object:
    """A list of roles, which may be empty."""
    if not isinstance(value, list):
        place.fault("must be a list of roles")
        return ()
    return tuple(a_role(one, place.at(str(index))) for index, one in enumerate(value))


def a_text(value: object, place: Place) -> object:
    """A table with the same wording in English (`en`) and French (`fr`)."""
    return check_table(TEXT, value, place)


@dataclass(frozen=True, slots=True)
class Shape:
    """The keys a table must and may have, and what is built from a table without a fault."""

    build: Callable[..., object]
    required: Mapping[str, Check]
    optional: Mapping[str, Check] = field(default_factory=dict)


def check_table(shape: Shape, value: object, place: Place) -> object:
    """Check one table against its shape and build it; None when it has any fault of its own."""
    if not isinstance(value, dict):
        place.fault("must be a table")
        return None
    before = len(place.faults)
    built: dict[str, object] = {}
    for key, check in {**shape.required, **shape.optional}.items():
        if key in value:
            built[key] = check(value[key], place.at(key))
        elif key in shape.required:
            place.at(key).fault(_MISSING.get(key, "missing"))
    for key in value.keys() - shape.required.keys() - shape.optional.keys():
        place.at(str(key)).fault("unknown key")
    return shape.build(**built) if len(place.faults) == before else None


def check_list(shape: Shape, value: object, place: Place) -> tuple[object, ...]:
    """Check a list of tables; ids must differ. Return those without a fault, in order."""
    if not isinstance(value, list):
        place.fault("must be a list of tables")
        return ()
    built = (check_table(shape, one, named(place, one, at)) for at, one in enumerate(value))
    return tuple(one for one in built if one is not None)


def named(place: Place, value: object, index: int) -> Place:
    """Name an entry of a list by its id when it has one, otherwise by its position."""
    name = value.get("id") if isinstance(value, dict) else None
    return place.at(name) if isinstance(name, str) and name else place.at(str(index))


def _points(value: object, place: Place) -> object:
    return check_list(ENTRY, value, place)


def _entry(id: str, en: str, fr: str, reviewed: bool) -> Entry:  # noqa: A002 - the content's key
    return Entry(id=id, text=Text(en, fr), reviewed=reviewed)


def _indicator(thread: str | None = None, **rest: object) -> Indicator:
    return Indicator(thread=thread, **rest)  # type: ignore[arg-type] # checked by the shape


def _approach(points: tuple[Entry, ...] = (), **rest: object) -> Approach:
    return Approach(points=points, **rest)  # type: ignore[arg-type] # checked by the shape


_NAMED: dict[str, Check] = {"id": an_id, "name": a_text, "reviewed": a_flag}

TEXT = Shape(Text, {"en": a_string, "fr": a_string})
ENTRY = Shape(_entry, {"id": an_id, "en": a_string, "fr": a_string, "reviewed": a_flag})
HEAD = Shape(dict, {"version": a_string, "name": a_text, "place": a_text, "reviewed": a_flag})
SETTINGS = Shape(
    ReadingSettings,
    {
        "fade_days": a_whole,
        "threads_limited": a_whole,
        "threads_some": a_whole,
        "threads_strong": a_whole,
        "sources_strong": a_whole,
        "harm_days_to_turn": a_whole,
    },
)

# Sections a model cannot do without, then those it may have. The names are Model's own.
REQUIRED_LISTS: dict[str, Shape] = {
    "roles": Shape(Role, {**_NAMED, "id": a_role}),
    "kinds": Shape(
        Kind,
        {
            **_NAMED,
            "fades": a_flag,
            "supports": some_roles,
            "recordable": a_flag,
            "meaning": a_text,
        },
    ),
    "stages": Shape(Stage, {**_NAMED, "role": a_role, "meaning": a_text}),
    "threads": Shape(Thread, {**_NAMED, "about": a_text}),
    "indicators": Shape(
        _indicator,
        {
            "id": an_id,
            "stage": an_id,
            "kind": an_id,
            "source": a_text,
            "working": a_text,
            "reviewed": a_flag,
        },
        {"thread": an_id},
    ),
}
_ENTRY_LISTS = (
    "stage_notes strategy pillars supports linked_work legal_help recruitment needs controls "
    "hidden_because circumstances circumstance_notes differences trauma trauma_signs fundamentals"
)
OPTIONAL_LISTS: dict[str, Shape] = {
    **dict.fromkeys(_ENTRY_LISTS.split(), ENTRY),
    "figures": Shape(Figure, {"id": an_id, "says": a_text, "label": a_text, "reviewed": a_flag}),
    "approaches": Shape(
        _approach, {**_NAMED, "summary": a_text, "opt_in": a_flag}, {"points": _points}
    ),
    "help_lines": Shape(HelpLine, {**_NAMED, "number": a_text, "when": a_text}),
}
LISTS: dict[str, Shape] = {**REQUIRED_LISTS, **OPTIONAL_LISTS}
