"""What My file says beside a note."""

import uuid

from django import template

from leeward.observations.models import Observation
from leeward.requests.models import Statement

register = template.Library()


@register.filter
def stated(
    note: Observation | None, statements: dict[uuid.UUID, list[Statement]]
) -> list[Statement]:
    """What they state beside this note themselves, out of `statements` of the page."""
    return statements.get(note.pk, []) if note else []
