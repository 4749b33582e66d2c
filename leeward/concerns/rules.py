"""What whoever told a concern may be told in return, from `told.csv`. No Django here.

Most may know only that it arrived: anything more could tell whoever causes harm that somebody
spoke, or that there is a file. A young person who spoke for themselves is told what comes next.
"""

import csv
import datetime as dt
from dataclasses import dataclass
from functools import cache
from importlib import resources

OUTCOMES = ("waiting", "accepted", "sent_on", "closed")
YOUTH, ANYONE = "youth", "anyone"


@dataclass(frozen=True, slots=True)
class Reply:
    """What may be said, in both languages, and where that comes from."""

    outcome: str
    who: str
    source: str
    checked_on: dt.date
    en: str
    fr: str

    def in_language(self, code: str) -> str:
        """The words in French for `fr` and what begins so, else in English."""
        return self.fr if code.startswith("fr") else self.en


@cache
def replies() -> dict[tuple[str, str], Reply]:
    """Every row of told.csv, by outcome and who asks."""
    text = resources.files("leeward.concerns").joinpath("told.csv").read_text(encoding="utf-8")
    return {
        (row["outcome"], row["who"]): Reply(
            row["outcome"],
            row["who"],
            row["source"],
            dt.date.fromisoformat(row["checked_on"]),
            row["en"],
            row["fr"],
        )
        for row in csv.DictReader(text.splitlines())
    }


def reply_to(outcome: str, told_by: str) -> Reply:
    """What `told_by` (of ConcernSource.Kind) may know now. Raises KeyError for no outcome."""
    return replies()[outcome, YOUTH if told_by == YOUTH else ANYONE]
