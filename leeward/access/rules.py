"""Who may do what, in plain words: `roles.csv` for those who work at an agency, `own.csv` for the
young person and their own file. This module reads both, and neither gives anything to the other.
"""

import csv
from functools import cache
from importlib import resources
from typing import Literal, get_args

Reach = Literal["no", "yes", "team", "supervised", "agency", "own"]
REACHES: tuple[Reach, ...] = get_args(Reach)
# The column that says what may be done with a file opened in an emergency.
BREAK_GLASS = "by break-glass"
YOUNG_PERSON = "young_person"


class NotAllowed(Exception):
    """An insider who lacks a permission: the page answers 403."""


class UnknownAction(LookupError):
    """An action that no row of roles.csv names. A mistake of ours, never of a user."""


def _read(name: str) -> dict[str, dict[str, str]]:
    text = resources.files("leeward.access").joinpath(name).read_text(encoding="utf-8")
    return {row["action"]: row for row in csv.DictReader(text.splitlines())}


@cache
def table() -> dict[str, dict[str, str]]:
    """Rows of roles.csv by action: `{"file.open": {"worker": "team", …}}`."""
    return _read("roles.csv")


@cache
def own() -> dict[str, dict[str, str]]:
    """Rows of own.csv by action: what a young person may do, with their own file alone."""
    return _read("own.csv")


def reach(role: str, action: str) -> Reach:
    """How far a role reaches with an action, from `no` to `agency`.

    `team`: files whose team they are on, or that they cover just now. `supervised`: those too, and
    the files whose team somebody they supervise is on. `own`: a young person's own. Whatever it
    says, a conflict lock comes before it.

    Raises UnknownAction for an action that is not tabled. A role without a column reaches
    nothing: closed by default.
    """
    if action in own():
        return "own" if role == YOUNG_PERSON else "no"
    try:
        row = table()[action]
    except KeyError as fault:
        raise UnknownAction(action) from fault
    said = row.get(role, "no")
    found = next((each for each in REACHES if each == said), None)
    if found is None:
        raise ValueError(f"roles.csv: {action} × {role} says {said!r}")
    return found


@cache
def by_break_glass(action: str) -> bool:
    """Whether breaking the glass lets somebody who is not on the team do this meanwhile.

    Raises UnknownAction for an action that is not tabled.
    """
    if action in own():
        return False
    try:
        return table()[action][BREAK_GLASS] == "yes"
    except KeyError as fault:
        raise UnknownAction(action) from fault


def may(role: str, action: str) -> bool:
    """Whether a role may ever do this; on which files is the queryset's to say."""
    return role == "system" or reach(role, action) != "no"


def check(role: str, action: str) -> None:
    """Raise NotAllowed unless the role may do this."""
    if not may(role, action):
        raise NotAllowed(action)
