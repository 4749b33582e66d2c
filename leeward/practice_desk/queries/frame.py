"""The identity bar that stands on every page of a person."""

from dataclasses import dataclass

from leeward.core.agency_time import today
from leeward.core.partial_dates import age_range
from leeward.missing.models import Episode
from leeward.missing.queries import open_episode
from leeward.people.models import SafeContact, YoungPerson
from leeward.people.queries import safe_contact
from leeward.placements.models import Placement
from leeward.placements.queries import current


@dataclass(frozen=True)
class PersonFrame:
    """Who this is, how to reach them safely, where they live, and whether they are missing."""

    safe_contact: SafeContact | None
    placement: Placement | None
    episode: Episode | None
    youngest: int | None
    oldest: int | None

    @property
    def age(self) -> str:
        """`16`, or `15–16` when the birth date is not exact; empty when unknown."""
        if self.youngest is None:
            return ""
        if self.youngest == self.oldest:
            return str(self.youngest)
        return f"{self.youngest}–{self.oldest}"


def frame_of(person: YoungPerson) -> PersonFrame:
    """Three queries, whatever the size of the file."""
    ages = age_range(person.born, today())
    return PersonFrame(
        safe_contact=safe_contact(person),
        placement=current(person),
        episode=open_episode(person),
        youngest=ages[0] if ages else None,
        oldest=ages[1] if ages else None,
    )
