"""The notices that come of how somebody stands to a file. Fixed words, that name nobody."""

from django.utils.translation import gettext_lazy as _

from leeward.notices.kinds import register
from leeward.notices.models import Notice

_LOOKED_INTO = (Notice.Outcome.IN_ORDER, Notice.Outcome.TAKEN_FURTHER)

# About the emergency; ended by the review alone.
GLASS_BROKEN = register(
    "glass.review",
    _("Somebody opened a file in an emergency. Please review it."),
    outcomes=_LOOKED_INTO,
    by_hand=False,
)
# About the emergency.
GLASS_FURTHER = register(
    "glass.further",
    _("A file was opened in an emergency. Whoever reviewed it asks for a closer look."),
    outcomes=_LOOKED_INTO,
)
# About the newer of the two files.
SAME_NAME = register(
    "people.same_name",
    _(
        "A new file may be about somebody who has one already, which is kept from the worker who"
        " opened the new one. Find the name, and look at both."
    ),
    outcomes=_LOOKED_INTO,
)
# About the worker.
UNUSUAL = register(
    "opening.unusual",
    _("One worker’s searching or opening of files is unusual. Please look into it."),
    outcomes=_LOOKED_INTO,
    by_hand=False,
)
# About the file: whoever set the lock.
LOCK_ENDED = register(
    "people.lock_ended",
    _("A lock was ended: somebody may know again of a file that was kept from them."),
    outcomes=_LOOKED_INTO,
)
