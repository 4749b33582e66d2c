"""When a meeting is, in words, by the clocks where it is. Pages and paper both use it."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leeward.conferences.before.models import Sitting
from leeward.core.templatetags.leeward import clock

# Each of `rules.ZONES`.
ZONES: dict[str, Promise | str] = {
    "America/Toronto": _("Eastern time (Toronto, Ottawa, Sudbury)"),
    "America/Thunder_Bay": _("Eastern time (Thunder Bay)"),
    "America/Winnipeg": _("Central time (Kenora, Rainy River)"),
    "America/Atikokan": _("Eastern standard time all year (Atikokan)"),
}


def when_in_words(sitting: Sitting) -> str:
    """The day, from when until when, and by which clocks: `2026-05-05, 10:00 to 11:30, …`."""
    zone = ZoneInfo(sitting.zone)
    starts = sitting.starts_at.astimezone(zone)
    ends = (sitting.starts_at + dt.timedelta(minutes=sitting.minutes)).astimezone(zone)
    return _now("%(day)s, %(start)s to %(end)s. %(zone)s") % {
        "day": starts.date().isoformat(),
        "start": clock(starts.time()),
        "end": clock(ends.time()),
        # Without the places that help to choose.
        "zone": str(ZONES.get(sitting.zone, sitting.zone)).partition(" (")[0],
    }
