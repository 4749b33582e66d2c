"""Recording that somebody is missing, and that they are back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.core.forms import Area, LeewardForm, PastDayField


class WentMissingForm(LeewardForm):
    """Nobody knows where they are."""

    since = PastDayField(label=_("Since which day?"))
    last_seen = forms.CharField(
        label=_("Where, when and with whom were they last seen?"),
        widget=Area(2),
        required=False,
    )


class CameBackForm(LeewardForm):
    """They are back, or somebody knows where they are."""

    on = PastDayField(label=_("Since which day are they back?"))
    how = forms.CharField(
        label=_("How are they, and what do they need first?"), widget=Area(2), required=False
    )
