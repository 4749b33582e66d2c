"""Form fields and widgets in the house style (govuk-frontend shapes, our theme).

Every field says its label, its hint and its error together; nothing is required silently, and an
error always says how to mend it.
"""

import datetime as dt
import re
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from leeward.core.agency_time import today
from leeward.core.partial_dates import bounds


class LeewardRenderer(TemplatesSetting):
    """Draws forms with `core/forms/*.html`."""

    form_template_name = "core/forms/form.html"
    field_template_name = "core/forms/field.html"


class Text(forms.TextInput):
    """One line."""

    template_name = "core/forms/input.html"


class Search(forms.TextInput):
    """One line to look for something."""

    input_type = "search"
    template_name = "core/forms/input.html"


class Number(forms.NumberInput):
    """A whole number, typed with a number keyboard."""

    input_type = "text"
    template_name = "core/forms/input.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", **(attrs or {})})


class Password(forms.PasswordInput):
    """A password."""

    template_name = "core/forms/input.html"


class Area(forms.Textarea):
    """Several lines. It grows with what is typed."""

    template_name = "core/forms/textarea.html"

    def __init__(self, rows: int = 3, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": rows, **(attrs or {})})


class Day(forms.DateInput):
    """A day, by the browser's own picker; without one, typed as YYYY-MM-DD."""

    input_type = "date"
    template_name = "core/forms/input.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class Choice(forms.Select):
    """One of several, in a list."""

    template_name = "core/forms/select.html"


class Revealing(forms.RadioSelect):
    """Radios of which some answers reveal more questions: `{"other": "id-of-the-part"}`.

    Without JavaScript every part is in sight.
    """

    def __init__(self, reveals: dict[str, str] | None = None) -> None:
        super().__init__()
        self.reveals = reveals or {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the part that this answer reveals."""
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        option["reveals"] = self.reveals.get(str(value), "")
        return option


class Radios(Revealing):
    """One of a few, all in sight."""

    template_name = "core/forms/radios.html"


class Chips(Revealing):
    """One of a few short answers, on one line."""

    template_name = "core/forms/chips.html"


class Checks(forms.CheckboxSelectMultiple):
    """Any of a few."""

    template_name = "core/forms/checks.html"


class DayField(forms.DateField):
    """A whole day."""

    widget = Day

    def __init__(self, **options: Any) -> None:
        options.setdefault(
            "error_messages",
            {
                "invalid": _("Write the day as year-month-day, such as 2025-03-10."),
                "required": _("Say which day."),
            },
        )
        super().__init__(input_formats=["%Y-%m-%d"], **options)


class PastDayField(DayField):
    """A whole day that is not in the future."""

    def clean(self, value: Any) -> dt.date | None:
        """The day. Raises ValidationError when it has not come yet."""
        day: dt.date | None = super().clean(value)
        if day and day > today():
            raise forms.ValidationError(_("This day has not come yet. Choose today or before."))
        return day


# 9:30, 09h30, 9 h 30, 0930
CLOCK = re.compile(r"(\d{1,2})\s*(?:[:hH.]\s*)?(\d{2})")


class ClockField(forms.CharField):
    """A time of day as people type it, by 24 hours: `21:40`, `21 h 40`, `2140`."""

    widget = Text

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 8)
        options.setdefault("error_messages", {"required": _("Say about what time.")})
        super().__init__(**options)

    def clean(self, value: Any) -> dt.time | None:
        """The time, or None when it is left empty. Raises ValidationError for no time of day."""
        text = str(super().clean(value)).strip()
        if not text:
            return None
        found = CLOCK.fullmatch(text)
        try:
            return dt.time(int(found[1]), int(found[2])) if found else self._not_one()
        except ValueError:
            return self._not_one()

    @staticmethod
    def _not_one() -> dt.time:
        raise forms.ValidationError(_("Write the time by 24 hours, such as 21:40."))


class PartialDateField(forms.CharField):
    """A day, a month or a year as text: `2025-03-10`, `2025-03`, `2025`, or empty."""

    widget = Text

    def __init__(self, *, past: bool = False, **options: Any) -> None:
        self.past = past
        options.setdefault("max_length", 10)
        super().__init__(**options)

    def clean(self, value: Any) -> str:
        """The text as given. Raises ValidationError when it is no date, or one still to come."""
        text = str(super().clean(value)).strip()
        try:
            span = bounds(text)
        except ValueError as fault:
            raise forms.ValidationError(
                _("Write a day (2009-11-30), a month (2009-11) or a year (2009).")
            ) from fault
        if self.past and span and span[0] > today():
            raise forms.ValidationError(_("This day has not come yet. Choose today or before."))
        return text


class LinesField(forms.CharField):
    """One thing on each line: at most `most` of them, each at most `longest` characters."""

    def __init__(self, *, most: int, longest: int, **options: Any) -> None:
        self.most, self.longest = most, longest
        super().__init__(**options)

    def clean(self, value: Any) -> str:
        """The text as given. Raises ValidationError for too many lines, or one too long."""
        text = str(super().clean(value))
        found = lines(text)
        if len(found) > self.most:
            raise forms.ValidationError(
                _("Write at most %(most)s lines here. There are %(found)s."),
                params={"most": self.most, "found": len(found)},
            )
        if any(len(line) > self.longest for line in found):
            raise forms.ValidationError(
                _("One line is too long. Keep each line to %(longest)s letters or fewer."),
                params={"longest": self.longest},
            )
        return text


class LeewardForm(forms.Form):
    """A form that draws itself field by field; `label_suffix` would add a colon to questions.

    No field of it is remembered by the browser, which would offer one young person's name or code
    word in the next one's form, to whoever sits there.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.setdefault("autocomplete", "off")

    def carry(self, name: str, value: object) -> None:
        """Draw a bound form again with one hidden value renewed, such as the version it is of."""
        self.data = {key: self.data[key] for key in self.data} | {name: str(value)}


def lines(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]
