"""My people, changed by the one whose people they are."""

from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from leeward.my_space.circle import OfOne, PeoplePage
from leeward.my_space.circle_forms import (
    SYSTEM,
    AskForm,
    MayKnowForm,
    NearForm,
    OneForm,
    PushForm,
    StandForm,
)
from leeward.my_space.circle_words import BEHIND
from leeward.my_space.views import OwnFormPage
from leeward.relationships.actions import (
    ChangedMeanwhile,
    NobodyNamed,
    Told,
    add_tie,
    change_tie,
    let_go,
    push_back,
)
from leeward.relationships.models import TieVersion
from leeward.relationships.queries import is_anchor, versions_as_they_see
from leeward.relationships.rules import Impossible, may_be_anchor


@method_decorator(sensitive_post_parameters(), name="dispatch")
class PeopleForm(OwnFormPage, PeoplePage):
    """A form about my people. A mistake draws it again with all that was typed."""

    action = "circle.write"

    def form(self, data: Any = None) -> forms.Form:
        """The form, filled from `data` when there is any."""
        return self.form_class(data, initial=self.initial())

    def initial(self) -> dict[str, Any]:
        """What the form starts with."""
        return {}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form."""
        return self.draw(form=self.form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save and go back to my people, or say what to mend."""
        form = self.form(request.POST)
        if form.is_valid():
            self.save(form)
        if form.is_valid():
            return redirect("people", face=self.face.slug)
        return self.draw(status=422, form=form)


class AddNear(PeopleForm):
    """One more person, place or group."""

    form_class: ClassVar[type[forms.Form]] = NearForm
    template_name = "my_space/people_near.html"

    def save(self, form: OneForm) -> None:
        """Put them there, from today on."""
        told = form.told(None, anchor=False)
        add_tie(by=self.visitor.actor, person=self.person, told=told)


class AddPush(AddNear):
    """Something to push against."""

    form_class = PushForm
    template_name = "my_space/people_push.html"

    def initial(self) -> dict[str, Any]:
        """As most such things stand."""
        return {name: SYSTEM[name] for name in ("ring", "stands")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what may be behind it."""
        return super().get_context_data(**kwargs) | {"behind": BEHIND}


class FormOfOne(OfOne, PeopleForm):
    """A form about one of them."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Whoever is not there is not there, whatever was typed."""
        self.newest  # noqa: B018 - fetched before anything is read
        return super().post(request, *args, **kwargs)

    def say(self, form: Any, told: Told, version: int) -> None:
        """Say how they stand now, or what stands in the way."""
        try:
            change_tie(by=self.visitor.actor, tie=self.tie, version=version, told=told)
        except ChangedMeanwhile:
            self.overtaken(form)
        except Impossible:
            form.add_error(None, _("Your person is a person or a group that is near to you."))

    def overtaken(self, form: Any) -> None:
        """Somebody was quicker: how it stands now is shown, and nothing typed is lost."""
        del self.versions
        form.newest(self.newest.number)
        form.add_error(
            None,
            _(
                "Someone changed this while you were here. Look at what it says now. What you"
                " wrote is still here. Save again to keep yours."
            ),
        )
        self.meanwhile = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what somebody else wrote meanwhile."""
        return super().get_context_data(**kwargs) | {
            "meanwhile": getattr(self, "meanwhile", False)
        }


class Change(FormOfOne):
    """How they stand now. Whoever was let go of comes back by it."""

    def form(self, data: Any = None) -> forms.Form:
        """One of two forms: a thing to push against asks for what is behind it."""
        return self._form_class()(data, initial=self._form_class().initial_for(self.newest))

    def _form_class(self) -> type[OneForm]:
        return PushForm if self.newest.facts.kind == "system" else NearForm

    def get_template_names(self) -> list[str]:
        """The page of that form."""
        kind = "push" if self.newest.facts.kind == "system" else "near"
        return [f"my_space/people_{kind}.html"]

    def save(self, form: OneForm) -> None:
        """Say it; my person stays my person as long as that can be."""
        told = form.told(self.newest, anchor=False)
        anchor = is_anchor(self.tie) and may_be_anchor(told.facts)
        told = Told(told.name, told.part, told.facts, anchor)
        self.say(form, told, form.cleaned_data["version"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what may be behind it."""
        return super().get_context_data(**kwargs) | {"behind": BEHIND, "changing": True}


class OfOneInside(FormOfOne):
    """A form about somebody who is in the circle now."""

    @cached_property
    def versions(self) -> list[TieVersion]:
        """How they have stood. Whoever was let go of has no such page."""
        found = versions_as_they_see(self.tie)
        if found[0].facts.gone:
            raise Http404
        return found


class MayKnow(OfOneInside):
    """What one of them may know."""

    template_name = "my_space/people_may_know.html"

    def form(self, data: Any = None) -> MayKnowForm:
        """A question for each thing."""
        if self.newest.facts.kind == "system":
            raise Http404
        return MayKnowForm(data, before=self.newest)

    def save(self, form: MayKnowForm) -> None:
        """Say it; the rest stays as it is."""
        told = form.told(anchor=is_anchor(self.tie))
        self.say(form, told, form.cleaned_data["version"])


class Press(OfOneInside):
    """One press about somebody as they stand."""

    form_class: ClassVar[type[forms.Form]] = StandForm
    template_name = "my_space/people_one.html"

    def overtaken(self, form: Any) -> None:
        """How it stands now is on the page, with the button once more."""
        del self.versions
        form.add_error(
            None, _("Someone changed this while you were here. Look at it, and press again.")
        )


class MyPerson(Press):
    """This is my person; or no longer."""

    http_method_names = ["post"]

    def save(self, form: StandForm) -> None:
        """Nothing else about them changes."""
        now = self.newest
        anchor = "no_more" not in self.request.POST
        told = Told(now.name, now.part, now.facts, anchor)
        self.say(form, told, form.cleaned_data["version"])


class LetGo(Press):
    """Take somebody out. What was said of them stays."""

    template_name = "my_space/people_let_go.html"

    def save(self, form: StandForm) -> None:
        """From today on."""
        try:
            let_go(by=self.visitor.actor, tie=self.tie, version=form.cleaned_data["version"])
        except ChangedMeanwhile:
            self.overtaken(form)


class Ask(OfOneInside):
    """Ask a worker to push back."""

    form_class: ClassVar[type[forms.Form]] = AskForm
    template_name = "my_space/people_ask.html"

    def form(self, data: Any = None) -> forms.Form:
        """Only what is a system is pushed back against."""
        if self.newest.facts.kind != "system":
            raise Http404
        return super().form(data)

    def save(self, form: AskForm) -> None:
        """Those on the team find it on their first page."""
        try:
            push_back(by=self.visitor.actor, tie=self.tie, what=form.cleaned_data["what"])
        except NobodyNamed:
            form.add_error("what", _("Write what you want your worker to do."))
