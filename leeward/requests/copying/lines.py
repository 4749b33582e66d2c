"""What a file holds, as lines of a copy: parts that apps register, rows told by their fields."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise

from leeward.access.actors import Actor
from leeward.people.models import Added, YoungPerson
from leeward.requests.rules import Line, as_kept


@dataclass(frozen=True)
class Asked:
    """Whose file it is, who goes through it, and up to when the log is told."""

    by: Actor
    person: YoungPerson
    until: dt.datetime


@dataclass(frozen=True)
class Field:
    """One field of a row: its name, its label, and what stands there; `kept` where the words are
    those of a page, and the database holds something else."""

    name: str
    label: str | Promise
    words: str | None
    kept: Any = None


@dataclass(frozen=True)
class Row:
    """One row of the file: what it is, its day, who wrote it, and its fields."""

    key: str
    title: str | Promise
    on: str
    who: str
    fields: tuple[Field, ...]


Rows = Callable[[Asked], Iterable[Row]]


@dataclass(frozen=True)
class Part:
    """A part of the file. `key` stands in an address, and tells nothing."""

    key: str
    title: str | Promise
    rows: tuple[Rows, ...]


_parts: dict[str, Part] = {}


def register(part: Part) -> None:
    """Add a part, in the order in which a copy shows them; the same name again puts the newer in
    its place. An app above adds its own in `AppConfig.ready()`."""
    _parts[part.key] = part


def parts() -> dict[str, Part]:
    """Every part by its key."""
    return dict(_parts)


def day_of(moment: dt.datetime | dt.date | None) -> str:
    """A day in the agency's zone."""
    if moment is None:
        return ""
    if isinstance(moment, dt.datetime):
        moment = timezone.localtime(moment).date()
    return moment.isoformat()


def written_by(row: Added, person: YoungPerson) -> str:
    """The worker who wrote a row, or whose file it is where they wrote it themselves."""
    return row.recorded_by.display_name if row.recorded_by else str(person.name_used)


def lines_of(asked: Asked, part: Part) -> list[Line]:
    """Every line of one part."""
    return [line for rows in part.rows for row in rows(asked) for line in _lines(part, row)]


def all_lines(asked: Asked) -> list[Line]:
    """Every line of the file, part by part."""
    return [line for part in _parts.values() for line in lines_of(asked, part)]


def _lines(part: Part, row: Row) -> Iterable[Line]:
    head = ", ".join(each for each in (str(row.title), row.on, row.who) if each)
    for each in row.fields:
        if each.words:
            yield Line(
                key=f"{row.key}:{each.name}",
                part=part.key,
                head=head,
                label=str(each.label),
                words=str(each.words).replace("\r\n", "\n"),
                kept=as_kept(row.on, row.who, each.kept if each.kept is not None else each.words),
            )


def in_a_list(values: Sequence[str] | None) -> str:
    """Several words in one line."""
    return ", ".join(str(each) for each in values or ())
