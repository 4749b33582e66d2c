"""Signing in, also over a page; keeping drafts; giving back what could not be saved."""

import re
import uuid
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm
from allauth.account.internal.flows.login import perform_login
from allauth.account.internal.stagekit import clear_login, get_pending_stage
from allauth.account.models import Login
from allauth.account.views import LoginView
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters

from leeward.access.actors import Actor
from leeward.access.rules import check
from leeward.accounts import codes, passkeys, second_factor
from leeward.accounts.adapter import record_failure, record_wrong_page
from leeward.accounts.locks import was_refused
from leeward.accounts.models import Worker
from leeward.accounts.providers import agency_sign_ins
from leeward.core.templatetags.leeward import clock
from leeward.drafts.actions import NewerDraft, drop_draft, keep_draft
from leeward.people.models import YoungPerson
from leeward.people.queries import fetch
from leeward.practice_desk.draft_names import CONCERN, page_of
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

# A draft saved every three seconds for years stays far below.
VERSION = re.compile(r"[0-9]{1,9}", re.ASCII)
UUID_TEXT = re.compile(r"[0-9a-f-]{36}")
# Shorter values are mostly answers to choose from, in words of the machinery.
LONG_ENOUGH_TO_SHOW = 20
# The answer of a passkey, as passkey.js puts it into a form.
CREDENTIAL = "credential"


@method_decorator(login_not_required, name="dispatch")
@method_decorator(sensitive_post_parameters(), name="dispatch")
class SignInOver(View):
    """Sign in again from a page that is still open. Answers 204 with a fresh form token."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The same worker only: what is on the page was opened by them."""
        worked = self.by_passkey if request.POST.get(CREDENTIAL) else self.by_password
        if not worked(request, request.POST.get("worker", "")):
            return HttpResponse(status=422)
        answer = HttpResponse(status=204)
        answer.headers["X-CSRFToken"] = get_token(request)
        return answer

    @staticmethod
    def by_passkey(request: HttpRequest, expected: str) -> bool:
        """Whether the passkey is the expected worker's; if so, they are signed in."""
        used = passkey_of(request)
        if used is None:
            return False
        if str(used.user_id) != expected:
            record_wrong_page(used.user)
            return False
        sign_in_by_passkey(request, used)
        return True

    @staticmethod
    def by_password(request: HttpRequest, expected: str) -> bool:
        """Whether name, password and, where there is a second factor, the code are right."""
        form = LoginForm(data=request.POST, request=request)
        if not form.is_valid() or str(form.user.pk) != expected:
            return False
        form.login(request)
        stage = get_pending_stage(request)
        if stage is None:
            return True
        try:
            code = request.POST.get("code", "")
            used = codes.use_code(request=request, worker=form.user, code=code)
        except (codes.WrongCode, codes.TooManyTries):
            clear_login(request)
            return False
        passkeys.note_use(request, used)
        stage.exit()
        return True


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
        form, subject_id, page = self.of(actor, **kwargs)
        if page is None:
            return HttpResponse(status=404)
        if request.POST.get("throw_away") == "yes":
            drop_draft(by=actor, form=form, subject_id=subject_id)
            return redirect(page)
        typed = {key: values for key, values in request.POST.lists() if key not in NOT_TYPED}
        version = request.POST.get("draft_version", "")
        try:
            draft = keep_draft(
                by=actor,
                form=form,
                subject_id=subject_id,
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

    def of(
        self, actor: Actor, *, person_id: uuid.UUID, form: str
    ) -> tuple[str, uuid.UUID | None, str | None]:
        """The draft's name, what it is about, and the page of its form; no page where there is no
        such form, or no such file for this worker."""
        try:
            fetch(actor, person_id, "file.write")
        except YoungPerson.DoesNotExist:
            return form, person_id, None
        return form, person_id, page_of(form, person_id)


class KeepConcernDraft(KeepDraft):
    """The same of a concern that is being taken down: it is about nobody's file yet."""

    action = "concern.take"

    def of(self, actor: Actor, **_kwargs: Any) -> tuple[str, uuid.UUID | None, str | None]:
        """One for each worker."""
        return CONCERN, None, page_of(CONCERN, None)


@method_decorator(login_not_required, name="dispatch")
@method_decorator(sensitive_post_parameters(), name="dispatch")
class SignIn(LoginView):  # type: ignore[misc]
    """Signing in. Words that waited on the sign-in page come next, before any other page."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Under somebody else's session too, when words wait here for whoever wrote them."""
        if request.user.is_authenticated and request.POST.get(CARRIED):
            # Whoever is signed in stays when this does not work.
            return self.post(request)
        if request.method == "POST" and get_pending_stage(request):
            # Somebody begins anew instead of giving a code.
            clear_login(request)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """By a passkey, or by name and password."""
        if not request.POST.get(CREDENTIAL):
            response: HttpResponseBase = super().post(request, *args, **kwargs)
            return response
        used = passkey_of(request)
        if used is None:
            answer: HttpResponse = self.render_to_response(self.get_context_data(no_passkey=True))
            return answer
        return self.signed_in(sign_in_by_passkey(request, used, self.get_success_url()))

    def form_valid(self, form: LoginForm) -> HttpResponseBase:
        """Where the worker was going, or the second step, or what they had typed."""
        if self.request.user.is_authenticated and second_factor.has_one(form.user):
            # The second step is for whoever is not signed in.
            get_adapter().logout(self.request)
        return self.signed_in(super().form_valid(form))

    def signed_in(self, response: HttpResponseBase) -> HttpResponseBase:
        """What comes next: words that waited before any page, and a second step before both."""
        carried = self.request.POST.get(CARRIED)
        if not carried:
            return response
        if get_pending_stage(self.request):
            return draw_code(self.request, carried=carried)
        return give_back(self.request, carried)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A wrong password keeps what waits."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["locked"] = was_refused(self.request)
        context["agencies"] = agency_sign_ins()
        return context | waiting(self.request, self.request.POST.get(CARRIED, ""))


def passkey_of(request: HttpRequest) -> Any:
    """The passkey that signs in with this request, or None, recorded as any failed sign-in."""
    try:
        return passkeys.whose(request.POST.get(CREDENTIAL, ""))
    except passkeys.NotThisPasskey:
        record_failure()
        return None


def sign_in_by_passkey(request: HttpRequest, used: Any, going: str | None = None) -> HttpResponse:
    """Sign its worker in: a passkey is both factors."""
    worker: Worker = used.user
    passkeys.note_use(request, used, alone=True)
    response: HttpResponse = perform_login(request, Login(user=worker, redirect_url=going))
    return response


def draw_code(
    request: HttpRequest, *, carried: str = "", wrong: str = "", status: int = 200
) -> HttpResponse:
    """The second step's page, for whoever has given their password. `wrong` says what was."""
    stage = get_pending_stage(request)
    worker: Worker | None = stage.login.user if stage else None
    context = {
        "carried": carried,
        "wrong": wrong,
        "kinds": second_factor.kinds_of(worker) if worker else set(),
    }
    return render(request, "account/code.html", context, status=status)


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
