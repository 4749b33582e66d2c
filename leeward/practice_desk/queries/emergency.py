"""What the audit counted, and what was done in an emergency, in words."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leeward.audit.models import AuditRow
from leeward.people.watching.queries import unusual

_COUNTED: dict[str, Promise | str] = {
    "searches": _("Searches for a name"),
    "not_on_team": _("Files of young people they never worked with"),
    "closed": _("Closed files of young people they never worked with"),
    "not_theirs": _("Addresses of files and pages that are not theirs"),
    "emergencies": _("Files opened in an emergency"),
    "own_name": _("Files opened in an emergency with a name like their own"),
}
_DONE: dict[str, Promise | str] = {
    "file.break_glass": _("Opened the file in an emergency"),
    "file.open": _("Read"),
}


@dataclass(frozen=True)
class Counted:
    """One thing that is counted: how often, in how many hours, and from where on it is asked."""

    what: str
    often: int
    hours: int
    most: int
    unusual: bool

    @property
    def days(self) -> int:
        """The hours as whole days, where they are more than one; otherwise 0."""
        days, rest = divmod(self.hours, 24)
        return 0 if rest or days < 2 else days


def counts_in_words(found: dict[str, int]) -> list[Counted]:
    """Every count, those to look at first."""
    asked = set(unusual(found))
    lines = [
        Counted(
            what=str(_COUNTED[name]),
            often=often,
            most=settings.LEEWARD_UNUSUAL[name][0],
            hours=settings.LEEWARD_UNUSUAL[name][1],
            unusual=name in asked,
        )
        for name, often in found.items()
    ]
    return sorted(lines, key=lambda line: not line.unusual)


def pages_in_words(rows: Iterable[AuditRow]) -> list[tuple[dt.datetime, str]]:
    """When, and what was done: opened, read, or added to the file."""
    return [(row.at, str(_DONE.get(row.action, _now("Added to the file")))) for row in rows]
