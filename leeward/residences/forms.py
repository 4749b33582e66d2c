"""Houses: opening one, moving in and out, going out and coming in, words for the next shift."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leeward.core.agency_time import moment, today
from leeward.core.forms import Area, Choice, ClockField, LeewardForm, PastDayField, Text
from leeward.residences.models import Residence


class ResidenceForm(LeewardForm):
    """A house, by its name."""

    name = forms.CharField(
        label=_("Name of the house"),
        max_length=80,
        widget=Text,
        error_messages={"required": _("Write the name of the house.")},
    )


class FreeBedsForm(LeewardForm):
    """How many beds are free now."""

    count = forms.IntegerField(
        label=_("How many beds are free now?"),
        min_value=0,
        max_value=200,
        widget=Text({"inputmode": "numeric"}),
        error_messages={
            "required": _("Write how many, such as 2. If there is none, write 0."),
            "invalid": _("Write a whole number, such as 2."),
        },
    )


class MoveInForm(LeewardForm):
    """Which house, from when on."""

    residence = forms.ChoiceField(
        label=_("Which house?"),
        widget=Choice,
        error_messages={"required": _("Choose a house.")},
    )
    since = PastDayField(label=_("Since when?"))

    def __init__(self, *args: Any, houses: list[Residence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.houses = {str(each.pk): each for each in houses}
        self.fields["residence"].choices = [  # type: ignore[attr-defined]
            (key, each.name) for key, each in self.houses.items()
        ]


class MoveOutForm(LeewardForm):
    """From when on they live there no more."""

    on = PastDayField(label=_("Since which day do they not live here?"))


class GoOutForm(LeewardForm):
    """Where they went, and until when."""

    where = forms.CharField(
        label=_("Where are they, and with whom?"),
        widget=Text,
        error_messages={
            "required": _("Write where they are. If nobody knows, record them as missing.")
        },
    )
    back = ClockField(
        label=_("When will they be back?"),
        help_text=_("By 24 hours, such as 21:30. A time before now is tomorrow’s."),
        required=False,
    )

    def back_by(self) -> dt.datetime | None:
        """The moment; the next time that the clock shows it."""
        time = self.cleaned_data["back"]
        if time is None:
            return None
        at = moment(today(), time)
        return at if at > timezone.now() else moment(today() + dt.timedelta(days=1), time)


class ForShiftForm(LeewardForm):
    """What the next shift must know."""

    words = forms.CharField(
        label=_("What must the next shift know?"),
        help_text=_("What matters first: how they are, what was promised, who may call."),
        widget=Area,
        error_messages={"required": _("Write what they must know.")},
    )
