"""What pages say of reminders: what they are, and when, in words."""

import datetime as dt

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leeward.practice_desk.drawing import language
from leeward.reminders.rules import rules

register = template.Library()


@register.filter
def rule_words(name: str) -> str:
    """A row of reminders.csv, in the language of the page."""
    return rules()[name].words(language())


@register.filter
def promise_words(name: str) -> str:
    """A promise as a page about somebody says it: it tells nobody to do it."""
    return {
        "duty": _("the question about harm to a child"),
        "missing-step": _("a step while missing"),
        "return-talk": _("the talk after coming back"),
        "request": _("what they asked about their file"),
        "opinion": _("an opinion to look at again"),
        "plan-step": _("a step of the plan"),
        "plan-review": _("the safety plan to look at again"),
        "meeting-task": _("something taken on at a meeting"),
    }[name]


@register.filter
def from_today(day: dt.date | None) -> str:
    """How far a day is from today, in words: `3 days late`, `today`, `in 5 days`."""
    if day is None:
        return ""
    days = (day - timezone.localdate()).days
    if days < 0:
        return ngettext("%(count)d day late", "%(count)d days late", -days) % {"count": -days}
    if days == 0:
        return _("today")
    return ngettext("in %(count)d day", "in %(count)d days", days) % {"count": days}


@register.filter
def group_words(group: str) -> str:
    """The heading of a group of reminders."""
    return {
        "now": _("Now"),
        "late": _("Late"),
        "today": _("Today"),
        "no_day": _("Waiting, with no day"),
        "soon": _("Coming up"),
    }[group]
