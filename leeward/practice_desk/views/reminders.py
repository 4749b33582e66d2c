"""Putting off with a reason what needs one, and where one is told that something does."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from leeward.core.agency_time import today
from leeward.practice_desk.views.base import DeskView
from leeward.practice_desk.views.own import worker_of
from leeward.reminders import actions
from leeward.reminders.channels.actions import read_channel, say_channel
from leeward.reminders.channels.forms import ChannelForm
from leeward.reminders.channels.models import Channel
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
        return self.draw(found, self.form(found))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Put it off, or say what to mend."""
        found = self.found()
        form = self.form(found, request.POST)
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

    @staticmethod
    def form(found: Reminder, *data: Any) -> PutOffForm:
        """The form for this thing."""
        return PutOffForm(*data, last=found.last or today(), overseen=not found.by_name_alone)

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


class HowIAmTold(DeskView):
    """Where this worker is told that something waits: their own page, as every worker has one."""

    action = "account.own"
    nav = "my_sign_in"
    template_name = "practice_desk/how_i_am_told.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As they said it last."""
        channel = read_channel(by=self.actor)
        return self.draw(ChannelForm(initial=ChannelForm.said(channel)), channel)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep what they say now, and show it as kept."""
        form = ChannelForm(request.POST)
        if not form.is_valid():
            return self.draw(form, status=422)
        say_channel(by=self.actor, **form.channel())
        return redirect("how_i_am_told")

    def draw(
        self, form: ChannelForm, channel: Channel | None = None, status: int = 200
    ) -> HttpResponse:
        """The form, since when it stands so, and in which zone its hours are."""
        zone = worker_of(self.request).agency.time_zone
        context = self.get_context_data(form=form, channel=channel, zone=zone)
        return self.render_to_response(context, status=status)
