"""Forms about a young person. Each cleans to what its action takes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.core.forms import (
    Area,
    Chips,
    Choice,
    LeewardForm,
    LinesField,
    PartialDateField,
    PastDayField,
    Search,
    Text,
    lines,
)
from leeward.people.models import Contact, Description, SafeContact, YoungPerson
from leeward.people.rules import LONGEST_NAME, MOST_NAMES

# At most this many strengths in one form, each of them a sealed row.
MOST_STRENGTHS = 40


class FindForm(LeewardForm):
    """Looking for a young person by any name, in any script."""

    q = forms.CharField(label=_("Name"), max_length=LONGEST_NAME, widget=Search)
    born = PartialDateField(
        past=True,
        label=_("Birth date, if you know it"),
        help_text=_("A day (2009-11-30), a month (2009-11) or a year (2009)."),
        required=False,
    )


class OpenFileForm(LeewardForm):
    """Strengths and the young person's own words come before anything else."""

    strengths = LinesField(
        most=MOST_STRENGTHS,
        longest=400,
        label=_("What are they good at? What do they bring?"),
        help_text=_("One on each line. Ask them first; add what you have seen."),
        widget=Area(rows=4),
        required=False,
    )
    own_words = forms.CharField(
        label=_("What do they want you to know, in their own words?"),
        help_text=_("Exactly as they say it. It can wait until they are ready."),
        widget=Area(rows=3),
        required=False,
    )
    name_used = forms.CharField(
        label=_("What should we call them?"),
        help_text=_("The name they use. Any script, one name or many. Only this is needed."),
        max_length=LONGEST_NAME,
        widget=Text,
        error_messages={"required": _("Write the name they use. One name is enough.")},
    )
    other_names = LinesField(
        most=MOST_NAMES,
        longest=LONGEST_NAME,
        label=_("Other names they go by"),
        help_text=_("One on each line. They help to find the file again."),
        widget=Area(rows=2),
        required=False,
    )
    pronouns = forms.CharField(label=_("Pronouns"), max_length=60, widget=Text, required=False)
    born = PartialDateField(
        past=True,
        label=_("Birth date"),
        help_text=_("A day (2009-11-30), a month (2009-11), a year (2009), or leave it."),
        required=False,
    )
    reason = forms.CharField(
        label=_("Why is this file opened?"),
        help_text=_("A line is enough."),
        max_length=400,
        widget=Text,
        required=False,
    )

    def split(self) -> dict[str, Any]:
        """What `open_file` takes, from cleaned data."""
        data = self.cleaned_data
        return {
            "name_used": data["name_used"],
            "strengths": lines(data["strengths"]),
            "own_words": data["own_words"],
            "reason": data["reason"],
            "details": {
                "other_names": lines(data["other_names"]) or None,
                "pronouns": data["pronouns"],
                "born": data["born"],
            },
        }


