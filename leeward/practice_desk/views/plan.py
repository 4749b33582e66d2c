"""The plan: read, written together, suggested in, printed."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leeward.accounts.models import Worker
from leeward.audit.traces import as_printed, new_trace
from leeward.core.agency_time import today
from leeward.plans import actions
from leeward.plans.copy.lettering import Language
from leeward.plans.forms import (
    ChangeForm,
    PenForm,
    StepForm,
    StepNewsForm,
    SuggestForm,
    WheelAskedForm,
)
from leeward.plans.models import ItemVersion
from leeward.plans.printing import card_name, copy_name, plan_copy, safety_card
from leeward.plans.queries import (
    Shown,
    asked_for_wheel,
    earlier_versions,
    item_of,
    plan_of,
    review_day,
    suggestions_by,
)
from leeward.plans.sections import PARTS, Part, ways
from leeward.plans.wheel import actions as wheel_actions
from leeward.practice_desk.views.base import PersonFormView, PersonView


class PlanPage(PersonView):
    """The plan as far as the young person shares it with whoever looks."""

    tab = "plan"
    template_name = "practice_desk/plan.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What stands in it, the steps, and what was said before."""
        return super().get_context_data(**kwargs) | {
            "plan": plan_of(self.actor, self.person),
            "safe": plan_of(self.actor, self.person, "safe"),
            "earlier": earlier_versions(self.actor, self.person),
            "asked": asked_for_wheel(self.person),
            "suggested": suggestions_by(self.actor, self.person),
            "look_again": review_day(self.person),
            "today": today(),
        }


