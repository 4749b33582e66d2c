"""What an administrator asks for and another must agree to; reviews; files to hand on."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_variables

from leeward.accounts.models import Worker
from leeward.administration import actions
from leeward.administration.models import Request
from leeward.practice_desk.queries.administration import (
    request_page,
    requests_page,
    reviews_page,
)
from leeward.practice_desk.views.administration import FAULTS
from leeward.practice_desk.views.base import DeskView


class Requests(DeskView):
    """What waits for somebody to agree, and what was answered lately."""

    action = "administration.agree"
    nav = "requests"
    template_name = "practice_desk/requests.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The newest first."""
        return super().get_context_data(**kwargs) | {"page": requests_page(by=self.actor)}


class RequestPage(DeskView):
    """One request, and agreeing to it or not."""

    action = "administration.agree"
    fresh = True
    nav = "requests"
    template_name = "practice_desk/request.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What is asked, by whom, and why."""
        return self.draw()

    @method_decorator(sensitive_variables())
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Agree, or do not. A link is on the page that answers, and never again."""
        request_id = self.kwargs["request_id"]
        try:
            if request.POST.get("answer") == "refuse":
                actions.refuse(by=self.actor, request_id=request_id)
                return redirect("requests")
            if request.POST.get("answer") != "agree":
                return self.draw(status=422)
            agreed = actions.agree(by=self.actor, request_id=request_id)
        except actions.MayNotAgree as fault:
            # No button asks for it: whoever tries is told no more, and it is recorded.
            raise PermissionDenied from fault
        except tuple(FAULTS) as fault:
            return self.draw(status=422, fault=FAULTS[type(fault)][1])
        except Request.DoesNotExist:
            # Answered or run out since: the page says so, or it is not theirs to know.
            return self.draw(status=422)
        if not agreed.link_secret:
            return redirect("requests")
        link = request.build_absolute_uri(
            reverse("start_link", kwargs={"secret": agreed.link_secret})
        )
        return self.draw(link=link)

    def draw(self, status: int = 200, **more: Any) -> HttpResponse:
        """The page as things stand."""
        try:
            page = request_page(by=self.actor, request_id=self.kwargs["request_id"])
        except Request.DoesNotExist as fault:
            raise Http404 from fault
        return self.render_to_response(self.get_context_data(page=page, **more), status=status)


class TakeBack(DeskView):
    """Taking back what one has asked for."""

    action = "administration.change"
    fresh = True
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Back to the list."""
        try:
            actions.take_back(by=self.actor, request_id=self.kwargs["request_id"])
        except (Request.DoesNotExist, actions.MayNotAgree) as fault:
            raise Http404 from fault
        return redirect("requests")


class Reviews(DeskView):
    """What waits for the privacy officer to look into."""

    action = "review.read"
    nav = "reviews"
    template_name = "practice_desk/reviews.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What waits first."""
        return super().get_context_data(**kwargs) | {"page": reviews_page(by=self.actor)}


class HandOver(DeskView):
    """The files of somebody who has left, for whoever may hand them on."""

    action = "file.transfer"
    nav = "people"
    template_name = "practice_desk/hand_over.html"

    def open(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Fetch them first: a worker of another agency does not exist."""
        try:
            self.worker, self.people = actions.read_left_files(
                by=self.actor, worker_id=kwargs["worker_id"]
            )
        except Worker.DoesNotExist as fault:
            raise Http404 from fault
        return super().open(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whose team they still stand on."""
        found = {"worker": self.worker, "people": self.people}
        return super().get_context_data(**kwargs) | found
