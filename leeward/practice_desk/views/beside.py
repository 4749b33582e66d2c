"""A form whose page is older than what stands: both texts, side by side."""

from typing import Any

from django.utils.translation import gettext as _

from leeward.core.forms import LeewardForm
from leeward.people.forms import in_words
from leeward.practice_desk.views.base import PersonFormView


def side_by_side(form: LeewardForm, now: dict[str, Any]) -> list[tuple[Any, str, str]]:
    """What was typed beside what stands now, in words, where they differ."""
    rows = [
        (field.label, in_words(field, form.data.get(name, "")), in_words(field, now[name]))
        for name, field in form.fields.items()
        if isinstance(now.get(name), str)
    ]
    return [row for row in rows if row[1] != row[2]]


class BesideNewer(PersonFormView):
    """A form that shows both texts when somebody saved another since it was opened."""

    stands: dict[str, Any] | None = None

    def show_both(self, form: LeewardForm, stands: dict[str, Any], carried: str) -> None:
        """Keep what was typed, beside what `stands`; the next save is in the place of that."""
        self.stands = stands
        form.carry(carried, stands[carried])
        form.add_error(
            None,
            _(
                "Somebody else saved this while you were typing. Theirs is shown beside yours."
                " Choose what is right, then save again."
            ),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Both texts side by side after a conflict."""
        both = side_by_side(kwargs["form"], self.stands) if self.stands else []
        return super().get_context_data(**kwargs) | {"both": both}
