"""My people: who and what is around them, seen as it is and as it was, and changed.

What a worker marked never gets here: every row comes from `..._as_they_see` (ADR 52).
"""

import datetime as dt
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from leeward.core.agency_time import today
from leeward.entry.actions import read_space
from leeward.my_space.circle_forms import (
    SYSTEM,
    AskForm,
    MayKnowForm,
    NearForm,
    OneForm,
    PushForm,
    StandForm,
)
from leeward.my_space.circle_words import BEHIND, MAY_KNOW, how_in_words
from leeward.my_space.views import OwnFormPage, OwnPage
from leeward.people.models import YoungPerson
from leeward.plans.copy.lettering import Language
from leeward.plans.people_printing import people_copy, people_copy_name
from leeward.relationships.actions import (
    ChangedMeanwhile,
    NobodyNamed,
    Told,
    add_tie,
    change_tie,
    let_go,
    push_back,
)
from leeward.relationships.in_words import by_ring, key_of, picture_of, weighing
from leeward.relationships.models import Tie, TieVersion
from leeward.relationships.picture.draw import tall_svg, wide_svg
from leeward.relationships.queries import (
    CirclePage,
    Standing,
    circle_as_they_see,
    is_anchor,
    tie_of,
    versions_as_they_see,
)
from leeward.relationships.rules import TOPICS, Impossible, may_be_anchor, may_be_told


class PeoplePage(OwnPage):
    """A page about their own people."""

    action = "circle.read"

    @cached_property
    def person(self) -> YoungPerson:
        """Whose people they are, fetched as what this page does allows."""
        return YoungPerson.objects.visible_to(self.visitor.actor, self.action).get()

    @property
    def may_take_away(self) -> bool:
        """Whether a file may be left on this device: never on one that is not theirs."""
        return not self.visitor.visit.borrowed

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the place in the list of pages, which is one for all of these."""
        found = super().get_context_data(**kwargs)
        return found | {"page": "people", "may_take_away": self.may_take_away}


class MyPeople(PeoplePage):
    """The picture, the list and the table, on a day."""

    template_name = "my_space/people.html"

    def on(self) -> dt.date:
        """The day asked for; today when the address says nothing sensible."""
        try:
            return min(dt.date.fromisoformat(self.request.GET.get("on", "")), today())
        except ValueError:
            return today()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """My people as they stood on the day."""
        on = self.on()
        page = circle_as_they_see(self.person, on, today())
        picture = picture_of(
            _("me"),
            page,
            title=_("My people. The list and the table below say the same."),
            how=how_in_words,
            href=self._leads_to,
        )
        return super().get_context_data(**kwargs) | {
            "circle": page,
            "on": on,
            "today": today(),
            "now": on == today(),
            "wide": wide_svg(picture),
            "tall": tall_svg(picture),
            "rings": by_ring(page),
            "key": key_of(_("my person")),
            "weighing": [(each, page.advocacy.get(each.tie_id, [])) for each in weighing(page)],
        }

    def _leads_to(self, each: Standing) -> str:
        return reverse("people_one", args=[self.face.slug, each.tie_id])


class OnPaper(PeoplePage):
    """My people as a page for a wall. It stays on no device that is not theirs."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A tagged PDF with a neutral name, in the language of the page."""
        if not self.may_take_away:
            return redirect("people", face=self.face.slug)
        read_space(by=self.visitor.actor, page="people_paper")
        language: Language = "fr" if (get_language() or "en").startswith("fr") else "en"
        page = circle_as_they_see(self.person, today(), today())
        return HttpResponse(
            people_copy(page, language=language, on=today()),
            content_type="application/pdf",
            headers={
                "Content-Disposition": f'attachment; filename="{people_copy_name(language)}"'
            },
        )


class WhoMayKnow(PeoplePage):
    """Everything there is to know, and who may."""

    template_name = "my_space/people_know.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Of each thing: who may know, who must not."""
        page = circle_as_they_see(self.person, today(), today())
        return super().get_context_data(**kwargs) | {
            "near": [each for each in page.inside if each.facts.kind != "system"],
            "known": [
                (MAY_KNOW[topic], self._those(page, topic, "yes"), self._those(page, topic, "no"))
                for topic in TOPICS
            ],
        }

    @staticmethod
    def _those(page: CirclePage, topic: str, answer: str) -> str:
        return ", ".join(
            each.version.name
            for each in page.inside
            if each.facts.kind != "system" and may_be_told(each.facts, topic) == answer
        )


class OfOne(PeoplePage):
    """A page about one of them; whoever is not theirs is not there."""

    @cached_property
    def tie(self) -> Tie:
        """The one in the address."""
        try:
            return tie_of(self.person, self.kwargs["tie_id"])
        except Tie.DoesNotExist as fault:
            raise Http404 from fault

    @cached_property
    def versions(self) -> list[TieVersion]:
        """How they have stood, newest first."""
        return versions_as_they_see(self.tie)

    @property
    def newest(self) -> TieVersion:
        """How they stand."""
        return self.versions[0]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With how they stand."""
        newest = self.newest
        return super().get_context_data(**kwargs) | {
            "one": newest,
            "facts": newest.facts,
            "earlier": self.versions[1:],
            "anchor": is_anchor(self.tie),
            "could_be_anchor": may_be_anchor(newest.facts),
        }


class One(OfOne):
    """One of them: how they stand, what they may know, and how they stood before."""

    template_name = "my_space/people_one.html"


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
