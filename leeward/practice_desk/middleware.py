"""Signing in is asked for everywhere; a form that comes too late, or from another, comes back."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from leeward.accounts import second_factor
from leeward.accounts.models import Worker
from leeward.practice_desk.typed_words import WRITER, writer_in
from leeward.practice_desk.views.session import come_back, from_nobody

# What somebody may reach who is signed in and has no second factor: what makes one, and the doors.
WITHOUT_SECOND_FACTOR = frozenset(
    "second_step second_step_app passkey_make passkey_ask sign_in_again"
    " account_login account_logout sign_in_over mfa_authenticate start start_link start_passkey"
    " openid_connect_login openid_connect_callback demo_sign_in".split()
)


class OwnWordsMiddleware(LoginRequiredMiddleware):
    """Django's own, and what was typed is never dropped on the way to the sign-in page."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., Any],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        """Whatever the form's token says, no worker posts a page drawn for another.

        The token changes with every sign-in, so this is the second lock on the same door.
        """
        mark = request.POST.get(WRITER) if request.method == "POST" else None
        user = request.user
        if mark is not None and user.is_authenticated and writer_in(mark) != user.pk:
            return come_back(request)
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(  # type: ignore[override]  # not always a redirect: that is the point
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        """A page asked for goes to sign-in and back; a form waits on the sign-in page itself."""
        if request.method == "POST" and not from_nobody(request):
            return come_back(request)
        return super().handle_no_permission(request, view_func)


class SecondFactorMiddleware:
    """Leads whoever is signed in without a second factor to set one up, and nowhere else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., Any],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        """Where to, when it is not here."""
        worker = request.user
        if not isinstance(worker, Worker) or not second_factor.is_missing(request):
            return None
        if second_factor.has_one(worker):
            # Set up elsewhere since: this session never went through it, and may not add another.
            logout(request)
            return redirect("account_login")
        match = request.resolver_match
        if match and match.url_name in WITHOUT_SECOND_FACTOR:
            return None
        return redirect("second_step")
