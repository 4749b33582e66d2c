"""The form that adds a document: it asks about pictures before it takes anything."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.core.forms import LeewardForm, Radios, Text
from leeward.documents.rules import Refusal, Refused
from leeward.documents.taking import take

# Each reason in words, with what to do instead.
REFUSALS = {
    Refusal.EMPTY: _("This file is empty. Choose another file."),
    Refusal.TOO_LARGE: _("This file is too large. Split it, or save it with fewer pages."),
    Refusal.PICTURE: _(
        "This is a picture or a video. Leeward does not keep those yet. Nothing was kept."
    ),
    Refusal.OTHER_KIND: _(
        "Leeward keeps PDF and plain text. Open the file in its own program, save it as PDF, and"
        " choose that."
    ),
    Refusal.LOCKED: _("This PDF asks for a password. Save it without one and choose it again."),
    Refusal.BROKEN: _("This PDF cannot be read. Open it, save it as PDF again, and choose that."),
    Refusal.TOO_MUCH_INSIDE: _(
        "There is too much inside this PDF. Print the pages you need to a new PDF and choose that."
    ),
    Refusal.NOTHING_LEFT: _(
        "This PDF is made of pictures, as a scan is. Leeward takes pictures out, and then nothing"
        " is left. Write down what it says, and keep the paper where your agency keeps paper."
    ),
    Refusal.INFECTED: _(
        "The virus scanner stopped this file. Tell whoever looks after your computers."
    ),
    Refusal.NOT_SCANNED: _("The virus scanner does not answer. Try again in a few minutes."),
}


class AddDocumentForm(LeewardForm):
    """A file, and what it is."""

    pictures = forms.ChoiceField(
        label=_("Is there a photo or a video of a person in it?"),
        choices=[("no", _("No")), ("yes", _("Yes, or I do not know"))],
        widget=Radios,
        error_messages={"required": _("Say whether there is a photo or a video of a person.")},
    )
    what = forms.CharField(
        label=_("What is it?"),
        help_text=_("For example: letter from the school. The file’s own name is not kept."),
        max_length=120,
        widget=Text,
        error_messages={"required": _("Say in a few words what it is.")},
    )
    file = forms.FileField(
        label=_("The file"),
        help_text=_("PDF or plain text, at most 10 megabytes. Pictures in it are taken out."),
        required=False,
        allow_empty_file=True,
        max_length=None,
        widget=forms.FileInput(attrs={"accept": ".pdf,.txt", "class": "govuk-file-upload"}),
    )

    def __init__(self, *args: Any, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.too_large = too_large

    def clean(self) -> dict[str, Any]:
        """A photo or a video of a person is said so before a file is looked at.

        Adds `clean`, the copy to keep, when there is nothing to mend.
        """
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("pictures") == "yes":
            self.add_error(
                "pictures",
                _(
                    "Leeward does not keep photos or videos yet, so nothing was kept. If it shows"
                    " a child being harmed, do not copy or send it: call the police."
                ),
            )
        elif self.too_large:
            self.add_error("file", REFUSALS[Refusal.TOO_LARGE])
        elif data.get("file") is None:
            self.add_error("file", _("Choose the file."))
        elif not self.errors:
            self._take(data)
        return data

    def _take(self, data: dict[str, Any]) -> None:
        try:
            data["clean"] = take(data.pop("file").read())
        except Refused as fault:
            self.add_error("file", REFUSALS[fault.why])
