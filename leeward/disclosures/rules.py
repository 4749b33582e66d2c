"""What a disclosure holds, its digest, and whether it is open. Pure: no database, no request."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, Literal

# Whether its content may be read, and why not.
State = Literal["open", "kept", "withdrawn", "ended"]
Content = Mapping[str, Any]


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
