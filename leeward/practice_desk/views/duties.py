"""Duties to report: what is still to be answered, and answering."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from leeward.core.agency_time import today
from leeward.legal.actions import answer_duty, read_duties, read_duty
from leeward.legal.forms import AnswerForm
from leeward.legal.models import Duty
from leeward.legal.wording import question_in_words
from leeward.practice_desk.drawing import language
from leeward.practice_desk.views.base import DeskView


class Duties(DeskView):
    """Every unanswered duty of mine, or of my team."""

    action = "duty.answer"
    nav = "home"
    template_name = "practice_desk/duties.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The longest waiting first."""
        return super().get_context_data(**kwargs) | {"duties": read_duties(by=self.actor)}


class AnswerDuty(DeskView):
    """One duty: what the law says, and what was done."""

    action = "duty.answer"
    nav = "home"
    template_name = "practice_desk/duty.html"

    def open(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A duty that is not yours does not exist."""
        try:
            self.duty = read_duty(by=self.actor, duty_id=kwargs["duty_id"])
        except Duty.DoesNotExist as fault:
            raise Http404 from fault
        return super().open(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The question and the form."""
        initial = {"on": today(), "who": self.actor.name}
        return self.draw(AnswerForm(initial=initial))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Record the answer."""
        form = AnswerForm(request.POST)
        if not form.is_valid():
            return self.draw(form, status=422)
        answer_duty(by=self.actor, duty=self.duty, **form.cleaned_data)
        if self.duty.person_id:
            return redirect("overview", person_id=self.duty.person_id)
        return redirect("home")

    def draw(self, form: AnswerForm, status: int = 200) -> HttpResponse:
        """What the law says for this child, then the answer."""
        agency = self.request.user.agency  # type: ignore[union-attr]
        context = self.get_context_data(
            form=form,
            duty=self.duty,
            words=question_in_words(self.duty, agency.kind, language()),
        )
        return self.render_to_response(context, status=status)
