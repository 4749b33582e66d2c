"""My plan in My space: they write it, say who reads each part, and take or leave suggestions."""

import uuid
from functools import cached_property
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from leeward.entry.models import Entry
from leeward.entry.queries import own_entry, private_is_open
from leeward.my_space.views import OwnPage
from leeward.people.models import YoungPerson
from leeward.plans import actions
from leeward.plans.forms import DayForm, OwnForm, OwnTogetherForm
from leeward.plans.models import ItemNews, ItemVersion, Sees, Suggestion
from leeward.plans.queries import (
    Shown,
    ShownSection,
    item_of,
    plan_of,
    read_by_the_team,
    review_day,
    suggestion_of,
    team_of,
    was_shared,
    way_of,
)
from leeward.plans.sections import Part, by_address, ways

CHANGED = _("You changed this in another place. It says now what you see below. Look, then save.")


class PlanPage(OwnPage):
    """A page about their plan. What only they see is closed while it is not sure who reads."""

    @cached_property
    def own(self) -> Entry:
        """Their way in, and who they are."""
        return own_entry(self.visitor.actor)

    @property
    def person(self) -> YoungPerson:
        """Whose plan it is."""
        return self.own.person

    @property
    def private(self) -> bool:
        """Whether what only they see is open."""
        return private_is_open(self.own)

    @property
    def may_take_away(self) -> bool:
        """Whether a file may lie on this device: on one that is not theirs, none does."""
        return not self.visitor.visit.borrowed

    def shown(self) -> Shown:
        """The piece in the address."""
        try:
            return item_of(
                self.visitor.actor, self.person, self.kwargs["item_id"], private=self.private
            )
        except ItemVersion.DoesNotExist as fault:
            raise Http404 from fault

    def back_to(self, part: Part) -> str:
        """The page on which a heading of this part stands."""
        return "safe" if part == "safe" else "open"

    def to_item(self, item_id: uuid.UUID) -> HttpResponse:
        """Where it says at once who reads it."""
        return redirect("item", face=self.face.slug, item_id=item_id)


class Safe(PlanPage):
    """My safety plan."""

    template_name = "my_space/safe.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What stands in it, and the day they chose."""
        plan = plan_of(self.visitor.actor, self.person, "safe", private=self.private)
        return super().get_context_data(**kwargs) | {
            "plan": plan,
            "look_again": review_day(self.person),
        }

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The plan, and a day to choose."""
        return self.draw(form=DayForm())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep the day."""
        form = DayForm(request.POST)
        if not form.is_valid():
            return self.draw(status=422, form=form)
        actions.look_again_on(
            by=self.visitor.actor, person=self.person, on=form.cleaned_data["on"]
        )
        return redirect("safe", self.face.slug)


class Way(PlanPage):
    """The way so far, in their own words."""

    template_name = "my_space/way.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What went well, and the turns, by day."""
        told = way_of(self.visitor.actor, self.person, private=self.private)
        return super().get_context_data(**kwargs) | {"told": told}


