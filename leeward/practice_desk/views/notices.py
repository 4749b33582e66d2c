"""What needs this worker: the list, going to one, and ending one."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from leeward.access.actors import Actor
from leeward.core.agency_time import today
from leeward.notices.actions import WrongOutcome, see, settle_by_hand
from leeward.notices.models import Notice
from leeward.practice_desk.notice_pages import address_of
from leeward.practice_desk.queries.notices import notices_page
from leeward.practice_desk.views.base import DeskView


def _lists(actor: Actor) -> dict[str, Any]:
    return {"page": notices_page(by=actor), "today": today()}


class Notices(DeskView):
    """All that waits for this worker: by rule, and what they were told."""

    action = "notice.read"
    nav = "home"
    template_name = "practice_desk/notices.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What is due first."""
        return super().get_context_data(**kwargs) | _lists(self.actor)


class OpenNotice(DeskView):
    """Goes where a notice leads, and marks it as seen. By POST: a GET marks nothing."""

    action = "notice.settle"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page it leads to, or the list."""
        try:
            notice = see(by=self.actor, notice_id=kwargs["notice_id"])
        except Notice.DoesNotExist as fault:
            raise Http404 from fault
        return redirect(address_of(notice) or "notices")


class SettleNotice(DeskView):
    """Ends a notice from the list."""

    action = "notice.settle"
    nav = "home"
    http_method_names = ["post"]
    template_name = "practice_desk/notices.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Back to the list."""
        try:
            settle_by_hand(
                by=self.actor,
                notice_id=kwargs["notice_id"],
                outcome=request.POST.get("outcome", ""),
            )
        except Notice.DoesNotExist as fault:
            raise Http404 from fault
        except WrongOutcome:
            context = self.get_context_data(
                fault=_("Choose one of the buttons beside it. Nothing was changed."),
                **_lists(self.actor),
            )
            return self.render_to_response(context, status=422)
        return redirect("notices")
