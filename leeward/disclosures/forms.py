"""Choosing what to give to whom, and saying that the law requires keeping it."""

import secrets
import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leeward.accounts.models import Agency
from leeward.consents.models import Consent
from leeward.core.forms import Area, Checks, Chips, Choice, LeewardForm, Radios
from leeward.disclosures.drafting import Asked

LAW = "law"
CHOOSE = _("Choose an answer.")


class ShareForm(LeewardForm):
    """Which pieces, to whom, under what. `mark` and `digest` come from the preview."""

    under = forms.ChoiceField(
        label=_("Under what?"),
        widget=Radios,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    agency = forms.ChoiceField(
        label=_("Without consent: to which agency?"),
        widget=Choice,
        required=False,
        error_messages={"invalid_choice": _("Choose an agency from the list.")},
    )
    authority = forms.ChoiceField(
        label=_("Without consent: under what?"),
        widget=Choice,
        required=False,
        error_messages={"invalid_choice": CHOOSE},
    )
    purpose = forms.CharField(
        label=_("Without consent: what for?"),
        help_text=_("Write it so that the young person can read it. They may see these words."),
        max_length=600,
        widget=Area,
        required=False,
    )
    names = forms.CharField(
        label=_("To whom at that agency?"),
        help_text=_("The full name, or the name they sign in with. One on each line."),
        max_length=600,
        widget=Area,
        error_messages={"required": _("Name at least one person.")},
    )
    pieces = forms.MultipleChoiceField(
        label=_("What do you give?"),
        help_text=_("As little as the purpose needs."),
        widget=Checks,
        error_messages={
            "required": _("Choose at least one."),
            "invalid_choice": _("Choose from the list."),
        },
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
        consents: Iterable[tuple[Consent, str]],
        agencies: Iterable[Agency],
        authorities: Iterable[tuple[str, str]],
        pieces: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, list[tuple[str, Any]]] = {
            "under": [
                *((str(each.pk), said) for each, said in consents),
                (LAW, _("Without consent, under a section of law")),
            ],
            "agency": [("", _("Choose")), *((str(each.pk), each.name) for each in agencies)],
            "authority": [("", _("Choose")), *authorities],
            "pieces": list(pieces),
        }
        for name, listed in choices.items():
            self.fields[name].choices = listed  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Without consent, the agency, the section and the purpose are needed."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("under") == LAW:
            for name in ("agency", "authority", "purpose"):
                if not said.get(name, "").strip() and name not in self.errors:
                    self.add_error(name, _now("Please fill this in."))
        said["mark"] = said.get("mark") or secrets.token_hex(16)
        return said

    def asked(self) -> Asked:
        """What would be given, as the action takes it."""
        said = self.cleaned_data
        by_law = said["under"] == LAW
        return Asked(
            pieces=said["pieces"],
            names=said["names"],
            mark=said["mark"],
            consent_id=None if by_law else uuid.UUID(said["under"]),
            authority=said["authority"] if by_law else "",
            agency_id=uuid.UUID(said["agency"]) if by_law else None,
            purpose=said["purpose"],
            may_hand_on=said["may_hand_on"] == "yes",
        )


class KeepForm(LeewardForm):
    """The law requires keeping it: under what, and why."""

    authority = forms.ChoiceField(
        label=_("Under what?"),
        widget=Radios,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("Name the order, the file or the decision."),
        max_length=600,
        widget=Area,
        error_messages={"required": _("Say why.")},
    )

    def __init__(self, *args: Any, authorities: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authority"].choices = list(authorities)  # type: ignore[attr-defined]
