"""Who covers which files, from when until when."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leeward.accounts.models import Worker
from leeward.core.agency_time import today
from leeward.core.forms import Area, Checks, Choice, DayField, LeewardForm
from leeward.people.covering.actions import Given
from leeward.people.covering.rules import LONG, MOST_DAYS, ORDER, PAST, fault
from leeward.people.models import YoungPerson

LONGEST = 600


class CoverForm(LeewardForm):
    """The days, one worker for every chosen file or another for some, and what matters first.

    Nothing is chosen beforehand: a file that nobody ticks is not covered.
    """

    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))
    worker = forms.ChoiceField(
        label=_("Who covers?"),
        widget=Choice,
        error_messages={
            "required": _("Choose a worker."),
            "invalid_choice": _("Choose a worker from the list."),
        },
    )
    chosen = forms.MultipleChoiceField(
        label=_("Which files?"),
        help_text=_("Whoever covers may open only these, and only on these days."),
        widget=Checks,
        error_messages={
            "required": _("Choose at least one."),
            "invalid_choice": _("Choose from the list."),
        },
    )

    def __init__(
        self,
        *args: Any,
        workers: Iterable[Worker],
        people: Iterable[YoungPerson],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.workers = {str(each.pk): each for each in workers}
        self.people = {str(each.pk): each for each in people}
        self.fields["ends_on"].help_text = _(
            "At most %(days)s days, the first and the last included."
        ) % {"days": MOST_DAYS}
        names = [(key, each.display_name) for key, each in self.workers.items()]
        self.fields["worker"].choices = [("", _("Choose")), *names]  # type: ignore[attr-defined]
        self.fields["chosen"].choices = [  # type: ignore[attr-defined]
            (key, each.name_used) for key, each in self.people.items()
        ]
        for key in self.people:
            self.fields[f"first_{key}"] = forms.CharField(
                label=_("What matters first?"),
                max_length=LONGEST,
                widget=Area(2, {"autocomplete": "off"}),
                required=False,
            )
            self.fields[f"other_{key}"] = forms.ChoiceField(
                label=_("Does somebody else cover here?"),
                choices=[("", _("No")), *names],
                widget=Choice(attrs={"autocomplete": "off"}),
                required=False,
                error_messages={"invalid_choice": _("Choose a worker from the list.")},
            )

    def by_file(self) -> list[tuple[YoungPerson, Any, Any]]:
        """Each file with its two questions, to draw."""
        return [
            (each, self[f"first_{key}"], self[f"other_{key}"]) for key, each in self.people.items()
        ]

    def clean(self) -> dict[str, Any]:
        """Days on which somebody can cover, and nothing said of a file that is not chosen."""
        said: dict[str, Any] = super().clean() or {}
        first, last = said.get("starts_on"), said.get("ends_on")
        if first and last:
            self.say_fault(fault(first, last, today()))
        if "chosen" not in self.errors:
            chosen = set(said.get("chosen", []))
            for key in self.people:
                named = f"first_{key}" if said.get(f"first_{key}", "").strip() else ""
                named = named or (f"other_{key}" if said.get(f"other_{key}") else "")
                if named and key not in chosen:
                    self.add_error(named, _now("Choose this file above, or empty this."))
        return said

    def say_fault(self, found: str) -> None:
        """Why nobody can cover for these days."""
        words = {
            PAST: ("starts_on", _now("That day is over. Choose today or later.")),
            ORDER: ("ends_on", _now("The last day is before the first. Change one of them.")),
            LONG: (
                "ends_on",
                _now("Nobody covers for longer than %(days)s days at once. Choose an earlier day.")
                % {"days": MOST_DAYS},
            ),
        }
        if found in words:
            self.add_error(*words[found])

    def given(self) -> list[Given]:
        """What was chosen, file by file."""
        said = self.cleaned_data
        return [
            Given(
                self.people[key],
                self.workers[said[f"other_{key}"] or said["worker"]],
                said[f"first_{key}"],
            )
            for key in said["chosen"]
        ]

    def refuse(self, people: Iterable[YoungPerson]) -> None:
        """These cannot be covered by whom was chosen. The same words whatever the reason."""
        refused = {each.pk for each in people}
        names = [each.name_used for key, each in self.people.items() if uuid.UUID(key) in refused]
        self.add_error(
            "chosen",
            _now(
                "Nothing was saved. Choose somebody else, or leave them out: %(names)s. Whom you"
                " chose cannot cover there."
            )
            % {"names": ", ".join(names)},
        )


class FirstForm(LeewardForm):
    """What matters first, for whoever covers."""

    words = forms.CharField(
        label=_("What matters first?"),
        help_text=_("What was promised, what is late, what they must not do."),
        max_length=LONGEST,
        widget=Area,
        error_messages={"required": _("Write at least a line.")},
    )
