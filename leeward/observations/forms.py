"""Forms about what was seen and thought."""

import datetime as dt
import re
import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leeward.core.agency_time import today
from leeward.core.forms import (
    Area,
    Chips,
    Choice,
    DayField,
    LeewardForm,
    Number,
    PartialDateField,
    PastDayField,
    Radios,
    Text,
)
from leeward.core.ids import new_id
from leeward.core.partial_dates import bounds
from leeward.observations.actions import Seen
from leeward.observations.models import Observation, Opinion
from leeward.observations.queries import current_model

SIGN = "sign-"
FINDINGS = ("present", "absent", "unsure")
CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True)
class SignRow:
    """One indicator on the form, with what was answered."""

    id: str
    name: str
    wording: str
    value: str


@dataclass(frozen=True)
class ThreadRows:
    """One thread on the form: its indicators, and whether any is answered."""

    id: str
    name: str
    signs: tuple[SignRow, ...]
    answered: int


class RecordForm(LeewardForm):
    """One observation. A text and the harm question are enough; everything else is at hand."""

    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=_("What did you see, hear or read?"), widget=Area(rows=4), required=False
    )
    when = forms.ChoiceField(
        label=_("When?"),
        choices=[
            ("now", _("Now")),
            ("morning", _("This morning")),
            ("yesterday", _("Yesterday")),
            ("other", _("Another time")),
            ("unknown", _("Not known")),
        ],
        initial="now",
        widget=Chips(reveals={"other": "another-time"}),
        error_messages={"required": _("Say when, or choose “Not known”.")},
    )
    on = PartialDateField(
        label=_("Which day, month or year?"),
        help_text=_("Such as 2025-03-10, 2025-03 or 2025."),
        required=False,
    )
    part_of_day = forms.ChoiceField(
        label=_("Which part of the day?"),
        choices=[
            ("", _("Not known")),
            ("morning", _("Morning")),
            ("afternoon", _("Afternoon")),
            ("evening", _("Evening")),
            ("night", _("Night")),
        ],
        widget=Choice,
        required=False,
    )
    source = forms.ChoiceField(
        label=_("How do you know?"),
        choices=Observation.Source.choices,
        initial="seen",
        widget=Chips,
        error_messages={"required": _("Say how you know.")},
    )
    own_words = forms.CharField(
        label=_("Their exact words"),
        widget=Area(rows=2, attrs={"class": "govuk-textarea--own"}),
        required=False,
    )
    good_news = forms.CharField(
        label=_("Good news to keep"),
        help_text=_("A few words, such as: back in art class."),
        max_length=120,
        widget=Text,
        required=False,
    )
    strength = forms.CharField(
        label=_("A strength you noticed"), max_length=200, widget=Text, required=False
    )
    harm = forms.ChoiceField(
        label=_("Could a child have been harmed, or be in danger?"),
        help_text=_("Any child. You do not need proof, a stage or a supervisor."),
        choices=[
            ("now", _("Yes, and somebody is in danger now")),
            ("possible", _("Yes, or not sure")),
            ("none", _("No")),
        ],
        widget=Radios(reveals={"now": "which-child", "possible": "which-child"}),
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
        widget=Chips(reveals={"another_child": "other-child", "both": "other-child"}),
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
    other_child = forms.CharField(
        label=_("What do you know of the other child?"),
        help_text=_("Kept with the duty to report alone, never in this file."),
        widget=Area(rows=2),
        required=False,
    )

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("id", new_id())
        super().__init__(*args, **kwargs)
        self.name = name
        self._field("own_words").label = _now("%(name)s’s exact words") % {"name": name}
        self._choices("source", "youth", _now("%(name)s told me") % {"name": name})
        self._choices("about", "self", name)
        self._keep_the_clock()

    @classmethod
    def half_written(cls, data: Any, *, name: str) -> "RecordForm":
        """The form as it was left. What is half written is not a mistake yet."""
        form = cls(data, name=name)
        form._errors = ErrorDict()  # type: ignore[attr-defined]
        return form

    def _keep_the_clock(self) -> None:
        """A note being corrected may hold a time of day; it stays a choice."""
        held = str((self.data if self.is_bound else self.initial).get("part_of_day") or "")
        choice = self.fields["part_of_day"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101
        if CLOCK.fullmatch(held):
            given: Any = choice.choices
            choice.choices = [*given, (held, held)]

    def _field(self, name: str) -> forms.Field:
        return self.fields[name]

    def _choices(self, field: str, value: str, label: str) -> None:
        choice = self.fields[field]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101
        given: Any = choice.choices
        choice.choices = [(v, label if v == value else text) for v, text in given]

    def findings(self) -> dict[str, str]:
        """What was answered, by indicator; blank means not asked."""
        if not self.is_bound:
            return dict(self.initial.get("findings") or {})
        known = current_model().signs
        return {
            name: finding
            for name, finding in self._answers().items()
            if name in known and known[name].recordable
        }

    def _answers(self) -> dict[str, str]:
        return {
            key.removeprefix(SIGN): str(value)
            for key in self.data
            if key.startswith(SIGN) and (value := self.data.get(key)) in FINDINGS
        }

    def threads(self) -> list[ThreadRows]:
        """Indicators by thread in model order, then those without one."""
        model, found = current_model(), self.findings()
        language = get_language() or "en"
        groups: dict[str | None, list[SignRow]] = {}
        for each in model.indicators.values():
            if model.signs[each.id].recordable:
                wording = each.working.in_language(language)
                row = SignRow(each.id, SIGN + each.id, wording, found.get(each.id, ""))
                groups.setdefault(each.thread, []).append(row)
        rows = [
            (thread.id, thread.name.in_language(language), groups.get(thread.id, []))
            for thread in model.threads.values()
        ]
        rows.append(("other", _now("Outside the threads"), groups.get(None, [])))
        return [
            ThreadRows(key, name, tuple(signs), sum(1 for sign in signs if sign.value))
            for key, name, signs in rows
            if signs
        ]

    def clean(self) -> dict[str, Any]:
        """Check what only makes sense together, and say how to mend it."""
        data = super().clean() or self.cleaned_data
        if data.get("when") == "other" and not data.get("on") and "on" not in self.errors:
            self.add_error("on", _now("Write the day, the month or the year, or choose another."))
        if data.get("when") == "other" and data.get("on"):
            self._check_not_ahead(data["on"])
        if len(self._answers()) != len(self.findings()):
            self.add_error(
                None,
                _now(
                    "The signs have changed since this page was opened. Look at them, then save."
                ),
            )
        said = ("text", "own_words", "good_news", "strength")
        if not any((data.get(key) or "").strip() for key in said) and not self.findings():
            self.add_error(
                "text",
                _now("Write what you saw, or their words, or good news, or choose a sign."),
            )
        return data

    def _check_not_ahead(self, on: str) -> None:
        span = bounds(on)
        if span and span[0] > today():
            self.add_error("on", _now("This day has not come yet. Choose today or before."))

    def seen(self, corrects: Observation | None = None) -> Seen:
        """What `record_observation` takes."""
        data = self.cleaned_data
        on, part = self._moment()
        return Seen(
            id=data["id"] if isinstance(data["id"], uuid.UUID) else new_id(),
            text=data["text"],
            on=on,
            part_of_day=part,
            source=data["source"],
            own_words=data["own_words"],
            good_news=data["good_news"],
            strengths=[data["strength"]],
            findings=self.findings(),
            harm=data["harm"],
            about=data["about"] or "self",
            other_child_age=data["other_child_age"],
            other_child=data["other_child"],
            corrects=corrects,
        )

    def _moment(self) -> tuple[str, str]:
        data, now = self.cleaned_data, timezone.localtime()
        yesterday = now.date() - dt.timedelta(days=1)
        return {
            "now": (now.date().isoformat(), f"{now:%H:%M}"),
            "morning": (now.date().isoformat(), "morning"),
            "yesterday": (yesterday.isoformat(), ""),
            "other": (data["on"], data["part_of_day"]),
            "unknown": ("", ""),
        }[data["when"]]


class ExplainForm(LeewardForm):
    """An ordinary reason for what was seen."""

    how = forms.CharField(
        label=_("What is the ordinary reason, and who checked it?"),
        widget=Area(rows=2),
        error_messages={"required": _("Say what explains it, and who checked.")},
    )
    on = PastDayField(label=_("When was it checked?"))
    indicators = forms.MultipleChoiceField(
        label=_("What does it explain?"),
        help_text=_("Leave all open to explain the whole note."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["indicators"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101
        field.choices = choices
        field.widget.template_name = "core/forms/checks.html"
        if not choices:
            del self.fields["indicators"]


class PinForm(LeewardForm):
    """One line on why a note matters."""

    why = forms.CharField(
        label=_("Why does this matter?"),
        max_length=200,
        widget=Text,
        error_messages={"required": _("Say in one line why it matters.")},
    )


class OpinionForm(LeewardForm):
    """A worker's own opinion, before the reading is shown."""

    stage = forms.ChoiceField(
        label=_("Which stage do the signs speak of?"),
        help_text=_("A stage describes the exploitation, never the person."),
        widget=Radios,
        error_messages={"required": _("Choose a stage, or “Not named”.")},
    )
    confidence = forms.ChoiceField(
        label=_("How sure are you?"),
        choices=Opinion.Confidence.choices,
        widget=Chips,
        error_messages={"required": _("Say how sure you are.")},
    )
    reasons = forms.CharField(
        label=_("Why?"),
        help_text=_("What you saw, when, and what speaks against it."),
        widget=Area(rows=4),
        error_messages={"required": _("Give your reasons. A line or two is enough.")},
    )
    would_change = forms.CharField(
        label=_("What would change your mind?"), widget=Area(rows=2), required=False
    )
    own_view = forms.CharField(
        label=_("The young person’s own view, in their words"),
        widget=Area(rows=2, attrs={"class": "govuk-textarea--own"}),
        required=False,
    )
    review_on = DayField(label=_("When will you look at this again?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        field = self.fields["stage"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [
            *((s.id, s.name.in_language(language)) for s in current_model().stages.values()),
            ("unnamed", _now("Not named: not enough to say")),
        ]

    def given(self) -> dict[str, Any]:
        """What `give_opinion` takes."""
        data = dict(self.cleaned_data)
        data["stage"] = "" if data["stage"] == "unnamed" else data["stage"]
        return data


class ResolveForm(LeewardForm):
    """A supervisor's reason for working from one of differing opinions."""

    reason = forms.CharField(
        label=_("Why work from this opinion?"),
        widget=Area(rows=2),
        error_messages={"required": _("Give your reason. Both opinions stay.")},
    )
