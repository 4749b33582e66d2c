"""Taking a concern and settling it."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.concerns.actions import Noted, Told
from leeward.concerns.models import Concern, ConcernSource, Referral
from leeward.core.forms import Area, Chips, LeewardForm, Number, PastDayField, Radios, Text
from leeward.core.ids import new_id
from leeward.people.rules import LONGEST_NAME


class TakeForm(LeewardForm):
    """Two minutes, with somebody on the line: who it is about, and what they say."""

    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    words = forms.CharField(
        label=_("What do they say? Their exact words"),
        widget=Area(4),
        error_messages={"required": _("Write what they say, in their words.")},
    )
    name = forms.CharField(
        label=_("Who is it about?"),
        help_text=_("The name as they say it. Without one: “a girl in room 12”."),
        max_length=LONGEST_NAME,
        widget=Text,
        error_messages={"required": _("Write a name, or a few words that say who is meant.")},
    )
    age = forms.CharField(label=_("About how old?"), max_length=60, widget=Text, required=False)
    where = forms.CharField(label=_("Where?"), max_length=200, widget=Text, required=False)
    urgency = forms.ChoiceField(
        label=_("How urgent do they say it is?"),
        choices=Concern.Urgency.choices,
        initial=Concern.Urgency.NOT_SAID,
        widget=Chips,
        error_messages={"required": _("Choose one. “They did not say” is an answer.")},
    )
    strengths = forms.CharField(
        label=_("What are they good at? What do they bring?"),
        help_text=_("Ask it here too. One on each line."),
        widget=Area(2),
        required=False,
    )
    came_by = forms.ChoiceField(
        label=_("How did it come?"),
        choices=Concern.CameBy.choices,
        initial=Concern.CameBy.PHONE,
        widget=Chips,
        error_messages={"required": _("Choose how it came.")},
    )
    said_on = PastDayField(label=_("On which day did they say it?"))
    kind = forms.ChoiceField(
        label=_("Who says it?"),
        help_text=_("This and the next answers are kept apart, and never printed with a file."),
        choices=ConcernSource.Kind.choices,
        widget=Chips,
        error_messages={"required": _("Choose who says it.")},
    )
    by_name = forms.CharField(
        label=_("Their name"), max_length=LONGEST_NAME, widget=Text, required=False
    )
    reach_at = forms.CharField(
        label=_("How can we reach them?"), max_length=200, widget=Text, required=False
    )
    withhold = forms.ChoiceField(
        label=_("Do they ask that nobody learns it was them?"),
        choices=[("yes", _("Yes")), ("no", _("No")), ("not_asked", _("Not asked"))],
        initial="not_asked",
        widget=Chips,
        required=False,
    )

    def told(self) -> Told:
        """As the action takes it."""
        given = dict(self.cleaned_data)
        given["id"] = given["id"] or new_id()
        given["withhold"] = given["withhold"] or "not_asked"
        return Told(**given)


class SearchForm(LeewardForm):
    """Whoever is alike is looked for before anything is linked."""

    q = forms.CharField(
        label=_("Name to look for"),
        max_length=LONGEST_NAME,
        widget=Text,
        error_messages={"required": _("Write a name, or a part of one.")},
    )


NEW, NO_CHOICE = "new", ""


class AcceptForm(SearchForm):
    """Whose file it goes into, what stands in that file, and the question of harm."""

    whose = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("What should we call them?"),
        help_text=_("For a new file. The name they use."),
        max_length=LONGEST_NAME,
        widget=Text,
        required=False,
    )
    text = forms.CharField(
        label=_("What goes into the file"),
        help_text=_(
            "They may read it one day. Leave out whatever would tell who said it; what was said"
            " stays with the concern, word for word."
        ),
        widget=Area(4),
        error_messages={"required": _("Write what goes into the file.")},
    )
    harm = forms.ChoiceField(
        label=_("Could a child have been harmed, or be in danger?"),
        help_text=_("Any child. You do not need proof, a stage or a supervisor."),
        choices=[
            ("now", _("Yes, and somebody is in danger now")),
            ("possible", _("Yes, or not sure")),
            ("none", _("No")),
        ],
        widget=Radios,
        error_messages={
            "required": _("Answer this question. “Yes, or not sure” is always a good answer.")
        },
    )
    about = forms.ChoiceField(
        label=_("Which child?"),
        choices=[
            ("self", _("This young person")),
            ("another_child", _("Another child")),
            ("both", _("Both")),
        ],
        initial="self",
        widget=Chips,
        required=False,
    )
    other_child = forms.CharField(
        label=_("What do you know of the other child?"),
        help_text=_("Kept with the duty to report alone, and in neither child’s file."),
        widget=Area(2),
        required=False,
    )
    other_child_age = forms.IntegerField(
        label=_("About how old is the other child?"),
        help_text=_("Leave it empty if you do not know."),
        min_value=0,
        max_value=120,
        widget=Number,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Whose file, said as one of those shown, or a new one with a name."""
        given = super().clean() or {}
        whose = given.get("whose", NO_CHOICE)
        if whose == NEW:
            if not given.get("name", "").strip():
                self.add_error("name", _("Write the name they use. One name is enough."))
            return given
        try:
            given["person_id"] = uuid.UUID(whose)
        except ValueError:
            self.add_error(
                None, _("Choose whose file it is, or “None of these: open a new file”.")
            )
        return given

    def noted(self) -> Noted:
        """As the action takes it."""
        given = self.cleaned_data
        keys = ("text", "harm", "other_child_age", "other_child")
        return Noted(about=given["about"] or "self", **{key: given[key] for key in keys})


