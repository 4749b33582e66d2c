"""Who works at an agency, and what is asked for them. Nothing here reaches a file's words."""

import uuid
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from leeward.access.actors import Actor
from leeward.access.rules import check, may
from leeward.accounts.models import Worker
from leeward.administration.models import Request
from leeward.people.models import YoungPerson

LATELY = 30


@dataclass(frozen=True)
class Waiting:
    """A request, and whether this actor is one who could agree to it."""

    request: Request
    may_agree: bool
    may_take_back: bool


def workers_of(actor: Actor) -> QuerySet[Worker]:
    """Everybody of the actor's agency, those who have left too. Raises NotAllowed."""
    check(actor.role, "administration.read")
    return (
        Worker.objects.filter(agency_id=actor.own_agency_id)
        .select_related("supervised_by")
        .order_by("-is_active", "display_name", "id")
    )


def worker_of(actor: Actor, worker_id: uuid.UUID) -> Worker:
    """One of them. Raises Worker.DoesNotExist alike for another agency's and nobody's."""
    return workers_of(actor).select_related("agency").get(pk=worker_id)


def supervisors_of(actor: Actor, worker: Worker | None = None) -> QuerySet[Worker]:
    """Who could supervise: the agency's supervisors who are here, but neither `worker` nor
    whoever asks."""
    found = Worker.objects.filter(
        agency_id=actor.own_agency_id, role=Worker.Role.SUPERVISOR, is_active=True
    ).exclude(pk=actor.author_id)
    return (found.exclude(pk=worker.pk) if worker else found).order_by("display_name", "id")


def requests_of(actor: Actor) -> QuerySet[Request]:
    """Every request this actor may know of, with those it names, the newest first."""
    return (
        Request.objects.visible_to(actor)
        .select_related("worker", "supervised_by", "asked_by", "answered_by", "agency")
        .order_by("-asked_at", "-id")
    )


def tied_to(worker_id: uuid.UUID | None) -> set[uuid.UUID]:
    """Those whose start this worker asked for, and whoever asked for theirs.

    As administrators they do not agree for one another: an administrator who made a second account
    for themself, to which somebody agreed in good faith, would be two people from then on.
    """
    started = Request.objects.filter(what=Request.What.START, answer=Request.Answer.AGREED)
    pairs = started.filter(Q(asked_by=worker_id) | Q(worker=worker_id))
    found = {each for pair in pairs.values_list("asked_by_id", "worker_id") for each in pair}
    return found - {worker_id}


def may_agree(actor: Actor, request: Request, tied: set[uuid.UUID] | None = None) -> bool:
    """Whether this actor could agree: a role that may, and neither who asked nor who gains, nor an
    administrator tied to who asked (`tied` to the actor, where that is known already)."""
    concerned = {request.asked_by_id, request.worker_id, request.supervised_by_id}
    if not may(actor.role, "administration.agree") or actor.id in concerned:
        return False
    if actor.role != Worker.Role.AGENCY_ADMINISTRATOR:
        return True
    return request.asked_by_id not in (tied_to(actor.id) if tied is None else tied)


def waiting(actor: Actor) -> list[Waiting]:
    """What waits for somebody to agree."""
    tied = tied_to(actor.id)
    return [
        Waiting(each, may_agree(actor, each, tied), each.asked_by_id == actor.id)
        for each in requests_of(actor).filter(pk__in=Request.objects.waiting())
    ]


def answered_lately(actor: Actor) -> list[Request]:
    """The last requests that were answered or ran out."""
    open_ones = Request.objects.waiting()
    return list(requests_of(actor).exclude(pk__in=open_ones)[:LATELY])


def to_hand_over(actor: Actor, worker_id: uuid.UUID) -> QuerySet[YoungPerson]:
    """The young people whose team a worker who has left still stands on, as far as this actor may
    hand their files on."""
    return (
        YoungPerson.objects.visible_to(actor, "file.transfer")
        .filter(team__worker_id=worker_id, team__until__isnull=True, team__worker__is_active=False)
        .distinct()
    )
