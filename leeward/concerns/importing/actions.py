"""Bringing in a caseload. Each is atomic and audited; a row becomes a whole file or none."""

import uuid
from collections.abc import Collection

from django.db import transaction

from leeward.access.actors import Actor
from leeward.access.rules import check
from leeward.accounts.models import Agency
from leeward.audit import actions as audit
from leeward.concerns.caseload.mapping import Chosen, Said, read_line
from leeward.concerns.caseload.sheets import Table
from leeward.concerns.importing import queries
from leeward.concerns.models import Import, ImportRow
from leeward.concerns.sweeping import let_go
from leeward.core.agency_time import today
from leeward.people.actions import open_file
from leeward.people.models import YoungPerson
from leeward.people.neighbours import Met, Neighbours
from leeward.people.opening import NewFile, keep_new, person_of
from leeward.people.queries import Match
from leeward.sealing import keyring

CHUNK = 500


class Ended(Exception):
    """The import is over, or this row of it is decided."""


class NotChosen(Exception):
    """Nobody has said yet where its columns go."""


class StillWaiting(Exception):
    """Rows wait that nobody has said to leave out."""


@transaction.atomic
def begin(*, by: Actor, table: Table) -> Import:
    """Keep the rows of a table, sealed with a key of their own, until the import ends."""
    check(by.role, "caseload.import")
    run = Import(agency_id=by.own_agency_id, started_by_id=by.author_id)
    keyring.make_key(run.pk, run.agency_id)
    run.save(force_insert=True)
    ImportRow.objects.bulk_create(
        (
            ImportRow(of=run, number=line.number, cells=queries.as_kept(line))
            for line in table.lines
            if not line.is_blank
        ),
        batch_size=CHUNK,
    )
    audit.record(by=by, action="caseload.begin", subject=run.pk)
    return run


def _open_run(by: Actor, import_id: uuid.UUID) -> Import:
    check(by.role, "caseload.import")
    Import.objects.select_for_update().get(pk=import_id)
    run = queries.fetch(by, import_id)
    if run.ended_at is not None:
        raise Ended
    return run


@transaction.atomic
def choose(*, by: Actor, run: Import, chosen: Chosen) -> Import:
    """Say where its columns go. Rows that are files already stay as they are; what was alike may
    say another name now, and is looked for anew. Raises Ended."""
    now = _open_run(by, run.pk)
    now.mapping = chosen.as_json()
    now.save(update_fields=["mapping"])
    now.rows.filter(state=ImportRow.State.ALIKE).update(state=ImportRow.State.WAITING, alike=None)
    audit.record(by=by, action="caseload.choose", subject=now.pk)
    return now


@transaction.atomic
def take_rows(
    *, by: Actor, run: Import, rows: Collection[uuid.UUID], met: Met | None = None
) -> None:
    """Rows of one import, each a file, or a question to a person when somebody is alike. One with
    faults waits. They stand or fall together, and each is in the audit by itself.

    Sent twice a row is one file. `met` spares opening the same people for the next rows of the
    run. Raises Ended and NotChosen.
    """
    run = _open_run(by, run.pk)
    check(by.role, "people.create")
    waiting = run.rows.select_for_update().filter(pk__in=rows, state=ImportRow.State.WAITING)
    said = [(row, _said(run, row)) for row in waiting.order_by("number")]
    clean = [(row, each) for row, each in said if not each.faults]
    # Nobody opens a file between looking for those alike and opening these.
    Agency.objects.select_for_update().get(pk=by.own_agency_id)
    near = Neighbours(by, [queries.looked_for(each) for _row, each in clean], met)
    alike: list[ImportRow] = []
    opened: list[tuple[YoungPerson, NewFile]] = []
    for row, each in clean:
        name, born = queries.looked_for(each)
        found = near.find(name, born, limit=queries.MOST_ALIKE)
        if strong := [pk for pk, why in found if queries.STRONG & set(why)]:
            row.state, row.alike = ImportRow.State.ALIKE, [str(pk) for pk in strong]
            row.save(update_fields=["state", "alike"])
            alike.append(row)
            continue
        new = NewFile(each.name_used, each.strengths, reason=each.reason, details=each.details)
        person = person_of(by, new)
        near.add(person)
        opened.append((person, new))
    keep_new(by, opened)
    done = {row.pk for row, _said in clean} - {row.pk for row in alike}
    run.rows.filter(pk__in=done).update(state=ImportRow.State.DONE, cells=None, alike=None)
    told = [(run.pk, [uuid.UUID(each) for each in row.alike or ()]) for row in alike]
    audit.record_each(by=by, action="caseload.row", rows=[*told, *[(run.pk, ())] * len(done)])


