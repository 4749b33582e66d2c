"""Who opened a file, in plain words: by day, newest first."""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from itertools import groupby

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leeward.accounts.models import Worker
from leeward.audit.models import AuditRow
from leeward.audit.queries import ELSEWHERE, openings_of
from leeward.people.models import YoungPerson

# How many rows of the audit are read for one page.
MOST_ROWS = 400
WHAT: dict[str, str | Promise] = {
    "file.open": _("opened the file"),
    "file.print": _("printed from the file"),
    "file.export": _("took a copy of the file out"),
    "file.break_glass": _("opened the file in an emergency, with a reason"),
    ELSEWHERE: _("opened a copy that was given to another agency"),
}
NOT_A_WORKER = _("Leeward itself")


@dataclass(frozen=True)
class Opening:
    """One worker who did one thing, from the first to the last time without anything between."""

    first: dt.datetime
    last: dt.datetime
    who: str | Promise
    what: str | Promise

    @property
    def over_a_while(self) -> bool:
        """Whether the two times look different on a clock."""
        return self.first.replace(second=0, microsecond=0) != self.last.replace(
            second=0, microsecond=0
        )


@dataclass(frozen=True)
class Day:
    """A day in the agency's time, and what happened on it, newest first."""

    on: dt.date
    openings: list[Opening] = field(default_factory=list)


@dataclass(frozen=True)
class WhoOpened:
    """One page of openings; `earlier` is what to ask for next, None at the end."""

    days: list[Day]
    earlier: int | None


def who_opened(person: YoungPerson, *, before: int | None = None) -> WhoOpened:
    """Who opened, printed or took out this file, up to the audit row `before`. Two queries."""
    found = openings_of(person.pk)
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(found.order_by("-pk")[: MOST_ROWS + 1])
    more = len(rows) > MOST_ROWS
    rows = rows[:MOST_ROWS]
    names = Worker.objects.in_bulk({row.actor_id for row in rows if row.actor_id})
    days = [
        Day(on, [_opening(list(some), names) for _same, some in groupby(of_day, _who_and_what)])
        for on, of_day in groupby(rows, lambda row: timezone.localtime(row.at).date())
    ]
    return WhoOpened(days, rows[-1].pk if more else None)


def _who_and_what(row: AuditRow) -> tuple[uuid.UUID | None, str]:
    return row.actor_id, row.action


def _opening(rows: list[AuditRow], names: dict[uuid.UUID, Worker]) -> Opening:
    newest, oldest = rows[0], rows[-1]
    worker = names.get(newest.actor_id) if newest.actor_id else None
    return Opening(
        first=timezone.localtime(oldest.at),
        last=timezone.localtime(newest.at),
        who=worker.display_name if worker else NOT_A_WORKER,
        what=WHAT[newest.action],
    )
