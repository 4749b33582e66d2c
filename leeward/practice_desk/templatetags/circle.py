"""What the pages of the circle say of a tie."""

from django import template

from leeward.practice_desk import circle_drawing
from leeward.relationships import in_words
from leeward.relationships.kin import kin
from leeward.relationships.kin_in_words import Placed, kin_word, related_in_words
from leeward.relationships.models import Ring, Stands
from leeward.relationships.queries import Standing
from leeward.relationships.rules import Facts

register = template.Library()


@register.filter
def part(each: Standing) -> str:
    """Which part somebody plays, or what it is to them."""
    return in_words.part_in_words(each)


@register.filter
def stands(each: Standing) -> str:
    """How a tie is."""
    return circle_drawing.stands_in_words(each)


@register.filter
def in_a_line(each: Standing) -> str:
    """A tie as the picture says it."""
    return circle_drawing.tie_in_words(each)


@register.filter
def about(facts: Facts) -> str:
    """What it is, family, paid or not, what weighs."""
    return ", ".join(in_words.about_in_words(facts))


@register.filter
def topics(named: tuple[str, ...]) -> str:
    """What somebody may or must not be told of."""
    return circle_drawing.topics_in_words(named)


@register.filter
def ring_name(facts: Facts) -> str:
    """How near."""
    return str(Ring(facts.ring).label)


@register.filter
def tie_name(facts: Facts) -> str:
    """How a tie is, in a word."""
    return str(Stands(facts.stands).label)


@register.filter
def related(each: Placed) -> str:
    """How somebody is related, and through whom."""
    return related_in_words(each)


@register.filter
def kin_name(facts: Facts) -> str:
    """How somebody is, or was, related, in a word; empty where it is not said."""
    found = kin().get(facts.kin)
    return kin_word(found) if found else ""
