"""Who opened this file."""

import re
from typing import Any

from leeward.practice_desk.queries.opened import who_opened
from leeward.practice_desk.views.base import PersonView

# The number of an audit row; anything else in the address begins at the newest.
ROW = re.compile(r"[0-9]{1,18}", re.ASCII)


class WhoOpened(PersonView):
    """Everybody who opened the file, printed from it or took a copy out, by day."""

    action = "file.who_opened"
    tab = "about"
    template_name = "practice_desk/who_opened.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The newest, or what was before them."""
        before = self.request.GET.get("before", "")
        return super().get_context_data(**kwargs) | {
            "opened": who_opened(
                self.person, before=int(before) if ROW.fullmatch(before) else None
            ),
        }
