"""My meetings in My space: what they want to say before one, and what was decided, once a worker
lets them read it; and their own side."""

from contextlib import suppress
from functools import cached_property
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from leeward.conferences.after import actions as after
from leeward.conferences.after.queries import Mine, my_meeting, my_meetings, newest_side
from leeward.conferences.before import actions as before
from leeward.conferences.before.forms import SayForm
from leeward.conferences.before.models import Hears, Meeting, Saying
from leeward.conferences.before.queries import newest_saying
from leeward.entry.queries import private_is_open
from leeward.my_space.file import FilePage
from leeward.my_space.plan import CHANGED
from leeward.releases.forms import SideForm

# What they may say, by the name it has in an address, where a browser's own list may show it; and
# a line that helps to begin.
PARTS = {"a": "say", "b": "who", "c": "not_discuss", "d": "speaks"}
HINTS = {
    "say": _("What do you want them to know? What do you want to happen?"),
    "who": _("Who do you want there? Who not?"),
    "not_discuss": _("You do not have to say why."),
    "speaks": _("Somebody you trust, who says it for you or with you."),
}


class MeetingsPage(FilePage):
    """A page about their meetings. What was decided opens where My file does."""

    action = "meeting.read"

    @cached_property
    def private(self) -> bool:
        """Whether what they keep to themselves is open on this visit."""
        return private_is_open(self.own)

    @cached_property
    def mine(self) -> Mine:
        """The meeting in the address."""
        try:
            return my_meeting(
                self.visitor.actor,
                self.own.person,
                self.kwargs["meeting_id"],
                private=self.private,
            )
        except Meeting.DoesNotExist as fault:
            raise Http404 from fault


class MyMeetings(MeetingsPage):
    """All of them, the latest first."""

    template_name = "my_space/meetings.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what they may say before each."""
        found = my_meetings(self.visitor.actor, self.own.person, private=self.private)
        return super().get_context_data(**kwargs) | {
            "meetings": [(each, _asked(each)) for each in found]
        }


def _asked(mine: Mine) -> list[tuple[str, Any, list[Saying]]]:
    """Each question: its name in an address, the question, and what stands there."""
    labels = dict(Saying.Kind.choices)
    return [
        (part, labels[kind], [each for each in mine.sayings if each.kind == kind])
        for part, kind in PARTS.items()
    ]


@method_decorator(sensitive_post_parameters(), name="dispatch")
class Say(MeetingsPage):
    """One thing that they say before a meeting, and who hears it."""

    action: ClassVar[str] = "meeting.write"
    template_name = "my_space/meeting_say.html"

    @cached_property
    def kind(self) -> str:
        """The question in the address."""
        try:
            return PARTS[self.kwargs["part"]]
        except KeyError as fault:
            raise Http404 from fault

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As it stands. Closed, until they open it to somebody."""
        kind, meeting = self.kind, self.mine.called.meeting
        if not self.private:
            return redirect("meetings", self.face.slug)
        stands = newest_saying(meeting, kind, own=True)
        initial: dict[str, Any] = {"hears": Hears.ME.value, "version": 0}
        if stands:
            initial = {"words": stands.words, "version": stands.number}
            initial["hears"] = stands.hears if stands.words else Hears.ME.value
        return self.draw(form=SayForm(initial=initial))

    @method_decorator(sensitive_variables())
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep it, or take it out."""
        kind, meeting = self.kind, self.mine.called.meeting
        if not self.private:
            # Whoever was writing is out since the new words: this is somebody who came in by them.
            return redirect("meetings", self.face.slug)
        form = SayForm(request.POST)
        if not form.is_valid():
            return self.draw(status=422, form=form)
        said = form.cleaned_data
        words = "" if "take_out" in request.POST else said["words"]
        try:
            before.say(
                by=self.visitor.actor,
                meeting=meeting,
                kind=kind,
                version=said["version"] or 0,
                words=words,
                hears=said["hears"],
            )
        except before.ChangedMeanwhile:
            form.add_error(None, str(CHANGED))
            newest = newest_saying(meeting, kind, own=True)
            return self.draw(status=422, form=form, newest=newest)
        return redirect("meetings", self.face.slug)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the question."""
        return super().get_context_data(**kwargs) | {
            "question": dict(Saying.Kind.choices)[self.kind],
            "hint": HINTS[self.kind],
        }


@method_decorator(sensitive_post_parameters(), name="dispatch")
class MyMeetingSide(MeetingsPage):
    """Their own side of what was decided."""

    action: ClassVar[str] = "meeting.write"
    template_name = "my_space/meeting_side.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What was decided, and what they said of it so far. Where it is closed, it says so."""
        if self.closed:
            return redirect("meetings", self.face.slug)
        mine = self.mine
        if not (mine.telling or mine.side):
            raise Http404
        side = mine.side
        initial = {"words": side.words, "version": side.number} if side else {"version": 0}
        return self.draw(form=SideForm(initial=initial))

    @method_decorator(sensitive_variables())
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep it, also where it was taken back as they typed."""
        meeting = self.mine.called.meeting
        if self.closed == "words":
            return redirect("meetings", self.face.slug)
        form = SideForm(request.POST)
        if not form.is_valid():
            return self.draw(status=422, form=form)
        said = form.cleaned_data
        try:
            after.write_meeting_side(
                by=self.visitor.actor,
                meeting=meeting,
                version=said["version"] or 0,
                words=said["words"],
            )
        except after.NotReleased as fault:
            raise Http404 from fault
        except before.ChangedMeanwhile:
            form.add_error(None, str(CHANGED))
            newest = newest_side(meeting)
            return self.draw(status=422, form=form, newest=newest)
        return redirect("meetings", self.face.slug)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what was decided, where that is open."""
        return super().get_context_data(**kwargs) | {"mine": self.mine}


class IHaveRead(MeetingsPage):
    """They have read what was decided."""

    action: ClassVar[str] = "meeting.write"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep that they have."""
        meeting = self.mine.called.meeting
        if not self.closed:
            with suppress(after.NotReleased):
                after.mark_read(by=self.visitor.actor, meeting=meeting)
        return redirect("meetings", self.face.slug)
