"""The pages of My space. Each makes one domain call; none says whose it is in its title."""

from typing import Any, ClassVar

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.generic import TemplateView, View

from leeward.accounts.locks import address_of
from leeward.entry import actions
from leeward.entry.codes import as_compared
from leeward.entry.coming_in import Here, NotIn, begin, come_in
from leeward.entry.faces import FACES, Face, offered, places
from leeward.entry.forms import BeginForm, ComeInForm, LineForm, SecondForm, WordsBackForm
from leeward.entry.queries import closes_at, private_is_open
from leeward.my_space.middleware import LATE, SpaceRequest, forget, keep
from leeward.plans.queries import plan_of, suggestions_for, wheel_of
from leeward.releases.queries import something_new

NOT_IN = _("That did not open anything.")


class Bare(View):
    """The address with nothing behind it: the first face."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Go there."""
        return redirect("front", face=offered()[0].slug)


class FacePage(TemplateView):
    """A page under a face, for whoever comes."""

    request: SpaceRequest

    @property
    def face(self) -> Face:
        """What it looks like."""
        return FACES[self.kwargs["face"]]

    @property
    def here(self) -> Here | None:
        """Who is in."""
        return self.request.here

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the face."""
        return super().get_context_data(**kwargs) | {"face": self.face}

    def draw(self, status: int = 200, **more: Any) -> HttpResponse:
        """The page."""
        return self.render_to_response(self.get_context_data(**more), status=status)


@method_decorator(sensitive_post_parameters(), name="dispatch")
@method_decorator(transaction.non_atomic_requests, name="dispatch")
class Front(FacePage):
    """Words and a number. What is slow must hold no other writer up: it has no transaction."""

    template_name = "my_space/front.html"
    form_class: ClassVar[type[forms.Form]] = ComeInForm
    leads_to = "open"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form; whoever is in already goes on.

        A window closes by itself even where another has kept the visit open: it says so too.
        """
        if self.here and LATE in request.GET:
            return _bare(request, 200, late=True)
        if self.here:
            return redirect("open", face=self.here.face)
        form = self.form_class(initial={"borrowed": "borrowed" in request.GET})
        return self.draw(form=form, late=LATE in request.GET)

    @method_decorator(sensitive_variables())
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """In, or the one answer that there is."""
        form = self.form_class(request.POST)
        if not form.is_valid():
            return self.draw(status=422, form=form)
        try:
            token = self.open(form.cleaned_data)
        except NotIn:
            form.add_error(None, str(NOT_IN))
            return self.draw(status=422, form=form)
        response = redirect(self.leads_to, face=self.face.slug)
        keep(response, token)
        return response

    def open(self, said: dict[str, Any]) -> str:
        """Come in."""
        number = "".join(said["number"].split())
        at = address_of(self.request)
        return come_in(words=said["words"], number=number, borrowed=said["borrowed"], address=at)


class First(Front):
    """The first time: words, and a number of their choosing. Then how to leave, before all."""

    template_name = "my_space/first.html"
    form_class = BeginForm
    leads_to = "leaving"

    def open(self, said: dict[str, Any]) -> str:
        """Come in, with this number from now on."""
        return begin(
            words=said["words"],
            number=said["number"],
            borrowed=said["borrowed"],
            address=address_of(self.request),
        )


class Help(FacePage):
    """Numbers to call, for anybody."""

    template_name = "my_space/help.html"


# It must work from any page, however old; from another site no browser sends the cookie along.
# nosemgrep: no-door-without-its-locks - leaving never fails for want of a token
@method_decorator(csrf_exempt, name="dispatch")
class Leave(FacePage):
    """Leaving: the visit ends here, and the browser is told to forget."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """To somewhere that says nothing."""
        if self.here:
            actions.leave(by=self.here.actor, visit_id=self.here.visit.pk)
        response = HttpResponse(status=204)
        if "quiet" not in request.POST:
            where = self.here.leave_to if self.here else places()[0]
            response = HttpResponse(status=303, headers={"Location": where})
        forget(response)
        return response


class OwnPage(FacePage):
    """A page for whoever is in. `action` names its row in own.csv.

    In the second notebook there are no such pages: they lead to the one that there is.
    """

    action: ClassVar[str] = "space.read"
    other_too = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Whoever is not in, comes in first; a visit has one face."""
        here = self.here
        if here is None:
            front = reverse("front", args=[kwargs["face"]])
            # What was typed is dropped: whose it is, is not known any more. Then the page says so.
            return redirect(front if request.method == "GET" else f"{front}?{LATE}")
        if here.face != kwargs["face"] or not (here.is_own or self.other_too):
            return redirect("open", face=here.face)
        self.visitor = here
        return super().dispatch(request, *args, **kwargs)

    def read_as(self, page: str) -> str:
        """How the audit names this page."""
        return page

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What is theirs, read and recorded as read."""
        match = self.request.resolver_match
        page = match.url_name or "" if match else ""
        self.entry = actions.read_space(by=self.visitor.actor, page=self.read_as(page))
        return super().get_context_data(**kwargs) | {
            "entry": self.entry,
            "page": page,
            "visitor": self.visitor,
            "closes_at": closes_at(self.visitor.visit),
            "private_is_open": private_is_open(self.entry),
        }


class Open(OwnPage):
    """The first page after coming in: their plan as it stands, or the other notebook.

    Both are drawn whichever is shown, and neither is longer than the other.
    """

    other_too = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One of the two."""
        return self.both()

    def both(self, status: int = 200, **more: Any) -> HttpResponse:
        """Draw both, and answer with the one that this visit opens."""
        context = self.get_context_data(**more) | {"today": timezone.localdate()}
        person, private = self.entry.person, private_is_open(self.entry)
        context["plan"] = plan_of(self.visitor.actor, person, private=private)
        context["suggested"] = suggestions_for(person)
        context["wheel"] = wheel_of(person)
        context["new_in_file"] = something_new(self.entry, borrowed=self.visitor.visit.borrowed)
        drawn = {
            own: render_to_string(name, context, self.request)
            for own, name in ((True, "my_space/plan.html"), (False, "my_space/lines.html"))
        }
        response = HttpResponse(drawn[self.visitor.is_own], status=status)
        response.as_long_as = max(len(each.encode()) for each in drawn.values())  # type: ignore[attr-defined]
        return response


