"""Filling a database with invented people: the one action of this package."""

import uuid
from collections.abc import Callable, Iterable
from itertools import islice

from django.db import connection, transaction

from leeward.access.actors import Actor
from leeward.accounts.models import Agency
from leeward.audit.models import AuditRow
from leeward.legal.models import origin_of
from leeward.people.models import SearchToken, YoungPerson
from leeward.people.opening import tokens_for
from leeward.practice_desk.invented.cast import BLOCK, agencies, last_day, teams
from leeward.practice_desk.invented.concerns import keep_concerns
from leeward.practice_desk.invented.files import ROWS, File
from leeward.practice_desk.invented.keep import keep, keep_values
from leeward.practice_desk.invented.rules import rule_changes
from leeward.practice_desk.invented.simulate import simulate
from leeward.sealing import keyring

# Files simulated and kept at a time: enough to insert in bulk, few enough to hold in memory.
CHUNK = 50

Progress = Callable[[int], None]


class RealData(Exception):
    """The database holds an agency that is not invented: nothing invented goes near it."""


class HoldsOthers(Exception):
    """The database holds people, and not from an unfinished run of the same seed."""


def check_invented() -> None:
    """Raise RealData when any agency here is real. Safe before the first migration."""
    if Agency._meta.db_table not in connection.introspection.table_names():
        return
    if Agency.objects.filter(invented=False).exists():
        raise RealData


def is_empty() -> bool:
    """Whether nobody at all is here yet."""
    return not YoungPerson.objects.exists()


def unfinished() -> tuple[int, int] | None:
    """The seed and number of people of a run that was stopped half-way, or None."""
    begun = AuditRow.objects.filter(action="population.begin").order_by("-id").first()
    if begun is None or AuditRow.objects.filter(action="population.done").exists():
        return None
    seed, people = begun.purpose.split()
    return int(seed), int(people)


def populate(*, by: Actor, people: int, seed: int, progress: Progress | None = None) -> int:
    """Keep `people` invented young people with their histories. Returns how many were added.

    Each block of `cast.BLOCK` stands or falls whole, its audit rows with it; a run that was
    stopped goes on where it ended. `progress` is told how many more are kept. Raises RealData, or
    HoldsOthers when others are here already.
    """
    check_invented()
    start = _start(by, people, seed)
    for first in range(start, people, BLOCK):
        with transaction.atomic():
            _keep_block(by, seed, first, min(first + BLOCK, people), progress)
    with transaction.atomic():
        _audit(by, "population.done", f"{seed} {people}", [None])
    return people - start


def _start(by: Actor, people: int, seed: int) -> int:
    """Where to begin: at the first, or after the last block that an unfinished run kept."""
    if not is_empty():
        if unfinished() != (seed, people):
            raise HoldsOthers
        return YoungPerson.objects.count()
    with transaction.atomic():
        for agency in agencies(seed).values():
            keyring.make_agency(agency.id)
            Agency.objects.get_or_create(
                id=agency.id,
                defaults={
                    "name": agency.name,
                    "kind": agency.kind,
                    "time_zone": agency.time_zone,
                    "invented": True,
                },
            )
        _audit(by, "population.begin", f"{seed} {people}", [None])
    return 0


def _keep_block(by: Actor, seed: int, first: int, end: int, progress: Progress | None) -> None:
    last = last_day()
    here = teams(seed, first // BLOCK, agencies(seed))
    keep([worker for team in here.values() for worker in team.workers])
    if first == 0:
        keep(rule_changes(seed, next(iter(here.values())), last))
        keep_concerns(seed, last, here)
    files = (simulate(seed=seed, number=n, last=last, here=here) for n in range(first, end))
    while chunk := list(islice(files, CHUNK)):
        _keep_files(chunk)
        _audit(by, "file.create", "population", [file.person.id for file in chunk])
        if progress:
            progress(len(chunk))


def _keep_files(files: list[File]) -> None:
    _make_keys(files)
    for file in files:
        for duty in file.duties:
            duty.origin = origin_of(file.opened_by[duty.id].id, duty.agency_id)
    keep([file.person for file in files])
    for name in ROWS:
        keep([row for file in files for row in getattr(file, name)])
    keep_values(SearchToken, ("person", "agency", "token"), _tokens(files))


def _make_keys(files: list[File]) -> None:
    pairs = [(file.person.id, file.person.agency_id) for file in files]
    pairs += [
        (duty.id, duty.agency_id) for file in files for duty in file.duties if not duty.person_id
    ]
    keyring.make_keys(pairs)
    keyring.warm(holder for holder, _agency in pairs)


def _tokens(files: Iterable[File]) -> Iterable[tuple[object, object, int]]:
    as_kept = YoungPerson._meta.pk.get_db_prep_save
    for file in files:
        person, agency = file.person, file.person.agency_id
        ids = as_kept(person.id, connection), as_kept(agency, connection)
        for token in sorted(tokens_for(agency, file.names(), person.born)):
            yield (*ids, token)


def _audit(by: Actor, action: str, purpose: str, subjects: Iterable[uuid.UUID | None]) -> None:
    keep(
        [
            AuditRow(
                agency_id=by.agency_id,
                actor_kind=by.kind,
                actor_id=by.id,
                action=action,
                subject_id=subject,
                purpose=purpose,
                outcome=AuditRow.Outcome.DONE,
            )
            for subject in subjects
        ]
    )
