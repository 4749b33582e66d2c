"""Reading where somebody lives."""

from leeward.people.models import YoungPerson
from leeward.placements.models import Placement


def current(person: YoungPerson) -> Placement | None:
    """Where they live now, or None when nobody has recorded it."""
    return person.placements.filter(until__isnull=True).first()


def history(person: YoungPerson) -> list[Placement]:
    """Every place, newest first."""
    return list(person.placements.select_related("recorded_by").order_by("-since", "-recorded_at"))
