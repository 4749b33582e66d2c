"""Who opened a file, as the young person reads it: the kind of worker, the day, and why. Never a
name, nor an agency. What a worker wrote freely about why may name somebody: it is not here."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leeward.accounts.models import Worker
from leeward.audit.queries import ELSEWHERE, openings_of
from leeward.people.models import YoungPerson

# So many rows of the audit are read for one page, and so many days of them are shown.
MOST_ROWS, MOST_DAYS = 400, 14
WHO: dict[str, str | Promise] = {
    "worker": _("A worker"),
    "supervisor": _("A supervisor of the workers"),
    "intake": _("A worker who meets people first"),
    "residence_staff": _("A worker where you live"),
    "youth_in_transition": _("A worker for moving on to adult life"),
    "survivor_peer": _("A peer worker"),
}
# Also where saying more could say too much.
SOMEBODY = _("Somebody whose work it is")
# Each makes a sentence with each of the above.
WHAT: dict[str, str | Promise] = {
    "file.open": _("read in it"),
    "file.print": _("printed a part of it"),
    "file.export": _("made a copy of it"),
    "file.break_glass": _("opened it in an emergency, and had to say why"),
    ELSEWHERE: _("read a part of it that was shared with them"),
}


@dataclass(frozen=True)
class Day:
    """A day in the agency's time, and what happened on it: who, and what they did."""

    on: dt.date
    openings: list[tuple[str, str]]


def opened_by(person: YoungPerson) -> list[Day]:
    """The newest days on which somebody opened this file, each kind of opening once. Two
    queries."""
    rows = list(openings_of(person.pk).order_by("-pk")[:MOST_ROWS])
    roles = dict(
        Worker.objects.filter(pk__in={row.actor_id for row in rows if row.actor_id}).values_list(
            "pk", "role"
        )
    )
    days: dict[dt.date, dict[tuple[str, str], None]] = {}
    for row in rows:
        role = roles.get(row.actor_id, "") if row.actor_id else ""
        of_day = days.setdefault(timezone.localtime(row.at).date(), {})
        of_day[str(WHO.get(role, SOMEBODY)), str(WHAT[row.action])] = None
    return [Day(on, list(found)) for on, found in list(days.items())[:MOST_DAYS]]
