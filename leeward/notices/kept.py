"""Notices about what somebody must not know of: for them, the notice is not there either.

Apps above register, in `ready()`, which things do not exist for an actor. It becomes part of the
one query that reads notices, so that nothing is counted, listed, opened or settled by its id.
"""

import uuid
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from leeward.access.actors import Actor

# The ids that do not exist for this actor, as a query that is never run by itself.
Hidden = Callable[[Actor], "QuerySet[Any, uuid.UUID]"]
_hidden: dict[str, Hidden] = {}


def register(name: str, hidden: Hidden) -> None:
    """Add what an app keeps from an actor; the same name again puts the newer in its place."""
    _hidden[name] = hidden


def kept_from(actor: Actor) -> "list[QuerySet[Any, uuid.UUID]]":
    """What no notice for this actor may be about, one query an app."""
    return [hidden(actor) for hidden in _hidden.values()]
