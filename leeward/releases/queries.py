"""What was released to a young person, and what they say of it themselves."""

import uuid
from dataclasses import dataclass

from django.utils import timezone

from leeward.access.actors import Actor
from leeward.audit.queries import last_read
from leeward.entry.models import Entry
from leeward.entry.queries import newest_offer, private_is_open
from leeward.missing.models import StepNews
from leeward.observations.models import Observation
from leeward.people.models import YoungPerson
from leeward.releases import rules
from leeward.releases.models import Release, Side, StepRelease

# How the audit names that they read their file: it was open, and they looked.
READ, FILE_PAGE = "space.read", "file"


@dataclass(frozen=True)
class Leaf:
    """A page of their file: a note while it is released to them, and their side of it.

    Without a release there is no note here: only what they wrote themselves.
    """

    note_id: uuid.UUID
    release: Release | None
    side: Side | None

    @property
    def note(self) -> Observation | None:
        """What the worker wrote."""
        return self.release.note if self.release else None

    @property
    def about(self) -> str:
        """The day or month that the note is about, where it is another than it was written on."""
        if self.note is None:
            return ""
        written_on = timezone.localdate(self.note.recorded_at).isoformat()
        return "" if self.note.on == written_on else str(self.note.on)

    @property
    def is_corrected(self) -> bool:
        """Whether another note took its place since."""
        return self.note is not None and hasattr(self.note, "corrected_by")


@dataclass(frozen=True)
class Standing:
    """What a worker sees of it beside a note. `offered`: there is a My space to release it to."""

    newest: Release | None
    side: Side | None
    offered: bool

    @property
    def released(self) -> bool:
        """Whether it may be read in My space now."""
        return self.newest is not None and self.newest.kind == Release.Kind.RELEASED


def newest_release(note: Observation) -> Release | None:
    """What was decided last about a note."""
    rows = Release.objects.filter(note=note).select_related("recorded_by")
    return rows.order_by("-number").first()


def newest_side(person: YoungPerson, note_id: uuid.UUID) -> Side | None:
    """What the young person says of a note of theirs, as it stands."""
    return Side.objects.filter(person=person, note=note_id).order_by("-number").first()


def sides_of(person: YoungPerson) -> dict[uuid.UUID, Side]:
    """The same for every note of a file, by note."""
    return {each.note_id: each for each in Side.objects.filter(person=person).order_by("number")}


def standing(note: Observation) -> Standing:
    """Everything that a worker's page of a note shows. The note itself was fetched for them."""
    return Standing(
        newest=newest_release(note),
        side=newest_side(note.person, note.pk),
        offered=Entry.objects.filter(person=note.person_id).exists(),
    )


def is_released(person: YoungPerson, note_id: uuid.UUID) -> bool:
    """Whether a note of theirs may be read in My space now."""
    return Release.objects.standing().filter(person=person, note=note_id).exists()


def was_released(person: YoungPerson, note_id: uuid.UUID) -> bool:
    """Whether a note of theirs could ever be read in My space."""
    rows = Release.objects.filter(person=person, note=note_id)
    return rows.filter(kind=Release.Kind.RELEASED).exists()


def file_of(actor: Actor, person: YoungPerson) -> list[Leaf]:
    """The young person's file as they may read it, newest first: what is released to them, and
    after it what they once wrote beside a note that is here no longer."""
    rows = Release.objects.visible_to(actor).standing().filter(person=person)
    found = rows.select_related("recorded_by", "note__recorded_by", "note__corrected_by")
    sides = sides_of(person)
    leaves = [
        Leaf(each.note_id, each, sides.pop(each.note_id, None))
        for each in found.order_by("-note__sort_on", "-note__recorded_at", "-note_id")
    ]
    left = sorted(sides.values(), key=lambda each: each.recorded_at, reverse=True)
    return leaves + [Leaf(each.note_id, None, each) for each in left]


def leaf_of(actor: Actor, person: YoungPerson, note_id: uuid.UUID) -> Leaf:
    """One page of it. Raises Observation.DoesNotExist for what `file_of` does not show."""
    for each in file_of(actor, person):
        if each.note_id == note_id:
            return each
    raise Observation.DoesNotExist


def steps_of(actor: Actor, person: YoungPerson) -> list[StepNews]:
    """What was done while nobody knew where they were, as far as it is released to them; the
    newest first. What was written anew since is another step, and released by itself."""
    rows = StepRelease.objects.visible_to(actor).standing().filter(person=person)
    found = rows.select_related("step__recorded_by").order_by("-step__recorded_at", "-step_id")
    return [each.step for each in found]


def released_steps(person: YoungPerson) -> set[uuid.UUID]:
    """Which of their steps they may read in My space now, for the worker's page."""
    rows = StepRelease.objects.standing().filter(person=person)
    return set(rows.values_list("step_id", flat=True))


def something_new(entry: Entry, *, borrowed: bool) -> bool:
    """Whether a note was released since they last read their file, which is open on this visit.

    Where it is closed nothing is said: whoever holds that phone need not know that there is more.
    """
    if closed_because(entry, borrowed=borrowed):
        return False
    read_at = last_read(entry.person_id, READ, FILE_PAGE)
    released = (
        Release.objects.standing().filter(person=entry.person_id),
        StepRelease.objects.standing().filter(person=entry.person_id),
    )
    return any(
        (rows.filter(recorded_at__gt=read_at) if read_at else rows).exists() for rows in released
    )


def closed_because(entry: Entry, *, borrowed: bool) -> rules.Closed:
    """Why nothing of it is shown on this visit; empty when it is (`rules.closed_because`)."""
    offer = newest_offer(entry.person)
    return rules.closed_because(
        borrowed=borrowed,
        watched=offer.watched if offer else rules.UNSURE,
        private_is_open=private_is_open(entry),
    )
