"""Where a disclosure crosses from one agency to another: the one place outside the audit that
writes a row of an agency at which the one who acts does not work."""

import contextlib
import uuid
from dataclasses import dataclass

from leeward.access.actors import Actor
from leeward.core.boundary import for_row_of


@dataclass(frozen=True)
class Abroad:
    """Whoever acts, as another agency's log names them."""

    kind: str
    id: uuid.UUID | None
    agency_id: uuid.UUID | None


def at(agency_id: uuid.UUID) -> contextlib.AbstractContextManager[None]:
    """Inside, rows of that agency are there and no other's. Never hand one of them to a page."""
    return for_row_of(agency_id)


def seen_from(actor: Actor, agency_id: uuid.UUID) -> Abroad:
    """This actor for a row of that agency's log."""
    return Abroad(actor.kind, actor.id, agency_id)
