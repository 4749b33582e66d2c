"""Forms of administration."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from leeward.accounts.models import Worker
from leeward.core.forms import Area, Choice, LeewardForm, Radios, Text


class SupervisorChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One supervisor of the agency, by name, or nobody."""

    def label_from_instance(self, obj: Any) -> str:
        """How a supervisor is listed."""
        return str(obj.display_name)


class WhyForm(LeewardForm):
    """Why something is asked for."""

    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("Whoever agrees reads this. Do not write about a young person."),
        max_length=400,
        widget=Area,
        error_messages={"required": _("Say why, in a few words.")},
    )


class _Place(LeewardForm):
    """A role, and under whom."""

    role = forms.ChoiceField(
        label=_("Role"),
        choices=Worker.Role.choices,
        widget=Choice,
        error_messages={"required": _("Choose a role.")},
    )
    supervised_by = SupervisorChoice(
        label=_("Supervisor"),
        help_text=_("May open the files of everybody they supervise."),
        queryset=Worker.objects.none(),
        widget=Choice,
        required=False,
        empty_label=_("Nobody"),
        error_messages={"invalid_choice": _("Choose a supervisor from the list.")},
    )

    def __init__(self, *args: Any, supervisors: QuerySet[Worker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["supervised_by"].queryset = supervisors  # type: ignore[attr-defined]


class ChangeForm(_Place, WhyForm):
    """Another role or supervisor."""

    field_order = ("role", "supervised_by", "reason")


class TakeOnForm(_Place, WhyForm):
    """Somebody new."""

    field_order = ("display_name", "username", "role", "supervised_by", "language", "reason")

    display_name = forms.CharField(
        label=_("Name"),
        help_text=_("As it stands under what they write."),
        max_length=80,
        widget=Text,
        error_messages={"required": _("Write their name.")},
    )
    username = forms.CharField(
        label=_("Name to sign in with"),
        help_text=_("Small letters, numbers, dots and hyphens, such as wren.example."),
        max_length=60,
        widget=Text,
        validators=[
            RegexValidator(
                r"^[a-z0-9][a-z0-9.-]*$",
                _("Use small letters without accents, numbers, dots and hyphens only."),
            )
        ],
        error_messages={"required": _("Choose a name to sign in with.")},
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("en", "English"), ("fr", "Français")],
        initial="en",
        widget=Radios,
        error_messages={"required": _("Choose a language.")},
    )
