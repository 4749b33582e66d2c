"""Around every page of My space: who is here, whose rows may be touched, what is left behind."""

import datetime as dt
import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils import timezone

from leeward.access.boundary import within
from leeward.access.refusals import record_refusal
from leeward.audit.requests import serving
from leeward.core import agency_time
from leeward.entry.coming_in import Here, look
from leeward.entry.queries import closes_at

# Every page is filled up to a multiple of this many bytes, so that none is known by its length.
STEP = 8192
# Says to the front page that something was open until now, and what was typed there is gone.
LATE = "late"
FILLING = b"<!--%s-->"


# What a phone was asked; `my_space.passkeys` gives it and takes it back.
ASKED, MAY = "k", "m"


class LightFiles(GZipMiddleware):
    """Style, script and pictures come packed over a slow line.

    A page never does: how well it packs would tell what is in it.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """The answer, packed if it is a whole file of ours in letters."""
        kind = response.headers.get("Content-Type", "")
        ours = request.path_info.startswith(settings.STATIC_URL) and response.status_code == 200
        if ours and kind.startswith(("text/", "image/svg+xml")):
            return super().process_response(request, response)
        return response


class SpaceRequest(HttpRequest):
    """A request of My space: `here` says who is in, if anybody."""

    here: Here | None


class SpaceMiddleware:
    """Finds the visit behind the cookie, and lets no page stay in the browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: SpaceRequest) -> HttpResponse:
        with serving(secrets.token_hex(8)) as served:
            cookie = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
            here = request.here = look(cookie)
            actor = here.actor if here else None
            try:
                if here:
                    agency_time.activate(here.zone)
                with within(actor.agency_id if actor else None):
                    response = self.get_response(request)
                record_refusal(request, response, actor, served)
            finally:
                timezone.deactivate()
        if cookie and here is None and settings.SESSION_COOKIE_NAME not in response.cookies:
            _drop(response, settings.SESSION_COOKIE_NAME)
        response.headers["Cache-Control"] = "no-store, private"
        _end_by_itself(request, response, here)
        fill(response)
        return response


def keep(response: HttpResponse, token: str) -> None:
    """Give the browser the cookie of a visit, until its window is closed."""
    response.set_cookie(
        settings.SESSION_COOKIE_NAME,
        token,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def keep_for(response: HttpResponse, name: str, value: str, time: dt.timedelta) -> None:
    """Give the browser a cookie that it keeps a few minutes and shows to no script."""
    response.set_cookie(
        name,
        value,
        max_age=time,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def let_go(response: HttpResponse, *names: str) -> None:
    """Take such cookies back."""
    for name in names:
        response.delete_cookie(name, samesite="Strict")


def forget(response: HttpResponse) -> None:
    """Leave nothing of this place in the browser that a server can take away."""
    _drop(response, settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, ASKED, MAY)


def _drop(response: HttpResponse, *names: str) -> None:
    # Not all cookies: the page that answers may need the token of its own form.
    let_go(response, *names)
    # Not "storage": nothing of ours lies there but the one page that they chose to keep offline.
    response.headers["Clear-Site-Data"] = '"cache"'


def _end_by_itself(request: HttpRequest, response: HttpResponse, here: Here | None) -> None:
    """The page goes from the screen when the visit ends, without a script too."""
    match = request.resolver_match
    if here is None or match is None or "face" not in match.kwargs or response.status_code != 200:
        return
    left = closes_at(here.visit) - timezone.now()
    seconds = max(1, int(left.total_seconds()) + 1)
    response.headers["Refresh"] = f"{seconds}; url=/{match.kwargs['face']}/?{LATE}"


def fill(response: HttpResponse) -> None:
    """Fill a page up, at least as far as the longest it could have been here."""
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return
    size = max(len(response.content), getattr(response, "as_long_as", 0)) + len(FILLING)
    room = -(-size // STEP) * STEP - len(response.content) - len(FILLING % b"")
    # By chance, so that a proxy that squeezes pages does not squeeze this away.
    response.content += FILLING % secrets.token_hex(room // 2 + 1)[:room].encode()
    if response.has_header("Content-Length"):
        response.headers["Content-Length"] = str(len(response.content))
