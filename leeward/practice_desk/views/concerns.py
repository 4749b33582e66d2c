"""Concerns: taking one down, reading it, whose file it goes into, and what they were told."""

import contextlib
import uuid
from typing import Any, ClassVar

from django.forms.utils import ErrorDict
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leeward.access.rules import may
from leeward.concerns import actions
from leeward.concerns.forms import (
    NEW,
    AcceptForm,
    CloseForm,
    ReferForm,
    SearchForm,
    SendOnForm,
    TakeForm,
    TellBackForm,
)
from leeward.concerns.models import Concern
from leeward.concerns.queries import page_of, reply_for
from leeward.core.agency_time import today
from leeward.core.forms import LeewardForm
from leeward.core.ids import new_id
from leeward.drafts.actions import drop_draft
from leeward.drafts.models import Draft
from leeward.drafts.queries import draft_for
from leeward.observations.actions import NotYetHappened
from leeward.people.actions import ALIKE_SHOWN, SomebodyAlike, TooManySearches, look_up
from leeward.people.models import YoungPerson
from leeward.people.opening import TooManyNames
from leeward.people.queries import Match
from leeward.practice_desk.draft_names import CONCERN
from leeward.practice_desk.views.base import DeskView
from leeward.practice_desk.views.drafted import bound_to_draft
from leeward.practice_desk.views.pages import too_many_searches

SETTLED_SINCE = _("Somebody else has settled this concern meanwhile. Nothing was changed.")


class Concerns(DeskView):
    """What waits, the longest first, and what was settled last."""

    action = "concern.open"
    nav = "concerns"
    template_name = "practice_desk/concerns.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Both lists."""
        waits, settled = actions.read_concerns(by=self.actor)
        return super().get_context_data(**kwargs) | {"waits": waits, "settled": settled}


