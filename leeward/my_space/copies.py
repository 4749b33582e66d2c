"""My copy: the plan, or a card, to take away."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from leeward.core.agency_time import today
from leeward.my_space.plan import PlanPage
from leeward.my_space.wheel import named
from leeward.plans import actions
from leeward.plans.copy.lettering import Language
from leeward.plans.forms import CoverForm
from leeward.plans.printing import card_name, copy_name, plan_copy, safety_card
from leeward.plans.queries import wheel_of


@method_decorator(sensitive_post_parameters(), name="dispatch")
class Copy(PlanPage):
    """A copy to take away, on paper or as a file with a name that says nothing."""

    action = "plan.copy"
    template_name = "my_space/copy.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether a file may lie here."""
        return super().get_context_data(**kwargs) | {
            "may_take_away": self.may_take_away,
            "wheel": wheel_of(self.person),
        }

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What to choose."""
        return self.draw(form=CoverForm(initial={"cover": ""}))

    @method_decorator(sensitive_variables())
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A tagged PDF: the parts and the readers they chose."""
        if not self.may_take_away:
            return redirect("copy", self.face.slug)
        form = CoverForm(request.POST)
        if not form.is_valid():
            return self.draw(status=422, form=form)
        language: Language = "fr" if (get_language() or "en").startswith("fr") else "en"
        # What only they see is left out unless they ask for it.
        private = "private" in request.POST and self.private
        plan = actions.take_copy(by=self.visitor.actor, person=self.person, private=private)
        if "card" in request.POST:
            pdf, file_name = safety_card(plan, language=language), card_name(language)
        else:
            name = self.person.name_used if "name" in request.POST else ""
            wheel = wheel_of(self.person) if "parts" in request.POST and self.private else None
            pdf = plan_copy(
                plan,
                name_used=name,
                language=language,
                on=today(),
                cover=form.chosen(),
                parts=named(wheel.layout) if wheel else (),
            )
            file_name = copy_name(language)
        return HttpResponse(
            pdf,
            content_type="application/pdf",
            headers={"Content-Disposition": f'attachment; filename="{file_name}"'},
        )
