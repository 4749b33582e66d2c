"""A worker's own sign-in: proving once more who one is."""

from typing import Any

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters

from leeward.accounts.freshness import prove_by_code, prove_by_passkey, prove_by_password
from leeward.accounts.locks import was_refused
from leeward.accounts.models import Worker
from leeward.practice_desk.typed_words import CARRIED
from leeward.practice_desk.views.again import draw_again
from leeward.practice_desk.views.base import DeskView
from leeward.practice_desk.views.session import CREDENTIAL, give_back


def where_next(request: HttpRequest) -> str:
    """Where somebody was going on this site; Home when it is not of this site."""
    asked = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME, "")
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure())
    return asked if safe else resolve_url("home")


def worker_of(request: HttpRequest) -> Worker:
    """The worker who is signed in. Raises TypeError when nobody is: a mistake of ours."""
    if not isinstance(request.user, Worker):
        raise TypeError("This page is behind sign-in.")
    return request.user


@method_decorator(sensitive_post_parameters(), name="dispatch")
class SignInAgain(DeskView):
    """Asks for a proof once more, then leads on to what was asked for, or gives it back."""

    action = "account.own"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page that asks."""
        return self.draw()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Go on, or say that it is not right."""
        if not self.proved(request, worker_of(request)):
            return self.draw(wrong=True, status=422)
        return self.go_on()

    @staticmethod
    def proved(request: HttpRequest, worker: Worker) -> bool:
        """By a passkey, a code from the app, or the password."""
        if credential := request.POST.get(CREDENTIAL):
            return prove_by_passkey(request=request, worker=worker, credential=credential)
        if code := request.POST.get("code"):
            return prove_by_code(request=request, worker=worker, code=code)
        password = request.POST.get("password", "")
        return prove_by_password(request=request, worker=worker, password=password)

    def go_on(self) -> HttpResponse:
        """What was asked for before this page came between."""
        if carried := self.request.POST.get(CARRIED):
            return give_back(self.request, carried)
        return redirect(where_next(self.request))

    def draw(self, *, wrong: bool = False, status: int = 200) -> HttpResponse:
        """The page, with what waits on it."""
        context = self.get_context_data(
            wrong=wrong,
            next=where_next(self.request),
            carried=self.request.POST.get(CARRIED, ""),
            locked=was_refused(self.request),
        )
        return draw_again(self.request, context, status=status)
