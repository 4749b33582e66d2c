"""What is asked of a worker who goes through a file."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leeward.core.forms import Area, Checks, LeewardForm, Radios, Text
from leeward.law.requests import grounds
from leeward.requests.rules import WHOLE_ROW, Held, Place, row_of

MOST = 20_000


def _choices() -> list[tuple[str, str]]:
    """The grounds that the law has, with what each is about."""
    language = get_language() or "en"
    return [
        (key, f"{each.name.in_language(language)} {each.text.in_language(language)}")
        for key, each in grounds().items()
    ]


class HoldForm(LeewardForm):
    """What is held back of a line, and why."""

    line = forms.CharField(max_length=200, widget=forms.HiddenInput)
    how_much = forms.ChoiceField(
        label=_("How much is held back?"),
        choices=[
            ("words", _("Only the words that I write below")),
            ("line", _("All of this line")),
            ("row", _("All that stands under this heading, with its day and who wrote it")),
        ],
        initial="words",
        widget=Radios,
        error_messages={"required": _("Choose how much.")},
    )
    passage = forms.CharField(
        label=_("Which words are held back?"),
        help_text=_("Exactly as they stand above."),
        max_length=MOST,
        required=False,
        widget=Area(2),
    )
    ground = forms.ChoiceField(label=_("On what ground?"), choices=_choices, widget=Radios)
    whose = forms.CharField(
        label=_("Whom does it protect?"),
        help_text=_(
            "The name, or how they are called in the file. It is not in the copy: it is looked for"
            " in every other part."
        ),
        max_length=200,
        required=False,
        widget=Text(),
    )
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_(
            "For the record, and for the Commissioner if they ask. It is not in the copy."
        ),
        max_length=MOST,
        widget=Area(2),
        error_messages={"required": _("Say why this must be held back.")},
    )

    def clean(self) -> dict[str, Any]:
        """Words are there to be held back; where somebody is protected, they are named."""
        data = super().clean() or self.cleaned_data
        if data.get("how_much") == "words" and not data.get("passage"):
            self.add_error("passage", _now("Copy the words that are held back."))
        ground = grounds().get(str(data.get("ground")))
        if ground and ground.protects == "person" and not str(data.get("whose") or "").strip():
            self.add_error("whose", _now("Say whom it protects, so that they can be looked for."))
        return data

    def held(self) -> Held:
        """What to hold back."""
        given = self.cleaned_data
        line = str(given["line"])
        if given["how_much"] == "row":
            line = f"{row_of(line)}:{WHOLE_ROW}"
        of_words = given["how_much"] == "words"
        return Held(
            line=line,
            passage=given["passage"].replace("\r\n", "\n") if of_words else "",
            **{name: given[name] for name in ("ground", "whose", "reason")},
        )


class NamesForm(LeewardForm):
    """Names and words to look for in every part."""

    words = forms.CharField(
        label=_("A name or a word to look for"),
        help_text=_(
            "As others say it too: a nickname, a number, a street, what they are to the young"
            " person."
        ),
        max_length=200,
        widget=Text(),
        error_messages={"required": _("Write a name or a word.")},
    )


class PlacesForm(LeewardForm):
    """What is done about the places where one held name or word still stands."""

    term = forms.CharField(max_length=MOST, widget=forms.HiddenInput)
    lines = forms.MultipleChoiceField(
        label=_("Where?"),
        widget=Checks,
        error_messages={"required": _("Choose at least one place.")},
    )
    do = forms.ChoiceField(
        label=_("What is to be done at these places?"),
        choices=[("hold", _("Hold it back here too")), ("leave", _("It may stay here"))],
        widget=Radios,
        error_messages={"required": _("Choose one of the two.")},
    )
    ground = forms.ChoiceField(
        label=_("If it is held back: on what ground?"),
        choices=_choices,
        required=False,
        widget=Radios,
    )
    reason = forms.CharField(
        label=_("Why?"),
        max_length=MOST,
        widget=Area(2),
        error_messages={"required": _("Say why it is held back, or why it may stay.")},
    )

    def __init__(self, *args: Any, places: list[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["lines"]
        field.choices = [  # type: ignore[attr-defined]  # of its own class
            (each.line.key, f"{each.line.head}: …{each.before}{each.found}{each.after}…")
            for each in places
        ]

    def clean(self) -> dict[str, Any]:
        """Holding back takes a ground."""
        data = super().clean() or self.cleaned_data
        if data.get("do") == "hold" and not data.get("ground"):
            self.add_error("ground", _now("Choose the ground."))
        return data
