"""Fresh sign-ins: whether whoever sits here has lately proved who they are."""

import time

from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpRequest

from leeward.accounts import codes, passkeys, sessions
from leeward.accounts.models import Worker
from leeward.accounts.signing_in import SigningIn
from leeward.audit import actions as audit
from leeward.audit.models import AuditRow


def is_fresh(request: HttpRequest) -> bool:
    """Whether the last proof is no more than LEEWARD_FRESH_MINUTES old. Never, when signed out."""
    proved: float = request.session.get(sessions.PROVED, 0.0)
    return time.time() - proved <= settings.LEEWARD_FRESH_MINUTES * 60


def mark_fresh(session: SessionBase) -> None:
    """Note that this session's worker has just proved who they are."""
    session[sessions.PROVED] = time.time()


@transaction.atomic
def prove_by_password(*, request: HttpRequest, worker: Worker, password: str) -> bool:
    """Try a signed-in worker's password, and record how it went. True makes the session fresh.

    A wrong one counts towards locking this worker at this address, like any other sign-in.
    """
    found = authenticate(request, username=worker.username, password=password)
    right = isinstance(found, Worker) and found.pk == worker.pk
    record_proof(worker, right=right)
    if right:
        mark_fresh(request.session)
    return right


@transaction.atomic
def prove_by_code(*, request: HttpRequest, worker: Worker, code: str) -> bool:
    """As `prove_by_password`, by a code from the app. Codes on paper are for a lost device."""
    try:
        codes.use_code(request=request, worker=worker, code=code, paper=False)
    except (codes.WrongCode, codes.TooManyTries):
        # Recorded where the code was looked at.
        return False
    record_proof(worker, right=True)
    mark_fresh(request.session)
    return True


@transaction.atomic
def prove_by_passkey(*, request: HttpRequest, worker: Worker, credential: str) -> bool:
    """As `prove_by_password`, by one of the worker's own passkeys."""
    try:
        passkeys.whose(credential, worker)
    except passkeys.NotThisPasskey:
        record_proof(worker, right=False)
        return False
    record_proof(worker, right=True)
    mark_fresh(request.session)
    return True


def record_proof(worker: Worker, *, right: bool) -> None:
    """Record that a signed-in worker was asked again who they are, and how it went."""
    audit.record(
        by=SigningIn(id=worker.id, agency_id=worker.agency_id),
        action="worker.sign_in_again",
        subject=worker.id,
        outcome=AuditRow.Outcome.DONE if right else AuditRow.Outcome.FAILED,
    )
