"""Forms of what a meeting came to: deciding, disagreeing, and telling the young person."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.accounts.models import Worker
from leeward.conferences.after.actions import Decided
from leeward.conferences.after.models import Agrees, DecisionNews
from leeward.conferences.before.forms import LONGEST_NAME, OWN, words_field
from leeward.core.forms import Area, Chips, Choice, DayField, LeewardForm, Radios, Text
from leeward.releases.forms import ReleaseForm


class DecideForm(LeewardForm):
    """A decision: what, who, by when, and what the young person thinks of it."""

    what = words_field(_("What was decided?"), "", _("Say what was decided."), widget=Area(2))
    owner = forms.ChoiceField(
        label=_("Who on the team does it?"),
        help_text=_("It shows on their Home until they say how it went."),
        required=False,
        widget=Choice,
    )
    owner_name = forms.CharField(
        label=_("Or somebody else: their name"),
        max_length=LONGEST_NAME,
        required=False,
        widget=Text,
    )
    due_on = DayField(label=_("By which day?"), required=False)
    agrees = forms.ChoiceField(
        label=_("What does the young person think of it?"),
        choices=Agrees,
        widget=Radios,
        error_messages={"required": _("Choose an answer. “Nobody has asked them yet” is one.")},
    )
    view = words_field(_("In their own words"), widget=Area(2, OWN))

    def __init__(self, *args: Any, team: Iterable[Worker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.team = {str(each.pk): each for each in team}
        self.fields["owner"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *((pk, one.display_name) for pk, one in self.team.items()),
        ]

    def clean(self) -> dict[str, Any]:
        """One owner."""
        given = super().clean() or {}
        if bool(given.get("owner")) == bool(given.get("owner_name", "").strip()):
            raise forms.ValidationError(
                _("Say who does it: one of the team, or the name of somebody else. Not both.")
            )
        return given

    def decided(self) -> Decided:
        """As the action takes it."""
        said = self.cleaned_data
        return Decided(
            said["what"],
            self.team.get(said["owner"]),
            said["owner_name"],
            said["due_on"],
            said["agrees"],
            said["view"],
        )


class WentForm(LeewardForm):
    """How a decision went."""

    kind = forms.ChoiceField(
        label=_("Was it done?"),
        choices=DecisionNews.Kind,
        widget=Chips,
        error_messages={"required": _("Choose done or not done.")},
    )
    words = words_field(_("What came of it, or why it was not done"), widget=Area(2))

    def clean(self) -> dict[str, Any]:
        """A reason where it was not."""
        given = super().clean() or {}
        if given.get("kind") == DecisionNews.Kind.NOT_DONE and not given["words"].strip():
            self.add_error("words", _("Say why it was not done."))
        return given


class DisagreeForm(LeewardForm):
    """Somebody saw it another way."""

    who = forms.CharField(
        label=_("Who saw it another way?"),
        max_length=LONGEST_NAME,
        widget=Text,
        error_messages={"required": _("Say who.")},
    )
    what = words_field(
        _("What do they say?"),
        _("As they would say it. It stays beside what was decided."),
        _("Say what they say."),
    )


class TellForm(ReleaseForm):
    """What was decided in words for the young person, and the three questions."""

    words = words_field(
        _("What was decided, in words for them"),
        _("Short and plain, to “you”. Write it with them if you can. They read exactly this."),
        _("Write what was decided."),
        widget=Area(5),
    )
    field_order = ("words", "phone", "tip_off", "names")
