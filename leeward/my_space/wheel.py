"""Their plan in four parts around a middle, where they or their community asked for it."""

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from leeward.my_space.plan import CHANGED, PlanPage
from leeward.plans.forms import LayoutForm
from leeward.plans.models import Wheel
from leeward.plans.queries import ShownSection, plan_of, wheel_of
from leeward.plans.sections import STEP, sections
from leeward.plans.wheel import actions
from leeward.plans.wheel.layout import Layout, Quarter

# Until they name them: as a compass has them, and nothing more is said of them.
DIRECTIONS = (_("East"), _("South"), _("West"), _("North"))
WHERE = ("east", "south", "west", "north")
# What stands in it: all of my plan but the steps, which have days and hands of their own.
HEADINGS = tuple(key for key, each in sections().items() if each.part == "plan" and key != STEP)


def named(layout: Layout) -> list[Quarter]:
    """The four, each by their own name for it or by its direction."""
    return [
        replace(each, name=each.name or str(direction))
        for each, direction in zip(layout.quarters, DIRECTIONS, strict=True)
    ]


@dataclass(frozen=True)
class Part:
    """One of the four as it is drawn: where, its name, and the headings in it."""

    where: str
    name: str
    sections: list[ShownSection]


class WheelPage(PlanPage):
    """A page that is there for those who asked for it, and for nobody else."""

    @cached_property
    def stands(self) -> Wheel:
        """How it stands."""
        row = wheel_of(self.person)
        if row is None:
            raise Http404
        return row

    def layout(self) -> Layout:
        """As they laid it out; their own names are closed while it is not sure who reads."""
        return self.stands.layout if self.private else Layout()

    def parts(self) -> list[Part]:
        """The four, with what stands in each."""
        plan = plan_of(self.visitor.actor, self.person, private=self.private)
        by_key = {each.key: each for each in plan.sections}
        return [
            Part(where, each.name, [by_key[key] for key in each.sections])
            for where, each in zip(WHERE, named(self.layout()), strict=True)
        ]


class Round(WheelPage):
    """The four parts: drawn, and said in the same order below."""

    template_name = "my_space/wheel.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All four."""
        return super().get_context_data(**kwargs) | {
            "parts": self.parts(),
            "beside": self.layout().beside(HEADINGS),
        }


@method_decorator(sensitive_post_parameters(), name="dispatch")
class LayOut(WheelPage):
    """Naming the four, and saying what stands where; or having it no more."""

    action: ClassVar[str] = "plan.write"
    template_name = "my_space/wheel_change.html"

    def form(self, *args: Any, **kwargs: Any) -> LayoutForm:
        """Its fields, by the names that the parts have now."""
        names = [each.name for each in self.parts()]
        return LayoutForm(*args, names=names, keys=HEADINGS, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As it stands. Where their names are closed, changing it would lose them."""
        if not self.private:
            return redirect("wheel", self.face.slug)
        filled = LayoutForm.filled(self.stands.layout)
        return self.draw(form=self.form(initial={"version": self.stands.number, **filled}))

    @method_decorator(sensitive_variables())
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep it, or end it."""
        mine: Any = {"by": self.visitor.actor, "person": self.person}
        if not self.private:
            return redirect("wheel", self.face.slug)
        form = self.form(request.POST)
        try:
            if "end" in request.POST:
                actions.end_wheel(**mine)
                return redirect("open", self.face.slug)
            if not form.is_valid():
                return self.draw(status=422, form=form)
            version = form.cleaned_data["version"]
            actions.lay_out_wheel(**mine, version=version, layout=form.laid_out())
        except actions.NobodyAsked:
            # It was ended in another place.
            return redirect("open", self.face.slug)
        except actions.LaidOutMeanwhile as meanwhile:
            data = request.POST.copy()
            data["version"] = str(meanwhile.newest.number)
            form.data = data
            form.add_error(None, str(CHANGED))
            return self.draw(status=422, form=form, newest=self.parts())
        return redirect("wheel", self.face.slug)
