"""How long a session lasts: a limit without use and a limit in all, by role.

What a session knows of itself is three moments, in seconds since 1970: when it began, when it was
last used (told at most once a minute), and when its worker last proved who they are.
"""

import datetime as dt
import time
from typing import NamedTuple

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

BEGAN, USED, PROVED, SECOND_FACTOR = "began_at", "used_at", "fresh_at", "second_factor"
# A session's own row is written again at most this often, in seconds.
TOUCH_EVERY = 60


class Limits(NamedTuple):
    """How long a session may lie unused, and how long it may last in all."""

    idle: dt.timedelta
    whole: dt.timedelta


def limits_of(role: str) -> Limits:
    """The limits of a role by LEEWARD_SESSION_LIMITS; a role that is not in it has the default."""
    table: dict[str, tuple[int, int]] = settings.LEEWARD_SESSION_LIMITS
    minutes, hours = table.get(role, table["default"])
    return Limits(dt.timedelta(minutes=minutes), dt.timedelta(hours=hours))


def begin(session: SessionBase, *, second_factor: bool) -> None:
    """Count from now, in a session whose worker has just signed in."""
    now = time.time()
    session[BEGAN] = session[USED] = session[PROVED] = now
    session[SECOND_FACTOR] = second_factor


def is_over(session: SessionBase, role: str) -> bool:
    """Whether a session has lain unused, or lasted, for longer than its worker's role allows."""
    now, limits = time.time(), limits_of(role)
    used, began = float(session[USED]), float(session[BEGAN])
    return now - used > limits.idle.total_seconds() or now - began > limits.whole.total_seconds()


def touch(session: SessionBase) -> None:
    """Note that a session is in use."""
    now = time.time()
    if now - session[USED] > TOUCH_EVERY:
        session[USED] = now
