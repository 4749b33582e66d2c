"""Forms of both sides: a worker's three answers, and what the young person says themselves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.core.forms import LeewardForm, Radios

# As long as a story may be in one part.
MOST_WORDS = 20_000
# Values are those of `rules.ANSWERS`.
CHOICES = [("no", _("No")), ("yes", _("Yes")), ("unsure", _("I am not sure"))]


def _asked(label: Any, hint: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=CHOICES,
        widget=Radios,
        error_messages={"required": _("Choose an answer. “I am not sure” is one.")},
    )


class ReleaseForm(LeewardForm):
    """What is asked before a note goes to a device. Named as in `rules.QUESTIONS`."""

    phone = _asked(
        _("Could somebody else be holding this phone?"),
        _("Who can unlock it, who gave it, who looks over their shoulder? Ask them today."),
    )
    tip_off = _asked(
        _("Could this tip somebody off?"),
        _("Somebody who reads it would learn what is known, who is asking, or what comes next."),
    )
    names = _asked(
        _("Does it name another child, or somebody who called?"),
        _("Also where no name stands there, but it is plain who it is."),
    )


class SideForm(forms.Form):
    """Their own side of a note."""

    words = forms.CharField(
        label=_("My side"),
        max_length=MOST_WORDS,
        strip=False,
        error_messages={
            "required": _("Write something first."),
            "max_length": _("That is very long. Make it shorter."),
        },
    )
    version = forms.IntegerField(required=False, min_value=0)

    def clean_words(self) -> str:
        """Spaces alone say nothing; the words themselves stay as they are."""
        words: str = self.cleaned_data["words"]
        if not words.strip():
            raise forms.ValidationError(_("Write something first."))
        return words