@method_decorator(sensitive_post_parameters(), name="dispatch")
class WritingPage(PlanPage):
    """A page with a form for one piece of the plan."""

    action = "plan.write"
    template_name = "my_space/write.html"

    def heading(self) -> ShownSection:
        """Under what it stands."""
        raise TypeError(type(self).__name__)

    def form(self, *args: Any, **kwargs: Any) -> OwnForm:
        """The form, with those who work with them today."""
        return OwnForm(*args, team=team_of(self.person), **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Under its heading."""
        heading = self.heading()
        return super().get_context_data(**kwargs) | {
            "heading": heading,
            "is_step": heading.key == "step",
            "back": self.back_to(heading.section.part),
        }


class Write(WritingPage):
    """Something new under one heading."""

    def heading(self) -> ShownSection:
        """The one in the address."""
        try:
            return ShownSection(by_address()[self.kwargs["section"]], [])
        except KeyError as fault:
            raise Http404 from fault

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The empty form. Closed, until they open it to somebody."""
        return self.draw(form=self.form(initial={"sees": Sees.ME.value}))

    @method_decorator(sensitive_variables())
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Put it in the plan, and say who reads it."""
        form = self.form(request.POST)
        heading = self.heading()
        if not form.is_valid():
            return self.draw(status=422, form=form)
        row = actions.write_new(
            by=self.visitor.actor,
            person=self.person,
            section=heading.key,
            said=form.said(),
            shared=form.shared(),
        )
        return self.to_item(row.item_id) if self.private else redirect("open", self.face.slug)


class Item(WritingPage):
    """One piece of the plan: what it says, who reads it, and changing both."""

    template_name = "my_space/item.html"

    def heading(self) -> ShownSection:
        """Where it stands."""
        return ShownSection(self.shown().item.section, [])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As it stands."""
        return self.draw(form=self.filled(self.shown()))

    def filled(self, shown: Shown) -> OwnForm:
        """The form as the piece stands."""
        return self.form(
            initial={
                "words": shown.words,
                "who": shown.who,
                "due_on": shown.due_on,
                "sees": shown.version.sees,
                "named": [str(each.pk) for each in shown.named],
                "version": shown.version.number,
            }
        )

    @method_decorator(sensitive_variables())
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save it, or take it out."""
        shown, form = self.shown(), self.form(request.POST)
        common: Any = {"by": self.visitor.actor, "item": shown.item}
        try:
            if "take_out" in request.POST:
                actions.take_out(**common, version=shown.version.number)
                return redirect(self.back_to(shown.item.section.part), self.face.slug)
            if not form.is_valid():
                return self.draw(status=422, form=form)
            actions.change(
                **common,
                version=form.cleaned_data["version"] or 0,
                said=form.said(),
                shared=form.shared(),
            )
        except actions.ChangedMeanwhile as changed:
            form.add_error(None, str(CHANGED))
            return self.draw(status=422, form=form, newest=changed.newest)
        return self.to_item(shown.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With who reads it now, and whether somebody could before."""
        shown = self.shown()
        return super().get_context_data(**kwargs) | {
            "shown": shown,
            "was_shared": was_shared(shown),
            "team": read_by_the_team(self.person),
        }


@method_decorator(sensitive_post_parameters(), name="dispatch")
class Together(PlanPage):
    """The whole plan on one screen, alone or with a worker: any order, any of it left out."""

    action = "plan.write"
    template_name = "my_space/together.html"

    @property
    def asked_for(self) -> dict[str, Any]:
        """Which part, and by which way to talk it through."""
        way = self.request.GET.get("way", "")
        part = "safe" if self.request.GET.get("part") == "safe" else "plan"
        return {"way": way if way in ways() else "", "part": part}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Room for each."""
        return self.draw(form=OwnTogetherForm(**self.asked_for), **self.asked_for)

    @method_decorator(sensitive_variables())
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Put what was written in the plan."""
        form = OwnTogetherForm(request.POST, **self.asked_for)
        if not form.is_valid():
            return self.draw(status=422, form=form, **self.asked_for)
        actions.write_together(
            by=self.visitor.actor,
            person=self.person,
            words=form.written(),
            shared=form.shared(),
        )
        return redirect("safe" if self.asked_for["part"] == "safe" else "open", self.face.slug)


class Went(PlanPage):
    """I did it, or not now."""

    action = "plan.write"
    http_method_names = ["post"]
    KINDS: ClassVar = {"did": ItemNews.Kind.DONE.value, "not_now": ItemNews.Kind.LET_GO.value}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Say how it went."""
        kind = self.KINDS.get(request.POST.get("went", ""))
        if kind is None:
            raise Http404
        actions.tell_how_it_went(by=self.visitor.actor, item=self.shown().item, kind=kind)
        return redirect("open", self.face.slug)


class Answer(PlanPage):
    """Take what a worker suggests, or leave it."""

    action = "plan.write"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One of the two."""
        try:
            suggestion = suggestion_of(self.person, self.kwargs["suggestion_id"])
        except Suggestion.DoesNotExist as fault:
            raise Http404 from fault
        took = "take" in request.POST
        actions.answer_suggestion(by=self.visitor.actor, suggestion=suggestion, took=took)
        return redirect("open", self.face.slug)
