"""My file in My space: what workers let them read of what was written, and their own side."""

from functools import cached_property
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from leeward.entry.models import Entry
from leeward.entry.queries import own_entry
from leeward.my_space.plan import CHANGED
from leeward.my_space.views import OwnPage
from leeward.observations.models import Observation
from leeward.releases import actions
from leeward.releases.forms import SideForm
from leeward.releases.openings import opened_by
from leeward.releases.queries import Leaf, closed_because, file_of, leaf_of, steps_of
from leeward.releases.rules import Closed
from leeward.requests.queries import requests_of, statements_by_note


class FilePage(OwnPage):
    """A page about their file. It opens where nobody else is likely to read along."""

    action = "file.read"

    @cached_property
    def own(self) -> Entry:
        """Their way in, and who they are."""
        return own_entry(self.visitor.actor)

    @property
    def closed(self) -> Closed:
        """Why nothing is shown on this visit; empty when it is."""
        return closed_because(self.own, borrowed=self.visitor.visit.borrowed)

    def read_as(self, page: str) -> str:
        """A closed file was not read: what is new in it stays new."""
        return f"{page}_closed" if self.closed else page

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With why it is closed, if it is."""
        return super().get_context_data(**kwargs) | {"closed": self.closed}


class File(FilePage):
    """What is released to them, and who opened their file."""

    template_name = "my_space/file.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All of it, or nothing."""
        context = super().get_context_data(**kwargs)
        if not context["closed"]:
            person = self.own.person
            context["leaves"] = file_of(self.visitor.actor, person)
            context["steps"] = steps_of(self.visitor.actor, person)
            context["opened"] = opened_by(person)
            context["asked"] = requests_of(person)
            context["statements"] = statements_by_note(person)
        return context


@method_decorator(sensitive_post_parameters(), name="dispatch")
class MySide(FilePage):
    """Their own side of one note."""

    action: ClassVar[str] = "file.answer"
    template_name = "my_space/side.html"

    @cached_property
    def leaf(self) -> Leaf:
        """The page of the file in the address."""
        try:
            return leaf_of(self.visitor.actor, self.own.person, self.kwargs["note_id"])
        except Observation.DoesNotExist as fault:
            raise Http404 from fault

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The note, and what they said of it so far. Where the file is closed, it says so."""
        if self.closed:
            return redirect("file", self.face.slug)
        side = self.leaf.side
        initial = {"words": side.words, "version": side.number} if side else {"version": 0}
        return self.draw(form=SideForm(initial=initial))

    @method_decorator(sensitive_variables())
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep it, also where the note was taken back as they typed."""
        if self.closed == "words":
            # Whoever was writing is out since the new words: this is somebody who came in by them.
            return redirect("file", self.face.slug)
        form = SideForm(request.POST)
        if not form.is_valid():
            return self.draw(status=422, form=form)
        said = form.cleaned_data
        try:
            actions.write_side(
                by=self.visitor.actor,
                person=self.own.person,
                note_id=self.kwargs["note_id"],
                version=said["version"] or 0,
                words=said["words"],
            )
        except actions.NotReleased as fault:
            raise Http404 from fault
        except actions.ChangedMeanwhile as changed:
            form.add_error(None, str(CHANGED))
            return self.draw(status=422, form=form, newest=changed.newest)
        return redirect("file", self.face.slug)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the note, where the file is open."""
        return super().get_context_data(**kwargs) | {"leaf": self.leaf}