class WritePlan(PersonFormView):
    """Write the plan together, on one screen."""

    tab = "plan"
    template_name = "practice_desk/plan_write.html"
    form_class = PenForm
    back = "plan"
    lead = _("Write it together, in their own words. They are the author; you may hold the pen.")
    submit = _("Save what is written")

    @property
    def part(self) -> Part:
        """The plan, or the safety plan."""
        return "safe" if self.request.GET.get("part") == "safe" else "plan"

    @property
    def heading(self) -> str:
        """Which of the two."""
        return _now("My safety plan") if self.part == "safe" else _now("My plan")

    @property
    def way(self) -> str:
        """How to talk it through, if not heading by heading."""
        asked = self.request.GET.get("way", "")
        return asked if asked in ways() else ""

    def form_options(self) -> dict[str, Any]:
        """The questions of this page."""
        return {"way": self.way, "part": self.part, "more": self.request.GET.get("more", "")}

    def save(self, form: PenForm) -> None:
        """Add what was written."""
        actions.write_together(
            by=self.actor,
            person=self.person,
            words=form.written(),
            shared=form.shared(Worker(pk=self.actor.author_id)),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what stands there already."""
        return super().get_context_data(**kwargs) | {
            "stands": plan_of(self.actor, self.person, self.part),
            "way": self.way,
            "part": self.part,
        }


class ItemFormView(PersonFormView):
    """A form about one piece of the plan. What is not shared with the worker is not there."""

    tab = "plan"
    back = "plan"

    @property
    def shown(self) -> Shown:
        """The piece in the address."""
        if not hasattr(self, "_shown"):
            try:
                self._shown = item_of(self.actor, self.person, self.kwargs["item_id"])
            except ItemVersion.DoesNotExist as fault:
                raise Http404 from fault
        return self._shown

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form, with the piece in its own words."""
        self.lead = self.shown.words
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Of a piece that is there, whatever was typed."""
        self.lead = self.shown.words
        return super().post(request, *args, **kwargs)


class ChangePlan(ItemFormView):
    """Say anew what a worker once wrote down; what they typed themselves, a worker suggests."""

    template_name = "practice_desk/plan_change.html"
    form_class = ChangeForm
    submit = _("Save")
    heading = _("My plan")

    def initial(self) -> dict[str, Any]:
        """As it stands."""
        return {"words": self.shown.words, "version": self.shown.version.number}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Their own words lead to suggesting."""
        if self.shown.is_own:
            return redirect("plan_suggest_change", self.person_id, self.kwargs["item_id"])
        return PersonFormView.get(self, request, *args, **kwargs)

    def save(self, form: ChangeForm) -> None:
        """Save a version, or take it out; show both when a newer one stands."""
        given, shown = form.cleaned_data, self.shown
        common = {"by": self.actor, "item": shown.item, "version": given["version"]}
        try:
            if "take_out" in self.request.POST:
                actions.take_out(**common)
            else:
                said = actions.Said(given["words"], shown.who, shown.due_on)
                actions.change(**common, said=said)
        except actions.TheirOwnWords:
            form.add_error(
                None, _now("They have typed this themselves since. Suggest it instead.")
            )
        except actions.ChangedMeanwhile as changed:
            self.newest = changed.newest
            form.carry("version", changed.newest.number)
            form.add_error(
                None,
                _now(
                    "Somebody saved the plan while you were writing. Their version is shown beside"
                    " yours. Ask the young person which words to keep, then save again."
                ),
            )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Both texts side by side after a conflict."""
        newest, form = getattr(self, "newest", None), kwargs["form"]
        rows = []
        if newest is not None:
            rows.append((form.fields["words"].label, form.data.get("words", ""), newest.words))
        return super().get_context_data(**kwargs) | {"both": rows, "shown": self.shown}


class Suggest(PersonFormView):
    """Suggest something new."""

    tab = "plan"
    back = "plan"
    form_class = SuggestForm
    heading = _("Suggest something for the plan")
    lead = _("They read it in their own space or with you, and take it or leave it.")
    submit = _("Suggest it")

    def save(self, form: SuggestForm) -> None:
        """Suggest it."""
        actions.suggest(by=self.actor, person=self.person, **form.cleaned_data)


class SuggestChange(ItemFormView):
    """Suggest other words for what they typed themselves."""

    form_class = SuggestForm
    heading = _("Suggest other words")
    submit = _("Suggest it")

    def form_options(self) -> dict[str, Any]:
        """The heading is that of the piece."""
        return {"choose": False}

    def save(self, form: SuggestForm) -> None:
        """Suggest it."""
        item = self.shown.item
        actions.suggest(
            by=self.actor,
            person=self.person,
            section=item.section_key,
            item=item,
            **form.cleaned_data,
        )


class Wheel(PersonFormView):
    """They, or their community, asked for a Medicine Wheel. How it is laid out is theirs."""

    tab = "plan"
    back = "plan"
    template_name = "practice_desk/plan_wheel.html"
    form_class = WheelAskedForm
    heading = _("Their plan in four parts")
    lead = _(
        "Only where they or their community ask for a Medicine Wheel. They name the parts and lay"
        " it out in My space; what each part means is not ours to say."
    )
    submit = _("Put it in My space")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ending it asks for nothing more."""
        if "end" not in request.POST:
            return super().post(request, *args, **kwargs)
        with suppress(wheel_actions.NobodyAsked):
            wheel_actions.end_wheel(by=self.actor, person=self.person)
        return redirect(self.back, person_id=self.person_id)

    def save(self, form: WheelAskedForm) -> None:
        """Write down who asked."""
        wheel_actions.ask_for_wheel(by=self.actor, person=self.person, **form.cleaned_data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With who asked before."""
        return super().get_context_data(**kwargs) | {"asked": asked_for_wheel(self.person)}


class AddStep(PersonFormView):
    """A small next step."""

    tab = "plan"
    form_class = StepForm
    back = "plan"
    heading = _("A small next step")
    submit = _("Add this step")

    def save(self, form: StepForm) -> None:
        """Add it."""
        actions.write_new(
            by=self.actor,
            person=self.person,
            section="step",
            said=form.said(),
            shared=actions.Shared(),
        )


class StepWent(ItemFormView):
    """How a step went."""

    form_class = StepNewsForm
    heading = _("How did it go?")
    submit = _("Save")

    def save(self, form: StepNewsForm) -> None:
        """Add the news."""
        actions.tell_how_it_went(by=self.actor, item=self.shown.item, **form.cleaned_data)


class PlanCopy(PersonView):
    """The printed copy for the young person, in the language they choose."""

    action = "file.print"
    http_method_names = ["get"]

    def asks_fresh(self) -> bool:
        """Paper leaves the building: it asks, unless the agency says otherwise."""
        return bool(settings.LEEWARD_FRESH_FOR_PRINT)

    def open(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Each copy has a code of its own, in the audit before it is on paper."""
        self.trace = new_trace()
        return super().open(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A tagged PDF with a neutral name."""
        name, pdf = self.printed(kwargs["copy_language"])
        return HttpResponse(
            pdf,
            content_type="application/pdf",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def printed(self, language: Language) -> tuple[str, bytes]:
        """Its name, and the file: what they share with whoever prints it."""
        plan, safe = (plan_of(self.actor, self.person, part) for part in PARTS)
        whole = replace(plan, sections=[*plan.sections, *(each for each in safe.written)])
        return copy_name(language), plan_copy(
            whole,
            name_used=self.person.name_used,
            language=language,
            on=today(),
            code=as_printed(self.trace),
        )


class PlanCard(PlanCopy):
    """The safety plan as a card that folds, in the language they choose."""

    def printed(self, language: Language) -> tuple[str, bytes]:
        """Its name, and the file."""
        safe = plan_of(self.actor, self.person, "safe")
        code = as_printed(self.trace)
        return card_name(language), safety_card(safe, language=language, code=code)
