"""An agency's choice of what My space may look like, and where leaving leads."""

from collections.abc import Collection

from django.db import transaction

from leeward.access.actors import Actor
from leeward.access.rules import check
from leeward.audit import actions as audit
from leeward.entry.faces import offered, places
from leeward.entry.models import AgencyChoice


class NotInstalled(ValueError):
    """A face, or a place, that this installation does not have; or none at all."""


@transaction.atomic
def choose_offered(*, by: Actor, faces: Collection[str], leave_to: str) -> AgencyChoice:
    """Offer these faces from now on, and let leaving lead there. Whoever has a face keeps it.

    `faces` are of FACES, `leave_to` is one of `faces.places()`. Raises NotInstalled.
    """
    check(by.role, "space.choose")
    kept = [each.slug for each in offered() if each.slug in faces]
    if not kept or len(kept) != len(set(faces)) or leave_to not in places():
        raise NotInstalled
    row = AgencyChoice.objects.create(
        agency_id=by.own_agency_id,
        chosen_by_id=by.author_id,
        faces=" ".join(kept),
        leave_to=leave_to,
    )
    audit.record(by=by, action="space.choose", subject=row.pk, purpose=" ".join(kept))
    return row
