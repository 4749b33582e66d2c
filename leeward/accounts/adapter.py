"""What Leeward asks of django-allauth: no self-registration, every sign-in and failure audited."""

import uuid
from dataclasses import dataclass
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from leeward.accounts.models import Worker
from leeward.audit import actions as audit
from leeward.audit.models import AuditRow


@dataclass(frozen=True)
class SigningIn:
    """Whoever is at the sign-in page; nobody yet, when the name or password was wrong."""

    kind: str = "worker"
    id: uuid.UUID | None = None
    agency_id: uuid.UUID | None = None


def record_wrong_page(worker: Worker) -> None:
    """Record that `worker`, with the right password, tried to sign in over a page that somebody
    else had opened. They were not signed in."""
    audit.record(
        by=SigningIn(id=worker.id, agency_id=worker.agency_id),
        action="worker.sign_in_over",
        subject=worker.id,
        outcome=AuditRow.Outcome.REFUSED,
    )


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Hooks that allauth calls; used in place of its signals."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Workers are taken on by their agency; nobody registers alone."""
        return False

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
        """Record that somebody failed; never the name they typed, which may be a password."""
        audit.record(by=SigningIn(), action="worker.sign_in", outcome=AuditRow.Outcome.FAILED)
        super().authentication_failed(request, **credentials)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """No banner after signing in or out: the page itself says where you are."""
