"""How long each class of record is kept: `tables/retention.csv` is the one source; pure.

An agency may keep a class longer or shorter than the default, within the least and the most that
the table allows (LEEWARD_RETENTION, by class, in the class's own unit).
"""

import csv
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

FILE, KEYRING_BACKUP = "file", "keyring_backup"


class OutsideTheLimits(ValueError):
    """An agency asked for a period that the table does not allow. Says which it does."""


@dataclass(frozen=True, order=True)
class Period:
    """A length of time: whole years, or whole days."""

    years: int = 0
    days: int = 0

    def after(self, day: dt.date) -> dt.date:
        """The day this long after `day`. A leap day's anniversary is the first of March: never
        a day too early. What would be past the calendar's end is its last day."""
        year = day.year + self.years
        if year > dt.MAXYEAR:
            return dt.date.max
        try:
            moved = day.replace(year=year)
        except ValueError:
            moved = dt.date(year, 3, 1)
        left = (dt.date.max - moved).days
        return moved + dt.timedelta(days=min(self.days, left))


@dataclass(frozen=True)
class Retention:
    """One row of the table. `keep` is None for what is never disposed of by its age."""

    record_class: str
    words: Mapping[str, str]
    since: str
    keep: Period | None
    least: Period | None
    most: Period | None
    goes: str
    kind: str
    source: Mapping[str, str]
    confirmed: str


def _period(row: Mapping[str, str], prefix: str = "") -> Period | None:
    years, days = row[f"{prefix}years"], row[f"{prefix}days"]
    return Period(int(years or 0), int(days or 0)) if years or days else None


@cache
def shipped() -> dict[str, Retention]:
    """The table as it ships, by class."""
    held = resources.files("leeward.keeping").joinpath("tables/retention.csv")
    rows = csv.DictReader(held.read_text(encoding="utf-8").splitlines())
    return {
        row["class"]: Retention(
            record_class=row["class"],
            words={"en": row["en"], "fr": row["fr"]},
            since=row["from"],
            keep=_period(row),
            least=_period(row, "least_"),
            most=_period(row, "most_"),
            goes=row["goes"],
            kind=row["kind"],
            source={"en": row["source"], "fr": row["source_fr"]},
            confirmed=row["confirmed"],
        )
        for row in rows
    }


def kept_for(record_class: str, asked: Mapping[str, int]) -> Period:
    """How long this class is kept, `asked` being what the agency set (years or days, as the table
    counts). Raises OutsideTheLimits, and KeyError for a class with no period."""
    row = shipped()[record_class]
    if row.keep is None:
        raise KeyError(record_class)
    if record_class not in asked:
        return row.keep
    by_year = row.keep.years > 0
    wanted = Period(years=asked[record_class]) if by_year else Period(days=asked[record_class])
    if (row.least and wanted < row.least) or (row.most and wanted > row.most):
        unit = "years" if by_year else "days"
        least, most = ((getattr(each, unit) if each else None) for each in (row.least, row.most))
        upper = f" and at most {most}" if most else ""
        raise OutsideTheLimits(
            f"LEEWARD_RETENTION: {record_class} is kept at least {least}{upper} {unit}."
        )
    return wanted


def check_asked(asked: Mapping[str, int]) -> None:
    """Raise OutsideTheLimits for a class that is not there or a period that is not allowed."""
    for record_class in asked:
        row = shipped().get(record_class)
        if row is None or row.keep is None:
            raise OutsideTheLimits(f"LEEWARD_RETENTION: {record_class} has no period to set.")
        kept_for(record_class, asked)


def due_on(record_class: str, since: dt.date, asked: Mapping[str, int]) -> dt.date:
    """The first day on which a record of this class may be disposed of."""
    return kept_for(record_class, asked).after(since)
