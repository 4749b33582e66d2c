"""Forms of both sides: a worker's, drawn in the house style, and a young person's own."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.core.forms import Area, Checks, LeewardForm, Radios
from leeward.entry import rules
from leeward.entry.faces import Face, named, offered, places
from leeward.entry.models import Offer

EASIER_SAID = _("Use 6 to 12 digits.")
TOO_EASY = _("Someone could guess that. Not a birthday, not 1 2 3, not the same digit.")


class OfferForm(LeewardForm):
    """What a worker and a young person look at together."""

    face = forms.ChoiceField(
        label=_("What should it look like?"),
        help_text=_("They choose. It is the name and the picture that the browser shows."),
        widget=Radios,
        error_messages={"required": _("Choose what it looks like.")},
    )
    language = forms.ChoiceField(
        label=_("In which language are the words?"),
        choices=[("en", "English"), ("fr", "Français")],
        widget=Radios,
        error_messages={"required": _("Choose a language.")},
    )
    watched = forms.ChoiceField(
        label=_("Ask: can somebody else see what is on this phone?"),
        help_text=_(
            "Who else can unlock it? Who gave it, or pays for it? Can somebody see where it is, or"
            " read its messages on another screen?"
        ),
        choices=Offer.Watched.choices,
        widget=Radios,
        error_messages={"required": _("Choose an answer. “I am not sure” is one.")},
    )
    where = forms.ChoiceField(
        label=_("Where do they want to use it?"),
        choices=Offer.Where.choices,
        widget=Radios,
        error_messages={"required": _("Choose where.")},
    )
    read = forms.MultipleChoiceField(
        label=_("Before you go on"),
        choices=[("yes", _("We have read together what is on this page"))],
        widget=Checks,
        error_messages={"required": _("Read it together first, and then tick this.")},
    )

    def __init__(self, *args: Any, faces: Iterable[Face], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = [(each.slug, each.title) for each in faces]
        self.fields["face"].choices = said  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A phone that somebody else sees is no place for it."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("watched") == Offer.Watched.YES and said.get("where") == Offer.Where.OWN:
            self.add_error(
                "where", _("Somebody else can see that phone. Use it on paper or on yours.")
            )
        return said


class ChoiceForm(LeewardForm):
    """What an agency offers: faces to pick from, and where leaving leads."""

    faces = forms.MultipleChoiceField(
        label=_("What may My space look like?"),
        help_text=_("The young person picks one of these. Whoever has one keeps it."),
        widget=Checks,
        error_messages={"required": _("Choose one at least.")},
    )
    leave_to = forms.ChoiceField(
        label=_("Where does “Leave this page” lead?"),
        help_text=_("A page that anybody might have open. It is told nothing."),
        widget=Radios,
        error_messages={"required": _("Choose where leaving leads.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        faces = [(each.slug, each.title) for each in offered()]
        self.fields["faces"].choices = faces  # type: ignore[attr-defined]
        where = [(each, named(each)) for each in places()]
        self.fields["leave_to"].choices = where  # type: ignore[attr-defined]


class WordsForm(LeewardForm):
    """Why words are needed."""

    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("The first words, or why new ones: lost, seen by somebody, number forgotten."),
        max_length=400,
        widget=Area(2),
        error_messages={"required": _("Say why, in a line.")},
    )


class LockForm(LeewardForm):
    """Turns the lock from what it was when the page was drawn."""

    OPEN, LOCKED = "open", "locked"
    was = forms.ChoiceField(choices=[(OPEN, OPEN), (LOCKED, LOCKED)], widget=forms.HiddenInput)


# --- Theirs: plain fields, drawn by My space's own templates ------------------------------------


class ComeInForm(forms.Form):
    """Words and number, together."""

    words = forms.CharField(max_length=200, error_messages={"required": _("Type your words.")})
    number = forms.CharField(max_length=40, error_messages={"required": _("Type your number.")})
    borrowed = forms.BooleanField(required=False)


class NumberForm(forms.Form):
    """A number that is chosen, twice."""

    number = forms.CharField(max_length=40, error_messages={"required": _("Type a number.")})
    again = forms.CharField(
        max_length=40, error_messages={"required": _("Type the number once more.")}
    )

    def clean_number(self) -> str:
        """Long enough, and not what somebody near would try first."""
        number = "".join(str(self.cleaned_data["number"]).split())
        if not rules.is_number(number):
            raise forms.ValidationError(EASIER_SAID)
        if rules.too_easy(number):
            raise forms.ValidationError(TOO_EASY)
        return number

    def clean(self) -> dict[str, Any]:
        """Both the same."""
        said: dict[str, Any] = super().clean() or {}
        again = "".join(str(said.get("again", "")).split())
        if "number" in said and again and again != said["number"]:
            self.add_error("again", _("The two numbers are not the same."))
        return said


class BeginForm(NumberForm):
    """The first time: the words, and a number of their choosing."""

    words = forms.CharField(max_length=200, error_messages={"required": _("Type your words.")})
    borrowed = forms.BooleanField(required=False)
    field_order = ("words", "number", "again")


class SecondForm(NumberForm):
    """A second number, and what it opens."""

    lines = forms.CharField(max_length=3400, required=False)


class ChangeNumberForm(NumberForm):
    """Another first number, for whoever knows the one that holds."""

    old = forms.CharField(
        max_length=40, error_messages={"required": _("Type the number you have now.")}
    )
    field_order = ("old", "number", "again")

    def clean_old(self) -> str:
        """Without blanks, as a number is read everywhere."""
        return "".join(str(self.cleaned_data["old"]).split())


class PhoneForm(forms.Form):
    """Before a phone opens it alone: who else can unlock that phone, and the number once more."""

    alone = forms.ChoiceField(
        choices=[("no", _("No, nobody")), ("yes", _("Yes")), ("unsure", _("I am not sure"))],
        error_messages={"required": _("Choose an answer. “I am not sure” is one.")},
    )
    number = forms.CharField(
        max_length=40, required=False, error_messages={"required": _("Type your number.")}
    )

    def clean(self) -> dict[str, Any]:
        """Without blanks; and only where it comes to that."""
        given = super().clean() or {}
        given["number"] = "".join(str(given.get("number", "")).split())
        if given.get("alone") == "no" and not given["number"]:
            self.add_error("number", str(_("Type your number.")))
        return given


class LineForm(forms.Form):
    """One more line."""

    line = forms.CharField(max_length=120, error_messages={"required": _("Write something.")})


class WordsBackForm(forms.Form):
    """The words for coming back."""

    words = forms.CharField(max_length=200, error_messages={"required": _("Type your words.")})
