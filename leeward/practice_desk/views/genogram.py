"""The family by generations, and how somebody of it is related. For workers alone (ADR 53)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leeward.core.agency_time import today
from leeward.practice_desk.views.circle import FormOfTie, OnADay
from leeward.relationships.actions import ChangedMeanwhile, RoundInCircle, say_kin
from leeward.relationships.genogram.draw import genogram_svg
from leeward.relationships.kin_forms import KinForm
from leeward.relationships.kin_in_words import drawn, family_of, key_of_kin
from leeward.relationships.queries import circle_of, newest_of, tie_of
from leeward.relationships.rules import Impossible


class Genogram(OnADay):
    """The genogram on a day: the picture, the table, and who is not placed yet."""

    tab = "circle"
    template_name = "practice_desk/genogram.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The family as it stood on the day."""
        on = self.on()
        page = circle_of(self.person, on, today())
        family = family_of(page)
        picture = drawn(
            self.person.name_used,
            family,
            title=_now("The genogram. The table below says the same."),
            href=lambda each: reverse("tie", args=[self.person.pk, each.tie_id]),
        )
        return super().get_context_data(**kwargs) | {
            "circle": page,
            "on": on,
            "today": today(),
            "now": on == today(),
            "family": family,
            "picture": genogram_svg(picture),
            "key": key_of_kin(),
        }


class SayKin(FormOfTie):
    """Say how somebody of the family is related."""

    form_class = KinForm
    back = "genogram"
    heading = _("How they are related")
    submit = _("Save")

    def form_options(self) -> dict[str, Any]:
        """Those through whom somebody can be related."""
        page = circle_of(self.person, today(), today())
        return {"family": family_of(page), "tie_id": self.tie_id}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form, with who it is about."""
        self.lead = newest_of(self.tie()).name
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The same page after a mistake, with who it is about."""
        self.lead = newest_of(self.tie()).name
        return super().post(request, *args, **kwargs)

    def initial(self) -> dict[str, Any]:
        """As it was said."""
        newest = newest_of(self.tie())
        facts = newest.facts
        return {"kin": facts.kin, "through": facts.through, "version": newest.number}

    def save(self, form: KinForm) -> None:
        """Say it, or say what to mend."""
        said = form.cleaned_data
        try:
            say_kin(
                by=self.actor,
                tie=self.tie(),
                version=said["version"],
                kin=said["kin"],
                through=tie_of(self.person, said["through"]) if said["through"] else None,
            )
        except ChangedMeanwhile as changed:
            self.both = form.differing(changed.newest)
            self.overtaken(form, changed)
        except RoundInCircle:
            form.round_in_circle()
        except Impossible as fault:
            if str(fault) == "family":
                form.not_family()
            else:
                form.not_so()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Both answers side by side after a conflict."""
        return super().get_context_data(**kwargs) | {"both": getattr(self, "both", [])}
