"""Forms of the circle. The words are the young person's; a worker may hold the pen."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.core.agency_time import today
from leeward.core.forms import (
    Area,
    Checks,
    Chips,
    Choice,
    DayField,
    LeewardForm,
    PastDayField,
    Text,
)
from leeward.relationships import rules
from leeward.relationships.actions import Told
from leeward.relationships.models import (
    Kind,
    Paid,
    Ring,
    Stands,
    TieVersion,
    Topic,
    Weight,
)
from leeward.relationships.rules import ANYTHING, Facts, Impossible

LONGEST_NAME, LONGEST_PART = 200, 300
FAMILY, ANCHOR, CONCERN = "family", "anchor", "of_concern"

SAY_WHY = {
    "weighs": _("Only a system can weigh on them. Choose “a system” above, or nothing here."),
    "also": _(
        "The one they count on is a person or a group: nobody they want distance from, and no tie"
        " that ended."
    ),
}


class TieForm(LeewardForm):
    """Somebody or something in the circle."""

    name = forms.CharField(
        label=_("Who or what is it?"),
        help_text=_(
            "As the young person calls them. A person, a pet, a place, a group, a system."
        ),
        max_length=LONGEST_NAME,
        widget=Text,
        error_messages={"required": _("Write a name, or what they call it.")},
    )
    part = forms.CharField(
        label=_("Which part do they play?"),
        help_text=_("In the young person’s own words."),
        max_length=LONGEST_PART,
        widget=Area(2, {"class": "govuk-textarea--own"}),
        required=False,
    )
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=Kind.choices,
        widget=Chips,
        initial=Kind.PERSON,
        error_messages={"required": _("Choose what it is.")},
    )
    ring = forms.ChoiceField(
        label=_("How near, as they see it?"),
        choices=Ring.choices,
        widget=Chips,
        error_messages={"required": _("Choose how near they are.")},
    )
    stands = forms.ChoiceField(
        label=_("How is the tie?"),
        choices=Stands.choices,
        widget=Chips,
        error_messages={"required": _("Choose how the tie is.")},
    )
    paid = forms.ChoiceField(
        label=_("Are they paid to be in their life?"),
        choices=[("", _("not said")), *Paid.choices],
        widget=Chips,
        required=False,
    )
    also = forms.MultipleChoiceField(
        label=_("Is any of this so?"),
        choices=[
            (FAMILY, _("The young person says they are family")),
            (ANCHOR, _("This is the one they count on: their anchor")),
            (
                CONCERN,
                _(
                    "A worker’s mark: a person of concern. It is never in the picture, nor in My"
                    " space."
                ),
            ),
        ],
        widget=Checks,
        required=False,
    )
    may = forms.MultipleChoiceField(
        label=_("What may they be told?"),
        help_text=_("What is not ticked here is asked first, each time."),
        choices=Topic.choices,
        widget=Checks,
        required=False,
    )
    must_not = forms.MultipleChoiceField(
        label=_("What must they not be told?"),
        help_text=_("This wins over the answer above."),
        choices=[*Topic.choices, (ANYTHING, _("anything at all"))],
        widget=Checks,
        required=False,
    )
    weighs = forms.ChoiceField(
        label=_("Does it weigh on them?"),
        help_text=_("For a system: something to push against, never a lack of theirs."),
        choices=[("", _("no")), *Weight.choices],
        widget=Choice,
        required=False,
    )
    on = PastDayField(label=_("Since when is it so?"), initial=today, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    def clean(self) -> dict[str, Any]:
        """Answers that cannot stand together are refused beside the question."""
        data = super().clean() or {}
        if not self.errors:
            told = self.told(data)
            try:
                rules.check(told.facts, anchor=told.anchor)
            except Impossible as fault:
                field = "weighs" if str(fault) == "weighs" else "also"
                self.add_error(field, SAY_WHY[field])
        return data

    @staticmethod
    def told(data: dict[str, Any]) -> Told:
        """What the form says, as the actions take it."""
        return Told(
            name=data["name"],
            part=data["part"],
            anchor=ANCHOR in data["also"],
            facts=Facts(
                kind=data["kind"],
                ring=data["ring"],
                stands=data["stands"],
                family=FAMILY in data["also"],
                paid=data["paid"],
                weighs=data["weighs"],
                may=tuple(data["may"]),
                must_not=tuple(data["must_not"]),
                of_concern=CONCERN in data["also"],
            ),
        )

    @staticmethod
    def initial_for(row: TieVersion, *, anchor: bool) -> dict[str, Any]:
        """Filled from how the tie stands now."""
        facts = row.facts
        also = {FAMILY: facts.family, ANCHOR: anchor, CONCERN: facts.of_concern}
        return {
            "name": row.name,
            "part": row.part,
            "also": [name for name, so in also.items() if so],
            "version": row.number,
            **{
                name: getattr(facts, name)
                for name in ("kind", "ring", "stands", "paid", "weighs", "may", "must_not")
            },
        }

    def differing(self, newest: TieVersion, *, anchor: bool) -> list[tuple[Any, str, str]]:
        """Question, my answer and the newest one, in words, wherever the two differ."""
        theirs = self.initial_for(newest, anchor=anchor)
        rows = []
        for name, field in self.fields.items():
            if name in ("version", "on"):
                continue
            mine = self.in_words(name, self.cleaned_data.get(name, ""))
            other = self.in_words(name, theirs[name])
            if mine != other:
                rows.append((field.label, mine, other))
        return rows

    def in_words(self, name: str, value: Any) -> str:
        """An answer as the form says it."""
        field = self.fields[name]
        if not isinstance(field, forms.ChoiceField):
            return str(value)
        words = dict(field.choices)  # type: ignore[arg-type]
        chosen = value if isinstance(value, (list, tuple)) else [value]
        return "; ".join(str(words[each]) for each in chosen if each in words)


class LetGoForm(LeewardForm):
    """Somebody is no longer in the circle."""

    on = PastDayField(label=_("Since when?"), initial=today, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class PushBackForm(LeewardForm):
    """What a worker will do against something that weighs on them."""

    what = forms.CharField(
        label=_("What will you do about it?"),
        help_text=_("A call, a letter, a meeting. It is yours to do, not theirs."),
        max_length=300,
        widget=Text,
        error_messages={"required": _("Say what you will do.")},
    )
    due_on = DayField(label=_("By when?"), required=False)


class PushedBackForm(LeewardForm):
    """What came of it."""

    words = forms.CharField(
        label=_("What came of it?"), max_length=300, widget=Text, required=False
    )
    on = PastDayField(label=_("On which day?"), initial=today, required=False)
