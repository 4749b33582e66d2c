"""Forms of a plan, as a worker fills them. The words are the young person's; the worker may hold
the pen, and else suggests."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from leeward.accounts.models import Worker
from leeward.core.forms import Area, Chips, Choice, DayField, LeewardForm, Text
from leeward.plans.actions import Said, Shared
from leeward.plans.covers import MOST_WORDS as MOST_ON_COVER
from leeward.plans.covers import PATTERNS, Cover
from leeward.plans.models import ItemNews, Sees, Wheel
from leeward.plans.sections import STEP, sections, ways
from leeward.plans.wheel.layout import MOST_IN_NAME, Layout, Quarter
from leeward.plans.wheel.layout import PARTS as WHEEL_PARTS

# As long as a story may be in one part.
MOST_WORDS = 20_000
WITH_TEAM, WITH_ME = "team", "named"


def headings() -> list[tuple[str, str]]:
    """The headings that anybody offers, steps apart, in the language of the page."""
    language = get_language() or "en"
    return [
        (each.key, each.title(language))
        for each in sections().values()
        if each.key != STEP and not each.kept_for
    ]


class PenForm(LeewardForm):
    """Written together, on one screen, in any order: the young person says it, the worker writes.

    A field for each heading, or for each question of a way to talk it through (`maps`, `path`,
    `page`). What is left empty is left as it was.
    """

    sees = forms.ChoiceField(
        label=_("Who may read what you write now? Ask them."),
        choices=[(WITH_TEAM, _("Their whole team")), (WITH_ME, _("Only they and I"))],
        initial=WITH_TEAM,
        widget=Chips,
    )

    def __init__(
        self, *args: Any, way: str = "", part: str = "plan", more: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        last = self.fields.pop("sees")
        for key, label, hint in asked(way, part, language, more):
            self.fields[key] = forms.CharField(
                label=label,
                help_text=hint,
                widget=Area(2, {"class": "govuk-textarea--own"}),
                required=False,
            )
        self.fields["sees"] = last

    def clean(self) -> dict[str, Any]:
        """Something is written."""
        given = super().clean() or {}
        if not any(words for key, words in given.items() if key != "sees"):
            raise forms.ValidationError(_("Write under one heading at least, or go back."))
        return given

    def written(self) -> dict[str, str]:
        """What was written, by heading."""
        return {key: each for key, each in self.cleaned_data.items() if key != "sees" and each}

    def shared(self, worker: Worker) -> Shared:
        """With whom it is shared, with this worker holding the pen."""
        alone = self.cleaned_data["sees"] == WITH_ME
        return Shared(Sees.NAMED, [worker]) if alone else Shared(Sees.TEAM)


def asked(way: str, part: str, language: str, more: str = "") -> list[tuple[str, str, str]]:
    """Key, question and hint of each field: by a way to talk it through, else every heading.

    A heading that is kept for those who ask for it is there when it is `more`.
    """
    if way in ways():
        return [
            (each.section.key, each.ask(language), each.section.title(language))
            for each in ways()[way]
        ]
    return [
        (each.key, each.title(language), each.hint(language))
        for each in sections().values()
        if each.part == part and (not each.kept_for or each.key == more)
    ]


class ChangeForm(LeewardForm):
    """What a worker wrote down once, said anew."""

    words = forms.CharField(
        label=_("In their words"),
        widget=Area(4, {"class": "govuk-textarea--own"}),
        error_messages={"required": _("Write down what they say.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class SuggestForm(LeewardForm):
    """A worker suggests; the young person takes it or leaves it."""

    section = forms.ChoiceField(label=_("Under which heading?"), widget=Choice)
    words = forms.CharField(
        label=_("What do you suggest?"),
        help_text=_("Write it as they would: “I …”."),
        widget=Area(3),
        error_messages={"required": _("Write what you suggest.")},
    )
    why = forms.CharField(
        label=_("Why? Write to them."), max_length=500, widget=Area(2), required=False
    )

    def __init__(self, *args: Any, choose: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if choose:
            self.fields["section"].choices = headings()  # type: ignore[attr-defined]
        else:
            del self.fields["section"]


class StepForm(LeewardForm):
    """One small next step."""

    what = forms.CharField(
        label=_("What is the next small step?"),
        max_length=300,
        widget=Text,
        error_messages={"required": _("Say what happens. Small is good.")},
    )
    who = forms.CharField(label=_("Who does it?"), max_length=200, widget=Text, required=False)
    due_on = DayField(
        label=_("By when?"), help_text=_("Leave it empty for “when I am ready”."), required=False
    )

    def said(self) -> Said:
        """The step."""
        given = self.cleaned_data
        return Said(given["what"], given["who"], given["due_on"])


class StepNewsForm(LeewardForm):
    """How a step went."""

    kind = forms.ChoiceField(
        label=_("How did it go?"),
        choices=ItemNews.Kind.choices,
        widget=Chips,
        error_messages={"required": _("Choose how it went.")},
    )
    words = forms.CharField(
        label=_("In their words, if they want"), max_length=300, widget=Text, required=False
    )


class OwnForm(forms.Form):
    """What the young person writes, and who reads it: chosen among those who work with them."""

    words = forms.CharField(
        label=_("In my words"),
        max_length=MOST_WORDS,
        strip=False,
        error_messages={
            "required": _("Write something first."),
            "max_length": _("That is very long. Make two parts of it."),
        },
    )
    who = forms.CharField(label=_("Who does it?"), max_length=200, required=False)
    due_on = forms.DateField(
        label=_("By when?"),
        required=False,
        error_messages={"invalid": _("Write the day like this: 2026-05-31. Or leave it empty.")},
    )
    sees = forms.ChoiceField(
        label=_("Who can read this?"),
        choices=Sees.choices,
        error_messages={"required": _("Choose who can read this.")},
    )
    named = forms.MultipleChoiceField(label=_("People I choose"), required=False)
    version = forms.IntegerField(required=False)

    def __init__(self, *args: Any, team: Sequence[Worker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.team = {str(each.pk): each for each in team}
        self.fields["named"].choices = [  # type: ignore[attr-defined]
            (key, each.display_name) for key, each in self.team.items()
        ]

    def clean(self) -> dict[str, Any]:
        """Shared with people by name: somebody is named."""
        given = super().clean() or {}
        if given.get("sees") == Sees.NAMED and not given.get("named"):
            self.add_error("named", _("Choose who, or choose “only me”."))
        if not str(given.get("words", "x")).strip():
            self.add_error("words", _("Write something first."))
        return given

    def said(self) -> Said:
        """What it says."""
        given = self.cleaned_data
        return Said(given["words"], given["who"], given["due_on"])

    def shared(self) -> Shared:
        """Who reads it."""
        given = self.cleaned_data
        return Shared(given["sees"], [self.team[each] for each in given["named"]])


class OwnTogetherForm(forms.Form):
    """All headings, or all questions of a way to talk it through, on one screen."""

    sees = forms.ChoiceField(
        label=_("Who can read what I write now?"),
        choices=[each for each in Sees.choices if each[0] != Sees.NAMED],
        initial=Sees.ME,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, way: str, part: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = self.fields.pop("sees")
        for key, label, hint in asked(way, part, get_language() or "en"):
            self.fields[key] = forms.CharField(
                label=label,
                help_text=hint,
                max_length=MOST_WORDS,
                strip=False,
                widget=forms.Textarea({"rows": 2}),
                required=False,
            )
        self.fields["sees"] = last

    def clean(self) -> dict[str, Any]:
        """Something is written."""
        given = super().clean() or {}
        if not self._written(given):
            raise forms.ValidationError(_("Write something first, in any one of them."))
        return given

    def written(self) -> dict[str, str]:
        """What was written, by heading."""
        return self._written(self.cleaned_data)

    @staticmethod
    def _written(given: dict[str, Any]) -> dict[str, str]:
        return {key: each for key, each in given.items() if key != "sees" and each.strip()}

    def shared(self) -> Shared:
        """Who reads it."""
        return Shared(self.cleaned_data["sees"])


COVERS = {
    "": _("No cover"),
    "waves": _("Waves"),
    "leaves": _("Leaves"),
    "stars": _("Stars"),
    "rings": _("Rings, like in a tree"),
    "plain": _("Words only"),
}


class CoverForm(forms.Form):
    """A cover for a copy: a pattern, or none, and what stands on it."""

    cover = forms.ChoiceField(
        choices=[(value, COVERS[value]) for value in ("", *PATTERNS)],
        required=False,
        widget=forms.RadioSelect,
    )
    cover_words = forms.CharField(max_length=MOST_ON_COVER, required=False)

    def chosen(self) -> Cover | None:
        """The cover, if they want one."""
        pattern = self.cleaned_data["cover"]
        return Cover(pattern, self.cleaned_data["cover_words"]) if pattern else None


class DayForm(forms.Form):
    """The day on which they want to look at it again."""

    on = forms.DateField(
        label=_("When do you want to look at this again?"),
        error_messages={
            "required": _("Write the day like this: 2026-05-31."),
            "invalid": _("Write the day like this: 2026-05-31."),
        },
    )


class WheelAskedForm(LeewardForm):
    """Who asked for the plan in four parts."""

    asked_by = forms.ChoiceField(
        label=_("Who asked for it?"),
        choices=Wheel.AskedBy.choices,
        widget=Chips,
        error_messages={"required": _("Choose who asked.")},
    )
    said = forms.CharField(
        label=_("What they said about it"),
        help_text=_("Their own words, if they like: how it is done in their family or community."),
        required=False,
        widget=Area,
    )


class LayoutForm(forms.Form):
    """The names of the four parts, and in which of them each heading stands."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, names: Sequence[str], keys: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        for turn, name in enumerate(names):
            self.fields[f"name_{turn}"] = forms.CharField(
                label=name, max_length=MOST_IN_NAME, required=False
            )
        where = [("", _("Not in it")), *((str(turn), name) for turn, name in enumerate(names))]
        for key in keys:
            self.fields[f"in_{key}"] = forms.ChoiceField(
                label=sections()[key].title(language), choices=where, required=False
            )

    @staticmethod
    def filled(layout: Layout) -> dict[str, str]:
        """The form as it is laid out now."""
        found = {f"name_{turn}": each.name for turn, each in enumerate(layout.quarters)}
        for turn, each in enumerate(layout.quarters):
            found |= {f"in_{key}": str(turn) for key in each.sections}
        return found

    def laid_out(self) -> Layout:
        """As they want it."""
        given = self.cleaned_data
        keys = [name.removeprefix("in_") for name in self.fields if name.startswith("in_")]
        return Layout(
            tuple(
                Quarter(
                    given[f"name_{turn}"].strip(),
                    tuple(key for key in keys if given[f"in_{key}"] == str(turn)),
                )
                for turn in range(WHEEL_PARTS)
            )
        )