def _said(run: Import, row: ImportRow) -> Said:
    chosen = queries.chosen_for(run)
    if chosen is None:
        raise NotChosen
    return read_line(queries.line_of(row), chosen, today())


def _as_file(
    by: Actor, row: ImportRow, said: Said, not_these: Collection[uuid.UUID]
) -> YoungPerson:
    person = open_file(
        by=by,
        name_used=said.name_used,
        strengths=said.strengths,
        reason=said.reason,
        details=said.details,
        not_these=not_these,
    )
    row.state, row.cells, row.alike = ImportRow.State.DONE, None, None
    row.save(update_fields=["state", "cells", "alike"])
    audit.record(by=by, action="caseload.row", subject=row.of_id)
    return person


@transaction.atomic
def decide(*, by: Actor, row: ImportRow, somebody_else: bool) -> ImportRow:
    """A person has looked at those alike: somebody else, so a file is opened; or one of them, so
    the row is left out. Where others are alike by now it stays alike, to those. Raises Ended."""
    run = _open_run(by, row.of_id)
    now = ImportRow.objects.select_for_update().get(pk=row.pk, of=run)
    if now.state != ImportRow.State.ALIKE:
        raise Ended
    seen = [each.person.pk for each in queries.people_alike(by, now)]
    if somebody_else:
        said = _said(run, now)
        strong, found = queries.alike_to(by, said)
        if not set(strong) <= set(seen):
            # Whoever came since is nobody that this person has seen.
            now.alike = [str(each) for each in strong]
            now.save(update_fields=["alike"])
            audit.record(by=by, action="caseload.row", subject=run.pk, shown=strong)
        else:
            _as_file(by, now, said, {*seen, *found})
        return now
    now.state = ImportRow.State.LEFT_OUT
    now.save(update_fields=["state"])
    audit.record(by=by, action="caseload.leave_out", subject=run.pk, shown=seen)
    return now


@transaction.atomic
def end(*, by: Actor, run: Import, leave_out: bool = False) -> Import:
    """End it: what it held of the spreadsheet is gone. Rows that are no file are left out only
    where `leave_out` says so. Raises StillWaiting and Ended."""
    now = _open_run(by, run.pk)
    if not leave_out and queries.undecided(now).exists():
        raise StillWaiting
    let_go(now)
    audit.record(by=by, action="caseload.end", subject=now.pk)
    return now


@transaction.atomic
def read_import(*, by: Actor, import_id: uuid.UUID) -> Import:
    """One import, read and recorded as read. Raises Import.DoesNotExist."""
    check(by.role, "caseload.import")
    run = queries.fetch(by, import_id)
    audit.record(by=by, action="caseload.open", subject=run.pk, purpose="import")
    return run


@transaction.atomic
def read_imports(*, by: Actor) -> list[Import]:
    """One's own imports, the newest first, read and recorded as read."""
    check(by.role, "caseload.import")
    found = list(Import.objects.visible_to(by).order_by("-started_at", "-id")[:20])
    audit.record(by=by, action="caseload.list", purpose="imports")
    return found


@transaction.atomic
def read_row(
    *, by: Actor, import_id: uuid.UUID, row_id: uuid.UUID
) -> tuple[ImportRow, list[Match]]:
    """A row and whoever is alike, read and recorded as read. Raises ImportRow.DoesNotExist."""
    check(by.role, "caseload.import")
    theirs = Import.objects.visible_to(by)
    row = ImportRow.objects.select_related("of").get(pk=row_id, of_id=import_id, of__in=theirs)
    found = queries.people_alike(by, row)
    audit.record(
        by=by,
        action="caseload.open_row",
        subject=row.of_id,
        shown=[each.person.pk for each in found],
        purpose="import",
    )
    return row, found
