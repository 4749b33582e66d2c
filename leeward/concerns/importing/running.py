"""Going through an import row by row, each in a transaction of its own. Going on after a stop
starts where it ended: what is a file already is not looked at again."""

from collections.abc import Callable
from itertools import islice

from leeward.access.actors import Actor
from leeward.concerns.importing.actions import take_row
from leeward.concerns.importing.queries import waiting_rows
from leeward.concerns.models import Import


def go_on(
    by: Actor, run: Import, *, most: int | None = None, progress: Callable[[], None] | None = None
) -> int:
    """Take up to `most` rows without faults. Returns how many were taken."""
    clean = (row for row, said in waiting_rows(run) if not said.faults)
    # Read before anything is written: a cursor over rows that change is read twice.
    rows = list(islice(clean, most))
    for row in rows:
        take_row(by=by, row=row)
        if progress:
            progress()
    return len(rows)
