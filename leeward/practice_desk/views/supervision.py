"""What a supervisor reads of their team, and what a worker may read that they read."""

from typing import Any

from django.conf import settings

from leeward.practice_desk.queries.team import my_team, seen_of_me
from leeward.practice_desk.views.base import DeskView
from leeward.reminders.oversight.rules import DAYS_BACK


class MyTeam(DeskView):
    """What is late with each worker they stand behind, whom nobody met, what was answered."""

    action = "team.oversee"
    nav = "my_team"
    template_name = "practice_desk/my_team.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Everybody, by name."""
        return super().get_context_data(**kwargs) | _days() | {"team": my_team(by=self.actor)}


class SeenOfMe(DeskView):
    """The same lines about whoever reads."""

    action = "people.mine"
    nav = "seen_of_me"
    template_name = "practice_desk/seen_of_me.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Theirs alone."""
        return super().get_context_data(**kwargs) | _days() | {"of": seen_of_me(by=self.actor)}


def _days() -> dict[str, int]:
    return {"days_back": DAYS_BACK, "not_seen_days": settings.LEEWARD_NOT_SEEN_AFTER_DAYS}
