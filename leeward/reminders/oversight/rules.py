"""What of a worker's reminders their supervisor reads: a short list, and one pure question."""

import datetime as dt
from typing import Final

# The ids of reminders.csv that are promises: made to a young person, or asked by the law.
PROMISES: Final = (
    "duty",
    "missing-step",
    "return-talk",
    "request",
    "opinion",
    "plan-step",
    "plan-review",
    "meeting-task",
)
# So many days back the page says what was answered.
DAYS_BACK: Final = 30


def is_late(
    promise: str, due: dt.date | None, at: dt.datetime | None, now: dt.datetime, today: dt.date
) -> bool:
    """Whether it stands among what is late.

    A question about harm has no day: it stands there until it is answered. What is due at a moment
    is late after that; what is due on a day, from the next day on. Without either it never is.
    """
    if promise == "duty":
        return True
    if at is not None:
        return at < now
    return due is not None and due < today
