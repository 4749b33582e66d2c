"""Signing in is asked for everywhere; a form that comes too late, or from another, comes back."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase

from leeward.practice_desk.typed_words import WRITER, writer_in
from leeward.practice_desk.views.session import come_back, from_nobody


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
