"""How a decision stands on a day. Pure: no database, no request."""

import datetime as dt
from typing import Literal

State = Literal["given", "ended", "withdrawn", "refused"]


def state_of(newest: str, until: dt.date, on: dt.date) -> State:
    """How a decision stands: by the newest thing that was said of it, and its last day."""
    if newest == "given":
        return "given" if on <= until else "ended"
    return "withdrawn" if newest == "withdrawn" else "refused"
