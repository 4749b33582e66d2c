"""Starting with an invitation: the link in the message, and choosing how to sign in.

Looking at the link does nothing and says nothing; see `leeward.accounts.invitations`.
"""

from typing import Any

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from leeward.accounts.forms import ChoosePassword
from leeward.accounts.invitations import (
    NoSuchInvitation,
    accept_invitation,
    bind_invitation,
    invited_here,
)
from leeward.accounts.passkeys import NotThisPasskey, ask_to_make, start_with
from leeward.accounts.providers import agency_sign_ins
from leeward.practice_desk.views.session import CREDENTIAL, sign_in_by_passkey

COOKIE = "leeward_start"
# Sent back to these pages and nowhere else.
COOKIE_PATH = "/start/"


def no_such_invitation(request: HttpRequest) -> HttpResponse:
    """One answer for a link that never was, was used, has ended, or is another browser's."""
    return render(request, "account/start_not_here.html", status=404)


@method_decorator(login_not_required, name="dispatch")
class StartLink(View):
    """Where the link in an invitation leads."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A button. The same page for every link, good or not: nothing is looked up."""
        return render(request, "account/start_link.html")

    @method_decorator(sensitive_variables())
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make the link this browser's own."""
        try:
            bound = bind_invitation(
                link_secret=str(kwargs["secret"]), browser_secret=request.COOKIES.get(COOKIE, "")
            )
        except NoSuchInvitation:
            return no_such_invitation(request)
        answer = redirect("start")
        answer.set_cookie(
            COOKIE,
            bound.browser_secret,
            expires=bound.ends_at,
            path=COOKIE_PATH,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return answer


@method_decorator(login_not_required, name="dispatch")
@method_decorator(sensitive_post_parameters(), name="dispatch")
class Start(View):
    """Choosing a passkey or a password, in the browser that an invitation is bound to."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form, with the name to sign in with."""
        try:
            worker = invited_here(request.COOKIES.get(COOKIE, ""))
        except NoSuchInvitation:
            return no_such_invitation(request)
        return self.draw(request, ChoosePassword(worker=worker))

    @method_decorator(sensitive_variables())
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep the password, use the invitation up, and sign in."""
        browser_secret = request.COOKIES.get(COOKIE, "")
        if credential := request.POST.get(CREDENTIAL):
            return self.by_passkey(request, browser_secret, credential)
        try:
            form = ChoosePassword(request.POST, worker=invited_here(browser_secret))
            if not form.is_valid():
                return self.draw(request, form, status=422)
            worker = accept_invitation(
                browser_secret=browser_secret, password=form.cleaned_data["password"]
            )
        except NoSuchInvitation:
            return no_such_invitation(request)
        answer: HttpResponse = perform_login(request, worker)
        answer.delete_cookie(COOKIE, path=COOKIE_PATH)
        return answer

    def by_passkey(
        self, request: HttpRequest, browser_secret: str, credential: str
    ) -> HttpResponse:
        """Keep the passkey that the device made, and sign in with it."""
        try:
            kept = start_with(browser_secret=browser_secret, credential=credential)
        except NoSuchInvitation:
            return no_such_invitation(request)
        except NotThisPasskey:
            form = ChoosePassword(worker=invited_here(browser_secret))
            return self.draw(request, form, status=422, no_passkey=True)
        answer = sign_in_by_passkey(request, kept)
        answer.delete_cookie(COOKIE, path=COOKIE_PATH)
        return answer

    @staticmethod
    def draw(
        request: HttpRequest, form: ChoosePassword, status: int = 200, **more: object
    ) -> HttpResponse:
        """The page with this form."""
        agencies = agency_sign_ins(form.worker.agency.name)
        context = {"form": form, "agencies": agencies, **more}
        return render(request, "account/start.html", context, status=status)


@method_decorator(login_not_required, name="dispatch")
class StartPasskey(View):
    """What passkey.js gives to the device to make an invited worker's first passkey."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A question that is answered once."""
        try:
            worker = invited_here(request.COOKIES.get(COOKIE, ""))
        except NoSuchInvitation:
            return no_such_invitation(request)
        return JsonResponse(ask_to_make(worker))
