"""Meetings about a young person: called, prepared with them, asked to, packed."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leeward.conferences.after.queries import minutes_of
from leeward.conferences.before import actions
from leeward.conferences.before.forms import (
    CallForm,
    CallOffForm,
    InviteForm,
    MoveForm,
    PrepareForm,
)
from leeward.conferences.before.models import Hears, Invitation, Meeting
from leeward.conferences.before.queries import (
    asked_to,
    called,
    heard_by_team,
    invitation_of,
    meeting_of,
    meetings_of,
    newest_pack,
    newest_sitting,
    packed,
)
from leeward.conferences.in_words import when_in_words
from leeward.conferences.rules import ZONES
from leeward.core.forms import LeewardForm
from leeward.plans.queries import team_of
from leeward.practice_desk.views.base import PersonFormView, PersonView

CHANGED = _("Somebody saved this while you were writing. Look at it, then save yours again.")
CALLED_OFF = _("This meeting was called off. Call a new one instead.")
# Says nothing of why: whoever reads it may not be one who may know.
NEVER = _(
    "This person is not asked to meetings about this young person. Do not call or write to them"
    " about it. Your supervisor can say more."
)
ALIKE = _(
    "A name like this is in the file. Look at the circle, and ask the young person, before you"
    " write anything to this person."
)
NOT_FIRST = _(
    "First record that the young person was asked, or why not yet. Then invitations can go out."
)


class Meetings(PersonView):
    """Every meeting, the latest first."""

    action = "conference.read"
    tab = "meetings"
    template_name = "practice_desk/meetings.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With when each is."""
        rows = meetings_of(self.actor, self.person)
        return super().get_context_data(**kwargs) | {
            "meetings": [(each, when_in_words(each.sitting)) for each in rows],
        }


