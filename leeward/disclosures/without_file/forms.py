"""Typing what is given from no file: piece by piece, without a script."""

import secrets
import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from leeward.accounts.models import Agency
from leeward.core.forms import (
    Area,
    Chips,
    Choice,
    DayField,
    LeewardForm,
    LinesField,
    Radios,
    Text,
    lines,
)
from leeward.disclosures.forms import CHOOSE
from leeward.disclosures.without_file.drafting import AskedWithoutFile, Typed, as_asked

# So many pieces at most at a time. The first is always there.
PIECES = (1, 2, 3)
# Of whom, and to whom: an answer has both from what it answers.
TO_WHOM = ("about", "also", "agency", "names")
PARTS = ("kind", "title", "words", "on")
MISSING = {
    "kind": _("Choose what it is."),
    "title": _("Say it in short."),
    "words": _("Say it in full."),
}


class WithoutFileForm(LeewardForm):
    """About whom, to whom, under what, and up to three pieces. `mark` and `digest` come from the
    preview."""

    about = forms.CharField(
        label=_("Which young person is it about?"),
        help_text=_("You are not told whether they are known there."),
        max_length=120,
        widget=Text,
        error_messages={"required": _("Write the name you know.")},
    )
    also = LinesField(
        label=_("Other names you know them by"),
        help_text=_(
            "One on each line. They are given too, and keep it from whoever must not see it."
        ),
        most=6,
        longest=120,
        widget=Area,
        required=False,
    )
    agency = forms.ChoiceField(
        label=_("To which agency?"),
        widget=Choice,
        error_messages={
            "required": _("Choose an agency from the list."),
            "invalid_choice": _("Choose an agency from the list."),
        },
    )
    names = forms.CharField(
        label=_("To whom at that agency?"),
        help_text=_("The full name, or the name they sign in with. One on each line."),
        max_length=600,
        widget=Area,
        error_messages={"required": _("Name at least one person.")},
    )
    authority = forms.ChoiceField(
        label=_("Under what?"),
        widget=Radios,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    purpose = forms.CharField(
        label=_("What for?"),
        help_text=_("Write it so that the young person can read it. They may see these words."),
        max_length=600,
        widget=Area,
        error_messages={"required": _("Say what it is for.")},
    )
    may_hand_on = forms.ChoiceField(
        label=_("May they pass it on to others?"),
        help_text=_("They may always quote it in their own notes."),
        choices=[("no", _("No")), ("yes", _("Yes"))],
        widget=Chips,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    mark = forms.CharField(max_length=32, required=False, widget=forms.HiddenInput)
    digest = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        answers: uuid.UUID | None = None,
        agencies: Iterable[Agency] = (),
        authorities: Iterable[tuple[str, str]],
        kinds: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.answers = answers
        choices = [("", _("Choose")), *kinds]
        for number in PIECES:
            self.fields |= _piece_fields(number, choices)
        for name, field in self.fields.items():
            if name.partition("_")[0] in PARTS:
                field.widget.attrs.setdefault("autocomplete", "off")
        self.fields["authority"].choices = list(authorities)  # type: ignore[attr-defined]
        if answers:
            for name in TO_WHOM:
                del self.fields[name]
        else:
            named = [(str(each.pk), each.name) for each in agencies]
            self.fields["agency"].choices = [("", _("Choose")), *named]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A piece that is begun is whole, and there is one at least."""
        said: dict[str, Any] = super().clean() or {}
        begun = [number for number in PIECES if self._begun(said, number)]
        for number in begun or PIECES[:1]:
            for part in MISSING:
                name = f"{part}_{number}"
                if not said.get(name, "").strip() and name not in self.errors:
                    self.add_error(name, MISSING[part])
        said["mark"] = said.get("mark") or secrets.token_hex(16)
        return said

    @staticmethod
    def _begun(said: dict[str, Any], number: int) -> bool:
        return any(said.get(f"{part}_{number}") for part in PARTS)

    @property
    def to_whom(self) -> list[BoundField]:
        """About whom and to whom, under what and what for."""
        named = (*TO_WHOM, "authority", "purpose")
        return [self[name] for name in named if name in self.fields]

    @property
    def pieces(self) -> list[tuple[int, list[BoundField], bool]]:
        """Each piece: its number, its fields, and whether it is in sight."""
        found = []
        for number in PIECES:
            fields = [self[f"{part}_{number}"] for part in PARTS]
            shown = number == 1 or any(each.value() or each.errors for each in fields)
            found.append((number, fields, shown))
        return found

    def asked(self) -> AskedWithoutFile:
        """What would be given, as the action takes it."""
        said = self.cleaned_data
        agency = said.get("agency")
        return AskedWithoutFile(
            pieces=as_asked(
                Typed(*(said[f"{part}_{number}"] for part in PARTS)) for number in PIECES
            ),
            purpose=said["purpose"],
            authority=said["authority"],
            mark=said["mark"],
            may_hand_on=said["may_hand_on"] == "yes",
            answers=self.answers,
            about=said.get("about", ""),
            also=lines(said.get("also", "")),
            agency_id=uuid.UUID(agency) if agency else None,
            names=said.get("names", ""),
        )


def _piece_fields(number: int, kinds: list[tuple[str, Any]]) -> dict[str, forms.Field]:
    return {
        f"kind_{number}": forms.ChoiceField(
            label=_("What is it?"),
            choices=kinds,
            widget=Choice,
            required=False,
            error_messages={"invalid_choice": _("Choose from the list.")},
        ),
        f"title_{number}": forms.CharField(
            label=_("In short"), max_length=120, widget=Text, required=False
        ),
        f"words_{number}": forms.CharField(
            label=_("In full"),
            help_text=_("Only what this purpose needs. Name nobody who need not be named."),
            max_length=2000,
            widget=Area,
            required=False,
        ),
        f"on_{number}": DayField(
            label=_("Day"), help_text=_("Leave it empty if it has none."), required=False
        ),
    }
