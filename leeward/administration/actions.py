"""Asking for more, which takes two people, and taking away, which takes one."""

import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from leeward.access.actors import Actor
from leeward.access.rules import check, may
from leeward.accounts import actions as accounts
from leeward.accounts.models import Agency, Worker
from leeward.administration import telling
from leeward.administration.models import Request
from leeward.administration.queries import may_agree, requests_of, supervisors_of, to_hand_over
from leeward.administration.rules import open_until
from leeward.audit import actions as audit
from leeward.audit.models import AuditRow
from leeward.people.models import YoungPerson


class AboutOneself(ValueError):
    """Nobody asks for something for themself, or takes it away from themself, as administrator."""


class ReasonMissing(ValueError):
    """A request says why."""


class NameTaken(ValueError):
    """Somebody signs in with this name already."""


class NotASupervisor(ValueError):
    """Only another supervisor of the agency supervises, and not whoever asks for it."""


class NothingChanges(ValueError):
    """The role and the supervisor asked for are the ones they have."""


class AlreadyAsked(ValueError):
    """The same is asked for this worker already, and waits."""


class NotHere(ValueError):
    """Whoever has left has no sign-in to change and asks for nothing more; whoever is here has not
    to start."""


class MayNotAgree(ValueError):
    """Whoever asked or gains by it, or an administrator tied to who asked, may not agree."""


class LastAdministrator(ValueError):
    """Somebody must be there to look after the sign-ins of everybody else."""


@dataclass(frozen=True)
class Agreed:
    """What was agreed to. `link_secret` opens an invitation: it is told this once, to whoever
    agreed and not to whoever asked; empty when there is none."""

    request: Request
    link_secret: str


@transaction.atomic
def ask_to_take_on(
    *,
    by: Actor,
    display_name: str,
    username: str,
    role: str,
    reason: str,
    supervised_by: Worker | None = None,
    works_as: str = "",
    language: str = "en",
) -> Request:
    """Ask that somebody new may sign in. Until another agrees they are listed and cannot.

    Raises NameTaken, ReasonMissing and NotASupervisor.
    """
    check(by.role, "administration.change")
    # One at a time: the same name is not taken twice.
    agency = Agency.objects.select_for_update().get(pk=by.own_agency_id)
    if Worker.objects.filter(username=username).exists():
        # The list of names is one for every agency, and this tells of it: trying leaves a row.
        refused = AuditRow.Outcome.REFUSED
        audit.record(by=by, action="administration.ask_start", outcome=refused)
        raise NameTaken
    worker = accounts.take_on_worker(
        by=by,
        agency=agency,
        username=username,
        display_name=display_name,
        role=Worker.Role(role).value,
        password=None,
        works_as=works_as,
        language=language,
    )
    Worker.objects.filter(pk=worker.pk).update(is_active=False)
    return _ask(by, worker, Request.What.START, reason, role, supervised_by)


@transaction.atomic
def ask_to_let_back(*, by: Actor, worker: Worker, reason: str) -> Request:
    """Ask that somebody who has left may come back, as what they were. Raises NotHere."""
    check(by.role, "administration.change")
    worker = _held(by, worker)
    if worker.is_active:
        raise NotHere
    supervisor = worker.supervised_by
    still = supervisor if supervisor and supervisor.is_active else None
    still = None if still and still.pk == by.id else still
    return _ask(by, worker, Request.What.START, reason, worker.role, still)


@transaction.atomic
def ask_to_change(
    *, by: Actor, worker: Worker, role: str, supervised_by: Worker | None, reason: str
) -> Request:
    """Ask that somebody gets another role, another supervisor, or both.

    Raises AboutOneself, NotHere, NothingChanges, NotASupervisor, AlreadyAsked and ReasonMissing.
    """
    check(by.role, "administration.change")
    worker = _held(by, worker)
    if not worker.is_active:
        raise NotHere
    same_supervisor = worker.supervised_by_id == (supervised_by.pk if supervised_by else None)
    if worker.role == role and same_supervisor:
        raise NothingChanges
    return _ask(by, worker, Request.What.CHANGE, reason, role, supervised_by)


