"""Where a request stands, in the words of either door."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leeward.law.requests import Clock


def left_in_words(clock: Clock) -> str:
    """For workers: `5 days left, by 2026-12-04`; on the last day and after it, that it is so."""
    day = clock.due_on.isoformat()
    if clock.past:
        return ngettext(
            "%(count)d day late: it had to be answered by %(day)s",
            "%(count)d days late: it had to be answered by %(day)s",
            clock.days_late,
        ) % {"count": clock.days_late, "day": day}
    if clock.days_left == 0:
        return _("Today is the last day (%(day)s)") % {"day": day}
    return ngettext(
        "%(count)d day left, by %(day)s", "%(count)d days left, by %(day)s", clock.days_left
    ) % {"count": clock.days_left, "day": day}
