"""Arranging that a worker covers for another, saying what matters first, and ending it early."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from leeward.access.actors import Actor
from leeward.access.rules import check
from leeward.accounts.models import Worker
from leeward.audit import actions as audit
from leeward.core.agency_time import today
from leeward.notices.actions import tell
from leeward.people.covering import rules
from leeward.people.covering.kinds import AWAY, COVERS
from leeward.people.covering.models import Cover, CoverWords
from leeward.people.covering.queries import (
    cannot_cover,
    could_cover,
    files_with,
    standing_for,
    those_i_supervise,
)
from leeward.people.models import YoungPerson
from leeward.people.queries import locked


class WrongDays(ValueError):
    """Nobody can cover for these days; `fault` is one of covering.rules."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


class NothingChosen(ValueError):
    """Nothing is covered unless it is named."""


class CannotCover(Exception):
    """Some of the files cannot be covered by whom was chosen; `people` are those files. Nothing
    was arranged, and why is not told."""

    def __init__(self, people: Sequence[YoungPerson]) -> None:
        super().__init__()
        self.people = people


class IsOver(ValueError):
    """Nobody covers there any more."""


class NothingWritten(ValueError):
    """What matters first is said in words."""


@dataclass(frozen=True)
class Given:
    """One file that somebody covers while its worker is away, and what matters first there."""

    person: YoungPerson
    worker: Worker
    first: str = ""


@dataclass(frozen=True)
class ToCover:
    """What a supervisor chooses from: who is away, their files, and who covers already."""

    away: Worker
    files: list[YoungPerson]
    covers: list[Cover]


@transaction.atomic
def read_to_cover(*, by: Actor, worker_id: uuid.UUID) -> ToCover:
    """The files of somebody this actor supervises, recorded with whose names it showed. Raises
    Worker.DoesNotExist."""
    check(by.role, "cover.arrange")
    away = those_i_supervise(by).get(pk=worker_id)
    files = files_with(by, away)
    covers = standing_for(by, [away.pk], "cover.arrange")
    shown = {each.pk for each in files} | {each.person_id for each in covers}
    audit.record(by=by, action="cover.read", shown=sorted(shown), purpose="arrange")
    return ToCover(away, files, covers)


@transaction.atomic
def arrange(
    *,
    by: Actor,
    away: Worker,
    starts_on: dt.date,
    ends_on: dt.date,
    given: Iterable[Given],
) -> list[Cover]:
    """Let workers cover these files for `away`, from the first day to the last. All or nothing.

    Raises WrongDays, NothingChosen, CannotCover; Worker.DoesNotExist for somebody this actor does
    not supervise or who could not cover; YoungPerson.DoesNotExist for a file that is not theirs to
    give.
    """
    check(by.role, "cover.arrange")
    away = those_i_supervise(by).get(pk=away.pk)
    if fault := rules.fault(starts_on, ends_on, today()):
        raise WrongDays(fault)
    span = rules.window(starts_on, ends_on, timezone.get_current_timezone())
    # In one order, so that two who arrange at once never wait for each other.
    wanted = sorted(given, key=lambda each: each.person.pk)
    if not wanted:
        raise NothingChosen
    people = [_held(by, away, each) for each in wanted]
    refused = [
        person
        for person, each in zip(people, wanted, strict=True)
        if cannot_cover(person, each.worker, span)
    ]
    if refused:
        raise CannotCover(refused)
    made = [_cover(by, away, each, span) for each in wanted]
    for kind, told in ((COVERS, {each.worker_id for each in made}), (AWAY, {away.pk})):
        for worker_id in sorted(told - {by.author_id}):
            tell(by=by, agency_id=by.own_agency_id, kind=kind.name, to_worker=worker_id)
    return made


def _held(by: Actor, away: Worker, each: Given) -> YoungPerson:
    """The file, held so that no lock and no other cover comes between the look and the row."""
    could_cover(away).get(pk=each.worker.pk)
    person = locked(each.person)
    if person.pk not in {one.pk for one in files_with(by, away)}:
        raise YoungPerson.DoesNotExist
    return person


def _cover(by: Actor, away: Worker, each: Given, span: tuple[dt.datetime, dt.datetime]) -> Cover:
    since, until = span
    row = Cover.objects.create(
        person_id=each.person.pk,
        worker=each.worker,
        away=away,
        since=since,
        until=until,
        arranged_by_id=by.author_id,
    )
    audit.record(by=by, action="cover.arrange", subject=each.person.pk)
    if each.first.strip():
        _say(by, row, each.first)
    return row


def _say(by: Actor, cover: Cover, words: str) -> CoverWords:
    row = CoverWords.objects.create(
        person_id=cover.person_id,
        cover=cover,
        recorded_by_id=by.author_id,
        words=words.strip(),
    )
    audit.record(by=by, action="cover.say_first", subject=cover.person_id)
    return row


@transaction.atomic
def say_first(*, by: Actor, cover: Cover, words: str) -> CoverWords:
    """Write for whoever covers what matters first. Everybody who may write in the file may: the
    worker who goes away above all. Raises NothingWritten and IsOver."""
    check(by.role, "file.write")
    if not words.strip():
        raise NothingWritten
    if not Cover.objects.standing().filter(pk=cover.pk).exists():
        raise IsOver
    return _say(by, cover, words)


@transaction.atomic
def end_cover(*, by: Actor, cover: Cover) -> Cover:
    """End it before its last day, or before it began. Ending what is over changes nothing."""
    check(by.role, "cover.arrange")
    cover = Cover.objects.select_for_update().get(pk=cover.pk)
    if cover.ended_at is None and cover.until > timezone.now():
        cover.ended_at, cover.ended_by_id = timezone.now(), by.author_id
        cover.save(update_fields=["ended_at", "ended_by"])
        audit.record(by=by, action="cover.end", subject=cover.person_id)
    return cover
