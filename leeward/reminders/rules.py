"""What needs a worker, when, and how long it may be put off: a table, and pure functions over it.

Days are days of the agency's zone. Nothing here counts or rates a young person.
"""

import csv
import datetime as dt
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

NOW: Final = "now"
LATE: Final = "late"
TODAY: Final = "today"
NO_DAY: Final = "no_day"
SOON: Final = "soon"
# As the page lists them: what cannot wait, what is over its day, what is for today, what has no
# day, what comes.
GROUPS: Final = (NOW, LATE, TODAY, NO_DAY, SOON)


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of reminders.csv.

    `first`: it stands above everything else, whatever its day. `days_before`: from how many days
    before its day it is shown; None for at once. `put_off_days`: how many days it may be put off
    in all, counted from the day somebody first did; None for never. `past_its_day`: whether that
    may go beyond its own day.
    """

    id: str
    first: bool
    days_before: int | None
    put_off_days: int | None
    past_its_day: bool
    kind: str
    source: str
    checked_on: dt.date
    en: str
    fr: str

    @property
    def may_wait(self) -> bool:
        """Whether it may ever be put off."""
        return self.put_off_days is not None

    def words(self, language: str) -> str:
        """What it is, in one of the two languages."""
        return self.fr if language == "fr" else self.en


@cache
def rules() -> dict[str, Rule]:
    """Every row by its id, in the order of the table."""
    table = resources.files("leeward.reminders").joinpath("tables/reminders.csv")
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    return {row["id"]: _rule(row) for row in rows}


def _rule(row: dict[str, str]) -> Rule:
    return Rule(
        id=row["id"],
        first=row["first"] == "yes",
        days_before=int(row["days_before"]) if row["days_before"] else None,
        put_off_days=int(row["put_off_days"]) if row["put_off_days"] else None,
        past_its_day=row["past_its_day"] == "yes",
        kind=row["kind"],
        source=row["source"],
        checked_on=dt.date.fromisoformat(row["checked_on"]),
        en=row["en"],
        fr=row["fr"],
    )


def shown_until(rule: Rule, today: dt.date) -> dt.date:
    """What is due after this day is not shown yet."""
    if rule.days_before is None:
        return dt.date.max
    return today + dt.timedelta(days=rule.days_before)


def is_needed(rule: Rule, due: dt.date | None, today: dt.date) -> bool:
    """Whether it is shown today. What has no day is."""
    return due is None or due <= shown_until(rule, today)


def group_of(rule: Rule, due: dt.date | None, today: dt.date) -> str:
    """Under which heading it stands: one of GROUPS."""
    if rule.first:
        return NOW
    if due is None:
        return NO_DAY
    if due < today:
        return LATE
    return TODAY if due == today else SOON


def place(rule: Rule, due: dt.date | None, today: dt.date) -> tuple[int, int, dt.date, int]:
    """Where it stands in the list: by heading, then by day, then as the table has it; what cannot
    wait, as the table has it first."""
    at, row = GROUPS.index(group_of(rule, due, today)), list(rules()).index(rule.id)
    return at, row if rule.first else 0, due or dt.date.max, row


def last_day(
    rule: Rule, due: dt.date | None, today: dt.date, first_put_off: dt.date | None = None
) -> dt.date | None:
    """The last day on which it may come back when it is put off today; None for not at all.

    `first_put_off` is the day it was put off for the first time: putting it off again and again
    adds nothing.
    """
    if rule.put_off_days is None:
        return None
    last = (first_put_off or today) + dt.timedelta(days=rule.put_off_days)
    if due is not None and not rule.past_its_day:
        # It comes back while there is still a day to do something about it.
        last = min(last, due - dt.timedelta(days=1))
    return last if last > today else None
