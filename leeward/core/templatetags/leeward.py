"""How dates, times and names of things are written on a page, in English and French."""

import datetime as dt
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

register = template.Library()

NARROW = "\u202f"


@register.filter
def day(value: dt.date | dt.datetime | str | None) -> SafeString | str:
    """`2025-03-10` as a <time> that never breaks over a line; text (a partial date) as it is."""
    if not value:
        return ""
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value).date()
    return format_html('<time class="nw" datetime="{}">{}</time>', str(value), str(value))


@register.filter
def clock(value: dt.datetime | dt.time | None) -> str:
    """`14:05` in English, `14 h 05` in French."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value).time()
    if (get_language() or "en").startswith("fr"):
        return f"{value.hour}\u00a0h\u00a0{value.minute:02}"
    return f"{value.hour:02}:{value.minute:02}"


@register.filter
def moment(value: dt.datetime | None) -> SafeString | str:
    """Day and time of a moment, in the agency's zone."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return format_html(
        '<time class="nw" datetime="{}">{}, {}</time>',
        local.isoformat(timespec="minutes"),
        local.date().isoformat(),
        clock(local),
    )


@register.filter
def quoted(value: str) -> str:
    """Exact words in the quotation marks of the page's language."""
    if (get_language() or "en").startswith("fr"):
        return f"«\u00a0{value}\u00a0»"
    return f"“{value}”"


@register.filter
def colon(value: object) -> str:
    """A label with its colon, which French sets apart by a space that does not break."""
    return f"{value}\u00a0:" if (get_language() or "en").startswith("fr") else f"{value}:"


@register.filter
def since(value: dt.datetime) -> str:
    """The time since, in the largest unit that says it: `5 minutes`, `3 hours`, `2 days`."""
    minutes = max(0, int((timezone.now() - value).total_seconds() // 60))
    if minutes < 60:
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    hours = minutes // 60
    if hours < 48:
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    days = hours // 24
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


@register.filter
def days_since(value: dt.date | None) -> str:
    """Whole days since a day, in words; `never` for None."""
    if value is None:
        return _("never")
    days = (timezone.localdate() - value).days
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


@register.filter
def initials(name: str) -> str:
    """One or two letters to stand in a likeness: the first of the first and of the last piece."""
    parts = name.split()
    letters = [part[0] for part in ([parts[0], parts[-1]] if len(parts) > 1 else parts[:1])]
    return "".join(letters).upper()


@register.filter
def get(mapping: dict[Any, Any], key: Any) -> Any:
    """`mapping[key]`, or nothing."""
    return mapping.get(key, "") if mapping else ""
