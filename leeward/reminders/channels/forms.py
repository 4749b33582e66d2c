"""Where a worker is told that something waits."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.core.forms import Chips, Choice, ClockField, LeewardForm, Text
from leeward.reminders.channels.models import Channel

UNSAFE = _("Nothing is sent to a mailbox that others read. Give one that you alone read.")
SHOWS = _(
    "Nothing is sent where a locked screen may show it. Turn that off for this mailbox first, or"
    " leave the address empty."
)

WHO_READS = _("Say who reads this mailbox. Without an answer nothing is sent there.")
WHETHER_IT_SHOWS = _("Say whether a locked screen shows it. Without an answer nothing is sent.")


class ChannelForm(LeewardForm):
    """An address, who else reads it, the weekly reminder, and quiet hours."""

    address = forms.EmailField(
        label=_("Work e-mail"),
        help_text=_(
            "You are sent one sentence, that there is something new to look at, and nothing of"
            " anybody. If you leave this empty, nothing is sent."
        ),
        required=False,
        max_length=254,
        widget=Text({"inputmode": "email", "spellcheck": "false"}),
        error_messages={"invalid": _("Write an e-mail address, such as wren@example.org.")},
    )
    reads = forms.ChoiceField(
        label=_("Who reads this mailbox?"),
        choices=[
            ("me", _("Only me")),
            ("others", _("Others too")),
            ("not_known", _("I do not know")),
        ],
        required=False,
        widget=Chips,
    )
    shows = forms.ChoiceField(
        label=_("Does a locked screen, yours or another’s, show what comes in?"),
        choices=[("no", _("No")), ("yes", _("Yes")), ("not_known", _("I do not know"))],
        required=False,
        widget=Chips,
    )
    digest_on = forms.TypedChoiceField(
        label=_("Remind me each week to look at what needs me"),
        choices=[("", _("No, not each week")), *Channel.Weekday.choices],
        coerce=int,
        empty_value=None,
        required=False,
        widget=Choice,
    )
    quiet_from = ClockField(
        label=_("Send nothing from"),
        help_text=_("By 24 hours, such as 18:00. What comes meanwhile waits until the end."),
        required=False,
    )
    quiet_until = ClockField(label=_("Send nothing until"), required=False)

    def clean(self) -> dict[str, Any]:
        """Never to an unsafe channel; quiet hours have two ends."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("address"):
            if given.get("reads") != "me":
                self.add_error("reads", UNSAFE if given.get("reads") else WHO_READS)
            if given.get("shows") != "no":
                self.add_error("shows", SHOWS if given.get("shows") else WHETHER_IT_SHOWS)
        if {"quiet_from", "quiet_until"} <= set(given):
            start, end = given["quiet_from"], given["quiet_until"]
            if (start is None) != (end is None) or (start is not None and start == end):
                self.add_error("quiet_until", _("Write two different times, or leave both empty."))
        return given

    def channel(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        names = ("address", "digest_on", "quiet_from", "quiet_until")
        return {name: given[name] for name in names} | {
            "mine_alone": given["reads"] == "me",
            "hidden_when_locked": given["shows"] == "no",
        }

    @staticmethod
    def said(channel: Channel | None) -> dict[str, Any]:
        """What the form starts with."""
        if channel is None:
            return {}
        return {
            "address": channel.address,
            "reads": "me" if channel.mine_alone else "",
            "shows": "no" if channel.hidden_when_locked else "",
            "digest_on": "" if channel.digest_on is None else channel.digest_on,
            "quiet_from": channel.quiet_from and channel.quiet_from.strftime("%H:%M"),
            "quiet_until": channel.quiet_until and channel.quiet_until.strftime("%H:%M"),
        }