class DetailsForm(LeewardForm):
    """Everything about who they are that is not a story. Only the name is needed."""

    name_used = forms.CharField(
        label=_("Name used"),
        max_length=LONGEST_NAME,
        widget=Text,
        error_messages={"required": _("Write the name they use. One name is enough.")},
    )
    other_names = LinesField(
        most=MOST_NAMES,
        longest=LONGEST_NAME,
        label=_("Other names"),
        help_text=_("One on each line."),
        widget=Area(2),
        required=False,
    )
    pronouns = forms.CharField(label=_("Pronouns"), max_length=60, widget=Text, required=False)
    born = PartialDateField(
        past=True,
        label=_("Birth date"),
        help_text=_("A day (2009-11-30), a month (2009-11), a year (2009), or leave it empty."),
        required=False,
    )
    born_approximate = forms.BooleanField(
        label=_("This birth date is a best guess"), required=False
    )
    languages = forms.CharField(label=_("Languages"), max_length=200, widget=Text, required=False)
    communities = forms.CharField(
        label=_("Communities and Nations, in their own words"),
        help_text=_("Only what they choose to say."),
        widget=Area(2),
        required=False,
    )
    caring = forms.CharField(label=_("Who is caring for them"), widget=Area(2), required=False)
    likeness = forms.TypedChoiceField(
        label=_("A colour they like, for their initials"),
        coerce=int,
        choices=list(
            zip(
                YoungPerson.LIKENESSES,
                [
                    _("Lake"),
                    _("Pine"),
                    _("Plum"),
                    _("Slate"),
                    _("Moss"),
                    _("Clay"),
                    _("Night"),
                    _("Reed"),
                ],
                strict=True,
            )
        ),
        widget=Choice,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    @staticmethod
    def initial_for(person: YoungPerson) -> dict[str, Any]:
        """The form filled from a person as they stand."""
        return {
            "name_used": person.name_used,
            "other_names": "\n".join(person.other_names or []),
            "pronouns": person.pronouns,
            "born": person.born,
            "born_approximate": bool(person.born_approximate),
            "languages": person.languages,
            "communities": person.communities,
            "caring": person.caring,
            "likeness": person.likeness,
            "version": person.version,
        }

    def details(self) -> dict[str, Any]:
        """What `change_details` takes."""
        data = dict(self.cleaned_data)
        data.pop("version")
        data["other_names"] = lines(data["other_names"]) or None
        data["born_approximate"] = True if data["born_approximate"] else None
        return data


class SafeContactForm(LeewardForm):
    """How to reach them without putting them in danger."""

    channel = forms.CharField(
        label=_("How may we reach them?"),
        help_text=_("Such as: text only, a call to the school, through an aunt."),
        max_length=200,
        widget=Text,
        error_messages={"required": _("Say how to reach them, or write “not yet known”.")},
    )
    reach_at = forms.CharField(
        label=_("Number, address or account"), max_length=200, widget=Text, required=False
    )
    when = forms.CharField(
        label=_("Which days and hours?"), max_length=200, widget=Text, required=False
    )
    voicemail = forms.ChoiceField(
        label=_("May we leave a message?"),
        choices=[("", _("Not asked")), ("yes", _("Yes")), ("no", _("No, never"))],
        widget=Chips,
        required=False,
    )
    say = forms.CharField(
        label=_("What should we say, or sign as?"), max_length=200, widget=Text, required=False
    )
    who_may_answer = forms.CharField(
        label=_("Who else may answer?"), max_length=200, widget=Text, required=False
    )
    code_word = forms.CharField(
        label=_("A code word that says it is really them"),
        max_length=80,
        widget=Text,
        required=False,
    )
    watched = forms.ChoiceField(
        label=_("Could somebody else be reading this phone?"),
        choices=[
            ("", _("Not asked")),
            ("yes", _("Yes")),
            ("maybe", _("Maybe")),
            ("no", _("No")),
        ],
        widget=Chips,
        required=False,
    )
    confirmed_on = PastDayField(label=_("When did they last confirm this?"))
    filled_from = forms.UUIDField(widget=forms.HiddenInput, required=False)

    @staticmethod
    def initial_for(row: SafeContact | None) -> dict[str, Any]:
        """Filled from the newest safe contact; the day stays open to be said anew."""
        if row is None:
            return {}
        names = ("channel", "reach_at", "when", "voicemail", "say", "who_may_answer")
        return {name: getattr(row, name) for name in (*names, "code_word", "watched")} | {
            "filled_from": row.pk
        }


class ContactForm(LeewardForm):
    """A meeting, a call, a message, or an attempt."""

    how = forms.ChoiceField(
        label=_("How?"),
        choices=Contact.How.choices,
        widget=Chips,
        error_messages={"required": _("Choose how you were in contact.")},
    )
    on = PastDayField(label=_("When?"))
    note = forms.CharField(
        label=_("A few words, if useful"), max_length=400, widget=Text, required=False
    )


class DescriptionForm(LeewardForm):
    """What somebody would need to recognise them. Written together, used if they go missing."""

    height = forms.CharField(
        label=_("Height and build"), max_length=120, widget=Text, required=False
    )
    hair = forms.CharField(label=_("Hair"), max_length=120, widget=Text, required=False)
    marks = forms.CharField(label=_("Marks, tattoos, glasses"), widget=Area(2), required=False)
    medicines = forms.CharField(
        label=_("Medicines they need, and what happens without"), widget=Area(2), required=False
    )
    phone = forms.CharField(label=_("Phone"), max_length=120, widget=Text, required=False)
    places = forms.CharField(label=_("Places they go"), widget=Area(2), required=False)
    filled_from = forms.UUIDField(widget=forms.HiddenInput, required=False)

    @staticmethod
    def initial_for(row: Description | None) -> dict[str, Any]:
        """Filled from the newest description."""
        if row is None:
            return {}
        names = ("height", "hair", "marks", "medicines", "phone", "places")
        return {name: getattr(row, name) for name in names} | {"filled_from": row.pk}


def answers_of(form: type[LeewardForm], row: Any) -> list[tuple[str, str]]:
    """The questions of a form and a row's answers to them, in words; the unanswered left out."""
    return [
        (str(field.label), in_words(field, getattr(row, name)))
        for name, field in form.base_fields.items()
        if not isinstance(field.widget, forms.HiddenInput) and getattr(row, name)
    ]


def in_words(field: forms.Field, value: Any) -> str:
    """One value as a page shows it: what was chosen by its label, anything else as it is."""
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.widget.choices).get(value, value))
    return str(value)


class FileForm(LeewardForm):
    """Closing, reopening or handing on a file, always with a reason."""

    reason = forms.CharField(
        label=_("Why?"),
        max_length=1000,
        widget=Area(2),
        error_messages={"required": _("Say why, in a line or two.")},
    )


class TurnForm(FileForm):
    """Closing or reopening. `to` is what this page offered, so that an old page never does the
    opposite of what its button says."""

    to = forms.ChoiceField(
        choices=YoungPerson.State.choices,
        widget=forms.HiddenInput,
        error_messages={"required": _("Go back and open this page again. It was out of date.")},
    )


class StrengthsForm(LeewardForm):
    """More strengths, as they are noticed."""

    strengths = LinesField(
        most=MOST_STRENGTHS,
        longest=400,
        label=_("What else are they good at?"),
        help_text=_("One on each line."),
        widget=Area(3),
        error_messages={"required": _("Write at least one strength.")},
    )