class TakeConcern(DeskView):
    """Somebody is on the line: two minutes."""

    action = "concern.take"
    nav = "concerns"
    template_name = "practice_desk/concern_take.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form as it was left, or for a call of today."""
        draft = draft_for(self.actor, CONCERN, None)
        if draft is None:
            return self.draw(TakeForm(initial={"id": new_id(), "said_on": today()}))
        form = TakeForm(bound_to_draft(draft))
        # What is half written is not a mistake yet.
        form._errors = ErrorDict()  # type: ignore[attr-defined]
        return self.draw(form, draft=draft)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep it, and go to it where this worker may read it."""
        form = TakeForm(request.POST)
        if not form.is_valid():
            return self.draw(form, 422, draft=draft_for(self.actor, CONCERN, None))
        concern = actions.take(by=self.actor, told=form.told())
        drop_draft(by=self.actor, form=CONCERN, subject_id=None)
        if may(self.actor.role, "concern.open"):
            return redirect("concern", concern_id=concern.pk)
        return redirect("home")

    def draw(self, form: TakeForm, status: int = 200, draft: Draft | None = None) -> HttpResponse:
        """The page with this form, and what was left of it."""
        context = self.get_context_data(
            form=form,
            draft=draft,
            heading=_now("A concern"),
            lead=_now("Write while they talk. What you do not know can stay empty."),
            submit=_now("Keep it"),
        )
        return self.render_to_response(context, status=status)


class OfConcern(DeskView):
    """A page about one concern; one that is not theirs is not there."""

    action = "concern.open"
    nav = "concerns"

    def open(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Fetch it first."""
        try:
            self.concern = actions.read_concern(
                by=self.actor, concern_id=kwargs["concern_id"], permission=self.action
            )
        except Concern.DoesNotExist as fault:
            raise Http404 from fault
        return super().open(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The concern, for every page of it."""
        return super().get_context_data(**kwargs) | {"concern": self.concern}


class ConcernView(OfConcern):
    """What was said, what became of it, and what whoever said it may be told."""

    template_name = "practice_desk/concern.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All of it, but for who said it."""
        return super().get_context_data(**kwargs) | {
            "page": page_of(self.concern),
            "reply": reply_for(self.concern),
        }


class WhoSaid(DeskView):
    """Who said it: a page of its own, so that reading it is recorded as such."""

    action = "concern.who_said"
    nav = "concerns"
    template_name = "practice_desk/concern_who.html"

    def open(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Fetch it with its own permission."""
        try:
            self.concern, self.source = actions.read_who_said(
                by=self.actor, concern_id=kwargs["concern_id"]
            )
        except Concern.DoesNotExist as fault:
            raise Http404 from fault
        return super().open(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The source."""
        return super().get_context_data(**kwargs) | {
            "concern": self.concern,
            "source": self.source,
        }


class AcceptConcern(OfConcern):
    """Look for whoever it is about; then say whose file it goes into."""

    action = "concern.answer"
    template_name = "practice_desk/concern_accept.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The name to look for."""
        return self.draw(SearchForm(initial={"q": self.concern.name}))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """From the search: who is alike, and the form. Filled in: the file."""
        if "text" not in request.POST:
            search = SearchForm(request.POST)
            if not search.is_valid():
                return self.draw(search, status=422)
            asked = search.cleaned_data["q"]
            first = AcceptForm(
                initial={"q": asked, "name": self.concern.name, "text": self.concern.words}
            )
            return self.draw_alike(first, asked)
        form = AcceptForm(request.POST)
        if form.is_valid():
            return self.settle(form)
        return self.draw_alike(form, form.data.get("q", ""), status=422)

    def settle(self, form: AcceptForm) -> HttpResponse:
        """Open a file, or add to one; or draw the form again with what to mend."""
        given = form.cleaned_data
        asked = given["q"]
        try:
            person = self.accepted(form)
        except SomebodyAlike:
            form.add_error(None, _now("Somebody here has a name like this. Look at them first."))
            asked = given["name"]
        except YoungPerson.DoesNotExist:
            form.add_error(None, _now("This file is not on your list. Hand it to its team."))
        except actions.AlreadySettled:
            form.add_error(None, str(SETTLED_SINCE))
        except NotYetHappened:
            form.add_error(None, _now("The day on which it was said has not come yet."))
        except TooManyNames:
            form.add_error("name", _now("Write a shorter name."))
        else:
            return redirect("overview", person_id=person.pk)
        return self.draw_alike(form, asked, status=422)

    def accepted(self, form: AcceptForm) -> YoungPerson:
        """The one domain call."""
        common: dict[str, Any] = {"by": self.actor, "concern": self.concern}
        if form.cleaned_data["whose"] == NEW:
            return actions.accept_as_new(
                **common,
                noted=form.noted(),
                name=form.cleaned_data["name"],
                not_these=self.seen(),
            )
        person = YoungPerson(pk=form.cleaned_data["person_id"])
        return actions.accept_into(**common, noted=form.noted(), person=person)

    def seen(self) -> set[uuid.UUID]:
        """Those alike who stood on the page when the worker chose. Who came since is not one."""
        found = set()
        for each in self.request.POST.getlist("shown"):
            # What is no id names nobody.
            with contextlib.suppress(ValueError):
                found.add(uuid.UUID(each))
        return found

    def draw_alike(self, form: AcceptForm, asked: str, status: int = 200) -> HttpResponse:
        """The form beneath whoever is alike. To see them is a search like any other."""
        alike: list[Match] = []
        try:
            alike = look_up(by=self.actor, asked=asked, limit=ALIKE_SHOWN)
        except TooManySearches:
            search = SearchForm({"q": asked})
            search.add_error(None, too_many_searches())
            return self.draw(search, status=429)
        return self.draw(form, alike, status)

    def draw(
        self, form: LeewardForm, alike: list[Match] | None = None, status: int = 200
    ) -> HttpResponse:
        """The page: with no list the search stands alone."""
        chosen = form.data.get("whose", "") if form.is_bound else ""
        context = self.get_context_data(form=form, alike=alike, chosen=chosen)
        return self.render_to_response(context, status=status)


class HandConcern(OfConcern):
    """To the team of somebody whose file is not on one's list."""

    action = "concern.answer"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Hand it on. For nobody, or whom one could not have found: look again."""
        try:
            person_id = uuid.UUID(request.POST.get("person_id", ""))
            actions.hand_to_team(by=self.actor, concern=self.concern, person_id=person_id)
        except (ValueError, YoungPerson.DoesNotExist):
            return redirect("concern_accept", concern_id=self.concern.pk)
        except actions.AlreadySettled:
            return redirect("concern", concern_id=self.concern.pk)
        return redirect("concerns")


class ConcernForm(OfConcern):
    """One form about one concern."""

    action = "concern.answer"
    template_name = "practice_desk/concern_form.html"
    form_class: ClassVar[type[LeewardForm]]
    heading: Any = ""
    submit: Any = _("Save")

    def initial(self) -> dict[str, Any]:
        """What the form starts with."""
        return {}

    def save(self, given: dict[str, Any]) -> None:
        """The one domain call."""
        raise TypeError(type(self).__name__)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form."""
        return self.draw(self.form_class(initial=self.initial()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save, or say what to mend."""
        form = self.form_class(request.POST)
        if form.is_valid():
            try:
                self.save(form.cleaned_data)
            except actions.AlreadySettled:
                form.add_error(None, str(SETTLED_SINCE))
        if form.is_valid():
            return redirect("concern", concern_id=self.concern.pk)
        return self.draw(form, status=422)

    def draw(self, form: LeewardForm, status: int = 200) -> HttpResponse:
        """The page with this form."""
        context = self.get_context_data(form=form, heading=self.heading, submit=self.submit)
        return self.render_to_response(context, status=status)


class SendOnConcern(ConcernForm):
    """For others to act on."""

    form_class = SendOnForm
    heading = _("Send it on")

    def save(self, given: dict[str, Any]) -> None:
        """Sent on, to whom and why."""
        actions.send_on(by=self.actor, concern=self.concern, **given)


class CloseConcern(ConcernForm):
    """Closed, with reasons."""

    form_class = CloseForm
    heading = _("Close it")

    def save(self, given: dict[str, Any]) -> None:
        """Closed."""
        actions.close(by=self.actor, concern=self.concern, **given)


class ReferConcern(ConcernForm):
    """To a joint unit, with what comes with it."""

    form_class = ReferForm
    heading = _("Refer it to a joint unit")

    def save(self, given: dict[str, Any]) -> None:
        """Add what it brings."""
        actions.refer(by=self.actor, concern=self.concern, referred=actions.Referred(**given))


class TellBack(ConcernForm):
    """Whoever told it was told what they may know, in the words of the table."""

    form_class = TellBackForm
    template_name = "practice_desk/concern_tell.html"
    heading = _("They were told")

    def initial(self) -> dict[str, Any]:
        """Today."""
        return {"on": today()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The words, in both languages."""
        return super().get_context_data(**kwargs) | {"reply": reply_for(self.concern)}

    def save(self, given: dict[str, Any]) -> None:
        """Record it."""
        actions.tell_back(by=self.actor, concern=self.concern, **given)
