"""The notices that come of covering. Fixed words, that name nobody."""

from django.utils.translation import gettext_lazy as _

from leeward.notices.kinds import register

COVERS = register(
    "cover.covers",
    _("You cover for somebody who is away. Read what matters first."),
)
AWAY = register(
    "cover.away",
    _("Somebody covers for you while you are away. Write what matters first."),
)