class OfMeeting(PersonView):
    """A page about one meeting of this person; one of anybody else's is not there."""

    action = "conference.read"
    tab = "meetings"

    def open(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The meeting is fetched once the file is."""
        self.meeting_id = kwargs["meeting_id"]
        return super().open(request, *args, **kwargs)

    def meeting(self) -> Meeting:
        """The one in the address."""
        try:
            return meeting_of(self.actor, self.person, self.meeting_id)
        except Meeting.DoesNotExist as fault:
            raise Http404 from fault

    def back_to_it(self) -> HttpResponse:
        """Its own page."""
        return redirect("meeting", person_id=self.person_id, meeting_id=self.meeting_id)


class MeetingPage(OfMeeting):
    """One meeting: the young person first, then all the rest."""

    template_name = "practice_desk/meeting.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Everything that stands of it."""
        meeting = self.meeting()
        stands = called(meeting)
        return super().get_context_data(**kwargs) | {
            "meeting": meeting,
            "stands": stands,
            "when": when_in_words(stands.sitting),
            "earlier": [
                (each, when_in_words(each))
                for each in meeting.sittings.select_related("recorded_by").order_by("-number")
                if each.pk != stands.sitting.pk
            ],
            "sayings": heard_by_team(meeting),
            "asked": asked_to(meeting),
            "pack": newest_pack(meeting),
            "packed": packed(self.actor, meeting),
            "minutes": minutes_of(meeting),
            "today": timezone.localdate(),
            **self.refusal(),
        }

    def refusal(self) -> dict[str, Any]:
        """What was just refused, if anything."""
        return {}


class CallMeeting(PersonFormView):
    """Call one."""

    action = "conference.write"
    tab = "meetings"
    form_class = CallForm
    back = "meetings"
    heading = _("Call a meeting")
    lead = _("Next you record what the young person says to it. Invitations come after that.")
    submit = _("Call the meeting")

    def initial(self) -> dict[str, Any]:
        """By the agency's own clocks."""
        zone = timezone.get_current_timezone_name()
        return {"zone": zone if zone in ZONES else ZONES[0]}

    def save(self, form: CallForm) -> None:
        """Call it."""
        said = form.cleaned_data
        self.called = actions.call(
            by=self.actor,
            person=self.person,
            shape=said["shape"],
            purpose=said["purpose"],
            when=form.when(),
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """To the young person's part of it."""
        response = super().post(request, *args, **kwargs)
        if hasattr(self, "called"):
            return redirect("meeting", person_id=self.person_id, meeting_id=self.called.pk)
        return response


class MeetingForm(OfMeeting):
    """One form about one meeting. A mistake draws the page again with all that was typed."""

    action = "conference.write"
    template_name = "practice_desk/meeting_form.html"
    form_class: type[LeewardForm]
    heading: Any = ""
    lead: Any = ""
    submit: Any = ""

    def given(self, meeting: Meeting) -> dict[str, Any]:
        """More arguments for the form."""
        return {}

    def initial(self, meeting: Meeting) -> dict[str, Any]:
        """What the form starts with."""
        return {}

    def save(self, meeting: Meeting, form: Any) -> None:
        """The one domain call. May add errors to the form instead of saving."""
        raise TypeError(type(self).__name__)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form as it starts."""
        meeting = self.meeting()
        form = self.form_class(initial=self.initial(meeting), **self.given(meeting))
        return self.draw(meeting, form)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save, or say what to mend."""
        meeting = self.meeting()
        form = self.form_class(request.POST, **self.given(meeting))
        if form.is_valid():
            self.save(meeting, form)
        if form.is_valid():
            return self.back_to_it()
        return self.draw(meeting, form, status=422)

    def draw(self, meeting: Meeting, form: LeewardForm, status: int = 200) -> HttpResponse:
        """The page with this form."""
        context = self.get_context_data(
            meeting=meeting,
            when=when_in_words(newest_sitting(meeting)),
            form=form,
            heading=self.heading,
            lead=self.lead,
            submit=self.submit,
        )
        return self.render_to_response(context, status=status)


class Prepare(MeetingForm):
    """The young person first."""

    form_class = PrepareForm
    heading = _("The young person first")
    lead = _(
        "Sit down with them, if you can. What they type in My space themselves stays as it is."
    )
    submit = _("Keep this")

    def initial(self, meeting: Meeting) -> dict[str, Any]:
        """As it was recorded last."""
        last = called(meeting).preparation
        penned = {each.kind: each for each in heard_by_team(meeting) if each.recorded_by_id}
        said: dict[str, Any] = {kind: each.words for kind, each in penned.items()}
        if any(each.hears == Hears.ROOM for each in penned.values()):
            said["hears"] = Hears.ROOM.value
        if last is None:
            return said | {"version": 0}
        return said | {
            "version": last.number,
            "asked": PrepareForm.ASKED if last.asked else PrepareForm.NOT_YET,
            "presence": last.presence,
            "words": last.words,
            "why_not": last.why_not,
        }

    def save(self, meeting: Meeting, form: PrepareForm) -> None:
        """Record it."""
        try:
            actions.prepare(by=self.actor, meeting=meeting, **form.told())
        except actions.ChangedMeanwhile:
            last = called(meeting).preparation
            form.carry("version", last.number if last else 0)
            form.add_error(None, str(CHANGED))


class Moving(MeetingForm):
    """Another sitting, or none."""

    def change(self, meeting: Meeting, form: LeewardForm, act: Any, **said: Any) -> None:
        """Do it, or say that somebody was faster."""
        try:
            act(by=self.actor, meeting=meeting, **said)
        except actions.CalledOff:
            form.add_error(None, str(CALLED_OFF))
        except actions.ChangedMeanwhile:
            form.carry("version", newest_sitting(meeting).number)
            form.add_error(None, str(CHANGED))


class Move(Moving):
    """Another day, time or place."""

    form_class = MoveForm
    heading = _("Move this meeting")
    lead = _("Tell the young person first. Then give everyone the new file for their calendar.")
    submit = _("Move it")

    def initial(self, meeting: Meeting) -> dict[str, Any]:
        """As it stands."""
        stands = called(meeting)
        return {
            "version": stands.sitting.number,
            "day": stands.starts.date(),
            "time": f"{stands.starts:%H:%M}",
            "minutes": stands.sitting.minutes,
            "zone": stands.sitting.zone,
            "place": stands.sitting.place,
        }

    def save(self, meeting: Meeting, form: MoveForm) -> None:
        """Add the new sitting."""
        said = form.cleaned_data
        self.change(
            meeting, form, actions.move, version=said["version"], why=said["why"], when=form.when()
        )


class CallOff(Moving):
    """It will not be."""

    form_class = CallOffForm
    heading = _("Call this meeting off")
    submit = _("Call it off")

    def initial(self, meeting: Meeting) -> dict[str, Any]:
        """Of the sitting that stands."""
        return {"version": newest_sitting(meeting).number}

    def save(self, meeting: Meeting, form: CallOffForm) -> None:
        """Add that it will not be."""
        said = form.cleaned_data
        self.change(meeting, form, actions.call_off, version=said["version"], why=said["why"])


class Invite(MeetingForm):
    """Put somebody on the list. Nothing goes out by it."""

    form_class = InviteForm
    heading = _("Ask somebody to this meeting")
    lead = _("Only who helps the young person. Nothing goes out yet.")
    submit = _("Put them on the list")

    def given(self, meeting: Meeting) -> dict[str, Any]:
        """Those who work with them today."""
        return {"team": team_of(self.person)}

    def save(self, meeting: Meeting, form: InviteForm) -> None:
        """Put them there, or ask first."""
        sure = "yes" in self.request.POST.getlist("sure")
        try:
            actions.invite(by=self.actor, meeting=meeting, who=form.who(), sure=sure)
        except actions.NeverInvited:
            form.add_error(None, str(NEVER))
        except actions.IsThatSomebodyElse:
            form.ask_again()
            form.add_error(None, str(ALIKE))
        except actions.CalledOff:
            form.add_error(None, str(CALLED_OFF))
        except actions.NotOnTheTeam:
            form.add_error("worker", _now("They are not on the team any more. Choose again."))


class TellOfInvitation(MeetingPage):
    """An invitation went out, was taken back, or its person came or stayed away."""

    action = "conference.write"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep it, or say why not on the meeting's own page."""
        try:
            invitation = invitation_of(self.meeting(), kwargs["invitation_id"])
        except Invitation.DoesNotExist as fault:
            raise Http404 from fault
        try:
            actions.tell_of(
                by=self.actor, invitation=invitation, kind=request.POST.get("kind", "")
            )
        except actions.AlreadySo:
            return self.back_to_it()
        except ValueError as fault:
            self.said = self.why(fault)
            return self.render_to_response(self.get_context_data(), status=422)
        return self.back_to_it()

    @staticmethod
    def why(fault: ValueError) -> str:
        """What is wrong, in words."""
        found: dict[type[ValueError], Any] = {
            actions.NotAskedFirst: NOT_FIRST,
            actions.NeverInvited: NEVER,
            actions.CalledOff: CALLED_OFF,
        }
        return str(found.get(type(fault), _("Choose one of the buttons.")))

    def refusal(self) -> dict[str, Any]:
        """What was just refused."""
        return {"refused": self.said}
