"""Going through an import, so many rows in a transaction. Going on after a stop starts where it
ended: what is a file already is not looked at again."""

from collections.abc import Callable, Sequence
from itertools import islice
from uuid import UUID

from django.db import DatabaseError

from leeward.access.actors import Actor
from leeward.concerns.importing.actions import take_rows
from leeward.concerns.importing.queries import waiting_rows
from leeward.concerns.models import Import
from leeward.people.neighbours import Met

# So many rows stand or fall together: about half a second, in which nobody else at the agency
# opens a file.
AT_ONCE = 100
# What one row can bring about that no other row has part in.
STUMBLES = (DatabaseError, ValueError, LookupError)


def go_on(
    by: Actor,
    run: Import,
    *,
    most: int | None = None,
    progress: Callable[[int], object] | None = None,
) -> list[int]:
    """Take up to `most` rows without faults. Returns the numbers of those that could not be taken
    and still wait, with nothing of them kept: one such row holds up no other.

    Raises what stands in the way of every row.
    """
    clean = ((row.pk, row.number) for row, said in waiting_rows(run) if not said.faults)
    # Read before anything is written: a cursor over rows that change is read twice.
    rows = list(islice(clean, most))
    met, stumbled = Met(), []
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        stumbled += _take(by, run, some, met)
        if progress:
            progress(len(some))
    return stumbled


def _take(by: Actor, run: Import, rows: Sequence[tuple[UUID, int]], met: Met) -> list[int]:
    """All together; where that cannot be, one by one."""
    try:
        take_rows(by=by, run=run, rows=[pk for pk, _number in rows], met=met)
    except STUMBLES as fault:
        stumbled = [number for pk, number in rows if not _take_one(by, run, pk)]
        if len(stumbled) == len(rows):
            raise fault
        return stumbled
    return []


def _take_one(by: Actor, run: Import, row: UUID) -> bool:
    try:
        take_rows(by=by, run=run, rows=[row])
    except STUMBLES:
        return False
    return True
