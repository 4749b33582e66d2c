"""Puts the Actor on every request, and records refusals."""

import secrets
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from leeward.access.actors import Actor, actor_for
from leeward.access.boundary import within
from leeward.access.refusals import record_refusal
from leeward.access.rules import NotAllowed
from leeward.accounts.models import Worker
from leeward.audit.requests import serving
from leeward.core import agency_time
from leeward.core.middleware import ASKED_FOR


class DeskRequest(HttpRequest):
    """A request whose actor is known: every page behind sign-in."""

    actor: Actor
    user: Worker


class ActorMiddleware:
    """Sets `request.actor`, the agency's time zone, and the request id of its audit rows."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with serving(secrets.token_hex(8)) as served:
            worker = request.user
            actor = actor_for(worker) if isinstance(worker, Worker) else None
            request.actor = actor  # type: ignore[attr-defined]
            try:
                if isinstance(worker, Worker):
                    agency_time.activate(worker.agency.time_zone)
                    self._speak(request, worker)
                # Below the querysets, for whoever is not signed in too: nothing set, nothing seen.
                with within(actor.agency_id if actor else None):
                    response = self.get_response(request)
                record_refusal(request, response, actor, served)
                return response
            finally:
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
