"""Recording where somebody lives."""

import datetime as dt

from django.db import transaction

from leeward.access.actors import Actor
from leeward.access.rules import check
from leeward.audit import actions as audit
from leeward.people.models import YoungPerson
from leeward.people.queries import locked
from leeward.placements.models import Placement
from leeward.placements.queries import current


class StartsTooEarly(ValueError):
    """The new place starts before the one it follows."""


@transaction.atomic
def move(
    *, by: Actor, person: YoungPerson, kind: str, since: dt.date, with_whom: str = ""
) -> Placement:
    """Record where they live from `since`; the place before ends that day and stays on the record.

    The same move sent twice is one. Raises StartsTooEarly when the current place began after
    `since`.
    """
    check(by.role, "file.write")
    before = current(locked(person))
    if before and (before.kind, before.since, before.with_whom) == (kind, since, with_whom):
        return before
    if before:
        if before.since > since:
            raise StartsTooEarly
        before.until = since
        before.save(update_fields=["until"])
    row = Placement.objects.create(
        person=person,
        recorded_by_id=by.author_id,
        kind=Placement.Kind(kind).value,
        since=since,
        with_whom=with_whom,
    )
    audit.record(by=by, action="file.placement", subject=person.pk)
    return row
