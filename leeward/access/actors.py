"""Who acts. Every action takes `by=` an Actor; every fetch takes one too."""

import uuid
from dataclasses import dataclass
from typing import Literal

from leeward.accounts.models import Worker


class NobodyWrites(ValueError):
    """Every row about a young person has somebody behind it; the system signs none."""


@dataclass(frozen=True)
class Actor:
    """A worker, a young person, or the system itself, as the rest of Leeward sees them."""

    kind: Literal["worker", "young_person", "system"]
    id: uuid.UUID | None
    agency_id: uuid.UUID | None
    role: str
    name: str = ""

    @property
    def author_id(self) -> uuid.UUID:
        """Who signs what this actor writes. Raises NobodyWrites for the system."""
        if self.id is None:
            raise NobodyWrites
        return self.id

    @property
    def own_agency_id(self) -> uuid.UUID:
        """Where what this actor writes is kept. Raises NobodyWrites for the system."""
        if self.agency_id is None:
            raise NobodyWrites
        return self.agency_id


# Commands that no person runs by hand: populate, migrations of content, retention.
SYSTEM = Actor(kind="system", id=None, agency_id=None, role="system", name="Leeward")


def actor_for(worker: Worker) -> Actor:
    """The Actor that a signed-in worker is."""
    return Actor(
        kind="worker",
        id=worker.id,
        agency_id=worker.agency_id,
        role=worker.role,
        name=worker.display_name,
    )
