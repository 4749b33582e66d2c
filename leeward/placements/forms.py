"""Recording where somebody lives."""

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.core.forms import Choice, LeewardForm, PastDayField, Text
from leeward.placements.models import Placement


class MoveForm(LeewardForm):
    """A new place, from a day on."""

    kind = forms.ChoiceField(
        label=_("Where do they live now?"), choices=Placement.Kind.choices, widget=Choice
    )
    with_whom = forms.CharField(label=_("With whom?"), max_length=200, widget=Text, required=False)
    since = PastDayField(label=_("Since when?"))