@transaction.atomic
def ask_to_reset(*, by: Actor, worker: Worker, reason: str) -> Request:
    """Ask that somebody gets a new sign-in, because they cannot use theirs any more.

    Raises AboutOneself, NotHere, AlreadyAsked and ReasonMissing.
    """
    check(by.role, "administration.change")
    worker = _held(by, worker)
    if not worker.is_active:
        raise NotHere
    return _ask(by, worker, Request.What.RESET, reason)


def _ask(
    by: Actor,
    worker: Worker,
    what: Request.What,
    reason: str,
    role: str = "",
    supervised_by: Worker | None = None,
) -> Request:
    if worker.pk == by.id:
        raise AboutOneself
    if not reason.strip():
        raise ReasonMissing
    unchanged = supervised_by is not None and supervised_by.pk == worker.supervised_by_id
    if supervised_by and not unchanged and supervised_by not in supervisors_of(by, worker):
        raise NotASupervisor
    if Request.objects.waiting().filter(worker=worker, what=what).exists():
        raise AlreadyAsked
    request = Request.objects.create(
        agency_id=worker.agency_id,
        worker=worker,
        what=what.value,
        role=Worker.Role(role).value if role else "",
        supervised_by=supervised_by,
        asked_by_id=by.author_id,
        ends_at=open_until(),
        reason=reason.strip(),
    )
    audit.record(by=by, action=f"administration.ask_{what.value}", subject=worker.pk, purpose=role)
    telling.asked(by, request)
    return request


@transaction.atomic
def agree(*, by: Actor, request_id: uuid.UUID) -> Agreed:
    """Agree to a request, which happens at once; whoever it is about is told.

    Raises MayNotAgree, LastAdministrator, NotHere and NotASupervisor when something has changed
    since, and Request.DoesNotExist for one that is answered, has run out, or is not theirs.
    """
    check(by.role, "administration.agree")
    request = _held_request(by, request_id)
    if not may_agree(by, request):
        raise MayNotAgree
    worker = _held(by, request.worker)
    _still_right(request, worker)
    link_secret = _do(by, request, worker)
    _answer(by, request, Request.Answer.AGREED)
    telling.agreed(by, request)
    return Agreed(request, link_secret)


def _still_right(request: Request, worker: Worker) -> None:
    """Raise what has come to stand in the way since it was asked for."""
    asker = request.asked_by
    if not (asker.is_active and may(asker.role, "administration.change")):
        raise NotHere
    if worker.is_active == (request.what == Request.What.START):
        raise NotHere
    supervisor = request.supervised_by
    if supervisor and not (supervisor.is_active and supervisor.role == Worker.Role.SUPERVISOR):
        raise NotASupervisor
    if request.what == Request.What.CHANGE and request.role != worker.role:
        _keep_an_administrator(worker)


def _do(by: Actor, request: Request, worker: Worker) -> str:
    """Make it so; the secret of the new link where there is one."""
    if request.what == Request.What.RESET:
        return accounts.reset_sign_in(by=by, worker=worker)
    Worker.objects.filter(pk=worker.pk).update(
        role=request.role, supervised_by=request.supervised_by_id, is_active=True
    )
    worker.refresh_from_db()
    if request.what == Request.What.START:
        return accounts.reset_sign_in(by=by, worker=worker)
    # Whatever is open was opened as what they were.
    accounts.end_all_sessions(by=by, worker=worker)
    return ""


@transaction.atomic
def refuse(*, by: Actor, request_id: uuid.UUID) -> Request:
    """Do not agree to a request: nothing happens. Raises as `agree` does."""
    check(by.role, "administration.agree")
    request = _held_request(by, request_id)
    if not may_agree(by, request):
        raise MayNotAgree
    _answer(by, request, Request.Answer.REFUSED)
    telling.not_agreed(by, request)
    return request


