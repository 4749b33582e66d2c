"""Answering a duty to report."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leeward.core.forms import Area, LeewardForm, PastDayField, Radios, Text
from leeward.legal.models import DutyAnswer


class AnswerForm(LeewardForm):
    """Reported, or not reported with reasons."""

    outcome = forms.ChoiceField(
        label=_("What did you do?"),
        choices=DutyAnswer.Outcome.choices,
        widget=Radios,
        error_messages={"required": _("Choose what you did.")},
    )
    on = PastDayField(label=_("When?"))
    who = forms.CharField(
        label=_("Who reported?"),
        help_text=_("Whoever saw it reports it. It cannot be handed on."),
        max_length=120,
        widget=Text,
        required=False,
    )
    society = forms.CharField(
        label=_("To which society?"), max_length=160, widget=Text, required=False
    )
    reference = forms.CharField(
        label=_("Their reference, or who took the call"),
        max_length=120,
        widget=Text,
        required=False,
    )
    reasons = forms.CharField(label=_("Why?"), widget=Area(3), required=False)
    own_view = forms.CharField(
        label=_("The young person’s own view, if you could ask"), widget=Area(2), required=False
    )

    def clean(self) -> dict[str, Any]:
        """A report names who and where; not reporting gives reasons."""
        data = super().clean() or self.cleaned_data
        if data.get("outcome") == DutyAnswer.Outcome.REPORTED:
            for name, message in (
                ("who", _now("Say who made the report.")),
                ("society", _now("Say which society took it.")),
            ):
                if not (data.get(name) or "").strip():
                    self.add_error(name, message)
        elif data.get("outcome") and not (data.get("reasons") or "").strip():
            self.add_error("reasons", _now("Give your reasons for not reporting."))
        return data
