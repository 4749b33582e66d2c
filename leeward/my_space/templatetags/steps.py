"""Whom a step tells, for what may be read of times away."""

from django import template
from django.utils.translation import get_language

from leeward.law.rules import builtin_rules

register = template.Library()


@register.filter
def told_whom(step: str) -> str:
    """`The police`, of the table of the law, in the language of the page."""
    rows = {one.id: one.told for one in builtin_rules().missing_steps}
    return rows[step].in_language(get_language() or "en") if step in rows else step
