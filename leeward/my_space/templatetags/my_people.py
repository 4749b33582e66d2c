"""Words of a tie, for the templates of my people."""

from django import template

from leeward.my_space import circle_words
from leeward.relationships import in_words
from leeward.relationships.models import Ring, Stands
from leeward.relationships.queries import Standing
from leeward.relationships.rules import Facts

register = template.Library()


@register.filter
def part(each: Standing) -> str:
    """Which part somebody plays."""
    return in_words.part_in_words(each)


@register.filter
def how(each: Standing) -> str:
    """How a tie is."""
    return circle_words.how_in_words(each)


@register.filter
def stands(facts: Facts) -> str:
    """How a tie is, or was, in a word."""
    return str(Stands(facts.stands).label)


@register.filter
def about(facts: Facts) -> str:
    """What it is, family, paid or not, what is behind it."""
    return ", ".join(in_words.about_in_words(facts))


@register.filter
def ring_name(facts: Facts) -> str:
    """How near."""
    return str(Ring(facts.ring).label)


@register.filter
def may_know(facts: Facts, answer: str) -> str:
    """What somebody may (`yes`) or must not (`no`) know; `ask`: what needs a question first."""
    return ", ".join(circle_words.may_know(facts, answer))
