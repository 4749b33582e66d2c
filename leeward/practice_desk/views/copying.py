"""Making the copy of a file that a young person asked for: going through it, printing, giving."""

import uuid
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now

from leeward.practice_desk.views.asked import ENDED, law_in_words
from leeward.practice_desk.views.base import PersonView
from leeward.requests.actions import Ended
from leeward.requests.copying import actions
from leeward.requests.copying.forms import HoldForm, NamesForm, PlacesForm
from leeward.requests.copying.lines import parts
from leeward.requests.copying.queries import (
    PartState,
    Progress,
    copies_of,
    preparation_of,
    progress_of,
)
from leeward.requests.models import Decision, FileRequest, Preparation
from leeward.requests.queries import Standing, request_of
from leeward.requests.rules import WHOLE_ROW, Line, Place


class NotBegun(Exception):
    """This worker has not begun to go through the file, or the request was answered."""


class OfCopy(PersonView):
    """A page about one request for a copy of this file; any other request is not there."""

    action = "request.answer"

    def open(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Whoever has not begun is shown where to begin, and what was typed is not kept."""
        try:
            return super().open(request, *args, **kwargs)
        except NotBegun:
            context = self.get_frame() | {"copies": copies_of(self.standing.request)}
            status = 200 if request.method in ("GET", "HEAD") else 422
            return render(request, "practice_desk/copying.html", context, status=status)

    def get_frame(self) -> dict[str, Any]:
        """What every one of these pages shows around its own."""
        law = law_in_words("whole-copy", "free")
        return super().get_context_data() | {"each": self.standing, "law": law}

    @cached_property
    def standing(self) -> Standing:
        """The request in the address."""
        try:
            found = request_of(self.person, self.kwargs["wanted_id"])
        except FileRequest.DoesNotExist as fault:
            raise Http404 from fault
        if not found.is_copy:
            raise Http404
        return found

    @property
    def preparation(self) -> Preparation | None:
        """This worker's own, if they have begun."""
        found = preparation_of(self.actor, self.standing.request)
        if found:
            found.person = self.person
        return found

    def begun(self) -> Preparation:
        """The same; a page that is part of it is not there before."""
        found = self.preparation
        if found is None or self.standing.answer is not None:
            raise NotBegun
        return found

    def progress(self) -> Progress | None:
        """How far it is, while the request waits for its answer."""
        found = self.preparation
        if found is None or self.standing.answer is not None:
            return None
        return progress_of(self.actor, found)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With where the request stands."""
        return super().get_context_data(**kwargs) | {"each": self.standing}

    def draw(self, status: int = 200, **more: Any) -> HttpResponse:
        """The page."""
        return self.render_to_response(self.get_context_data(**more), status=status)

    def to(self, name: str = "copying", **more: Any) -> HttpResponse:
        """On to another of these pages."""
        return redirect(name, self.person_id, self.kwargs["wanted_id"], *more.values())


class Copying(OfCopy):
    """What is done and what is still to be done; beginning it."""

    template_name = "practice_desk/copying.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The parts, what is decided, the names, and the copies made."""
        return super().get_context_data(**kwargs) | {
            "progress": self.progress(),
            "copies": copies_of(self.standing.request),
            "law": law_in_words("whole-copy", "free"),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Begin, or lift what was decided."""
        try:
            if "lift" in request.POST:
                self.lift(request.POST["lift"])
            else:
                actions.begin(by=self.actor, request=self.standing.request)
        except Ended:
            return self.draw(status=422, fault=ENDED)
        return self.to()

    def lift(self, asked: str) -> None:
        """It counts no longer. One that was lifted already stays so."""
        try:
            found = uuid.UUID(asked)
            actions.lift(by=self.actor, preparation=self.begun(), decision_id=found)
        except (Decision.DoesNotExist, ValueError) as fault:
            raise Http404 from fault


class CopyingPart(OfCopy):
    """One part of the file, line by line: read through, and held back where it must be."""

    template_name = "practice_desk/copying_part.html"

    def state(self) -> PartState:
        """The part in the address, as it stands."""
        progress = progress_of(self.actor, self.begun())
        for each in progress.parts:
            if each.part.key == self.kwargs["part"]:
                self.found = progress
                return each
        raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Its lines, what changed since it was looked at, and what is held back."""
        state = self.state()
        held = {each.what["line"]: each for each in self.found.holds if not each.what["passage"]}
        passages: dict[str, list[Decision]] = {}
        for each in self.found.holds:
            if each.what["passage"]:
                passages.setdefault(each.what["line"], []).append(each)
        return super().get_context_data(**kwargs) | {
            "state": state,
            "lines": [
                (
                    line,
                    held.get(line.key) or held.get(f"{line.row}:{WHOLE_ROW}"),
                    passages.get(line.key, []),
                    _what_changed(state, line),
                )
                for line in state.lines
            ],
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """It was read through, as the page showed it."""
        part = self.kwargs["part"]
        if part not in parts():
            raise Http404
        try:
            actions.look_through(
                by=self.actor,
                preparation=self.begun(),
                part=part,
                seen=request.POST.get("seen", ""),
            )
        except actions.LookAgain:
            fault = _now("Something changed here while you were reading. Look through it again.")
            return self.draw(status=422, fault=fault)
        except Ended:
            return self.draw(status=422, fault=ENDED)
        return self.to()


def _what_changed(state: PartState, line: Line) -> str:
    """Whether a line is new, or otherwise than when the part was read through."""
    if line.key in state.changes.new:
        return _now("New since you looked")
    return _now("Changed since you looked") if line.key in state.changes.changed else ""


class HoldBack(OfCopy):
    """Hold back a line, or a passage of it."""

    template_name = "practice_desk/copying_hold.html"

    def line(self, key: str) -> Line:
        """The line that is asked about."""
        progress = progress_of(self.actor, self.begun())
        found = next((each for each in progress.lines if each.key == key), None)
        if found is None:
            raise Http404
        return found

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The line, and the form. Without a line, where to choose one."""
        key = request.GET.get("line", "")
        if not key:
            self.begun()
            return self.draw(line=None, form=None)
        return self.draw(line=self.line(key), form=HoldForm(initial={"line": key}))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep it, or say what to mend."""
        preparation = self.begun()
        form = HoldForm(request.POST)
        if form.is_valid():
            self.hold(preparation, form)
        if not form.is_valid():
            key = request.POST.get("line", "")
            return self.draw(status=422, form=form, line=self.line(key) if key else None)
        return self.to("copying_part", part=self.line(form.cleaned_data["line"]).part)

    def hold(self, preparation: Preparation, form: HoldForm) -> None:
        """Hold it back."""
        try:
            actions.hold_back(by=self.actor, preparation=preparation, held=form.held())
        except actions.NoSuchLine:
            form.add_error(
                "passage", _now("These words do not stand in the line. Copy them exactly.")
            )
        except Ended:
            form.add_error(None, str(ENDED))


class StillStands(OfCopy):
    """Names to look for, and every place where one that is held back still stands."""

    template_name = "practice_desk/copying_names.html"

    def places(self, progress: Progress, term: str = "") -> list[Place]:
        """Those of one term: the one asked about, or the first that waits."""
        key = term or (progress.places[0].term.key if progress.places else "")
        return [each for each in progress.places if each.term.key == key]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The names, and the first that still stands somewhere."""
        progress = progress_of(self.actor, self.begun())
        return self.show(progress, NamesForm(), None)

    def show(
        self,
        progress: Progress,
        names: NamesForm,
        places: PlacesForm | None,
        status: int = 200,
    ) -> HttpResponse:
        """Both forms."""
        found = self.places(progress)
        if places is None and found:
            initial = {"term": found[0].term.key, "lines": [each.line.key for each in found]}
            places = PlacesForm(places=found, initial=initial)
        return self.draw(
            status=status, progress=progress, names=names, form=places or names, places=places,
            found=found[0] if found else None,
        )  # fmt: skip

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Look for a name, or decide about where one stands."""
        preparation = self.begun()
        progress = progress_of(self.actor, preparation)
        if "term" not in request.POST:
            names = NamesForm(request.POST)
            if not names.is_valid():
                return self.show(progress, names, None, status=422)
            actions.look_for(by=self.actor, preparation=preparation, **names.cleaned_data)
            return self.to("copying_names")
        found = self.places(progress, request.POST["term"])
        form = PlacesForm(request.POST, places=found)
        if form.is_valid():
            self.settle(preparation, form)
        if not form.is_valid():
            return self.show(progress, NamesForm(), form, status=422)
        return self.to("copying_names")

    def settle(self, preparation: Preparation, form: PlacesForm) -> None:
        """Decide."""
        given = form.cleaned_data
        settled = actions.Settled(
            term=given["term"],
            lines=tuple(given["lines"]),
            reason=given["reason"],
            ground=given["ground"] if given["do"] == "hold" else "",
        )
        try:
            actions.settle(by=self.actor, preparation=preparation, settled=settled)
        except actions.NoSuchLine:
            form.add_error(None, _now("It stands there no longer. Go back and look."))
