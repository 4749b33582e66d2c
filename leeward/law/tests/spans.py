"""Dates for the tests of the law, which knows no other app's dates."""

import datetime as dt
from typing import NamedTuple

from leeward.core.partial_dates import bounds


class Span(NamedTuple):
    """A date known to be somewhere from `earliest` to `latest`."""

    earliest: dt.date
    latest: dt.date


def span(text: str) -> Span | None:
    """Read a day, a month or a year; empty is unknown."""
    found = bounds(text)
    return Span(*found) if found else None
