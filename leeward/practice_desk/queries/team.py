"""My team, as a supervisor reads it; the same lines for the worker they are about; and what is
handed over to whoever covers."""

from django.db import transaction

from leeward.access.actors import Actor
from leeward.access.rules import check
from leeward.audit import actions as audit
from leeward.reminders.handover.queries import HandedOver, handed_over
from leeward.reminders.oversight.queries import OfWorker, of_myself, of_those_i_supervise


@transaction.atomic
def my_team(*, by: Actor) -> list[OfWorker]:
    """Everybody this supervisor stands behind, and a record of whose names it showed."""
    check(by.role, "team.oversee")
    found = of_those_i_supervise(by)
    shown = set().union(*(each.shown for each in found))
    audit.record(by=by, action="team.oversee", shown=sorted(shown), purpose="team")
    return found


@transaction.atomic
def seen_of_me(*, by: Actor) -> OfWorker:
    """What this worker's supervisor reads of them, for themselves; recorded the same way."""
    check(by.role, "people.mine")
    found = of_myself(by)
    audit.record(by=by, action="people.mine", shown=sorted(found.shown), purpose="team")
    return found


@transaction.atomic
def handed_over_to(*, by: Actor, trace: str = "") -> HandedOver:
    """What this worker covers and who covers for them, and a record of whose names it showed;
    `trace` is the code of a copy on paper."""
    check(by.role, "file.print" if trace else "people.mine")
    found = handed_over(by)
    audit.record(
        by=by,
        action="cover.print" if trace else "cover.read",
        shown=found.shown,
        purpose="covering",
        trace=trace,
    )
    return found
