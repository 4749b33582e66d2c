"""What the floors above tell keeping: which files are closed and since when, and who is told."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from leeward.access.actors import Actor


@dataclass(frozen=True)
class Closed:
    """A file that is closed, and the day it was (the last time)."""

    person_id: uuid.UUID
    on: dt.date


# The closed files that an actor may do `action` with; one of them when an id is given.
ClosedFiles = Callable[[Actor, str, uuid.UUID | None], Iterable[Closed]]
# Whether there is such a file that an actor may do `action` with, open or closed.
IsFile = Callable[[Actor, str, uuid.UUID], bool]
# The ids of those whose file does not exist for an actor: they stand in no list either.
Hidden = Callable[[Actor], QuerySet[Any]]
# Whether something else keeps a file for now, such as a document that the law keeps.
Held = Callable[[uuid.UUID], bool]
# Told that the first of two people asked for a disposal (opaque id), or that it was answered.
Told = Callable[[Actor, uuid.UUID], None]

closed_files: list[ClosedFiles] = []
files: list[IsFile] = []
hidden: list[Hidden] = []
held: list[Held] = []
told_asked: list[Told] = []
told_answered: list[Told] = []


def register(
    *,
    closed: ClosedFiles | None = None,
    is_file: IsFile | None = None,
    hidden_from: Hidden | None = None,
    also_held: Held | None = None,
    asked: Told | None = None,
    answered: Told | None = None,
) -> None:
    """Add what is given; registering the same thing twice adds it once."""
    if closed and closed not in closed_files:
        closed_files.append(closed)
    if is_file and is_file not in files:
        files.append(is_file)
    if hidden_from and hidden_from not in hidden:
        hidden.append(hidden_from)
    if also_held and also_held not in held:
        held.append(also_held)
    if asked and asked not in told_asked:
        told_asked.append(asked)
    if answered and answered not in told_answered:
        told_answered.append(answered)


def closed_for(actor: Actor, action: str, person_id: uuid.UUID | None = None) -> list[Closed]:
    """The closed files that this actor may do `action` with, the longest closed first."""
    found = [each for source in closed_files for each in source(actor, action, person_id)]
    return sorted(found, key=lambda each: (each.on, str(each.person_id)))


def is_file_of(actor: Actor, action: str, person_id: uuid.UUID) -> bool:
    """Whether there is such a file and this actor may do `action` with it."""
    return any(source(actor, action, person_id) for source in files)
