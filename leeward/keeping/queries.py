"""What is due, what is held, and what was disposed of."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from leeward.access.actors import Actor
from leeward.core.agency_time import today
from leeward.keeping.models import Disposal, Hold
from leeward.keeping.rules import FILE, due_on
from leeward.keeping.sources import closed_for, held, hidden


@dataclass(frozen=True)
class Due:
    """A closed file that has been kept as long as the schedule says."""

    person_id: uuid.UUID
    closed_on: dt.date
    due_on: dt.date


def due_file(actor: Actor, action: str, person_id: uuid.UUID) -> Due | None:
    """One closed file, due or not yet; None when it is open, or not this actor's."""
    found = closed_for(actor, action, person_id)
    return _dated(found[0].person_id, found[0].on) if found else None


def _dated(person_id: uuid.UUID, on: dt.date) -> Due:
    return Due(person_id, on, due_on(FILE, on, settings.LEEWARD_RETENTION))


def due_files(actor: Actor, action: str) -> list[Due]:
    """The files whose time is over and that nobody asked to dispose of yet, the oldest first."""
    waiting = set(Disposal.objects.of(actor).standing().values_list("person_id", flat=True))
    dated = (_dated(each.person_id, each.on) for each in closed_for(actor, action))
    now = today()
    return [each for each in dated if each.due_on <= now and each.person_id not in waiting]


def open_holds(actor: Actor) -> QuerySet[Hold]:
    """The holds of this actor's agency that stand, the newest first."""
    held: QuerySet[Hold] = _shown(Hold.objects.of(actor).open().select_related("set_by"), actor)
    return held.order_by("-set_at", "id")


def is_held(person_id: uuid.UUID) -> bool:
    """Whether a hold keeps this file, or something that another app must keep."""
    held_here = Hold.objects.open().filter(person_id=person_id).exists()
    return held_here or any(keeps(person_id) for keeps in held)


def disposals(actor: Actor) -> QuerySet[Disposal]:
    """Every disposal of this actor's agency, the newest first."""
    found = Disposal.objects.of(actor).select_related(
        "asked_by", "approved_by", "refused_by", "agency"
    )
    return _shown(found, actor).order_by("-asked_at", "id")


def _shown(rows: QuerySet[Any], actor: Actor) -> QuerySet[Any]:
    """Without those about somebody whose file does not exist for this actor."""
    for of in hidden:
        rows = rows.exclude(person_id__in=of(actor))
    return rows


def hidden_ids(actor: Actor) -> set[uuid.UUID]:
    """Those whose file does not exist for this actor."""
    return {row["pk"] for of in hidden for row in of(actor)}
