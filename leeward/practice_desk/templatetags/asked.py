"""What pages say of requests about a file."""

import uuid

from django import template

from leeward.law.requests import Clock
from leeward.observations.models import Observation
from leeward.practice_desk.drawing import language
from leeward.requests.copying.queries import ground_name
from leeward.requests.in_words import left_in_words
from leeward.requests.models import Statement

register = template.Library()


@register.filter
def left(clock: Clock) -> str:
    """How long is left, in words."""
    return left_in_words(clock)


@register.filter
def ground_in_words(ground: str) -> str:
    """A ground as the copy says it, in the language of the page."""
    return ground_name(ground, language())


@register.filter
def stated(note: Observation, statements: dict[uuid.UUID, list[Statement]]) -> list[Statement]:
    """What the young person states beside this note, out of `statements` of the page."""
    return statements.get(note.pk, []) if statements else []
