"""Whom each act of administration tells: parts of its actions, and no actions themselves."""

import uuid

from django.db.models import Q

from leeward.access.actors import Actor
from leeward.accounts.models import Worker
from leeward.administration import kinds
from leeward.administration.models import Request
from leeward.administration.queries import tied_to
from leeward.notices.actions import settle_about, tell
from leeward.notices.kinds import Kind
from leeward.notices.models import Notice

ADMINISTRATORS = Worker.Role.AGENCY_ADMINISTRATOR.value
OFFICERS = Worker.Role.PRIVACY_OFFICER.value
SUPERVISORS = Worker.Role.SUPERVISOR.value


def asked(by: Actor, request: Request) -> None:
    """Those who could agree: other administrators, privacy officers, and the supervisor."""
    # One by one: a notice to a role would also be to whoever asked, or to whom it is about.
    for worker_id in sorted(_who_could_agree(request)):
        tell(
            by=by,
            agency_id=request.agency_id,
            kind=kinds.ASKED.name,
            to_worker=worker_id,
            about=request.pk,
            until=request.ends_at,
        )


def _who_could_agree(request: Request) -> set[uuid.UUID]:
    tied = Q(role=ADMINISTRATORS, pk__in=tied_to(request.asked_by_id))
    by_role = Q(role__in=[ADMINISTRATORS, OFFICERS]) & ~tied
    supervisor = Q(pk=request.worker.supervised_by_id, role=SUPERVISORS)
    found = Worker.objects.filter(
        by_role | supervisor, agency_id=request.agency_id, is_active=True
    )
    ids = set(found.values_list("pk", flat=True))
    return ids - {request.asked_by_id, request.worker_id, request.supervised_by_id}


def agreed(by: Actor, request: Request) -> None:
    """Whoever asked, whoever it is about and, of a new sign-in, their supervisor."""
    settle_about(by=by, kind=kinds.ASKED.name, about=request.pk, outcome=Notice.Outcome.DONE.value)
    _to_worker(by, request.asked_by, kinds.ANSWERED)
    if request.what == Request.What.CHANGE:
        _to_worker(by, request.worker, kinds.YOURS_CHANGED)
    elif request.what == Request.What.RESET:
        _to_worker(by, request.worker, kinds.YOURS_RESET)
        _to_supervisor(by, request.worker, kinds.RESET_IN_TEAM)


def not_agreed(by: Actor, request: Request) -> None:
    """Whoever asked."""
    settle_about(
        by=by, kind=kinds.ASKED.name, about=request.pk, outcome=Notice.Outcome.REFUSED.value
    )
    _to_worker(by, request.asked_by, kinds.ANSWERED)


def taken_back(by: Actor, request: Request) -> None:
    """Nobody any more."""
    settle_about(
        by=by, kind=kinds.ASKED.name, about=request.pk, outcome=Notice.Outcome.NOT_NEEDED.value
    )


def left(by: Actor, worker: Worker) -> None:
    """The supervisor of somebody who has left; without one, every supervisor of the agency."""
    supervisor = worker.supervised_by
    known = supervisor is not None and supervisor.is_active
    tell(
        by=by,
        agency_id=worker.agency_id,
        kind=kinds.HAND_OVER.name,
        to_worker=worker.supervised_by_id if known else None,
        to_role="" if known else SUPERVISORS,
        about=worker.pk,
    )


def lost(by: Actor, worker: Worker) -> None:
    """The administrators, the privacy officers and, when another reported it, the worker.

    An administrator or officer whose own device it was does not look into it alone.
    """
    for kind, role in ((kinds.LOST, ADMINISTRATORS), (kinds.LOST_DEVICE, OFFICERS)):
        tell(
            by=by,
            agency_id=worker.agency_id,
            kind=kind.name,
            to_role=role,
            about=worker.pk,
            but_not=worker.pk,
        )
    if by.id != worker.pk:
        _to_worker(by, worker, kinds.YOURS_ENDED)


def _to_worker(by: Actor, worker: Worker, kind: Kind) -> None:
    tell(by=by, agency_id=worker.agency_id, kind=kind.name, to_worker=worker.pk)


def _to_supervisor(by: Actor, worker: Worker, kind: Kind) -> None:
    if worker.supervised_by_id:
        tell(
            by=by,
            agency_id=worker.agency_id,
            kind=kind.name,
            to_worker=worker.supervised_by_id,
            about=worker.pk,
        )
