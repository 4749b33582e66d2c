"""Holding a file; asking whose files were opened."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leeward.core.forms import Area, Choice, LeewardForm, PastDayField


class HoldForm(LeewardForm):
    """Why a file must stay."""

    why = forms.CharField(
        label=_("Why must this file stay?"),
        help_text=_("Such as: somebody asked to see it, or a court or a review needs it."),
        max_length=2000,
        widget=Area(3),
        error_messages={"required": _("Say why, so that the next person knows when to let go.")},
    )


class BreachForm(LeewardForm):
    """Who, and when."""

    worker = forms.ChoiceField(
        label=_("Who opened the files?"),
        help_text=_("For a lost device, choose whose it was, from the day it was lost."),
        widget=Choice,
        required=False,
    )
    first = PastDayField(label=_("From which day?"))
    last = PastDayField(label=_("To which day?"))

    def __init__(self, *args: Any, workers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].choices = [  # type: ignore[attr-defined]  # of its own class
            ("", _("Anybody at the agency")),
            *workers,
        ]

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        data = super().clean() or self.cleaned_data
        first, last = data.get("first"), data.get("last")
        if first and last and last < first:
            self.add_error("last", _now("The last day is before the first. Change one of them."))
        return data

    def clean_worker(self) -> uuid.UUID | None:
        """The worker's id, or None for anybody."""
        chosen: str = self.cleaned_data["worker"]
        return uuid.UUID(chosen) if chosen else None
