"""Pages about emergencies: opening a file in one, reviewing it, and unusual opening of files."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _now

from leeward.accounts.models import Worker
from leeward.notices.actions import WrongOutcome
from leeward.people.emergency import actions
from leeward.people.emergency.forms import EmergencyForm, ReviewForm
from leeward.people.models import YoungPerson
from leeward.people.standing.models import BreakGlass
from leeward.people.watching.actions import read_activity, settle_review
from leeward.practice_desk.queries.emergency import counts_in_words, pages_in_words
from leeward.practice_desk.views.base import DeskView


class OpenNow(DeskView):
    """Open the file of somebody one does not work with, for a few hours, with a reason."""

    action = "file.break_glass"
    fresh = True
    nav = "people"
    template_name = "practice_desk/open_now.html"

    def open(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A file that is not there for this worker, or that they may open anyway."""
        try:
            return super().open(request, *args, **kwargs)
        except YoungPerson.DoesNotExist as fault:
            raise Http404 from fault
        except actions.OpenAlready:
            return redirect("overview", person_id=kwargs["person_id"])
        except actions.NotReviewedYet:
            context = self.get_context_data(waits=True)
            return self.render_to_response(context, status=422)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What it means, and the question why."""
        return self.draw(EmergencyForm())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Open it, or ask for a reason that somebody can judge."""
        form = EmergencyForm(request.POST)
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            try:
                actions.break_glass(by=self.actor, person_id=kwargs["person_id"], reason=reason)
            except actions.TooLittleSaid:
                form.add_error("reason", _now("Say a little more: what happened, and why now?"))
            else:
                return redirect("overview", person_id=kwargs["person_id"])
        return self.draw(form, status=422)

    def draw(self, form: EmergencyForm, status: int = 200) -> HttpResponse:
        """The page with this form."""
        whose = actions.read_who_it_is(by=self.actor, person_id=self.kwargs["person_id"])
        # Not `person`: the frame of the page would then offer the file itself.
        context = self.get_context_data(
            form=form, whose=whose, hours=settings.LEEWARD_BREAK_GLASS_HOURS
        )
        return self.render_to_response(context, status=status)


class ReviewEmergency(DeskView):
    """Who opened a file in an emergency, why, and what they did there. Was it needed?"""

    action = "glass.review"
    nav = "home"
    template_name = "practice_desk/emergency_review.html"

    def open(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """One that is not yours to review does not exist."""
        try:
            return super().open(request, *args, **kwargs)
        except BreakGlass.DoesNotExist as fault:
            raise Http404 from fault

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What happened, and the question."""
        return self.draw(ReviewForm())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep the answer, unless somebody has given one."""
        form = ReviewForm(request.POST)
        if form.is_valid():
            try:
                actions.review_emergency(
                    by=self.actor, broken_id=kwargs["broken_id"], **form.cleaned_data
                )
            except actions.ReviewedAlready:
                form.add_error(None, _now("Somebody has already reviewed this. It is below."))
            else:
                return redirect("notices")
        return self.draw(form, status=422)

    def draw(self, form: ReviewForm, status: int = 200) -> HttpResponse:
        """The page with this form."""
        broken, rows = actions.read_emergency(by=self.actor, broken_id=self.kwargs["broken_id"])
        context = self.get_context_data(form=form, broken=broken, pages=pages_in_words(rows))
        return self.render_to_response(context, status=status)


class ReviewOpening(DeskView):
    """What one worker searched and opened of late, for the privacy officer."""

    action = "opening.review"
    nav = "home"
    template_name = "practice_desk/opening_review.html"

    def open(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Another agency's workers do not exist, and nobody looks into themselves."""
        try:
            return super().open(request, *args, **kwargs)
        except Worker.DoesNotExist as fault:
            raise Http404 from fault

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What was counted, and the files."""
        return self.draw()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Say what came of looking."""
        outcome = request.POST.get("outcome", "")
        try:
            settle_review(by=self.actor, worker_id=kwargs["worker_id"], outcome=outcome)
        except WrongOutcome:
            return self.draw(_now("Choose one of the two buttons. Nothing was changed."), 422)
        return redirect("notices")

    def draw(self, fault: str = "", status: int = 200) -> HttpResponse:
        """The page."""
        activity = read_activity(by=self.actor, worker_id=self.kwargs["worker_id"])
        context = self.get_context_data(
            activity=activity,
            counts=counts_in_words(activity.found),
            fault=fault,
        )
        return self.render_to_response(context, status=status)
