"""What goes by its age alone, by nobody's word: classes of the schedule that are in no file.

Apps above register in `AppConfig.ready()`; `leeward dispose` runs them every night.
"""

import datetime as dt
from collections.abc import Callable

from django.conf import settings

from leeward.access.boundary import check_across
from leeward.core.agency_time import today
from leeward.keeping.rules import due_on

# Whether the time of a record of this class is over, by the day it runs from.
IsOver = Callable[[dt.date], bool]
# Removes what is over, audited, and returns how many are gone.
Sweep = Callable[[IsOver], int]

_sweeps: dict[str, Sweep] = {}


def register(record_class: str, sweep: Sweep) -> None:
    """Add what removes a class of the schedule. Raises ValueError when another does already."""
    if _sweeps.setdefault(record_class, sweep) is not sweep:
        raise ValueError(f"{record_class} is registered already.")


def sweep_all() -> dict[str, int]:
    """Remove whatever is over. Returns how many of each class.

    Raises SeesTooLittle where another agency's rows are out of sight.
    """
    check_across()
    day = today()

    def is_over(record_class: str) -> IsOver:
        return lambda since: due_on(record_class, since, settings.LEEWARD_RETENTION) <= day

    return {name: sweep(is_over(name)) for name, sweep in _sweeps.items()}
