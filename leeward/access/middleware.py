"""Puts the Actor on every request, and records refusals."""

import secrets
import uuid
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from leeward.access.actors import Actor, actor_for
from leeward.access.rules import NotAllowed
from leeward.accounts.models import Worker
from leeward.audit import actions as audit
from leeward.audit.models import AuditRow
from leeward.core import agency_time
from leeward.core.middleware import ASKED_FOR

REFUSALS = (403, 404)


class DeskRequest(HttpRequest):
    """A request whose actor is known: every page behind sign-in."""

    actor: Actor
    user: Worker


class ActorMiddleware:
    """Sets `request.actor`, the agency's time zone, and the request id of its audit rows."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = audit.current_request_id.set(secrets.token_hex(8))
        worker = request.user
        actor = actor_for(worker) if isinstance(worker, Worker) else None
        request.actor = actor  # type: ignore[attr-defined]
        try:
            if isinstance(worker, Worker):
                agency_time.activate(worker.agency.time_zone)
                self._speak(request, worker)
            response = self.get_response(request)
            if actor and response.status_code in REFUSALS and request.resolver_match:
                self._record_refusal(request, actor)
            return response
        finally:
            audit.current_request_id.reset(token)
            timezone.deactivate()

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """An insider without the permission gets 403, not an error page."""
        if isinstance(exception, NotAllowed):
            raise PermissionDenied from exception

    @staticmethod
    def _speak(request: HttpRequest, worker: Worker) -> None:
        # Their own language, until they choose another on this device.
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and ASKED_FOR not in request.GET:
            translation.activate(worker.language)
            request.LANGUAGE_CODE = worker.language

    @staticmethod
    def _record_refusal(request: HttpRequest, actor: Actor) -> None:
        # Outside the view's transaction, which a refusal has rolled back: the row survives it.
        match = request.resolver_match
        asked = match.kwargs if match else {}
        # A page of a file names its person; any other, the one thing it is about.
        subject = asked.get("person_id") or next(iter(asked.values()), None)
        audit.record(
            by=actor,
            action=(match.url_name or "unnamed") if match else "unknown",
            subject=subject if isinstance(subject, uuid.UUID) else None,
            outcome=AuditRow.Outcome.REFUSED,
        )
