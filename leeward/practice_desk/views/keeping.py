"""Keeping: what is due, what is held, disposal by two people, and the breach helper."""

import uuid
from collections.abc import Callable
from typing import Any, ClassVar

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
)
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from leeward.core.agency_time import today
from leeward.keeping import breach
from leeward.keeping.actions import (
    HeldBack,
    NotDue,
    NotYours,
    SamePerson,
    Settled,
    approve_disposal,
    ask_disposal,
    end_hold,
    hold,
    read_file_to_keep,
    read_hold,
    refuse_disposal,
)
from leeward.keeping.forms import BreachForm, HoldForm
from leeward.keeping.models import Disposal
from leeward.practice_desk.queries.keeping import (
    breach_page,
    disposal_page,
    keeping_page,
    names_of,
    workers_of,
)
from leeward.practice_desk.views.base import DeskView

CANNOT = (HeldBack, NotDue, SamePerson, Settled)


def why_not(fault: Exception) -> str:
    """Why a disposal cannot go on, in words that say what to do."""
    if isinstance(fault, HeldBack):
        return _(
            "Something keeps this file: a hold, or a document the law keeps. It must end first."
        )
    if isinstance(fault, SamePerson):
        return _("You asked for this. Another person must agree.")
    if isinstance(fault, Settled):
        return _("Somebody asked for this, or answered it, before. Nothing was changed.")
    return _("This file is open again, or its time is not over. It stays.")


class Keeping(DeskView):
    """What is due, what is held, and what was disposed of."""

    action = "keeping.look"
    template_name = "practice_desk/keeping.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The longest closed first."""
        return super().get_context_data(**kwargs) | keeping_page(by=self.actor)


class OneFileView(DeskView):
    """About one file, told by its id alone; one that is not theirs does not exist."""

    def open(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Recorded: somebody looked at it."""
        try:
            read_file_to_keep(by=self.actor, person_id=kwargs["person_id"], action=self.action)
        except NotYours as fault:
            raise Http404 from fault
        return super().open(request, *args, **kwargs)


class HoldFile(OneFileView):
    """Keep one file, whatever its age."""

    action = "keeping.hold"
    template_name = "practice_desk/keeping_hold.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The question why."""
        return self.draw(HoldForm())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Hold it, or say what to mend."""
        form = HoldForm(request.POST)
        if not form.is_valid():
            return self.draw(form, status=422)
        hold(by=self.actor, person_id=kwargs["person_id"], why=form.cleaned_data["why"])
        return redirect("keeping")

    def draw(self, form: HoldForm, status: int = 200) -> HttpResponse:
        """The form, and whose file it is."""
        person_id: uuid.UUID = self.kwargs["person_id"]
        name = names_of(self.actor, self.action, [person_id]).get(person_id, "")
        context = self.get_context_data(form=form, name=name)
        return self.render_to_response(context, status=status)


class EndHold(DeskView):
    """Let go of one hold."""

    action = "keeping.end_hold"
    http_method_names = ["post"]

    def open(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """One that is not theirs, or has ended, does not exist."""
        try:
            read_hold(by=self.actor, hold_id=kwargs["hold_id"])
        except NotYours as fault:
            raise Http404 from fault
        return super().open(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Back to the page."""
        end_hold(by=self.actor, hold_id=kwargs["hold_id"])
        return redirect("keeping")


class AskDisposal(OneFileView):
    """The first of two."""

    action = "keeping.ask"
    http_method_names = ["post"]
    template_name = "practice_desk/keeping.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """To what was asked, or why it cannot be."""
        try:
            asked = ask_disposal(by=self.actor, person_id=kwargs["person_id"])
        except CANNOT as fault:
            context = self.get_context_data(**keeping_page(by=self.actor), fault=why_not(fault))
            return self.render_to_response(context, status=422)
        return redirect("disposal", disposal_id=asked.pk)


class DisposalPage(DeskView):
    """One disposal on its way, or its certificate to print."""

    action = "keeping.look"
    template_name = "practice_desk/disposal.html"

    def open(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """One of another agency does not exist."""
        try:
            self.found = disposal_page(by=self.actor, disposal_id=kwargs["disposal_id"])
        except NotYours as fault:
            raise Http404 from fault
        return super().open(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What there is to know of it."""
        return super().get_context_data(**kwargs) | self.found


class AnswerDisposal(DisposalPage):
    """The second of two agrees, or turns it down. Asks for a fresh sign-in."""

    action = "keeping.approve"
    fresh = True
    http_method_names = ["post"]
    answer: ClassVar[Callable[..., Disposal]]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Back to it, or why it cannot be."""
        try:
            type(self).answer(by=self.actor, disposal_id=kwargs["disposal_id"])
        except CANNOT as fault:
            context = self.get_context_data(fault=why_not(fault))
            return self.render_to_response(context, status=422)
        return redirect("disposal", disposal_id=kwargs["disposal_id"])


class ApproveDisposal(AnswerDisposal):
    """Agree."""

    answer = staticmethod(approve_disposal)


class RefuseDisposal(AnswerDisposal):
    """Turn it down."""

    answer = staticmethod(refuse_disposal)


class BreachHelper(DeskView):
    """Whose files were opened. What is asked travels by POST: an address must name no worker."""

    action = "keeping.breach"
    fresh = True
    template_name = "practice_desk/breach.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The questions."""
        return self.draw(BreachForm(initial={"last": today()}, workers=workers_of(self.actor)))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Whose files, day by day, and what to say."""
        form = BreachForm(request.POST, workers=workers_of(self.actor))
        if not form.is_valid():
            return self.draw(form, status=422)
        asked = form.cleaned_data
        found = breach.whose_files(
            by=self.actor, worker_id=asked["worker"], first=asked["first"], last=asked["last"]
        )
        return self.draw(form, asked=found, **breach_page(self.actor, found))

    def draw(self, form: BreachForm, status: int = 200, **found: Any) -> HttpResponse:
        """The form, with what was found under it."""
        words = {
            "before_telling": breach.BEFORE_TELLING,
            "to_the_person": breach.TO_THE_PERSON,
            "who_else": breach.WHO_ELSE,
            "source": breach.SOURCE,
        }
        context = self.get_context_data(form=form, **words, **found)
        return self.render_to_response(context, status=status)
