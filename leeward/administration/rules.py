"""How long a request waits."""

import datetime as dt

from django.conf import settings
from django.utils import timezone


def open_until() -> dt.datetime:
    """When a request made now runs out (LEEWARD_REQUEST_HOURS)."""
    return timezone.now() + dt.timedelta(hours=settings.LEEWARD_REQUEST_HOURS)
