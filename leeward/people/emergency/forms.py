"""Forms about a file that is opened in an emergency."""

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.core.forms import Area, LeewardForm, Radios
from leeward.people.standing.models import BreakGlass


class EmergencyForm(LeewardForm):
    """Why now."""

    reason = forms.CharField(
        label=_("Why do you need this file now?"),
        help_text=_("In a sentence or two. A supervisor reads this today."),
        max_length=1000,
        widget=Area(4),
        error_messages={"required": _("Say why you need this file now.")},
    )


class ReviewForm(LeewardForm):
    """What a supervisor thinks of it."""

    outcome = forms.ChoiceField(
        label=_("Was it needed?"),
        choices=BreakGlass.Outcome.choices,
        widget=Radios,
        error_messages={"required": _("Choose one of the answers.")},
    )
    words = forms.CharField(
        label=_("In your words"),
        max_length=1000,
        widget=Area(3),
        required=False,
    )
