"""Pages about their own way in: another first number, where else they are in, its look."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from leeward.entry.actions import FaceNotOffered, SameNumber
from leeward.entry.forms import ChangeNumberForm
from leeward.entry.own import actions
from leeward.entry.queries import elsewhere, offered_by
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


class Look(OwnPage):
    """What it looks like, among what their agency offers."""

    action = "space.face"
    template_name = "my_space/look.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the faces that there are to pick from."""
        faces = offered_by(self.visitor.actor.own_agency_id).faces
        return super().get_context_data(**kwargs) | {"faces": faces}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Change it, and go on under the new one."""
        face = request.POST.get("face", "")
        try:
            actions.choose_face(by=self.visitor.actor, face=face)
        except FaceNotOffered:
            return self.draw(status=422, missing=True)
        return redirect("look", face=face)
