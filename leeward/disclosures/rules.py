"""What a disclosure holds, its digest, whether it is open, and how long its words are kept. Pure:
no database, no request."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

# Whether its content may be read, and why not.
State = Literal["open", "kept", "withdrawn", "ended", "gone"]
Content = Mapping[str, Any]
# Classes of the schedule (`keeping/tables/retention.csv`).
ENDED, BY_LAW, BY_ORDER = "received_ended", "received_by_law", "received_by_order"
# The row of `law/tables/authorities.csv` that no schedule ends.
ORDER = "kept-by-order"


def digest_of(content: Content) -> str:
    """A SHA-256 of everything that is given, as 64 hexadecimal letters. `mark`, a random word in
    the content, keeps whoever has the digest alone from guessing at short words."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def state_of(kinds: Iterable[str], until: dt.date | None, on: dt.date) -> State:
    """How a disclosure stands on a day, by what happened to it and its last day.

    What the law requires to be kept stays readable. What was withdrawn, or is over, does not. One
    under a section of law has no last day.
    """
    said = set(kinds)
    over = "withdrawn" in said or (until is not None and on > until)
    if over and "kept" in said:
        return "kept"
    if "withdrawn" in said:
        return "withdrawn"
    return "ended" if over else "open"


def is_open(state: State) -> bool:
    """Whether the content may be read, searched, printed or taken out."""
    return state in ("open", "kept")


@dataclass(frozen=True)
class Facts:
    """What is known of a copy that was received: under what and on which day it was given, its
    last day, the day it was withdrawn, and under what and when it was said that the law keeps it.
    """

    given_on: dt.date
    authority: str = ""
    until: dt.date | None = None
    withdrawn_on: dt.date | None = None
    kept_on: dt.date | None = None
    kept_under: str = ""


def kept_as(copy: Facts) -> tuple[str, dt.date]:
    """The class of the schedule that the words of a copy are of, and the day it runs from.

    What a law keeps is counted from when consent ended, or from when that was said, if later: not
    while consent itself still holds it open.
    """
    ends = [each for each in (copy.until, copy.withdrawn_on) if each]
    ended = min(ends) if ends else copy.given_on
    if copy.kept_under == ORDER:
        return BY_ORDER, copy.given_on
    if copy.kept_on:
        return BY_LAW, max(ended, copy.kept_on)
    return (BY_LAW if copy.authority else ENDED), ended
