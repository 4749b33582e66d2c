"""What every page of the desk has in common."""

import uuid
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.generic import TemplateView

from leeward.access.actors import Actor
from leeward.access.rules import check
from leeward.accounts.freshness import is_fresh
from leeward.core.forms import LeewardForm
from leeward.people.actions import read_file
from leeward.people.emergency.queries import on_file
from leeward.people.models import YoungPerson
from leeward.practice_desk.queries.frame import PersonFrame, frame_of
from leeward.practice_desk.views.again import ask_again


class DeskView(TemplateView):
    """A page behind sign-in. `action` names its row in roles.csv; without one it fails.

    With `fresh`, it is for whoever has lately proved who they are, and asks everybody else.
    """

    # No OPTIONS: nothing of ours asks, and its answer would come before anything is fetched.
    http_method_names = ["get", "head", "post"]
    action: ClassVar[str]
    fresh: ClassVar[bool] = False
    nav = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse (403) a role that the table does not let do this; ask where `fresh` says so."""
        check(self.actor.role, self.action)
        if self.asks_fresh() and not is_fresh(request):
            return ask_again(request)
        return self.open(request, *args, **kwargs)

    def open(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """What happens once the page is granted: what it is about is fetched, and it answers."""
        return super().dispatch(request, *args, **kwargs)

    def asks_fresh(self) -> bool:
        """Whether this very request asks for a fresh sign-in."""
        return self.fresh

    @property
    def actor(self) -> Actor:
        """Who is asking."""
        actor: Actor = self.request.actor  # type: ignore[attr-defined]
        return actor

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page, and where it stands in the navigation."""
        return super().get_context_data(**kwargs) | {"nav": self.nav, "actor": self.actor}


class PersonView(DeskView):
    """A page of one young person's file. Opening it is recorded; a stranger gets 404."""

    action = "file.open"
    nav = "people"
    tab = ""
    # The code on what this request prints.
    trace = ""

    def open(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Fetch the person first: a file that is not yours does not exist."""
        try:
            self.person = read_file(
                by=self.actor,
                person_id=kwargs["person_id"],
                page=request.resolver_match.url_name or "" if request.resolver_match else "",
                permission=self.action,
                trace=self.trace,
            )
        except YoungPerson.DoesNotExist as fault:
            raise Http404 from fault
        return super().open(request, *args, **kwargs)

    @property
    def person_id(self) -> uuid.UUID:
        """The id in the address."""
        found: uuid.UUID = self.kwargs["person_id"]
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The identity bar and tabs, and how whoever looks stands to this file."""
        frame: PersonFrame = frame_of(self.person)
        return super().get_context_data(**kwargs) | {
            "person": self.person,
            "frame": frame,
            "here": on_file(self.actor, self.person),
            "tab": self.tab,
        }


class PersonFormView(PersonView):
    """One form about one young person. A mistake draws the page again with all that was typed."""

    action = "file.write"
    template_name = "practice_desk/form_page.html"
    form_class: ClassVar[type[LeewardForm]]
    heading: Any = ""
    lead: Any = ""
    submit: Any = ""
    back = "about"

    def form_options(self) -> dict[str, Any]:
        """More arguments for the form."""
        return {}

    def initial(self) -> dict[str, Any]:
        """What the form starts with."""
        return {}

    def save(self, form: Any) -> None:
        """The one domain call. May add errors to the form instead of saving."""
        raise TypeError(type(self).__name__)

    def done(self) -> str:
        """The name of the page to go to."""
        return self.back

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The empty form."""
        form = self.form_class(initial=self.initial(), **self.form_options())
        return self.draw(form)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save, or say what to mend."""
        form = self.form_class(request.POST, **self.form_options())
        if form.is_valid():
            self.save(form)
        if form.is_valid():
            return redirect(self.done(), person_id=self.person_id)
        return self.draw(form, status=422)

    def draw(self, form: LeewardForm, status: int = 200) -> HttpResponse:
        """The page with this form."""
        context = self.get_context_data(
            form=form,
            heading=self.heading,
            lead=self.lead,
            submit=self.submit,
            back=self.back,
        )
        return self.render_to_response(context, status=status)
