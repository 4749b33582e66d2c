"""Signing in, also over a page; keeping drafts; giving back what could not be saved."""

import re
import uuid
from typing import Any
from urllib.parse import urlsplit

from allauth.account.forms import LoginForm
from allauth.account.views import LoginView
from allauth.decorators import rate_limit
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters

from leeward.access.rules import check
from leeward.core.templatetags.leeward import clock
from leeward.drafts.actions import NewerDraft, drop_draft, keep_draft
from leeward.people.models import YoungPerson
from leeward.people.queries import fetch
from leeward.practice_desk.typed_words import (
    CARRIED,
    NOT_TYPED,
    WRITER,
    Gone,
    NotYours,
    Words,
    carry,
    open_carried,
    typed_in,
    writer_in,
)

FORM_NAME = re.compile(r"^(record|correct-[0-9a-f-]{36})$")
# A draft saved every three seconds for years stays far below.
VERSION = re.compile(r"[0-9]{1,9}", re.ASCII)
UUID_TEXT = re.compile(r"[0-9a-f-]{36}")
# Shorter values are mostly answers to choose from, in words of the machinery.
LONG_ENOUGH_TO_SHOW = 20


@method_decorator(login_not_required, name="dispatch")
@method_decorator(sensitive_post_parameters(), name="dispatch")
class SignInOver(View):
    """Sign in again from a page that is still open. Answers 204 with a fresh form token."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The same worker only: what is on the page was opened by them."""
        form = LoginForm(data=request.POST, request=request)
        expected = request.POST.get("worker", "")
        if not form.is_valid() or str(form.user.pk) != expected:
            return HttpResponse(status=422)
        form.login(request)
        answer = HttpResponse(status=204)
        answer.headers["X-CSRFToken"] = get_token(request)
        return answer


@method_decorator(login_not_required, name="dispatch")
class KeepDraft(View):
    """Keeps what a form holds so far. 401 when the session has ended: the page then asks."""

    action = "desk.draft"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save, and say when."""
        actor = request.actor  # type: ignore[attr-defined]
        if actor is None:
            return HttpResponse(status=401, headers={"X-Leeward-Signed-Out": "1"})
        check(actor.role, self.action)
        person_id: uuid.UUID = kwargs["person_id"]
        form = str(kwargs["form"])
        try:
            fetch(actor, person_id, "file.write")
        except YoungPerson.DoesNotExist:
            return HttpResponse(status=404)
        if not FORM_NAME.match(form):
            return HttpResponse(status=404)
        if request.POST.get("throw_away") == "yes":
            drop_draft(by=actor, form=form, subject_id=person_id)
            return redirect("record", person_id=person_id)
        typed = {key: values for key, values in request.POST.lists() if key not in NOT_TYPED}
        version = request.POST.get("draft_version", "")
        try:
            draft = keep_draft(
                by=actor,
                form=form,
                subject_id=person_id,
                typed=typed,
                version=int(version) if VERSION.fullmatch(version) else None,
            )
        except NewerDraft:
            return HttpResponse(status=409)
        return HttpResponse(
            status=204,
            headers={
                # A header holds ASCII only: plain spaces in place of the ones that do not break.
                "X-Leeward-Saved-At": clock(draft.saved_at).replace("\u00a0", " "),
                "X-Leeward-Draft-Version": str(draft.version),
            },
        )


@method_decorator(login_not_required, name="dispatch")
@method_decorator(sensitive_post_parameters(), name="dispatch")
class SignIn(LoginView):  # type: ignore[misc]
    """Signing in. Words that waited on the sign-in page come next, before any other page."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Under somebody else's session too, when words wait here for whoever wrote them."""
        if request.user.is_authenticated and request.POST.get(CARRIED):
            return self.instead(request)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    @method_decorator(rate_limit(action="login"))
    def instead(self, request: HttpRequest) -> HttpResponseBase:
        """Sign in instead of whoever is signed in; they stay when it does not work."""
        response: HttpResponseBase = self.post(request)
        return response

    def form_valid(self, form: LoginForm) -> HttpResponseBase:
        """Where the worker was going, or what they had typed."""
        response: HttpResponseBase = super().form_valid(form)
        if carried := self.request.POST.get(CARRIED):
            return give_back(self.request, carried)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A wrong password keeps what waits."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | waiting(self.request, self.request.POST.get(CARRIED, ""))


def from_this_site(request: HttpRequest) -> bool:
    """Whether a page of this very site sent this: by its Origin, else by its Referer."""
    said = request.headers.get("Origin") or request.headers.get("Referer", "")
    try:
        parts = urlsplit(said)
    except ValueError:
        return False
    here = f"{request.scheme}://{request.get_host()}"
    return f"{parts.scheme}://{parts.netloc}" in {here, *settings.CSRF_TRUSTED_ORIGINS}


def from_nobody(request: HttpRequest) -> bool:
    """Whether nothing in this form says whose it is, so that nobody could be given it back."""
    return not request.POST.get(CARRIED) and writer_in(request.POST.get(WRITER, "")) is None


def waiting(request: HttpRequest, carried: str) -> dict[str, Any]:
    """What the sign-in page says of words that wait on it."""
    return {"carried": carried, "another": bool(carried) and request.user.is_authenticated}


def come_back(request: HttpRequest, status: int = 403) -> HttpResponse:
    """The answer to a form that cannot be taken as it is. It came from this site: see to that.

    Signed out: the sign-in page (401), with all that was typed sealed into it for its writer.
    Signed in: everything typed, to be sent again; another's is neither shown nor offered.
    """
    carried = request.POST.get(CARRIED, "")
    writer = writer_in(request.POST.get(WRITER, ""))
    if not carried and writer is not None:
        carried = carry(Words(request.get_full_path(), typed_in(request.POST.lists())), writer)
    if not request.user.is_authenticated:
        answer = render(request, "account/login.html", waiting(request, carried), status=401)
        answer.headers["X-CSRFToken"] = get_token(request)
        return answer
    return give_back(request, carried, status=status)


def give_back(request: HttpRequest, carried: str, status: int = 200) -> HttpResponse:
    """What was carried, for whoever is signed in now: their own to send again, or a refusal."""
    try:
        words = open_carried(carried, uuid.UUID(str(request.user.pk)))
    except NotYours:
        # Whoever wrote it may be right here: they can sign in on this page, and have it back.
        return render(request, "account/login.html", waiting(request, carried), status=403)
    except Gone:
        gone = {"why": "gone"}
        return render(request, "practice_desk/say_again.html", gone, status=status)
    shown = [
        value
        for _name, value in words.typed
        if len(value) > LONG_ENOUGH_TO_SHOW and not UUID_TEXT.fullmatch(value)
    ]
    context: dict[str, Any] = {
        "why": "own",
        "path": words.path,
        "typed": words.typed,
        "shown": shown,
    }
    answer = render(request, "practice_desk/say_again.html", context, status=status)
    # draft.js goes on with this one; a page of another site cannot read it.
    answer.headers["X-CSRFToken"] = get_token(request)
    return answer


@login_not_required
def say_again(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came with a token that does not hold: an old page, another sign-in, or another site.

    Only what a page of this very site sent comes back; anybody else's is refused outright.
    """
    if from_this_site(request):
        return come_back(request)
    context = {"why": "elsewhere"}
    return render(request, "practice_desk/say_again.html", context, status=403)
