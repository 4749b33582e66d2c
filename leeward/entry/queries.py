"""How a young person comes in, as it stands. Nothing here opens what they alone see."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from leeward.access.actors import Actor, actor_for
from leeward.access.rules import may
from leeward.accounts.models import Worker
from leeward.entry.faces import Face, offered, places
from leeward.entry.models import AgencyChoice, CodeRequest, Entry, Offer, Passkey, Visit
from leeward.people.covering.queries import covering
from leeward.people.models import Assignment, YoungPerson


@dataclass(frozen=True)
class Standing:
    """What workers know of it: offered how, whether there are words, whether it is locked."""

    offer: Offer | None
    entry: Entry | None
    waiting: CodeRequest | None
    may_agree: bool
    may_take_back: bool

    @property
    def face(self) -> str:
        """What it looks like."""
        return face_of(self.entry, self.offer)

    @property
    def words_wait(self) -> bool:
        """Whether words were made that nobody has used yet, and that may still be."""
        entry = self.entry
        return bool(
            entry
            and entry.begun_at is None
            and entry.begin_by is not None
            and entry.begin_by > timezone.now()
        )


@dataclass(frozen=True)
class Offered:
    """What an agency lets its young people pick from, and where leaving leads there."""

    faces: list[Face]
    leave_to: str


def offered_by(agency_id: uuid.UUID) -> Offered:
    """What this agency chose last, as far as the installation still has it."""
    chosen = AgencyChoice.objects.filter(agency_id=agency_id).order_by("-chosen_at", "-id").first()
    faces, leave_to = offered(), places()[0]
    if chosen:
        faces = [each for each in faces if each.slug in chosen.faces.split()] or faces
        leave_to = chosen.leave_to if chosen.leave_to in places() else leave_to
    return Offered(faces, leave_to)


def newest_offer(person: YoungPerson) -> Offer | None:
    """What they and a worker found last."""
    rows = Offer.objects.filter(person=person).select_related("recorded_by")
    return rows.order_by("-recorded_at", "-id").first()


def face_of(entry: Entry | None, offer: Offer | None) -> str:
    """What it looks like: as they chose since, else as it was offered last."""
    chosen = (entry.face if entry else "") or (offer.face if offer else "")
    return chosen or Offer.Face.NOTES.value


def waiting_request(person: YoungPerson) -> CodeRequest | None:
    """The request for words that nobody has answered, if any."""
    rows = CodeRequest.objects.waiting().filter(person=person).select_related("asked_by")
    return rows.order_by("-asked_at").first()


def standing(actor: Actor, person: YoungPerson) -> Standing:
    """Everything that the worker's page shows."""
    waiting = waiting_request(person)
    may_code = may(actor.role, "space.code")
    return Standing(
        offer=newest_offer(person),
        entry=Entry.objects.filter(person=person).first(),
        waiting=waiting,
        may_agree=bool(waiting and may_code and waiting.asked_by_id != actor.id),
        may_take_back=bool(waiting and waiting.asked_by_id == actor.id),
    )


def could_agree(person: YoungPerson, but_not: Worker) -> list[Worker]:
    """Who could agree to words for them: their team, its supervisors and whoever covers, without
    whoever asks."""
    team = Assignment.objects.filter(person=person, until__isnull=True)
    near = Q(pk__in=team.values("worker")) | Q(pk__in=team.values("worker__supervised_by"))
    near |= Q(pk__in=covering(person))
    found = Worker.objects.filter(near, is_active=True).exclude(pk=but_not.pk)
    return [each for each in found.order_by("display_name", "id") if may_code_for(each, person)]


def may_code_for(worker: Worker, person: YoungPerson) -> bool:
    """Whether this worker could ask for words for them today, or agree to some."""
    if not worker.is_active:
        return False
    mine = YoungPerson.objects.visible_to(actor_for(worker), "space.code")
    return mine.filter(pk=person.pk).exists()


def is_locked(person: YoungPerson) -> bool:
    """Whether no number opens it, until a worker unlocks it."""
    return Entry.objects.filter(person=person, locked_at__isnull=False).exists()


def private_is_open(entry: Entry) -> bool:
    """Whether what only the young person sees may be shown: words were not made anew, or long
    enough ago, or the words for coming back were given since."""
    return entry.private_until is None or entry.private_until <= timezone.now()


def own_entry(actor: Actor) -> Entry:
    """The way in of the young person who is in, with who they are. Raises Entry.DoesNotExist."""
    return Entry.objects.visible_to(actor).select_related("person").get()


def may_have_passkey(person_id: uuid.UUID) -> bool:
    """Whether a phone may open it alone: theirs, and seen by nobody else, as they said last."""
    rows = Offer.objects.filter(person_id=person_id).order_by("-recorded_at", "-id")
    found = rows.first()
    own, unseen = Offer.Where.OWN.value, Offer.Watched.NO.value
    return bool(found and found.where == own and found.watched == unseen)


def passkeys_of(actor: Actor) -> list[Passkey]:
    """The phones that open it, the newest first. What they are checked with stays sealed."""
    return list(Passkey.objects.visible_to(actor).defer("public").order_by("-made_at", "-id"))


def limits(*, borrowed: bool) -> tuple[dt.timedelta, dt.timedelta]:
    """How long a visit may lie unused, and last in all (LEEWARD_MY_SPACE_MINUTES)."""
    idle, whole = settings.LEEWARD_MY_SPACE_MINUTES["borrowed" if borrowed else "own"]
    return dt.timedelta(minutes=idle), dt.timedelta(minutes=whole)


def elsewhere(actor: Actor, visit: Visit) -> list[Visit]:
    """Where else whoever is in by this visit is in, the newest first. Not which notebook is open
    there: that stays in its sealed field."""
    rows = Visit.objects.visible_to(actor).exclude(pk=visit.pk).defer("opens")
    return [each for each in rows.order_by("-began_at", "-id") if not is_over(each)]


def closes_at(visit: Visit) -> dt.datetime:
    """When it ends by itself, if nothing more is done."""
    idle, _whole = limits(borrowed=visit.borrowed)
    return min(visit.used_at + idle, visit.ends_at)


def is_over(visit: Visit) -> bool:
    """Whether it was unused or lasted too long."""
    return closes_at(visit) <= timezone.now()
