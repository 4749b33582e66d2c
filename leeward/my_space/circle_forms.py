"""Forms of my people: plain fields, drawn by My space's own templates."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.my_space.circle_words import BEHIND, HOW, MAY_KNOW
from leeward.relationships.actions import Told
from leeward.relationships.forms import LONGEST_NAME, LONGEST_PART
from leeward.relationships.models import Kind, Paid, Ring, TieVersion
from leeward.relationships.rules import ANYTHING, TOPICS, Facts, may_be_told

CHOOSE = {"required": _("Choose one of these."), "invalid_choice": _("Choose one of these.")}
# Something to push against is not asked about here: it has a form of its own.
NEAR_KINDS = [choice for choice in Kind.choices if choice[0] != Kind.SYSTEM]
SYSTEM = {"kind": Kind.SYSTEM.value, "ring": Ring.MACRO.value, "stands": "tense"}


class OneForm(forms.Form):
    """What both kinds of ties ask; `version` is what the form was filled from."""

    name = forms.CharField(
        max_length=LONGEST_NAME,
        error_messages={"required": _("Write a name, or what you call it.")},
    )
    part = forms.CharField(max_length=LONGEST_PART, required=False)
    ring = forms.ChoiceField(choices=Ring.choices, error_messages=CHOOSE)
    stands = forms.ChoiceField(choices=list(HOW.items()), error_messages=CHOOSE)
    version = forms.IntegerField(initial=0)

    def facts(self) -> dict[str, Any]:
        """The answers that this form asks for."""
        said = self.cleaned_data
        return {"ring": said["ring"], "stands": said["stands"]}

    def told(self, before: TieVersion | None, *, anchor: bool) -> Told:
        """What the form says; what it does not ask stays as it was."""
        facts = replace(before.facts if before else Facts(), **self.facts())
        return Told(self.cleaned_data["name"], self.cleaned_data["part"], facts, anchor)

    @classmethod
    def initial_for(cls, row: TieVersion) -> dict[str, Any]:
        """Filled from how the tie stands now."""
        asked = {each for each in cls.base_fields if hasattr(Facts, each)}
        said = {"name": row.name, "part": row.part, "version": row.number}
        return said | {each: getattr(row.facts, each) for each in asked}

    def newest(self, number: int) -> None:
        """Draw the bound form again, as one filled from this version."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["version"] = str(number)  # type: ignore[index]


class NearForm(OneForm):
    """A person, a place or a group."""

    kind = forms.ChoiceField(choices=NEAR_KINDS, error_messages=CHOOSE)
    paid = forms.ChoiceField(
        choices=[("", _("not said")), *Paid.choices], required=False, error_messages=CHOOSE
    )
    family = forms.BooleanField(required=False)

    field_order = ("name", "part", "kind", "ring", "stands", "paid", "family")

    def facts(self) -> dict[str, Any]:
        """With what it is to them."""
        said = self.cleaned_data
        return super().facts() | {
            "kind": said["kind"],
            "paid": said["paid"],
            "family": said["family"],
            "weighs": "",
        }


class PushForm(OneForm):
    """Something to push against."""

    weighs = forms.ChoiceField(choices=list(BEHIND.items()), required=False, error_messages=CHOOSE)

    field_order = ("name", "part", "weighs", "ring", "stands")

    def facts(self) -> dict[str, Any]:
        """A system, and what is behind it."""
        weighs = self.cleaned_data["weighs"]
        return super().facts() | {
            "kind": Kind.SYSTEM.value,
            "weighs": weighs,
            "paid": "",
            "family": False,
        }


class MayKnowForm(forms.Form):
    """What somebody may know. From whom they want distance, nothing is a question."""

    version = forms.IntegerField()

    def __init__(self, *args: Any, before: TieVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = before
        answers = [("yes", _("yes")), ("no", _("no")), ("ask", _("ask me first"))]
        if before.facts.stands == "distance":
            del answers[2]
        for topic in TOPICS:
            self.fields[topic] = forms.ChoiceField(
                choices=answers,
                label=str(MAY_KNOW[topic]),
                initial=may_be_told(before.facts, topic),
                error_messages=CHOOSE,
            )
        self.fields["version"].initial = before.number

    def asked(self) -> list[forms.BoundField]:
        """A question for each thing to know."""
        return [self[topic] for topic in TOPICS]

    def told(self, *, anchor: bool) -> Told:
        """The tie as it stands, with these answers. Nothing at all is more than each alone."""
        said = {
            answer: tuple(each for each in TOPICS if self.cleaned_data[each] == answer)
            for answer in ("yes", "no")
        }
        must_not = (ANYTHING,) if said["no"] == TOPICS else said["no"]
        facts = replace(self.before.facts, may=said["yes"], must_not=must_not)
        return Told(self.before.name, self.before.part, facts, anchor)

    def newest(self, number: int) -> None:
        """Draw the bound form again, as one filled from this version."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["version"] = str(number)  # type: ignore[index]


class StandForm(forms.Form):
    """One press about a tie as it stands: let go of it, count on it, or no more."""

    version = forms.IntegerField()


class AskForm(forms.Form):
    """What they want a worker to do about something that weighs on them."""

    what = forms.CharField(
        max_length=300, error_messages={"required": _("Write what you want your worker to do.")}
    )
