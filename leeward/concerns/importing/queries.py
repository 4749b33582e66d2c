"""Reading an import: where its columns go, what each row says, what is still to be decided."""

import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from leeward.access.actors import Actor
from leeward.concerns.caseload.mapping import Chosen, Fault, Said, chosen_from, read_line
from leeward.concerns.caseload.sheets import Line, Mark, Table
from leeward.concerns.models import Import, ImportRow
from leeward.core.agency_time import today
from leeward.people.queries import Match, find
from leeward.people.rules import BIRTH, CLOSE, SAME, SOUNDS

# So many rows with faults stand on one page; the command prints every one.
FAULTS_SHOWN = 200
# Whoever is alike in one of these ways is shown to a person before a file is opened.
STRONG = {SAME, CLOSE, SOUNDS, BIRTH}
MOST_ALIKE = 5


@dataclass(frozen=True)
class RowFaults:
    """One row and what is wrong with it, by the heading of the column."""

    number: int
    faults: list[tuple[str, Fault]]


@dataclass(frozen=True)
class ImportPage:
    """How an import stands."""

    run: Import
    counts: dict[str, int]
    total: int
    faulty: list[RowFaults]
    more_faulty: int
    merged: list[int]
    alike: list[ImportRow]

    @property
    def ready(self) -> int:
        """How many rows can become a file now."""
        return self.counts["waiting"] - len(self.faulty) - self.more_faulty


def fetch(actor: Actor, import_id: uuid.UUID) -> Import:
    """One import. Raises Import.DoesNotExist for one that is not theirs."""
    return Import.objects.visible_to(actor).get(pk=import_id)


def as_kept(line: Line) -> dict[str, Any]:
    """A row of the file as plain values."""
    return {"cells": list(line.cells), "marks": [[at, mark.value] for at, mark in line.marks]}


def line_of(row: ImportRow) -> Line:
    """A row of the file as it came."""
    held = row.cells or {"cells": [], "marks": []}
    marks = tuple((int(at), Mark(mark)) for at, mark in held["marks"])
    return Line(row.number, tuple(held["cells"]), marks)


def chosen_for(run: Import) -> Chosen | None:
    """Where its columns go; None while nobody has chosen."""
    return chosen_from(run.mapping) if run.mapping else None


def undecided(run: Import) -> QuerySet[ImportRow]:
    """Its rows beneath the headings that are no file, and that nobody has left out."""
    chosen = chosen_for(run)
    return run.rows.filter(
        state__in=[ImportRow.State.WAITING, ImportRow.State.ALIKE],
        number__gt=chosen.heading if chosen else 0,
    )


def table_of(run: Import, rows: int) -> Table:
    """The first rows, to choose columns by. Only the first tell the width: a wider row has a
    fault that says so."""
    return Table(tuple(line_of(each) for each in run.rows.order_by("number")[:rows]))


def waiting_rows(run: Import) -> Iterator[tuple[ImportRow, Said]]:
    """Each row beneath the headings that is no file yet, and what it says."""
    chosen = chosen_for(run)
    if chosen is None:
        return
    rows = run.rows.filter(state=ImportRow.State.WAITING, number__gt=chosen.heading)
    for row in rows.order_by("number").iterator():
        yield row, read_line(line_of(row), chosen, today())


def page_of(run: Import) -> ImportPage:
    """The dry run of what waits, and what is decided."""
    chosen = chosen_for(run)
    rows = run.rows.filter(number__gt=chosen.heading if chosen else 0)
    if run.ended_at is not None:
        # Where the headings stood is not kept. They alone are not decided.
        rows = rows.exclude(state=ImportRow.State.WAITING)
    counts = Counter(rows.values_list("state", flat=True))
    names = _headings(run, chosen)
    faulty: list[RowFaults] = []
    more, merged = 0, []
    for row, said in waiting_rows(run):
        if said.merged:
            merged.append(row.number)
        if said.faults and len(faulty) < FAULTS_SHOWN:
            told = [(names.get(at, "") if at is not None else "", why) for at, why in said.faults]
            faulty.append(RowFaults(row.number, told))
        elif said.faults:
            more += 1
    return ImportPage(
        run=run,
        counts={each: counts[each] for each in ImportRow.State.values},
        total=sum(counts.values()),
        faulty=faulty,
        more_faulty=more,
        merged=merged,
        alike=list(rows.filter(state=ImportRow.State.ALIKE).order_by("number")),
    )


def _headings(run: Import, chosen: Chosen | None) -> dict[int, str]:
    row = run.rows.filter(number=chosen.heading).first() if chosen else None
    found = line_of(row).cells if row else ()
    # Beyond the headings, as spreadsheets count: after Z comes AA.
    return {at: name or column_letters(at) for at, name in enumerate(found)} | {
        at: column_letters(at) for at in range(len(found), 200)
    }


def column_letters(at: int) -> str:
    """What a spreadsheet calls its column `at` (from 0): A, B, …, Z, AA."""
    text, left = "", at + 1
    while left:
        left, rest = divmod(left - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def looked_for(said: Said) -> tuple[str, str]:
    """The name and the birth date by which those alike are looked for."""
    return said.name_used, str(said.details.get("born", ""))


def alike_to(actor: Actor, said: Said) -> tuple[list[uuid.UUID], list[uuid.UUID]]:
    """Whoever a row may be about: those a person must look at, and everybody that a search of
    the name comes upon."""
    name, born = looked_for(said)
    found = find(actor, name, born=born, limit=MOST_ALIKE)
    strong = [each.person.pk for each in found if STRONG & set(each.why)]
    return strong, [each.person.pk for each in found]


def people_alike(actor: Actor, row: ImportRow) -> list[Match]:
    """Those alike whom this actor may come upon now, each with why."""
    chosen = chosen_for(row.of)
    if chosen is None or not row.alike:
        return []
    name, born = looked_for(read_line(line_of(row), chosen, today()))
    found = find(actor, name, born=born, limit=MOST_ALIKE)
    return [each for each in found if str(each.person.pk) in row.alike]
