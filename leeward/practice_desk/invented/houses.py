"""One invented house of the demo, with who is in it tonight."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from leeward.access.actors import actor_for
from leeward.accounts.models import Worker
from leeward.core.agency_time import today
from leeward.people.models import YoungPerson
from leeward.residences import actions
from leeward.residences.models import Presence, Residence

HOUSE, SUPERVISOR, WORKER, LIVE_HERE, BEDS = "Made-Up House", "sam", "wren", 4, 2


@transaction.atomic
def open_house() -> None:
    """Open it, the first time that this is asked; where there is nobody to open it, do nothing."""
    found = {
        each.username: each for each in Worker.objects.filter(username__in=[SUPERVISOR, WORKER])
    }
    if len(found) < 2 or Residence.objects.exists():
        return
    by = actor_for(found[WORKER])
    house = actions.open_residence(by=actor_for(found[SUPERVISOR]), name=HOUSE)
    actions.say_free_beds(by=by, residence=house, count=BEDS)
    files = YoungPerson.objects.visible_to(by).filter(state="open", opened_by=found[WORKER])
    for nth, person in enumerate(files.order_by("-opened_at", "id")[:LIVE_HERE]):
        actions.move_in(
            by=by, person=person, residence=house, since=today() - dt.timedelta(days=9)
        )
        if nth == 0:
            back = timezone.now() + dt.timedelta(hours=2)
            actions.come_or_go(
                by=by, person=person, kind=Presence.Kind.OUT, where="The skate park", back_by=back
            )
        elif nth < LIVE_HERE - 1:
            actions.come_or_go(by=by, person=person, kind=Presence.Kind.IN)
        if nth == 1:
            words = "A call to a sister was promised for tomorrow at 16:00."
            actions.tell_next_shift(by=by, person=person, words=words)
