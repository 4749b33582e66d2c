"""Forms about who works with somebody, and who must not know of them."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from leeward.accounts.models import Worker
from leeward.core.forms import Area, Choice, LeewardForm, PastDayField, Radios, Text
from leeward.people.forms import FileForm
from leeward.people.models import Assignment
from leeward.people.standing.models import ConflictLock


class WorkerChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One worker of the agency, by name."""

    def label_from_instance(self, obj: Any) -> str:
        """How a worker is listed."""
        return str(obj.display_name)


def _one_of_them(label: Any) -> WorkerChoice:
    return WorkerChoice(
        label=label,
        queryset=Worker.objects.none(),
        widget=Choice,
        empty_label=_("Choose"),
        error_messages={
            "required": _("Choose a worker."),
            "invalid_choice": _("Choose a worker from the list."),
        },
    )


class AmongWorkers(LeewardForm):
    """A form that names one worker, from those it is given."""

    names_a_worker = "worker"

    def __init__(self, *args: Any, workers: QuerySet[Worker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[self.names_a_worker].queryset = workers  # type: ignore[attr-defined]


class AssignForm(AmongWorkers):
    """Who works with them."""

    worker = _one_of_them(_("Who?"))
    works_as = forms.ChoiceField(label=_("As what?"), choices=Assignment.As.choices, widget=Choice)
    since = PastDayField(label=_("Since when?"))
    reason = forms.CharField(label=_("Why?"), max_length=400, widget=Text, required=False)


class TransferForm(AmongWorkers, FileForm):
    """Handing a file to another worker of the agency."""

    names_a_worker = "to"
    to = _one_of_them(_("To whom?"))


class LockForm(AmongWorkers):
    """From whom a file is kept, and why."""

    worker = _one_of_them(_("Who must not know of this file?"))
    why = forms.ChoiceField(
        label=_("Why?"),
        choices=ConflictLock.Why.choices,
        widget=Radios,
        error_messages={"required": _("Choose a reason.")},
    )
    words = forms.CharField(
        label=_("In your words"),
        help_text=_("Only those who may set such a lock can read this."),
        max_length=1000,
        widget=Area(3),
        required=False,
    )


class EndLockForm(LeewardForm):
    """Why a worker may know of a file again."""

    reason = forms.CharField(
        label=_("Why may they know of this file again?"),
        max_length=1000,
        widget=Area(3),
        error_messages={"required": _("Say why, in a line or two.")},
    )
