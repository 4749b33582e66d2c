"""Ends a session that has lasted long enough, and clears what an ended one left in the browser."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from leeward.accounts import sessions
from leeward.accounts.models import Worker
from leeward.accounts.signing_in import SigningIn
from leeward.audit import actions as audit

# Not cookies: the form token that a page still open needs is one.
CLEAR = '"cache", "storage"'


class SessionLimitsMiddleware:
    """Between Django's authentication and everything that asks who is there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if isinstance(user, Worker):
            self._keep_or_end(request, user)
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.session.is_empty():
            response.headers["Clear-Site-Data"] = CLEAR
        return response

    @staticmethod
    def _keep_or_end(request: HttpRequest, worker: Worker) -> None:
        if sessions.BEGAN not in request.session:
            # Made by Django's own login and not by a page of ours: it counts from here, and
            # nothing says that there was a second factor.
            agent = request.headers.get("User-Agent", "")
            sessions.begin(request.session, second_factor=False, agent=agent)
        elif sessions.is_over(request.session, worker.role):
            with transaction.atomic():
                audit.record(
                    by=SigningIn(id=worker.id, agency_id=worker.agency_id),
                    action="worker.session_over",
                    subject=worker.id,
                )
            logout(request)
        else:
            sessions.touch(request.session)
