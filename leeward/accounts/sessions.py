"""How long a session lasts: a limit without use and a limit in all, by role.

What a session knows of itself is three moments, in seconds since 1970: when it began, when it was
last used (told at most once a minute), and when its worker last proved who they are; and, roughly,
on what kind of device it is.
"""

import datetime as dt
import time
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

BEGAN, USED, PROVED, SECOND_FACTOR = "began_at", "used_at", "fresh_at", "second_factor"
DEVICE = "device"
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


def begin(session: SessionBase, *, second_factor: bool, agent: str = "") -> None:
    """Count from now, in a session whose worker has just signed in.

    `agent` is what the browser calls itself, of which no more is kept than its own name and the
    device's: enough for whoever signed in to know it again.
    """
    now = time.time()
    session[BEGAN] = session[USED] = session[PROVED] = now
    session[SECOND_FACTOR] = second_factor
    session[DEVICE] = device_of(agent)


# What browsers and devices call themselves; the first that fits. Each names others it is like.
BROWSERS = (
    ("Edg", "Edge"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
DEVICES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "Chromebook"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def device_of(agent: str) -> str:
    """`Firefox, Windows`: names alike in both languages. Empty when the browser is not known."""
    found = (
        next((name for mark, name in names if mark in agent), "") for names in (BROWSERS, DEVICES)
    )
    return ", ".join(each for each in found if each)


def is_over(session: SessionBase | Mapping[str, Any], role: str) -> bool:
    """Whether a session has lain unused, or lasted, for longer than its worker's role allows."""
    now, limits = time.time(), limits_of(role)
    used, began = float(session[USED]), float(session[BEGAN])
    return now - used > limits.idle.total_seconds() or now - began > limits.whole.total_seconds()


def touch(session: SessionBase) -> None:
    """Note that a session is in use."""
    now = time.time()
    if now - session[USED] > TOUCH_EVERY:
        session[USED] = now
