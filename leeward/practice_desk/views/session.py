"""Signing in over a page, and keeping drafts. Nothing typed is ever lost."""

import re
import uuid
from typing import Any

from allauth.account.forms import LoginForm
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
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

FORM_NAME = re.compile(r"^(record|correct-[0-9a-f-]{36})$")
NOT_TYPED = ("csrfmiddlewaretoken", "draft_version")


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
                version=int(version) if version.isdigit() else None,
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


def say_again(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came back with a token that no longer holds: show what was typed, to send again.

    Only for a request from this very site; anybody else's is refused outright.
    """
    origin = request.headers.get("Origin", "")
    own = origin and origin.split("://")[-1] == request.get_host()
    typed = [
        (key, value)
        for key, values in request.POST.lists()
        if key not in {*NOT_TYPED, "password", "login"}
        for value in values
    ]
    context = {"typed": typed if own else [], "path": request.get_full_path()}
    return render(request, "practice_desk/say_again.html", context, status=403)


say_again = login_not_required(say_again)