@transaction.atomic
def take_back(*, by: Actor, request_id: uuid.UUID) -> Request:
    """Take back what one has asked for oneself. Raises MayNotAgree for another's."""
    check(by.role, "administration.change")
    request = _held_request(by, request_id)
    if request.asked_by_id != by.id:
        raise MayNotAgree
    _answer(by, request, Request.Answer.TAKEN_BACK)
    telling.taken_back(by, request)
    return request


def _answer(by: Actor, request: Request, answer: Request.Answer) -> None:
    request.answer, request.answered_by_id = answer.value, by.author_id
    request.answered_at = timezone.now()
    Request.objects.filter(pk=request.pk).update(
        answer=request.answer,
        answered_by_id=request.answered_by_id,
        answered_at=request.answered_at,
    )
    audit.record(
        by=by,
        action=f"administration.{answer.value}",
        subject=request.worker_id,
        purpose=f"{request.what} {request.role}".strip(),
    )


@transaction.atomic
def leave(*, by: Actor, worker: Worker) -> None:
    """Somebody works here no more: they are signed out everywhere and cannot sign in again.

    Their supervisor is told, to hand their files on. Raises AboutOneself, LastAdministrator and
    NotHere.
    """
    check(by.role, "administration.change")
    worker = _held(by, worker)
    if worker.pk == by.id:
        raise AboutOneself
    if not worker.is_active:
        raise NotHere
    _keep_an_administrator(worker)
    Worker.objects.filter(pk=worker.pk).update(is_active=False)
    accounts.end_all_sessions(by=by, worker=worker)
    audit.record(by=by, action="administration.leave", subject=worker.pk)
    telling.left(by, worker)


@transaction.atomic
def report_lost(*, by: Actor, worker: Worker) -> None:
    """A device is lost: end every session everywhere, and tell those who must look into it.

    An administrator for anybody; everybody for themself.
    """
    check(by.role, "account.own" if worker.pk == by.id else "administration.change")
    worker = _held(by, worker)
    accounts.end_all_sessions(by=by, worker=worker)
    audit.record(by=by, action="administration.report_lost", subject=worker.pk)
    telling.lost(by, worker)


@transaction.atomic
def read_left_files(*, by: Actor, worker_id: uuid.UUID) -> tuple[Worker, list[YoungPerson]]:
    """A worker of the agency who has left, and whose files of theirs are to be handed on: read and
    recorded as read. Raises Worker.DoesNotExist."""
    check(by.role, "file.transfer")
    worker = Worker.objects.get(pk=worker_id, agency_id=by.own_agency_id, is_active=False)
    people = list(to_hand_over(by, worker_id))
    audit.record(
        by=by,
        action="people.find",
        subject=worker.pk,
        shown=[each.pk for each in people],
        purpose="hand_over",
    )
    return worker, people


def _held(by: Actor, worker: Worker) -> Worker:
    """The worker as they stand, held by this transaction. Raises Worker.DoesNotExist for one of
    another agency."""
    return Worker.objects.select_for_update().get(pk=worker.pk, agency_id=by.own_agency_id)


def _held_request(by: Actor, request_id: uuid.UUID) -> Request:
    # Two may press at once: the second waits, and finds it answered.
    waiting = Request.objects.visible_to(by).waiting().select_for_update().get(pk=request_id)
    return requests_of(by).get(pk=waiting.pk)


def _keep_an_administrator(worker: Worker) -> None:
    """Raise LastAdministrator when nobody else could administer without this worker."""
    if worker.role != Worker.Role.AGENCY_ADMINISTRATOR:
        return
    # Held in one order: two administrators who end each other's work wait for one another.
    Agency.objects.select_for_update().get(pk=worker.agency_id)
    others = Worker.objects.filter(
        agency_id=worker.agency_id, role=worker.role, is_active=True
    ).exclude(pk=worker.pk)
    if not others.exists():
        raise LastAdministrator
