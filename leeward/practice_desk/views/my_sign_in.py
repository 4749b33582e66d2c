"""My sign-in: where it is open, ending it elsewhere, and a lost device."""

from typing import Any

from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from leeward.accounts.open_sessions import end_other_sessions, sessions_of
from leeward.administration.actions import report_lost
from leeward.audit import actions as audit
from leeward.practice_desk.views.base import DeskView
from leeward.practice_desk.views.own import worker_of


class MySignIn(DeskView):
    """Where I am signed in."""

    action = "account.own"
    nav = "my_sign_in"
    template_name = "practice_desk/my_sign_in.html"

    @transaction.atomic
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """This one first."""
        worker = worker_of(self.request)
        found = sessions_of(worker, self.request.session.session_key)
        audit.record(by=self.actor, action="account.own", subject=worker.pk, purpose="sessions")
        return super().get_context_data(**kwargs) | {"sessions": found}


class EndMySessions(DeskView):
    """Ends my other sign-ins, or one of them. Taking away asks for no fresh sign-in."""

    action = "account.own"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Back to the list."""
        end_other_sessions(
            worker=worker_of(request),
            own_key=request.session.session_key,
            ref=request.POST.get("session", ""),
        )
        return redirect("my_sign_in")


class ReportLost(DeskView):
    """I have lost a device, or it was stolen."""

    action = "account.own"
    nav = "my_sign_in"
    template_name = "practice_desk/report_lost.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Sign me out everywhere, here as well."""
        report_lost(by=self.actor, worker=worker_of(request))
        # This session is gone with the others: begin an empty one.
        logout(request)
        return redirect("account_login")
