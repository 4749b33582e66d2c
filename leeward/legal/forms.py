"""Answering a duty to report, and asking to change a rule."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leeward.core.forms import Area, LeewardForm, Number, PastDayField, Radios, Text
from leeward.law.changes import setting_of
from leeward.law.rules import STATUTE, Rule
from leeward.legal.models import DutyAnswer, RuleChange


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


_WHY_NOT = {
    "statute": _("This is the law: it stays as it is. You may add guidance beneath it."),
    "needed": _("There must be such a row. You may use other words, or add guidance."),
    "no_setting": _("This row has no time that could be set. Choose another change."),
    "no_number": _("Give a whole number, 1 or more."),
    "looser": _("This is the law: it can only be made stricter. Choose a stricter time."),
    "no_words": _("Write it in both languages: some read only one of them."),
}


class RuleChangeForm(LeewardForm):
    """What to change of one row, and why. Offers what the law allows for the row, and no more."""

    field_order = ("what", "number", "words_en", "words_fr", "reason")

    number = forms.IntegerField(
        label=_("The time, or number"),
        required=False,
        min_value=1,
        max_value=1_000_000,
        widget=Number,
        error_messages={
            "invalid": _("Give a whole number, 1 or more."),
            "min_value": _("Give a whole number, 1 or more."),
        },
    )
    words_en = forms.CharField(
        label=_("Words or guidance, in English"), max_length=600, widget=Area(3), required=False
    )
    words_fr = forms.CharField(
        label=_("Words or guidance, in French"), max_length=600, widget=Area(3), required=False
    )
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("Whoever agrees reads this. Name no young person."),
        max_length=600,
        widget=Area(2),
        error_messages={"required": _("Say why, in a few words.")},
    )

    def __init__(self, *args: Any, row: Rule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        out = {RuleChange.What.OFF, RuleChange.What.WORDS} if row.kind == STATUTE else set()
        if setting_of(row) is None:
            out.add(RuleChange.What.TIME)
            del self.fields["number"]
        offered = [each for each in RuleChange.What.choices if each[0] not in out]
        self.fields["what"] = forms.ChoiceField(
            label=_("What should be different here?"),
            choices=offered,
            widget=Radios,
            error_messages={"required": _("Choose what should be different.")},
        )
        self.order_fields(self.field_order)

    def refuse(self, why: str) -> None:
        """Say why the law does not allow it, beside the field to mend."""
        field = {"no_words": "words_en", "no_number": "number", "looser": "number"}.get(why)
        self.add_error(field if field in self.fields else None, _WHY_NOT[why])
