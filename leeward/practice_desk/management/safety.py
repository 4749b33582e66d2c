"""What keeps invented people away from real ones."""

from django.conf import settings
from django.core.management.base import CommandError

REAL_DATA = (
    "This database holds a real agency. Nothing invented is put beside real files."
    " Use another folder (--data DIR) or another database."
)
# The last is what Django's test client calls itself.
HERE_ONLY = {"127.0.0.1", "localhost", "[::1]", "testserver"}


def check_not_live() -> None:
    """Raise CommandError when these are the settings of a live service.

    A service that answers to a name other than this machine's own (LEEWARD_HOSTS) is taken to be
    one, whatever its database holds.
    """
    elsewhere = sorted(set(settings.ALLOWED_HOSTS) - HERE_ONLY)
    if elsewhere:
        raise CommandError(
            f"LEEWARD_HOSTS names {', '.join(elsewhere)}: these are the settings of a live"
            " service, and nothing invented is put there."
        )
