"""Who acts. Every action takes `by=` an Actor; every fetch takes one too."""

import uuid
from dataclasses import dataclass
from typing import Literal

from leeward.access.rules import YOUNG_PERSON
from leeward.accounts.models import Worker


class NobodyWrites(ValueError):
    """Every row about a young person has a worker behind it; the system signs none, and what a
    young person writes is a row of their own."""


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
        """The worker who signs what this actor writes. Raises NobodyWrites for anybody else."""
        if self.id is None or self.kind == "young_person":
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


def young_person(person_id: uuid.UUID, agency_id: uuid.UUID) -> Actor:
    """The Actor that a young person is, who has come in to what is their own. Never by a name."""
    return Actor(kind="young_person", id=person_id, agency_id=agency_id, role=YOUNG_PERSON)
