"""Who may stand on a team, and who is kept from a file."""

import uuid

from django.db.models import QuerySet

from leeward.access.actors import Actor
from leeward.access.rules import may
from leeward.accounts.models import Worker
from leeward.people.models import YoungPerson
from leeward.people.standing.models import ConflictLock


def may_join(person: YoungPerson) -> QuerySet[Worker]:
    """Those who could be put on the team: of the agency, working, in a role that opens files, and
    not kept from this one."""
    kept = ConflictLock.objects.standing().filter(person=person).values("worker")
    return (
        Worker.objects.filter(agency_id=person.agency_id, is_active=True)
        .filter(role__in=[role for role in Worker.Role.values if may(role, "file.open")])
        .exclude(pk__in=kept)
        .order_by("display_name", "id")
    )


def may_be_kept_out(actor: Actor, person: YoungPerson) -> QuerySet[Worker]:
    """Those from whom this actor may lock the file: everybody of the agency but themselves and
    those it is locked to already. Whoever has left may come back, so they are here too."""
    kept = ConflictLock.objects.standing().filter(person=person).values("worker")
    return (
        Worker.objects.filter(agency_id=person.agency_id)
        .exclude(pk=actor.author_id)
        .exclude(pk__in=kept)
        .order_by("display_name", "id")
    )


def locks_of(person: YoungPerson) -> list[ConflictLock]:
    """Every lock of a file, those that stand first, the newest first."""
    rows = ConflictLock.objects.filter(person=person).select_related(
        "worker", "set_by", "ended_by"
    )
    return sorted(rows.order_by("-since", "-id"), key=lambda lock: lock.until is not None)


def person_to_lock(actor: Actor, person_id: uuid.UUID) -> YoungPerson:
    """The person whose locks this actor may see and set. Raises YoungPerson.DoesNotExist."""
    return YoungPerson.objects.visible_to(actor, "file.lock").get(pk=person_id)
