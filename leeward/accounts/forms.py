"""Forms about signing in."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leeward.accounts.models import Worker
from leeward.core.forms import LeewardForm, Password, Text


class ChoosePassword(LeewardForm):
    """A new password, typed twice."""

    password = forms.CharField(
        label=_("New password"),
        help_text=_("At least 12 letters, numbers or signs. A few words in a row are good."),
        strip=False,
        max_length=200,
        widget=Password(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Choose a password.")},
    )
    once_more = forms.CharField(
        label=_("The same password once more"),
        strip=False,
        max_length=200,
        widget=Password(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Type the password once more.")},
    )

    def __init__(self, *args: Any, worker: Worker, **kwargs: Any) -> None:
        self.worker = worker
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        """The password. Raises ValidationError when it is too easy to guess."""
        password = str(self.cleaned_data["password"])
        validate_password(password, self.worker)
        return password

    def clean(self) -> dict[str, Any]:
        """Both are the same."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        once_more = cleaned.get("once_more")
        if "password" in cleaned and once_more and cleaned["password"] != once_more:
            self.add_error("once_more", _now("The two are not the same. Type both again."))
        return cleaned


class AppCode(LeewardForm):
    """The first code that an app makes of its new secret, which the form carries sealed."""

    code = forms.CharField(
        label=_("The six digits that the app shows now"),
        max_length=12,
        widget=Text(attrs={"inputmode": "numeric"}),
        error_messages={"required": _("Type the six digits that the app shows.")},
    )
    sealed = forms.CharField(widget=forms.HiddenInput, required=False)
