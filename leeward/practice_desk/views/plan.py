"""The plan: read, written, printed."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leeward.audit.traces import as_printed, new_trace
from leeward.core.agency_time import today
from leeward.plans.actions import ChangedMeanwhile, add_step, tell_how_it_went, write_plan
from leeward.plans.forms import PlanForm, StepForm, StepNewsForm
from leeward.plans.models import PlanVersion, Step
from leeward.plans.printing import copy_name, plan_copy
from leeward.plans.queries import plan_of, step_of
from leeward.practice_desk.views.base import PersonFormView, PersonView


class PlanPage(PersonView):
    """The plan as the young person wrote it."""

    tab = "plan"
    template_name = "practice_desk/plan.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Their words, the steps, and earlier versions."""
        return super().get_context_data(**kwargs) | {
            "plan": plan_of(self.person),
            "today": today(),
        }


class WritePlan(PersonFormView):
    """Write the plan together."""

    tab = "plan"
    template_name = "practice_desk/plan_write.html"
    form_class = PlanForm
    back = "plan"
    heading = _("My plan")
    lead = _("Write it together, in their own words. They are the author; you may hold the pen.")
    submit = _("Save the plan")

    def initial(self) -> dict[str, Any]:
        """The newest version."""
        return PlanForm.initial_for(plan_of(self.person).words)

    def save(self, form: PlanForm) -> None:
        """Save a version, or show both when a newer one stands."""
        data = dict(form.cleaned_data)
        try:
            write_plan(by=self.actor, person=self.person, version=data.pop("version"), words=data)
        except ChangedMeanwhile as changed:
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
        newest = getattr(self, "newest", None)
        rows = []
        if newest is not None:
            form = kwargs["form"]
            for name in PlanVersion.SECTIONS:
                mine, theirs = form.data.get(name, ""), getattr(newest, name)
                if mine != theirs:
                    rows.append((form.fields[name].label, mine, theirs))
        return super().get_context_data(**kwargs) | {"both": rows}


class AddStep(PersonFormView):
    """A small next step."""

    tab = "plan"
    form_class = StepForm
    back = "plan"
    heading = _("A small next step")
    submit = _("Add this step")

    def save(self, form: StepForm) -> None:
        """Add it."""
        add_step(by=self.actor, person=self.person, **form.cleaned_data)


class StepWent(PersonFormView):
    """How a step went."""

    tab = "plan"
    form_class = StepNewsForm
    back = "plan"
    heading = _("How did it go?")
    submit = _("Save")

    def step(self) -> Step:
        """The step in the address."""
        try:
            return step_of(self.person, self.kwargs["step_id"])
        except Step.DoesNotExist as fault:
            raise Http404 from fault

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form, with the step in its own words."""
        self.lead = self.step().what
        return super().get(request, *args, **kwargs)

    def save(self, form: StepNewsForm) -> None:
        """Add the news."""
        tell_how_it_went(by=self.actor, step=self.step(), **form.cleaned_data)


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
        language = kwargs["copy_language"]
        page = plan_of(self.person)
        pdf = plan_copy(
            page,
            name_used=self.person.name_used,
            language=language,
            on=today(),
            code=as_printed(self.trace),
        )
        return HttpResponse(
            pdf,
            content_type="application/pdf",
            headers={"Content-Disposition": f'attachment; filename="{copy_name(language)}"'},
        )
