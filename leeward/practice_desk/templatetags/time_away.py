"""Words for time away: how long, in which part of a day, and what came before."""

import datetime as dt

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leeward.missing import rules

register = template.Library()


@register.filter
def lasting(value: dt.timedelta | None) -> str:
    """`25 minutes`, `3 hours 5 minutes`, `2 days 4 hours`: the two largest units that say it."""
    if value is None:
        return ""
    minutes = int(value.total_seconds() // 60)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    said = [
        ngettext("%(count)d day", "%(count)d days", days) % {"count": days} if days else "",
        ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours} if hours else "",
        ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes},
    ]
    # A few minutes more or less say nothing of what took days.
    wanted = said[:2] if days else said if minutes or not hours else said[:2]
    return " ".join(each for each in wanted if each)


@register.filter
def part_of_day(part: str) -> str:
    """A part of a day in words."""
    return {
        rules.NIGHT: _("at night, before 6"),
        rules.MORNING: _("in the morning"),
        rules.AFTERNOON: _("in the afternoon"),
        rules.EVENING: _("in the evening, after 18"),
    }[part]


@register.filter
def before_it(what: str) -> str:
    """What came before: a contact, or a new place to live."""
    if what == "contact":
        return _("a worker met or called them")
    return _("a new place: %(what)s") % {"what": what}
