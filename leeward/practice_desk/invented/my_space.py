"""One invented young person of the demo may come in to My space, by words and numbers we know."""

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from leeward.access.actors import actor_for
from leeward.accounts.models import Worker
from leeward.audit import actions as audit
from leeward.entry.actions import offer
from leeward.entry.codes import words_kept_as
from leeward.entry.models import Entry, Signpost
from leeward.people.models import YoungPerson

NAME = "Noʔeli"
WORDS, NUMBER, SECOND = "maple canoe lantern otter september", "704196", "583920"
WORKER = "wren"


@transaction.atomic
def let_in() -> None:
    """Let her in, the first time that this is asked; of other people, or none, do nothing."""
    worker = Worker.objects.filter(username=WORKER).first()
    if worker is None or Entry.objects.exists():
        return
    by = actor_for(worker)
    files = YoungPerson.objects.visible_to(by).filter(opened_by=worker).order_by("opened_at", "id")
    person = next((each for each in files if each.name_used == NAME), None)
    if person is None:
        return
    offer(by=by, person=person, face="notes", language="en", watched="unsure", where="own")
    entry, now = Entry.objects.get(person=person), timezone.now()
    entry.lookup, entry.made_at, entry.begun_at = words_kept_as(WORDS), now, now
    numbers = {"own": NUMBER, "other": SECOND, "back": WORDS}
    entry.numbers = {name: make_password(each) for name, each in numbers.items()}
    entry.save()
    Signpost.objects.create(lookup=entry.lookup, agency_id=person.agency_id)
    audit.record(by=by, action="space.invented", subject=person.pk)
