"""One invented young person of the demo may come in to My space, by words and numbers we know."""

import datetime as dt
from dataclasses import replace

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from leeward.access.actors import Actor, actor_for, young_person
from leeward.accounts.models import Worker
from leeward.audit import actions as audit
from leeward.core.agency_time import today
from leeward.entry.actions import offer
from leeward.entry.codes import words_kept_as
from leeward.entry.models import Entry, Signpost
from leeward.observations.models import Observation, harm_level
from leeward.people.models import YoungPerson
from leeward.practice_desk.invented.meetings import hold_meetings
from leeward.releases.actions import release, write_side
from leeward.releases.rules import NO, QUESTIONS
from leeward.requests.actions import Asked, ask, refuse_correction, state

NAME = "Noʔeli"
WORDS, NUMBER, SECOND = "maple canoe lantern otter september", "704196", "583920"
WORKER = "wren"
# A correction that was refused, and what she says of that; one that is in its last days.
REFUSED = Asked(
    "correction",
    "Bikes for an hour, nothing hard.",
    "We talked about school, and that was hard.",
    "It sounds as if I was fine.",
)
WHY_NOT = "I wrote what I saw that day. Your words now stand beside mine."
STATED = "It was hard for me. I did not show it, because we had just met."
ASKED = Asked("correction", "My aunt is called Mary.", "Her name is Marie.")
ASKED_AGO = dt.timedelta(days=26)
RELEASED, SIDE = 2, "I did this by myself. Please write that too."


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
    _let_read(by, person)
    hold_meetings(by, person)


def _let_read(by: Actor, person: YoungPerson) -> None:
    """Release two plain notes of the same worker, and let her say her side of the newer."""
    notes = Observation.objects.filter(
        person=person, recorded_by_id=by.id, has_signs=False, source="seen", text__isnull=False
    ).filter(corrected_by__isnull=True)
    plain = [each for each in notes.order_by("-sort_on", "-id") if harm_level(each) == "none"]
    for note in plain[:RELEASED]:
        release(by=by, note=note, answers=dict.fromkeys(QUESTIONS, NO))
    own = young_person(person.pk, person.agency_id)
    for note in plain[:1]:
        write_side(by=own, person=person, note_id=note.pk, version=0, words=SIDE)
    _let_ask(by, own, person, plain[RELEASED - 1 : RELEASED])


def _let_ask(by: Actor, own: Actor, person: YoungPerson, notes: list[Observation]) -> None:
    """One request that was refused, with her statement beside the note, and one that waits."""
    for note in notes:
        row = ask(by=own, person=person, asked=replace(REFUSED, note=note))
        refuse_correction(by=by, request=row, reasons=WHY_NOT, note=note)
        state(by=own, request=row, version=0, words=STATED)
    ask(by=by, person=person, asked=ASKED, how="paper", on=today() - ASKED_AGO)
