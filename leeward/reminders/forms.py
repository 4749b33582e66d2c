"""Putting something off."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.core.agency_time import today
from leeward.core.forms import Area, DayField, LeewardForm


class PutOffForm(LeewardForm):
    """Until which day, and why."""

    until = DayField(label=_("Remind me again on"))
    reason = forms.CharField(
        label=_("Why can it wait?"),
        help_text=_("Your supervisor reads this. It becomes part of the file."),
        widget=Area,
        error_messages={"required": _("Write why it can wait.")},
    )

    def __init__(self, *args: Any, last: dt.date, overseen: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.last = last
        if not overseen:
            self.fields["reason"].help_text = _("It becomes part of the file.")
        self.fields["until"].help_text = _("At the latest %(day)s.") % {"day": last.isoformat()}

    def clean_until(self) -> dt.date:
        """A day to come, and not past the last."""
        until: dt.date = self.cleaned_data["until"]
        if not today() < until <= self.last:
            raise forms.ValidationError(
                _("Choose a day after today, and at the latest %(day)s."),
                params={"day": self.last.isoformat()},
            )
        return until
