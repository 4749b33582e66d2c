"""What Leeward asks of django-allauth: no self-registration, every sign-in and failure audited."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from leeward.accounts import locks, second_factor, sessions
from leeward.accounts.models import Worker
from leeward.accounts.session_store import SessionStore
from leeward.accounts.signing_in import SigningIn
from leeward.audit import actions as audit
from leeward.audit.models import AuditRow


def record_wrong_page(worker: Worker) -> None:
    """Record that `worker`, with the right password, tried to sign in over a page that somebody
    else had opened. They were not signed in."""
    audit.record(
        by=SigningIn(id=worker.id, agency_id=worker.agency_id),
        action="worker.sign_in_over",
        subject=worker.id,
        outcome=AuditRow.Outcome.REFUSED,
    )


def record_failure(*, refused: bool = False) -> None:
    """Record that somebody did not get in; `refused`, by a lock that looked at no password.

    Never the name they typed, which may be a password.
    """
    outcome = AuditRow.Outcome.REFUSED if refused else AuditRow.Outcome.FAILED
    audit.record(by=SigningIn(), action="worker.sign_in", outcome=outcome)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Hooks that allauth calls; used in place of its signals."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Workers are taken on by their agency; nobody registers alone."""
        return False

    def login(self, request: HttpRequest, user: Worker) -> None:
        """Sign in, and count the session's time from here."""
        # Asked first: signing in instead of somebody else forgets how it was done.
        with_second_factor = second_factor.was_used(request, user)
        super().login(request, user)
        agent = request.headers.get("User-Agent", "")
        sessions.begin(request.session, second_factor=with_second_factor, agent=agent)
        # Sessions that have ended leave nothing behind for a copy of the database.
        SessionStore.clear_expired()

    def post_login(self, request: HttpRequest, user: Worker, **kwargs: Any) -> HttpResponse:
        """Record the sign-in, then go where the worker was going."""
        who = SigningIn(id=user.id, agency_id=user.agency_id)
        with transaction.atomic():
            audit.record(by=who, action="worker.sign_in", subject=user.id)
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Worker | None:
        """The worker these credentials belong to. One who has left fails like a wrong password,
        and so does one who signs in over a page (`worker` names whose) that somebody else opened.
        """
        found = super().authenticate(request, **credentials)
        whose_page = request.POST.get("worker", "")
        if isinstance(found, Worker) and whose_page and str(found.pk) != whose_page:
            record_wrong_page(found)
            return None
        if isinstance(found, Worker) and not found.is_active:
            self.authentication_failed(request, **credentials)
            return None
        return found if isinstance(found, Worker) else None

    def logout(self, request: HttpRequest) -> None:
        """Record who went, then sign them out."""
        user = request.user
        if isinstance(user, Worker):
            who = SigningIn(id=user.id, agency_id=user.agency_id)
            with transaction.atomic():
                audit.record(by=who, action="worker.sign_out", subject=user.id)
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Record it."""
        record_failure(refused=locks.was_refused(request))
        super().authentication_failed(request, **credentials)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """No banner after signing in or out: the page itself says where you are."""
