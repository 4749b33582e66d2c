"""Asking somebody who is signed in to prove once more who they are."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse

from leeward.accounts.models import Worker
from leeward.accounts.second_factor import kinds_of
from leeward.practice_desk.typed_words import (
    CARRIED,
    Gone,
    NotYours,
    Words,
    carry,
    open_carried,
    typed_in,
)

TEMPLATE = "account/again.html"


def ask_again(request: HttpRequest) -> HttpResponse:
    """The page that asks, in place of what was asked for.

    A page comes back by its address; whatever was typed waits on the asking page, sealed for the
    worker who typed it.
    """
    here = request.get_full_path()
    if request.method in {"GET", "HEAD"}:
        query = urlencode({REDIRECT_FIELD_NAME: here})
        return redirect(f"{reverse('sign_in_again')}?{query}")
    words = Words(here, typed_in(request.POST.lists()))
    worker_id, carried = uuid.UUID(str(request.user.pk)), request.POST.get(CARRIED, "")
    try:
        # What was carried here before goes on; what only says that it was is not said back.
        open_carried(carried, worker_id)
    except (Gone, NotYours):
        carried = carry(words, worker_id)
    return draw_again(request, {"carried": carried}, status=401)


def draw_again(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """The asking page itself."""
    worker = request.user
    if isinstance(worker, Worker):
        context["kinds"] = kinds_of(worker)
    answer = render(request, TEMPLATE, context, status=status)
    # A script that posted for the page can go on with this one.
    answer.headers["X-CSRFToken"] = get_token(request)
    return answer
