"""Putting off with a reason what needs one."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from leeward.core.agency_time import today
from leeward.practice_desk.views.base import DeskView
from leeward.reminders import actions
from leeward.reminders.forms import PutOffForm
from leeward.reminders.queries import Reminder


class PutOff(DeskView):
    """Until which day one thing may wait, and why. What may not wait has no such page."""

    action = "reminder.put_off"
    nav = "home"
    template_name = "practice_desk/put_off.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The two questions."""
        found = self.found()
        return self.draw(found, PutOffForm(last=found.last or today()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Put it off, or say what to mend."""
        found = self.found()
        form = PutOffForm(request.POST, last=found.last or today())
        if form.is_valid() and self.save(form):
            return redirect("notices")
        return self.draw(found, form, status=422)

    def save(self, form: PutOffForm) -> bool:
        """The one domain call; whether it was kept."""
        try:
            actions.put_off(by=self.actor, about=self.kwargs["reminder_id"], **form.cleaned_data)
        except (actions.CannotWait, actions.TooLong):
            form.add_error(None, _("This cannot wait any longer. Nothing was changed."))
            return False
        except actions.NotThere as fault:
            raise Http404 from fault
        return True

    def found(self) -> Reminder:
        """What it is about. What is not theirs, or never waits, is not there."""
        try:
            return actions.read_one(by=self.actor, about=self.kwargs["reminder_id"])
        except (actions.NotThere, actions.CannotWait) as fault:
            raise Http404 from fault

    def draw(self, found: Reminder, form: PutOffForm, status: int = 200) -> HttpResponse:
        """What it is, then the questions."""
        context = self.get_context_data(each=found, form=form, today=today())
        return self.render_to_response(context, status=status)
