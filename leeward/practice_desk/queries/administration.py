"""What the pages of administration show, each read and recorded as read."""

import uuid
from dataclasses import dataclass

from django.db import transaction

from leeward.access.actors import Actor
from leeward.access.rules import check
from leeward.accounts.models import Worker
from leeward.administration.models import Request
from leeward.administration.queries import (
    Waiting,
    answered_lately,
    may_agree,
    requests_of,
    waiting,
    worker_of,
    workers_of,
)
from leeward.audit import actions as audit
from leeward.notices.kinds import registered
from leeward.notices.models import Notice
from leeward.practice_desk.queries.notices import Told, as_told, told

LATELY = 30


@dataclass(frozen=True)
class Administration:
    """Who works here, and what waits for somebody to agree."""

    workers: list[Worker]
    requests: list[Waiting]


@transaction.atomic
def administration_page(*, by: Actor) -> Administration:
    """Everybody of the agency."""
    found = Administration(list(workers_of(by)), waiting(by))
    audit.record(by=by, action="administration.read", subject=by.agency_id, purpose="workers")
    return found


@dataclass(frozen=True)
class WorkerPage:
    """One worker, what waits for them, and what was asked before."""

    worker: Worker
    requests: list[Request]
    is_oneself: bool


@transaction.atomic
def worker_page(*, by: Actor, worker_id: uuid.UUID) -> WorkerPage:
    """One worker of the agency. Raises Worker.DoesNotExist."""
    worker = worker_of(by, worker_id)
    found = WorkerPage(worker, list(requests_of(by).filter(worker=worker)), worker.pk == by.id)
    audit.record(by=by, action="administration.read", subject=worker.pk, purpose="worker")
    return found


@dataclass(frozen=True)
class RequestsPage:
    """What waits, and what was answered lately."""

    waiting: list[Waiting]
    answered: list[Request]


@transaction.atomic
def requests_page(*, by: Actor) -> RequestsPage:
    """The requests this actor may know of. Raises NotAllowed."""
    check(by.role, "administration.agree")
    found = RequestsPage(waiting(by), answered_lately(by))
    audit.record(by=by, action="administration.read", subject=by.agency_id, purpose="requests")
    return found


@transaction.atomic
def request_page(*, by: Actor, request_id: uuid.UUID) -> Waiting:
    """One of them. Raises Request.DoesNotExist."""
    check(by.role, "administration.agree")
    found = requests_of(by).get(pk=request_id)
    audit.record(by=by, action="administration.read", subject=found.pk, purpose="request")
    return Waiting(found, may_agree(by, found), found.asked_by_id == by.id)


@dataclass(frozen=True)
class ReviewsPage:
    """Reviews that wait, and how the last ones ended."""

    waiting: list[Told]
    ended: list[Told]


@transaction.atomic
def reviews_page(*, by: Actor) -> ReviewsPage:
    """The notices that ask this actor to look whether something was in order.

    Those are the kinds that may end with "in order"; whoever registers one needs not tell us.
    """
    check(by.role, "review.read")
    kinds = [
        kind.name for kind in registered().values() if Notice.Outcome.IN_ORDER in kind.outcomes
    ]
    mine = Notice.objects.for_(by).filter(kind__in=kinds)
    found = ReviewsPage(
        waiting=told(by, LATELY, *kinds),
        ended=as_told(by, mine.filter(settled_at__isnull=False).order_by("-settled_at")[:LATELY]),
    )
    shown = {each.person.pk for each in (*found.waiting, *found.ended) if each.person}
    audit.record(by=by, action="notice.read", shown=sorted(shown), purpose="reviews")
    return found
