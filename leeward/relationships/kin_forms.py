"""The form on how somebody of the family is related."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.core.forms import Choice, LeewardForm
from leeward.relationships.kin import GENERATIONS, kin
from leeward.relationships.kin_in_words import GENERATION, FamilyPage, kin_word
from leeward.relationships.models import TieVersion


class KinForm(LeewardForm):
    """How somebody is related, and through whom. Either may be left unsaid."""

    kin = forms.ChoiceField(
        label=_("How are they related?"),
        help_text=_("As the young person says it. Leave it at “not said” when you do not know."),
        widget=Choice,
        required=False,
    )
    through = forms.ChoiceField(
        label=_("Through whom?"),
        help_text=_(
            "A grandmother through the mother, a half-brother through the father, a stepfather"
            " through the mother. Only those whose place is said stand in this list."
        ),
        widget=Choice,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, family: FamilyPage, tie_id: object, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = [
            (str(GENERATION[generation]), [(each.key, kin_word(each)) for each in ways])
            for generation in GENERATIONS
            if (ways := [each for each in kin().values() if each.generation == generation])
        ]
        self.fields["kin"].choices = [("", _("not said")), *said]  # type: ignore[attr-defined]
        others = [each for each in family.placed if each.id != str(tie_id)]
        self.fields["through"].choices = [  # type: ignore[attr-defined]
            ("", _("through nobody here, or not said")),
            *((each.id, f"{each.name} ({each.how})") for each in others),
        ]
        self.others = {each.id: each.name for each in others}

    def clean(self) -> dict[str, Any]:
        """Through whom says nothing without how."""
        data = super().clean() or {}
        if not self.errors and data["through"] and not data["kin"]:
            self.add_error(
                "kin", _("Choose how they are related, or choose nobody in the next question.")
            )
        return data

    def not_family(self) -> None:
        """Only a person who is family now is placed: say how to mend it."""
        self.add_error(
            None,
            _(
                "They are not family in the circle now. Ask the young person. When they say it is"
                " family, change the tie first."
            ),
        )

    def not_so(self) -> None:
        """Those two cannot be related so: say how to mend it."""
        self.add_error(
            "through",
            _(
                "These two do not go together. A grandparent is related through a parent, a cousin"
                " through an aunt or uncle, a niece through a sibling. Choose somebody else, or"
                " nobody."
            ),
        )

    def round_in_circle(self) -> None:
        """The other one is already related through this one: say how to mend it."""
        self.add_error(
            "through",
            _("That person is already related through this one. Choose somebody else, or nobody."),
        )

    def differing(self, newest: TieVersion) -> list[tuple[Any, str, str]]:
        """Question, my answer and the newest one, in words, wherever the two differ."""
        mine, theirs = self.cleaned_data, newest.facts
        rows = [
            (self.fields["kin"].label, _word(mine["kin"]), _word(theirs.kin)),
            (
                self.fields["through"].label,
                self.others.get(mine["through"], ""),
                self.others.get(theirs.through, ""),
            ),
        ]
        return [row for row in rows if row[1] != row[2]]


def _word(key: str) -> str:
    found = kin().get(key)
    return kin_word(found) if found else ""
