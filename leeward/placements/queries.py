"""Reading where somebody lives."""

from collections.abc import Iterable

from leeward.people.models import YoungPerson
from leeward.placements.models import Placement


def current(person: YoungPerson) -> Placement | None:
    """Where they live now, or None when nobody has recorded it."""
    return person.placements.filter(until__isnull=True).first()


def history(person: YoungPerson) -> list[Placement]:
    """Every place, newest first."""
    return list(person.placements.select_related("recorded_by").order_by("-since", "-recorded_at"))


# Places in which a young person is in care, or has a society's support as if they were.
IN_CARE = frozenset(
    {
        Placement.Kind.CUSTOMARY_CARE.value,
        Placement.Kind.FOSTER.value,
        Placement.Kind.RESIDENCE.value,
        Placement.Kind.VOLUNTARY_AGREEMENT.value,
    }
)


def in_care(places: Iterable[Placement]) -> bool | None:
    """Whether somebody is in care, as far as where they live tells; None when it does not.

    Whoever lived in care before may have supports still, and nobody knows that from a place alone.
    """
    places = list(places)
    now = {each.kind for each in places if each.until is None}
    if now & IN_CARE:
        return True
    at_home = Placement.Kind.OWN_OR_KIN.value
    return False if now == {at_home} and {each.kind for each in places} == {at_home} else None
