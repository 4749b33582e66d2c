"""Writing down what was decided about sharing."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leeward.consents.actions import Decided
from leeward.consents.models import Capacity, Decider, Form, Kind
from leeward.core.agency_time import today
from leeward.core.forms import (
    Area,
    Checks,
    Chips,
    Choice,
    DayField,
    LeewardForm,
    PastDayField,
    Radios,
    Text,
)

YES_NO = [("no", _("No")), ("yes", _("Yes"))]
# Values are those of `law.consents`.
SURE = [*YES_NO, ("unsure", _("I am not sure"))]
CUSTODY = [
    ("none", _("No, or I do not know")),
    ("alone", _("Yes, they alone")),
    ("both", _("Yes, with another, and both decided")),
    ("one_of_two", _("Yes, with another, who has not decided")),
]
CHOOSE = _("Choose an answer.")


def _line(label: Any, hint: Any = "", most: int = 200) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, max_length=most, widget=Text, required=False
    )


def _one(label: Any, choices: Any, widget: Any, hint: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=choices,
        widget=widget,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )


class ConsentForm(LeewardForm):
    """Who decided what, for whom, why and until when; and how it is known."""

    given = _one(
        _("What was decided?"),
        [("yes", _("Yes, it may be shared")), ("no", _("No, it may not"))],
        Radios,
    )
    agency = forms.ChoiceField(
        label=_("Shared with which agency?"),
        widget=Choice,
        required=False,
        error_messages={"invalid_choice": _("Choose an agency from the list.")},
    )
    to_name = _line(
        _("Or with whom else?"), _("A person by name, or an agency that does not use Leeward.")
    )
    kinds = forms.MultipleChoiceField(
        label=_("What may be shared?"),
        choices=Kind.choices,
        widget=Checks,
        error_messages={
            "required": _("Choose at least one kind."),
            "invalid_choice": _("Choose from the list."),
        },
    )
    purpose = forms.CharField(
        label=_("What for?"),
        help_text=_("Write it so that the young person can read it. They may see these words."),
        max_length=600,
        widget=Area,
        error_messages={"required": _("Say what it is for.")},
    )
    until = DayField(label=_("Until which day?"), help_text=_("It ends by itself after that day."))
    decided_on = PastDayField(label=_("When was it decided?"))
    decider = _one(
        _("Who decided?"),
        Decider.choices,
        Radios,
        _("A young person who can decide does so themselves, at any age."),
    )
    capacity = _one(
        _("Can the young person decide this?"),
        Capacity.choices,
        Radios,
        _("It is presumed that they can. If not, say why, and who found so."),
    )
    capacity_why = _line(_("If they cannot: why?"), most=600)
    capacity_by = _line(_("If they cannot: who found so?"))
    decider_name = _line(_("If somebody else decided: who?"))
    custody = _one(_("If a parent decided: do they have custody?"), CUSTODY, Choice)
    implicated = _one(
        _("If a parent decided: could they be implicated in harm to the young person?"),
        SURE,
        Chips,
        _("With yes or not sure, they do not decide."),
    )
    counselling = _one(_("Is it about counselling the young person chose alone?"), YES_NO, Chips)
    form = _one(_("How was it said?"), Form.choices, Radios)
    heard_by = _line(_("If aloud: who heard it?"))
    heard_when = _line(_("If aloud: when?"), _("The day and the time."))
    words = forms.CharField(
        label=_("If aloud: in which words?"), max_length=1000, widget=Area, required=False
    )
    no_condition = forms.MultipleChoiceField(
        label=_("Never a condition"),
        choices=[("yes", _("They know that nothing is kept from them if they say no."))],
        widget=Checks,
        error_messages={
            "required": _("Tell them first that nothing is kept from them if they say no."),
            "invalid_choice": CHOOSE,
        },
    )

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(str(each.pk), each.name) for each in agencies]
        self.fields["agency"].choices = [("", _("None of these")), *listed]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Whatever one answer asks of another."""
        said: dict[str, Any] = super().clean() or {}
        if bool(said.get("agency")) == bool(said.get("to_name", "").strip()):
            self.add_error("to_name", _now("Choose an agency, or write a name here: one of them."))
        if said.get("until") and said.get("decided_on") and said["until"] < said["decided_on"]:
            self.add_error("until", _now("Choose a day after the one on which it was decided."))
        if said.get("given") == "yes" and said.get("until") and said["until"] < today():
            self.add_error("until", _now("That day is over. Choose today or later."))
        self._needs("decider", Decider.OWN.value, said, "decider_name")
        self._needs("capacity", Capacity.PRESUMED.value, said, "capacity_why", "capacity_by")
        self._needs("form", Form.WRITTEN.value, said, "heard_by", "heard_when", "words")
        return said

    def _needs(self, name: str, unless: str, said: dict[str, Any], *needed: str) -> None:
        if said.get(name) in (None, unless):
            return
        for each in needed:
            if not said.get(each, "").strip():
                self.add_error(each, _now("Please fill this in."))

    def decided(self) -> Decided:
        """What was decided, as the action takes it."""
        said = self.cleaned_data
        as_said = (
            *("kinds", "purpose", "until", "decided_on", "to_name", "decider", "decider_name"),
            *("capacity", "capacity_why", "capacity_by", "form", "heard_by", "heard_when"),
            *("words", "implicated", "custody"),
        )
        return Decided(
            given=said["given"] == "yes",
            to_agency_id=said["agency"] or None,
            counselling=said["counselling"] == "yes",
            **{name: said[name] for name in as_said},
        )


class WithdrawForm(LeewardForm):
    """What they said as they ended it."""

    reason = forms.CharField(
        label=_("What did they say?"),
        help_text=_("They do not have to give a reason."),
        max_length=600,
        widget=Area,
        required=False,
    )
