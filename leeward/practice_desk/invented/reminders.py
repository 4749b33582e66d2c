"""One thing that an invented worker put off, with a reason that her supervisor reads."""

from django.db import transaction

from leeward.access.actors import actor_for
from leeward.accounts.models import Worker
from leeward.reminders import actions
from leeward.reminders.models import PutOff
from leeward.reminders.queries import needed

WORKER, WHY = "wren", "We agreed to look at it together once exams are over."


@transaction.atomic
def put_something_off() -> None:
    """The first time that this is asked; where nothing may wait, do nothing."""
    worker = Worker.objects.filter(username=WORKER).first()
    if worker is None or PutOff.objects.exists():
        return
    by = actor_for(worker)
    waits = next((each for each in needed(by) if each.last), None)
    if waits and waits.last:
        actions.put_off(by=by, about=waits.about, until=waits.last, reason=WHY)
