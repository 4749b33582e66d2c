"""What the pages of both doors ask about a request."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leeward.core.forms import Area, Choice, LeewardForm, Number, PastDayField, Radios
from leeward.observations.models import Observation
from leeward.people.models import DetailsChange
from leeward.requests.actions import Asked, Made
from leeward.requests.kinds import How, Kind

# As long as a story may be in one part.
MOST_WORDS = 20_000
MOST_NOTES = 200


def _area(label: Any, hint: Any = "", *, rows: int = 3, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, max_length=MOST_WORDS, widget=Area(rows), **more
    )


def note_choices(notes: list[Observation]) -> list[tuple[str, str | Promise]]:
    """Notes to choose from, by day and author: no word of them stands in the list."""
    return [
        ("", _("No note, or another part of the file")),
        *(
            (str(each.pk), f"{each.on or each.sort_on}, {each.recorded_by.display_name}")
            for each in notes[:MOST_NOTES]
        ),
    ]


class _AboutANote(LeewardForm):
    """A form that may point at a note of the file."""

    def __init__(self, *args: Any, notes: list[Observation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.notes = {str(each.pk): each for each in notes}
        field = self.fields["note"]
        field.choices = note_choices(notes)  # type: ignore[attr-defined]  # of its own class

    def clean_note(self) -> Observation | None:
        """The note itself."""
        return self.notes.get(self.cleaned_data["note"])


class AskForm(_AboutANote):
    """What a young person asks, as a worker writes it down for them."""

    kind = forms.ChoiceField(label=_("What do they ask for?"), choices=Kind, widget=Radios)
    how = forms.ChoiceField(
        label=_("How did they ask?"),
        choices=[each for each in How.choices if each[0] != "space"],
        widget=Radios,
    )
    on = PastDayField(
        label=_("When was it received?"),
        help_text=_("That day is day 0, also where you write it down later."),
    )
    words = _area(
        _("Which words do they mean?"),
        _("For a correction. Or what else they say about the copy, in their own words."),
        required=False,
        strip=False,
    )
    instead = _area(_("What do they say instead?"), required=False, strip=False)
    why = _area(_("Why, if they say it?"), required=False, strip=False)
    note = forms.ChoiceField(
        label=_("Which note is it about, if it is one?"), widget=Choice, required=False
    )

    def clean(self) -> dict[str, Any]:
        """A correction says what."""
        data = super().clean() or self.cleaned_data
        if data.get("kind") == Kind.CORRECTION:
            for name, say in (
                ("words", _now("Write down which words they mean.")),
                ("instead", _now("Write down what they say instead.")),
            ):
                if not str(data.get(name) or "").strip():
                    self.add_error(name, say)
        return data

    def asked(self) -> Asked:
        """What they ask."""
        given = self.cleaned_data
        return Asked(*(given[name] for name in ("kind", "words", "instead", "why", "note")))


class ExtendForm(LeewardForm):
    """More days, once, with a notice."""

    days = forms.IntegerField(
        label=_("How many more days?"),
        min_value=1,
        widget=Number(),
        error_messages={"invalid": _("Write a whole number of days.")},
    )
    told_on = PastDayField(
        label=_("When did you give them the written notice?"),
        help_text=_("The notice says why, and until when. Give it to them before you save this."),
    )
    reason = _area(
        _("What does the notice say: why is more time needed?"),
        error_messages={"required": _("Write the reason that the notice gives.")},
    )

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = self.fields["days"]
        days.validators.append(MaxValueValidator(most))
        days.widget.attrs["max"] = most


class AnswerForm(_AboutANote):
    """How a correction was answered."""

    made = forms.ChoiceField(
        label=_("Was the correction made?"),
        choices=[("yes", _("Yes, it was made")), ("no", _("No, it is not made"))],
        widget=Radios,
    )
    note = forms.ChoiceField(
        label=_("Which note is it about, if it is one?"),
        help_text=_("Their statement, if they add one, stands beside it from then on."),
        widget=Choice,
        required=False,
    )
    correction = forms.ChoiceField(
        label=_("If it was made: which row puts it right?"),
        help_text=_("Correct the note, or change the details, first. It is then in this list."),
        widget=Choice,
        required=False,
    )
    reasons = _area(
        _("If it was not made: why? If it was made elsewhere in the file: where?"),
        _("They read these words. Write to them."),
        rows=4,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        corrections: list[Observation],
        changes: list[DetailsChange],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rows: dict[str, Observation | DetailsChange] = {}
        choices: list[tuple[str, str | Promise]] = [("", _("None of these"))]
        found: list[tuple[Observation | DetailsChange, str | Promise]] = [
            *((each, _("a note that corrects")) for each in corrections),
            *((each, _("details that were changed")) for each in changes),
        ]
        for row, said in found:
            self.rows[str(row.pk)] = row
            when = timezone.localdate(row.recorded_at).isoformat()
            choices.append((str(row.pk), f"{when}, {row.recorded_by.display_name}, {said}"))
        field = self.fields["correction"]
        field.choices = choices  # type: ignore[attr-defined]  # of its own class

    def clean(self) -> dict[str, Any]:
        """A yes points somewhere; a no says why."""
        data = super().clean() or self.cleaned_data
        wordless = not str(data.get("reasons") or "").strip()
        if data.get("made") == "no" and wordless:
            self.add_error("reasons", _now("Say why, in words that they can answer."))
        if data.get("made") == "yes" and wordless and not data.get("correction"):
            self.add_error("correction", _now("Choose what puts it right, or say below where."))
        return data

    def made_how(self) -> Made:
        """Where the correction stands."""
        row = self.rows.get(self.cleaned_data["correction"])
        return Made(
            correction=row if isinstance(row, Observation) else None,
            details=row if isinstance(row, DetailsChange) else None,
            where=self.cleaned_data["reasons"],
        )


class TakeBackForm(LeewardForm):
    """They ask for it no longer."""

    words = _area(
        _("What did they say?"),
        _("In their own words. Only they take a request back: nobody does it for them."),
        error_messages={"required": _("Write down what they said.")},
    )


class StatementForm(LeewardForm):
    """Their statement, as they say it."""

    words = _area(
        _("Their statement"),
        _("Exactly as they say it."),
        rows=6,
        strip=False,
        error_messages={"required": _("Write down what they say.")},
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean_words(self) -> str:
        """Spaces alone say nothing; the words themselves stay as they are."""
        words: str = self.cleaned_data["words"]
        if not words.strip():
            raise forms.ValidationError(_("Write down what they say."))
        return words


class OwnChangeForm(forms.Form):
    """A correction, as the young person asks for it in My space."""

    words = forms.CharField(max_length=MOST_WORDS, strip=False, required=False)
    instead = forms.CharField(max_length=MOST_WORDS, strip=False, required=False)
    why = forms.CharField(max_length=MOST_WORDS, strip=False, required=False)
    note = forms.UUIDField(required=False)

    def clean(self) -> dict[str, Any]:
        """Both halves say something."""
        data = super().clean() or self.cleaned_data
        for name, say in (
            ("words", _now("Write which words you mean.")),
            ("instead", _now("Write what it should say.")),
        ):
            if not str(data.get(name) or "").strip():
                self.add_error(name, say)
        return data


class OwnStatementForm(forms.Form):
    """Their statement, typed by themselves."""

    words = forms.CharField(max_length=MOST_WORDS, strip=False, required=False)
    version = forms.IntegerField(required=False, min_value=0)

    def clean_words(self) -> str:
        """Spaces alone say nothing; the words themselves stay as they are."""
        words: str = self.cleaned_data["words"]
        if not words.strip():
            raise forms.ValidationError(_("Write something first."))
        return words
