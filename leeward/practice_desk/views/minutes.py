"""What a meeting decided: kept, answered for, read, and told to the young person."""

from contextlib import suppress
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leeward.conferences.after import actions
from leeward.conferences.after.forms import DecideForm, DisagreeForm, TellForm, WentForm
from leeward.conferences.after.models import Decision
from leeward.conferences.after.queries import decision_of, newest_telling
from leeward.conferences.before.actions import NotOnTheTeam
from leeward.conferences.before.models import Meeting
from leeward.entry.queries import newest_offer
from leeward.plans.queries import team_of
from leeward.practice_desk.views.meetings import MeetingForm, OfMeeting


class Decide(MeetingForm):
    """Keep a decision."""

    form_class = DecideForm
    heading = _("Keep a decision")
    lead = _("One decision at a time: what, who, by when, and what the young person thinks of it.")
    submit = _("Keep this decision")

    def given(self, meeting: Meeting) -> dict[str, Any]:
        """Those who work with them today."""
        return {"team": team_of(self.person)}

    def save(self, meeting: Meeting, form: DecideForm) -> None:
        """Keep it."""
        try:
            actions.decide(by=self.actor, meeting=meeting, decided=form.decided())
        except NotOnTheTeam:
            form.add_error("owner", _now("They are not on the team any more. Choose again."))


class Disagree(MeetingForm):
    """Keep that somebody saw it another way."""

    form_class = DisagreeForm
    heading = _("Somebody saw it another way")
    lead = _("Nobody has to agree. It is kept as it was said.")
    submit = _("Keep it")

    def save(self, meeting: Meeting, form: DisagreeForm) -> None:
        """Keep it."""
        actions.disagree(by=self.actor, meeting=meeting, **form.cleaned_data)


class DecisionWent(MeetingForm):
    """How a decision went."""

    form_class = WentForm
    heading = _("How did it go?")
    submit = _("Keep it")

    def decision(self, meeting: Meeting) -> Decision:
        """The one in the address."""
        try:
            return decision_of(meeting, self.kwargs["decision_id"])
        except Decision.DoesNotExist as fault:
            raise Http404 from fault

    def given(self, meeting: Meeting) -> dict[str, Any]:
        """What was decided stands above the form."""
        self.lead = self.decision(meeting).what
        return {}

    def save(self, meeting: Meeting, form: WentForm) -> None:
        """Keep it, once."""
        try:
            actions.how_it_went(
                by=self.actor, decision=self.decision(meeting), **form.cleaned_data
            )
        except actions.NotTheirs:
            form.add_error(
                None,
                _now("This is on somebody else’s desk. They or a supervisor say how it went."),
            )
        except actions.AlreadySaid:
            form.add_error(None, _now("Somebody has said how it went. Go back to read it."))


class MarkRead(OfMeeting):
    """Whoever looks has read what was decided."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep that they have."""
        actions.mark_read(by=self.actor, meeting=self.meeting())
        return self.back_to_it()


class Tell(MeetingForm):
    """What was decided, in words for them, and three questions before a device shows it."""

    action = "conference.release"
    template_name = "practice_desk/meeting_tell.html"
    form_class = TellForm
    heading = _("Let them read in My space what was decided")
    submit = _("Keep my answers")

    def initial(self, meeting: Meeting) -> dict[str, Any]:
        """In the words that were kept last."""
        last = newest_telling(meeting)
        return {"words": last.words if last else ""}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what they last said of their phone."""
        return super().get_context_data(**kwargs) | {"offer": newest_offer(self.person)}

    def save(self, meeting: Meeting, form: TellForm) -> None:
        """Keep them."""
        answers = dict(form.cleaned_data)
        words = answers.pop("words")
        try:
            actions.tell(by=self.actor, meeting=meeting, words=words, answers=answers)
        except actions.NotOffered:
            form.add_error(None, _now("Look at My space together first."))


class TakeBackTelling(OfMeeting):
    """It is not read in My space from now on."""

    action = "conference.release"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take it back. What was not released stays as it is."""
        with suppress(actions.NotReleased):
            actions.take_back(by=self.actor, meeting=self.meeting())
        return self.back_to_it()
