"""Forms of a meeting: calling it, preparing it with the young person, asking people to it."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leeward.accounts.models import Worker
from leeward.conferences import rules
from leeward.conferences.before.actions import When, Who
from leeward.conferences.before.models import Hears, Presence, Shape
from leeward.conferences.in_words import ZONES
from leeward.core.forms import Area, Checks, Chips, Choice, DayField, LeewardForm, Radios, Text
from leeward.plans.models import ItemVersion

MOST_WORDS, LONGEST_NAME = 20_000, 200
OWN = {"class": "govuk-textarea--own"}
CLOCK = re.compile(r"([01]?[0-9]|2[0-3])\s*(?::|h|\s)\s*([0-5][0-9])")
LENGTHS = (30, 45, 60, 90, 120, 180, 240)


def words_field(label: Any, hint: Any = "", missing: Any = "", **more: Any) -> forms.CharField:
    """A field for words; `missing` says what to write where it must not stay empty."""
    errors = {"required": missing} if missing else {}
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=MOST_WORDS,
        required=bool(missing),
        error_messages=errors,
        widget=more.pop("widget", None) or Area(3),
        **more,
    )


def lengths() -> list[tuple[int, str]]:
    """How long a meeting may be, in the language of the page."""
    return [(each, _now("%(minutes)s minutes") % {"minutes": each}) for each in LENGTHS]


def _tick(label: Any, said: Any, **more: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=[("yes", said)], widget=Checks, **more)


class WhenForm(LeewardForm):
    """When and where, by the clocks there."""

    day = DayField(label=_("Which day?"))
    time = forms.CharField(
        label=_("At what time?"),
        help_text=_("By the clocks there, such as 14:30."),
        max_length=8,
        widget=Text,
        error_messages={"required": _("Say at what time it begins.")},
    )
    minutes = forms.TypedChoiceField(
        label=_("How long?"),
        choices=lengths,
        coerce=int,
        initial=60,
        widget=Choice,
    )
    zone = forms.ChoiceField(
        label=_("By which clocks?"),
        help_text=_("Ontario keeps two times. Whoever comes sees their own."),
        choices=list(ZONES.items()),
        widget=Choice,
    )
    place = forms.CharField(
        label=_("Where?"),
        help_text=_("Somewhere the young person feels safe. It stands in no calendar."),
        max_length=LONGEST_NAME,
        required=False,
        widget=Text,
    )

    def clean_time(self) -> dt.time:
        """Hours and minutes."""
        found = CLOCK.fullmatch(self.cleaned_data["time"].strip())
        if not found:
            raise forms.ValidationError(_("Write the time as hours and minutes, such as 14:30."))
        return dt.time(int(found[1]), int(found[2]))

    def clean(self) -> dict[str, Any]:
        """A moment that there is, once."""
        given = super().clean() or {}
        if {"day", "time", "zone"} <= set(given):
            try:
                given["starts_at"] = rules.moment(given["day"], given["time"], given["zone"])
            except rules.NoSuchTime:
                self.add_error(
                    "time",
                    _("The clocks go forward that night, and skip this time. Choose another."),
                )
            except rules.ComesTwice:
                self.add_error(
                    "time",
                    _("The clocks go back that night, and this time comes twice. Choose another."),
                )
        return given

    def when(self) -> When:
        """As the action takes it."""
        said = self.cleaned_data
        return When(said["starts_at"], said["minutes"], said["zone"], said["place"])


class CallForm(WhenForm):
    """Call a meeting."""

    shape = forms.ChoiceField(
        label=_("What kind of meeting?"), choices=Shape, initial=Shape.CONFERENCE, widget=Chips
    )
    purpose = words_field(
        _("What is it for?"),
        _("One or two lines. Those who are asked read it on paper, and so may the young person."),
        _("Say what the meeting is for."),
    )
    field_order = ("shape", "purpose", "day", "time", "minutes", "zone", "place")


class MoveForm(WhenForm):
    """Another day, time or place, and why."""

    why = words_field(_("Why is it moved?"), "", _("Say why it is moved."), widget=Area(2))
    version = forms.IntegerField(widget=forms.HiddenInput)


class CallOffForm(LeewardForm):
    """It will not be, and why."""

    why = words_field(
        _("Why is it called off?"), "", _("Say why it is called off."), widget=Area(2)
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class PrepareForm(LeewardForm):
    """The young person first: were they asked, how do they take part, what do they say."""

    ASKED, NOT_YET = "asked", "not_yet"
    asked = forms.ChoiceField(
        label=_("Has somebody asked the young person?"),
        help_text=_("Whether they want this meeting, who is there, and how they take part."),
        choices=[(ASKED, _("Yes, they were asked")), (NOT_YET, _("Not yet"))],
        widget=Radios,
        error_messages={"required": _("Choose yes or not yet.")},
    )
    why_not = words_field(
        _("If not yet: why, and when will it be?"), widget=Area(2), hint=_("Never “too young”.")
    )
    presence = forms.ChoiceField(
        label=_("How do they take part?"), choices=Presence, required=False, widget=Radios
    )
    words = words_field(
        _("What they say about this meeting"),
        _("In their own words. Their team reads it here."),
        widget=Area(2, OWN),
    )
    say = words_field(_("What they want to say there"), widget=Area(2, OWN))
    who = words_field(_("Who should be there"), widget=Area(2, OWN))
    not_discuss = words_field(_("What they do not want to talk about"), widget=Area(2, OWN))
    speaks = words_field(_("Who speaks for them"), widget=Area(2, OWN))
    hears = forms.ChoiceField(
        label=_("Who may read these four answers? Ask them."),
        choices=[
            (Hears.TEAM.value, _("Their team alone")),
            (Hears.ROOM.value, _("Everyone at the meeting, on paper")),
        ],
        initial=Hears.TEAM.value,
        widget=Chips,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """A reason where they were not asked; how they take part where they were."""
        given = super().clean() or {}
        if given.get("asked") == self.NOT_YET and not given.get("why_not", "").strip():
            self.add_error("why_not", _("Say why not yet, and when they will be asked."))
        if given.get("asked") == self.ASKED and not given.get("presence"):
            self.add_error(
                "presence", _("Choose how they take part. “They have not decided” is an answer.")
            )
        return given

    def told(self) -> dict[str, Any]:
        """As the action takes it."""
        given = self.cleaned_data
        return {
            "version": given["version"],
            "asked": given["asked"] == self.ASKED,
            "presence": given["presence"],
            "words": given["words"],
            "why_not": given["why_not"],
            "said": {kind: given[kind] for kind in rules.SAYINGS},
            "hears": given["hears"],
        }


class InviteForm(LeewardForm):
    """Whom to ask, as what, and why."""

    worker = forms.ChoiceField(
        label=_("One of the team"), required=False, choices=[("", "—")], widget=Choice
    )
    name = forms.CharField(
        label=_("Or somebody else: their name"),
        max_length=LONGEST_NAME,
        required=False,
        widget=Text,
    )
    role = forms.ChoiceField(
        label=_("Why are they in the room?"),
        widget=Choice,
        error_messages={"required": _("Choose what they are there for.")},
    )
    why = words_field(
        _("Why is this person asked?"),
        _("What they can do there for the young person."),
        _("Say why this person is asked."),
        widget=Area(2),
    )

    def __init__(self, *args: Any, team: Iterable[Worker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        self.team = {str(each.pk): each for each in team}
        worker, role = self.fields["worker"], self.fields["role"]
        worker.choices = [("", "—"), *((pk, one.display_name) for pk, one in self.team.items())]  # type: ignore[attr-defined]
        role.choices = [("", "—")] + [  # type: ignore[attr-defined]
            (key, each.name(language)) for key, each in rules.roles().items()
        ]

    def clean(self) -> dict[str, Any]:
        """One person."""
        given = super().clean() or {}
        if bool(given.get("worker")) == bool(given.get("name", "").strip()):
            raise forms.ValidationError(
                _("Choose one of the team, or write the name of somebody else. Not both.")
            )
        return given

    def ask_again(self) -> None:
        """The question that stands before a name like one in the file."""
        self.fields["sure"] = _tick(
            _("Is it somebody else?"),
            _("Yes. I asked the young person, and this is somebody else."),
            required=False,
        )

    def who(self) -> Who:
        """As the action takes it."""
        said = self.cleaned_data
        return Who(said["name"], said["role"], said["why"], self.team.get(said["worker"]))


class PackForm(LeewardForm):
    """What of the plan lies in the pack. Nothing does that is not ticked."""

    chosen = forms.MultipleChoiceField(
        label=_("Pieces of the plan to take along"),
        help_text=_("Go through them together. What is not ticked stays here."),
        required=False,
        widget=Checks,
    )
    together = _tick(
        _("How was this chosen?"),
        _("The young person and I chose this together."),
        error_messages={
            "required": _("Choose with the young person, then tick this. Else take nothing along.")
        },
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, may: Sequence[ItemVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may = may
        language = get_language() or "en"
        self.fields["chosen"].choices = [  # type: ignore[attr-defined]
            (str(each.pk), f"{each.item.section.title(language)}: {each.words}") for each in may
        ]
        if not may:
            del self.fields["chosen"]


class SayForm(forms.Form):
    """What the young person says before a meeting, in My space."""

    words = forms.CharField(
        max_length=MOST_WORDS,
        strip=False,
        required=False,
        error_messages={"max_length": _("That is very long. Make it shorter.")},
    )
    hears = forms.ChoiceField(
        choices=Hears, error_messages={"required": _("Choose who can read this.")}
    )
    version = forms.IntegerField(required=False, min_value=0)