class Add(Open):
    """One more line in the second notebook."""

    action = "space.second"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """On top. From the first notebook nothing leads here."""
        if self.visitor.is_own:
            return redirect("open", face=self.face.slug)
        form = LineForm(request.POST)
        if not form.is_valid():
            return self.both(status=422, form=form)
        actions.add_line(by=self.visitor.actor, line=form.cleaned_data["line"])
        return redirect("open", face=self.face.slug)


class Leaving(OwnPage):
    """How to leave, and what the browser keeps."""

    template_name = "my_space/leaving.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the address as the browser's own list shows it."""
        return super().get_context_data(**kwargs) | {"address": self.request.get_host()}


class More(OwnPage):
    """What is seldom needed."""

    template_name = "my_space/more.html"


class About(OwnPage):
    """What this is, what stays private, and what a worker must pass on."""

    template_name = "my_space/about.html"


class OwnFormPage(OwnPage):
    """A page with one form of theirs."""

    form_class: ClassVar[type[forms.Form]]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The empty form."""
        return self.draw(form=self.form_class())

    @method_decorator(sensitive_variables())
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, or say what to mend."""
        form = self.form_class(request.POST)
        if form.is_valid():
            done = self.save(form)
            if form.is_valid():
                return self.draw(form=self.form_class(), done=done)
        return self.draw(status=422, form=form)

    def save(self, form: Any) -> Any:
        """The one domain call. What it returns is shown; it may add errors instead."""
        raise TypeError(type(self).__name__)


@method_decorator(sensitive_post_parameters(), name="dispatch")
class Second(OwnFormPage):
    """A second number, and the lines that it opens."""

    action = "space.second"
    template_name = "my_space/second.html"
    form_class = SecondForm

    def save(self, form: SecondForm) -> bool:
        """Choose it."""
        said = form.cleaned_data
        try:
            actions.choose_second(
                by=self.visitor.actor, number=said["number"], lines=said["lines"].splitlines()
            )
        except actions.SameNumber:
            form.add_error("number", str(_("Choose another number than your first.")))
        except actions.TooManyLines:
            form.add_error("lines", str(_("That is too long. Take some lines out.")))
        return True


@method_decorator(sensitive_post_parameters(), name="dispatch")
class WordsBack(OwnFormPage):
    """Words for coming back: making them, and giving them after a new code."""

    action = "space.words_back"
    template_name = "my_space/words_back.html"
    form_class = WordsBackForm

    @method_decorator(sensitive_variables())
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """New ones are on the page that answers, and never again."""
        if "make" in request.POST:
            made = actions.make_words_back(by=self.visitor.actor)
            return self.draw(form=self.form_class(), made=made)
        return super().post(request, *args, **kwargs)

    def save(self, form: WordsBackForm) -> bool:
        """Give them."""
        words = as_compared(form.cleaned_data["words"])
        if not actions.give_words_back(by=self.visitor.actor, words=words):
            form.add_error("words", str(_("Those are not the words.")))
        return True


def _bare(request: HttpRequest, status: int, *, late: bool = False) -> HttpResponse:
    slug = request.path.strip("/").partition("/")[0]
    face = FACES.get(slug, offered()[0])
    return render(request, "my_space/nowhere.html", {"face": face, "late": late}, status=status)


def nowhere(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Whatever is not there, or not for them: the same page and the same status."""
    return _bare(request, 404)


def again(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that came too late: what was typed in it is not kept."""
    return _bare(request, 403, late=True)


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours."""
    return _bare(request, 500)