class SendOnForm(LeewardForm):
    """For others to act on."""

    to_whom = forms.CharField(
        label=_("To whom do you send it?"),
        max_length=200,
        widget=Text,
        error_messages={"required": _("Write to whom you send it.")},
    )
    why = forms.CharField(
        label=_("Why?"), widget=Area(2), error_messages={"required": _("Write why.")}
    )


class CloseForm(LeewardForm):
    """Closed, with reasons."""

    why = forms.CharField(
        label=_("Why is it closed?"),
        help_text=_("What you looked at, and what you found."),
        widget=Area(3),
        error_messages={"required": _("Write why it is closed.")},
    )


class TellBackForm(LeewardForm):
    """That whoever told it was told what they may know."""

    language = forms.ChoiceField(
        label=_("In which language?"),
        choices=[("en", "English"), ("fr", "Français")],
        widget=Chips,
        error_messages={"required": _("Choose the language.")},
    )
    on = PastDayField(label=_("On which day?"))


class ReferForm(LeewardForm):
    """What comes with a referral to a joint unit."""

    unit = forms.CharField(
        label=_("To which joint unit?"),
        max_length=200,
        widget=Text,
        error_messages={"required": _("Write the name of the unit.")},
    )
    tool = forms.ChoiceField(
        label=_("Does the result of a tool come with it?"),
        help_text=_("Leeward asks none of its questions. Write what its own paper says."),
        choices=Referral.Tool.choices,
        initial=Referral.Tool.NONE,
        widget=Chips,
        error_messages={"required": _("Choose one. “No tool was used” is an answer.")},
    )
    tool_name = forms.CharField(
        label=_("Which other tool?"), max_length=120, widget=Text, required=False
    )
    tool_on = PastDayField(label=_("The day on its paper"), required=False)
    outcome = forms.CharField(
        label=_("Its outcome, in the words of the paper"), widget=Area(2), required=False
    )
    liaison = forms.ChoiceField(
        label=_("Was the Indigenous liaison asked?"),
        choices=Referral.Asked.choices,
        widget=Chips,
        error_messages={"required": _("Choose one. “Not yet” is an answer.")},
    )
    liaison_words = forms.CharField(
        label=_("What did they say, or why not?"), widget=Area(2), required=False
    )
    notice = forms.ChoiceField(
        label=_("Was the band or community told, where that is due?"),
        help_text=_("The one that the young person or family named, with as little as will do."),
        choices=Referral.Notice.choices,
        widget=Chips,
        error_messages={"required": _("Choose one. “Not yet” is an answer.")},
    )
    notice_words = forms.CharField(
        label=_("Whom did you tell, and when? Or why not?"), widget=Area(2), required=False
    )

    def clean(self) -> dict[str, Any]:
        """A tool that was used has its day and its outcome."""
        given = super().clean() or {}
        if given.get("tool", Referral.Tool.NONE) != Referral.Tool.NONE:
            if not given.get("tool_on") and "tool_on" not in self.errors:
                self.add_error("tool_on", _("Write the day that stands on its paper."))
            if not given.get("outcome", "").strip():
                self.add_error("outcome", _("Write the outcome as its paper says it."))
        return given
