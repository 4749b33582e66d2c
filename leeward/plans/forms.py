"""Forms of a plan. The words are the young person's; a worker may hold the pen."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.core.forms import Area, Chips, DayField, LeewardForm, Text
from leeward.plans.models import PlanVersion, StepNews


class PlanForm(LeewardForm):
    """The plan in the young person's own words."""

    matters = forms.CharField(
        label=_("What matters to me"),
        widget=Area(3, {"class": "govuk-textarea--own"}),
        required=False,
    )
    good_at = forms.CharField(
        label=_("What I am good at"),
        widget=Area(3, {"class": "govuk-textarea--own"}),
        required=False,
    )
    want = forms.CharField(
        label=_("What I want"),
        help_text=_("A problem, turned round into a want."),
        widget=Area(3, {"class": "govuk-textarea--own"}),
        required=False,
    )
    anchor = forms.CharField(
        label=_("My one person"),
        help_text=_("The one I can count on."),
        max_length=200,
        widget=Text,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    @staticmethod
    def initial_for(words: PlanVersion | None) -> dict[str, Any]:
        """Filled from the newest version."""
        if words is None:
            return {"version": 0}
        found: dict[str, Any] = {name: getattr(words, name) for name in PlanVersion.SECTIONS}
        return found | {"version": words.number}


class StepForm(LeewardForm):
    """One small next step."""

    what = forms.CharField(
        label=_("What is the next small step?"),
        max_length=300,
        widget=Text,
        error_messages={"required": _("Say what happens. Small is good.")},
    )
    who = forms.CharField(label=_("Who does it?"), max_length=200, widget=Text, required=False)
    due_on = DayField(
        label=_("By when?"), help_text=_("Leave it empty for “when I am ready”."), required=False
    )


class StepNewsForm(LeewardForm):
    """How a step went."""

    kind = forms.ChoiceField(
        label=_("How did it go?"),
        choices=StepNews.Kind.choices,
        widget=Chips,
        error_messages={"required": _("Choose how it went.")},
    )
    words = forms.CharField(
        label=_("In their words, if they want"), max_length=300, widget=Text, required=False
    )
