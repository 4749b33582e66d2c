"""What would be given from no file, exactly, before it is: the preview and the giving rest on it.

Nothing here asks whether the young person is known at the other agency.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from leeward.access.actors import Actor
from leeward.accounts.models import Agency
from leeward.core.agency_time import today
from leeward.disclosures.drafting import (
    Draft,
    NoAuthority,
    NobodyThere,
    NothingToGive,
    workers_called,
)
from leeward.disclosures.pieces import Piece
from leeward.disclosures.queries import copy_of
from leeward.disclosures.rules import digest_of
from leeward.disclosures.without_file.kinds import piece_kinds
from leeward.disclosures.without_file.queries import Gave, gave
from leeward.law.consents import authorities

USE = "police_give"


class NotOpen(ValueError):
    """Only a copy that is open can be answered."""


@dataclass(frozen=True)
class Typed:
    """One piece as it is typed: a row of `tables/police_pieces.csv`, in short, and in full."""

    kind: str
    title: str
    words: str
    on: dt.date | None = None


@dataclass(frozen=True)
class AskedWithoutFile:
    """What an officer would give, for what, under what. `mark` is a random word that the preview
    is drawn with.

    `answers` is what they received: about whom, and to whom, follows from it. Without it they say
    about whom, by which other names, to which agency and to whom (a name on each line).
    """

    pieces: Sequence[Typed]
    purpose: str
    authority: str
    mark: str
    may_hand_on: bool = False
    answers: uuid.UUID | None = None
    about: str = ""
    also: Sequence[str] = ()
    agency_id: uuid.UUID | None = None
    names: str = ""


@dataclass(frozen=True)
class DraftWithoutFile:
    """What would be given, and every name by which whoever must not see it is known there. Those
    names are for blind tokens alone: never hand them to a page."""

    given: Draft
    called: tuple[str, ...]


def draft_without_file(*, by: Actor, asked: AskedWithoutFile) -> DraftWithoutFile:
    """What would be given. Writes nothing. Raises NothingToGive, NobodyThere, NoAuthority,
    NotOpen, and Received.DoesNotExist for an answer to what is not theirs."""
    pieces = [_piece(each) for each in asked.pieces]
    own = Agency.objects.get(pk=by.own_agency_id)
    told = _told(by, asked)
    if not pieces or not told.about:
        raise NothingToGive
    allowed = {each.id for each in authorities(USE, told.to.kind)}
    if own.kind != Agency.Kind.POLICE or asked.authority not in allowed:
        raise NoAuthority
    if not asked.purpose.strip():
        raise NoAuthority
    also = [each.strip() for each in asked.also if each.strip()]
    content = {
        "mark": asked.mark,
        "from": own.name,
        "to": told.to.name,
        "workers": told.shown,
        "about": told.about,
        "also": also,
        "answers": told.answers_on,
        "on": today().isoformat(),
        "purpose": asked.purpose.strip(),
        "authority": asked.authority,
        "until": "",
        "may_hand_on": asked.may_hand_on,
        "items": [each.as_json() for each in pieces],
    }
    given = Draft(
        content=content,
        digest=digest_of(content),
        to=told.to,
        workers=told.to_whom.workers,
        consent=None,
        authority=asked.authority,
        until=None,
        items=pieces,
    )
    return DraftWithoutFile(given, (told.about, *also, *told.to_whom.called))


@dataclass(frozen=True)
class _Told:
    """About whom, to which agency, to whom, and which of their names whoever gives it typed."""

    about: str
    to: Agency
    to_whom: Gave
    shown: list[str]
    answers_on: str = ""


def _told(by: Actor, asked: AskedWithoutFile) -> _Told:
    if asked.answers:
        copy = copy_of(by, asked.answers)
        if copy.content is None:
            raise NotOpen
        to_whom = gave(copy.received)
        if not to_whom.workers:
            raise NobodyThere
        # Who gave it is not told to whoever answers.
        content, to = copy.content, copy.received.from_agency
        return _Told(content["about"], to, to_whom, [], content["on"])
    others = Agency.objects.exclude(pk=by.own_agency_id)
    found = others.filter(pk=asked.agency_id).first() if asked.agency_id else None
    if found is None:
        raise NoAuthority
    workers = workers_called(found, asked.names)
    shown = [each.display_name for each in workers]
    return _Told(" ".join(asked.about.split()), found, Gave(workers, []), shown)


def _piece(typed: Typed) -> Piece:
    title, words = typed.title.strip(), typed.words.strip()
    if typed.kind not in piece_kinds("en") or not title or not words:
        raise NothingToGive
    on = typed.on.isoformat() if typed.on else ""
    return Piece(typed.kind, "", on, (("title", title), ("words", words)))


def as_asked(given: Iterable[Typed]) -> list[Typed]:
    """Those of a form's pieces in which something was typed."""
    return [each for each in given if each.kind or each.title or each.words or each.on]
