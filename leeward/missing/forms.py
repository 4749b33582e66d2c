"""Recording that somebody is missing, whom one told, what was tried, and that they are back."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leeward.core.agency_time import moment, today
from leeward.core.forms import Area, Chips, ClockField, LeewardForm, PastDayField, Text
from leeward.missing.models import EpisodeNote, ReturnTalk, Whereabouts
from leeward.missing.rules import SEEN


class AtForm(LeewardForm):
    """A form with a day and a time, which together have come."""

    DAY, TIME = "on", "at"

    def clean(self) -> dict[str, Any]:
        """The moment stands under `moment`; without a time it is now, if the day is today."""
        given = super().clean() or {}
        day, time = given.get(self.DAY), given.get(self.TIME)
        given["moment"] = None
        if day is None or self.TIME in self.errors:
            return given
        if time is not None:
            given["moment"] = moment(day, time)
        elif day == today():
            given["moment"] = timezone.now()
        else:
            self.add_error(self.TIME, _("Say about what time. A best guess is fine."))
        if given["moment"] and given["moment"] > timezone.now() + dt.timedelta(minutes=1):
            self.add_error(self.TIME, _("This time has not come yet."))
        return given


class WentMissingForm(AtForm):
    """Nobody knows where they are, or they are away and somebody does."""

    DAY = "since"
    whereabouts = forms.ChoiceField(
        label=_("Does anybody know where they are?"),
        choices=Whereabouts.choices,
        initial=Whereabouts.UNKNOWN,
        widget=Chips,
        required=False,
    )
    since = PastDayField(label=_("Since which day?"))
    at = ClockField(
        label=_("At what time was it noticed?"),
        help_text=_("By 24 hours, such as 21:40. Leave it empty if it is now."),
        required=False,
    )
    last_seen = forms.CharField(
        label=_("Where, when and with whom were they last seen?"),
        widget=Area(2),
        required=False,
    )
    wearing = forms.CharField(label=_("What did they wear?"), widget=Text, required=False)
    with_whom = forms.CharField(label=_("Who may be with them?"), widget=Text, required=False)
    phone = forms.CharField(
        label=_("Is their phone on? Who heard from it last?"), widget=Text, required=False
    )
    noticed_by = forms.CharField(label=_("Who noticed?"), widget=Text, required=False)

    def said(self) -> dict[str, Any]:
        """As the action takes it."""
        given = self.cleaned_data
        return {
            "since": given["since"],
            "last_seen": given["last_seen"],
            "whereabouts": given["whereabouts"] or Whereabouts.UNKNOWN.value,
            "noticed_at": given["moment"],
            "seen": {key: given[key] for key in SEEN},
        }


class CameBackForm(AtForm):
    """They are back."""

    on = PastDayField(label=_("Since which day are they back?"))
    at = ClockField(
        label=_("At what time did they come?"),
        help_text=_("By 24 hours. Leave it empty if it is now."),
        required=False,
    )
    how = forms.CharField(
        label=_("How are they, and what do they need first?"), widget=Area(2), required=False
    )


class StepForm(AtForm):
    """Somebody was told, or not, and why."""

    DONE, NOT_DONE = "done", "not_done"
    outcome = forms.ChoiceField(
        label=_("Were they told?"),
        choices=[(DONE, _("Yes, they were told")), (NOT_DONE, _("No, and here is why"))],
        initial=DONE,
        widget=Chips,
        error_messages={"required": _("Say whether they were told.")},
    )
    on = PastDayField(label=_("On which day?"))
    at = ClockField(
        label=_("At what time?"),
        help_text=_("By 24 hours. Leave it empty if it is now."),
        required=False,
    )
    told = forms.CharField(label=_("Who told whom?"), widget=Text, required=False)
    reference = forms.CharField(label=_("Reference or report number"), widget=Text, required=False)
    why_not = forms.CharField(label=_("Why not?"), widget=Area(2), required=False)

    def clean(self) -> dict[str, Any]:
        """Who was told, or why nobody was."""
        given = super().clean()
        done = given.get("outcome") == self.DONE
        if done and not given.get("told", "").strip():
            self.add_error("told", _("Say who told whom."))
        if given.get("outcome") == self.NOT_DONE and not given.get("why_not", "").strip():
            self.add_error("why_not", _("Say why they were not told."))
        return given

    def said(self) -> dict[str, Any]:
        """As the action takes it."""
        given = self.cleaned_data
        done = given["outcome"] == self.DONE
        return {
            "done_at": given["moment"] if done else None,
            **{key: given[key] for key in ("told", "reference", "why_not")},
        }


class EpisodeNoteForm(AtForm):
    """What was tried or learned meanwhile."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=EpisodeNote.Kind.choices,
        widget=Chips,
        error_messages={"required": _("Choose what it is.")},
    )
    on = PastDayField(label=_("On which day?"))
    at = ClockField(
        label=_("At what time?"),
        help_text=_("By 24 hours. Leave it empty if it is now."),
        required=False,
    )
    words = forms.CharField(
        label=_("What was it?"),
        widget=Area(2),
        error_messages={"required": _("Write what it was.")},
    )
    given = forms.CharField(
        label=_("If police demanded records: what was given, and by whom?"),
        widget=Area(2),
        required=False,
    )

    def said(self) -> dict[str, Any]:
        """As the action takes it."""
        given = self.cleaned_data
        return {"at": given["moment"], **{key: given[key] for key in ("kind", "words", "given")}}


class ReturnTalkForm(LeewardForm):
    """The talk on return, or that they do not want one."""

    outcome = forms.ChoiceField(
        label=_("How did it go?"),
        choices=ReturnTalk.Outcome.choices,
        widget=Chips,
        error_messages={"required": _("Choose how it went.")},
    )
    on = PastDayField(label=_("On which day?"))
    with_whom = forms.CharField(
        label=_("With whom? They choose."),
        widget=Text,
        required=False,
    )
    push = forms.CharField(
        label=_("What pushed them to go? In their words."), widget=Area(2), required=False
    )
    pull = forms.CharField(
        label=_("What pulled them there? In their words."), widget=Area(2), required=False
    )
    changed = forms.CharField(
        label=_("What changes because of it, and who sees to it?"),
        widget=Area(2),
        required=False,
    )
