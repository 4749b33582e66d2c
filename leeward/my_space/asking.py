"""Asking for a copy of my file or for a change in it; where that stands; my statement."""

import uuid
from functools import cached_property
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from leeward.law.requests import days_of
from leeward.legal.queries import rules_of
from leeward.my_space.file import FilePage
from leeward.my_space.plan import CHANGED
from leeward.observations.models import Observation
from leeward.releases.queries import leaf_of
from leeward.requests import actions
from leeward.requests.forms import OwnChangeForm, OwnStatementForm
from leeward.requests.models import FileRequest
from leeward.requests.queries import Standing, request_of, requests_of

ENDED = _("This has an answer now. Look at it above.")


class Asking(FilePage):
    """A page on which something is asked."""

    def days_to_answer(self) -> int:
        """How long an answer may take, by the agency's own rules."""
        return days_of("answer", rules_of(self.visitor.actor.own_agency_id).rules)


class AskCopy(Asking):
    """Ask for a copy. What it holds is never shown here."""

    action: ClassVar[str] = "request.ask"
    template_name = "my_space/ask_copy.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With whether one is asked for already."""
        context = super().get_context_data(**kwargs) | {"days": self.days_to_answer()}
        if not context["closed"]:
            mine = requests_of(self.own.person)
            context["waits"] = any(each.is_copy and not each.answer for each in mine)
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask. Pressed twice, it is asked once."""
        if not self.closed:
            try:
                actions.ask(
                    by=self.visitor.actor, person=self.own.person, asked=actions.Asked("copy")
                )
            except actions.AskedAlready:
                return redirect("file", self.face.slug)
        return redirect("file", self.face.slug)


@method_decorator(sensitive_post_parameters(), name="dispatch")
class AskChange(Asking):
    """Ask for a change: which words, what they say instead, and why."""

    action: ClassVar[str] = "request.ask"
    template_name = "my_space/ask_change.html"

    def note_of(self, note_id: Any) -> Observation | None:
        """A note that they may read here; none where the file is closed or it is not theirs."""
        if self.closed or not isinstance(note_id, uuid.UUID):
            return None
        try:
            return leaf_of(self.visitor.actor, self.own.person, note_id).note
        except Observation.DoesNotExist:
            return None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form. Where the file is closed, it says so."""
        if self.closed:
            return redirect("file", self.face.slug)
        asked = OwnChangeForm({"note": request.GET.get("note", "")})
        asked.is_valid()
        note = self.note_of(asked.cleaned_data.get("note"))
        form = OwnChangeForm(initial={"note": str(note.pk) if note else ""})
        return self.draw(form=form, note=note)

    @method_decorator(sensitive_variables())
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep it, also where the file closed as they typed."""
        if self.closed == "words":
            # Whoever was writing is out since the new words: this is somebody who came in by them.
            return redirect("file", self.face.slug)
        form = OwnChangeForm(request.POST)
        note = self.note_of(form.cleaned_data.get("note")) if form.is_valid() else None
        if not form.is_valid():
            return self.draw(status=422, form=form)
        given = form.cleaned_data
        actions.ask(
            by=self.visitor.actor,
            person=self.own.person,
            asked=actions.Asked(
                "correction", given["words"], given["instead"], given["why"], note
            ),
        )
        return redirect("file", self.face.slug)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With how long an answer may take."""
        return super().get_context_data(**kwargs) | {"days": self.days_to_answer()}


@method_decorator(sensitive_post_parameters(), name="dispatch")
class MyRequest(FilePage):
    """One thing they asked: where it stands, the answer, and their statement."""

    action: ClassVar[str] = "request.state"
    template_name = "my_space/my_request.html"

    @cached_property
    def standing(self) -> Standing:
        """The one in the address."""
        try:
            return request_of(self.own.person, self.kwargs["asked_id"])
        except FileRequest.DoesNotExist as fault:
            raise Http404 from fault

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Where it stands. Where the file is closed, it says so."""
        if self.closed:
            return redirect("file", self.face.slug)
        now = self.standing.statement
        initial = {"words": now.words, "version": now.number} if now else {"version": 0}
        return self.draw(form=OwnStatementForm(initial=initial))

    @method_decorator(sensitive_variables())
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take it back, or say what they think of the answer."""
        if self.closed == "words":
            return redirect("file", self.face.slug)
        if "back" in request.POST:
            return self.take_back()
        form = OwnStatementForm(request.POST)
        if not form.is_valid():
            return self.draw(status=422, form=form)
        said = form.cleaned_data
        try:
            actions.state(
                by=self.visitor.actor,
                request=self.standing.request,
                version=said["version"] or 0,
                words=said["words"],
            )
        except actions.NothingToDisagreeWith as fault:
            raise Http404 from fault
        except actions.ChangedMeanwhile as changed:
            form.add_error(None, str(CHANGED))
            return self.draw(status=422, form=form, newest=changed.newest)
        return redirect("file", self.face.slug)

    def take_back(self) -> HttpResponse:
        """They want it no longer. Where it was answered meanwhile, the answer stands."""
        try:
            actions.take_back(by=self.visitor.actor, request=self.standing.request)
        except actions.Ended:
            return redirect("my_request", self.face.slug, self.kwargs["asked_id"])
        return redirect("file", self.face.slug)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With where it stands, as far as the file is open."""
        return super().get_context_data(**kwargs) | {"each": self.standing}
