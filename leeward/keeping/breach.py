"""After a breach: whose files were opened by a worker in a period, day by day, and what to say."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leeward.access.actors import Actor
from leeward.access.rules import check
from leeward.audit import actions as audit
from leeward.audit.models import AuditRow
from leeward.audit.queries import FROM_ANYWHERE, TAKEN_ALONG
from leeward.keeping.queries import hidden_ids


@dataclass
class Touched:
    """One young person (opaque id): the days on which their file was opened, printed or exported,
    and those on which their name stood in a list."""

    person_id: uuid.UUID
    opened: list[dt.date] = field(default_factory=list)
    printed: list[dt.date] = field(default_factory=list)
    listed: list[dt.date] = field(default_factory=list)


@dataclass(frozen=True)
class Breach:
    """What the audit says of one worker, or of everybody, from one day to another, inclusive."""

    worker_id: uuid.UUID | None
    first: dt.date
    last: dt.date
    opened: Sequence[Touched]
    only_listed: Sequence[Touched]


class NotAPeriod(ValueError):
    """The last day is before the first."""


@transaction.atomic
def whose_files(
    *, by: Actor, worker_id: uuid.UUID | None, first: dt.date, last: dt.date
) -> Breach:
    """Whose files one worker of `by`'s agency (or anyone, for None) opened, and whose names they
    saw in lists. Days are those of the agency. Raises NotAPeriod."""
    check(by.role, "keeping.breach")
    if last < first:
        raise NotAPeriod
    touched: dict[uuid.UUID, Touched] = {}
    for row in _rows(by, worker_id, first, last).iterator(chunk_size=2000):
        _note(touched, row)
    for hidden in hidden_ids(by):
        touched.pop(hidden, None)
    found = sorted(touched.values(), key=lambda each: str(each.person_id))
    audit.record(
        by=by,
        action="keeping.breach",
        subject=worker_id,
        shown=[each.person_id for each in found],
    )
    return Breach(
        worker_id,
        first,
        last,
        [each for each in found if each.opened],
        [each for each in found if not each.opened],
    )


def _rows(
    by: Actor, worker_id: uuid.UUID | None, first: dt.date, last: dt.date
) -> QuerySet[AuditRow]:
    zone = timezone.get_current_timezone()
    start = dt.datetime.combine(first, dt.time.min, zone)
    end = dt.datetime.combine(last + dt.timedelta(days=1), dt.time.min, zone)
    rows = AuditRow.objects.filter(
        agency_id=by.own_agency_id, at__gte=start, at__lt=end, outcome=AuditRow.Outcome.DONE
    )
    return (rows.filter(actor_id=worker_id) if worker_id else rows).order_by("at", "id")


def _note(touched: dict[uuid.UUID, Touched], row: AuditRow) -> None:
    day = timezone.localtime(row.at).date()
    if row.subject_id and row.action in FROM_ANYWHERE:
        held = touched.setdefault(row.subject_id, Touched(row.subject_id))
        _once(held.opened, day)
        if row.action in TAKEN_ALONG:
            _once(held.printed, day)
    for person_id in map(uuid.UUID, row.shown):
        _once(touched.setdefault(person_id, Touched(person_id)).listed, day)


def _once(days: list[dt.date], day: dt.date) -> None:
    if day not in days:
        days.append(day)


def by_day(breach: Breach) -> dict[dt.date, list[uuid.UUID]]:
    """Whose files were opened on each day, the first day first."""
    days: defaultdict[dt.date, list[uuid.UUID]] = defaultdict(list)
    for each in breach.opened:
        for day in each.opened:
            days[day].append(each.person_id)
    return dict(sorted(days.items()))


# What to say, to whom. Plain words; CYFSA Part X asks for notice at the first reasonable chance.
TO_THE_PERSON: tuple[Promise, ...] = (
    _("Somebody who should not have seen your information may have seen it."),
    _("This is what they may have seen: say it in plain words, without using the file’s words."),
    _("This is when it happened: give the day."),
    _("This is what we have done to stop it, and what we do next."),
    _("You did nothing wrong."),
    _("You can ask us anything about it. Say who to ask, and a safe way to reach them."),
    _(
        "You can complain to the Information and Privacy Commissioner of Ontario."
        " We can help you do that."
    ),
)
BEFORE_TELLING: tuple[Promise, ...] = (
    _("Use the safe contact in the file. Somebody else may read their phone or open their mail."),
    _("If the person behind this may harm them, make a safety plan before you tell anybody else."),
    _("Do not tell a parent or caregiver who is implicated."),
)
WHO_ELSE: tuple[Promise, ...] = (
    _(
        "The Information and Privacy Commissioner and the Minister, when the regulation asks for"
        " it: such as information that was stolen, used on purpose without leave, shared further,"
        " or that harms many people or is very sensitive. Here it nearly always is. Ask counsel."
    ),
    _("The police, if somebody is in danger or a crime was done. In danger now: 911."),
    _("Another agency, if what was seen came from them."),
)
SOURCE = _("CYFSA, 2017, Part X; O. Reg. 191/18")
