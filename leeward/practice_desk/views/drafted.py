"""Forms that are kept as they are typed."""

from typing import Any

from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse, QueryDict

from leeward.core.forms import LeewardForm
from leeward.drafts.actions import drop_draft
from leeward.drafts.models import Draft
from leeward.drafts.queries import draft_for
from leeward.practice_desk.views.base import PersonFormView


def bound_to_draft(draft: Draft) -> QueryDict:
    """What was typed, as the form would have posted it."""
    data = QueryDict(mutable=True)
    for key, values in (draft.typed or {}).items():
        data.setlist(key, values)
    return data


class DraftedForm(PersonFormView):
    """A form that is there as it was left, until it is saved or thrown away."""

    template_name = "practice_desk/drafted_form.html"

    def draft_name(self) -> str:
        """One of draft_names: one draft for each form and what it is about."""
        raise TypeError(type(self).__name__)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form as it was left, or as it starts."""
        self.draft = draft_for(self.actor, self.draft_name(), self.person.pk)
        if self.draft is None:
            return super().get(request, *args, **kwargs)
        form = self.form_class(bound_to_draft(self.draft), **self.form_options())
        # What is half written is not a mistake yet.
        form._errors = ErrorDict()  # type: ignore[attr-defined]
        return self.draw(form)

    def save_typed(self, form: LeewardForm) -> None:
        """The one domain call of the form."""
        raise TypeError(type(self).__name__)

    def save(self, form: Any) -> None:
        """Save; what is saved is no draft any more."""
        self.save_typed(form)
        if form.is_valid():
            drop_draft(by=self.actor, form=self.draft_name(), subject_id=self.person.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what was left."""
        return super().get_context_data(**kwargs) | {
            "draft": getattr(self, "draft", None),
            "draft_name": self.draft_name(),
        }
