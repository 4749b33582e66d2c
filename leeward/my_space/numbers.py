"""Pages about their own way in: another first number, and where else they are in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from leeward.entry.actions import SameNumber
from leeward.entry.forms import ChangeNumberForm
from leeward.entry.own import actions
from leeward.entry.queries import elsewhere
from leeward.my_space.views import OwnFormPage, OwnPage


@method_decorator(sensitive_post_parameters(), name="dispatch")
class MyNumber(OwnFormPage):
    """Another first number, for whoever knows the one that holds."""

    action = "space.number"
    template_name = "my_space/my_number.html"
    form_class = ChangeNumberForm

    def save(self, form: ChangeNumberForm) -> bool:
        """Change it. Whoever is in elsewhere is out."""
        said = form.cleaned_data
        try:
            right = actions.change_number(
                by=self.visitor.actor,
                old=said["old"],
                number=said["number"],
                visit_id=self.visitor.visit.pk,
            )
        except SameNumber:
            form.add_error("number", str(_("Choose another number than the ones you have.")))
        else:
            if not right:
                form.add_error(
                    "old", str(_("That did not work. Check your number, or wait and try later."))
                )
        return True


class WhereIn(OwnPage):
    """Where else they are in, and out of there at one press."""

    action = "space.elsewhere"
    template_name = "my_space/where_in.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As it stands."""
        return self.draw(others=elsewhere(self.visitor.actor, self.visitor.visit))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Out, everywhere but here."""
        actions.leave_elsewhere(by=self.visitor.actor, visit_id=self.visitor.visit.pk)
        return redirect("where_in", face=self.face.slug)
