"""Every word of a copy, as it is kept and as it is printed."""

import datetime as dt
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from leeward.requests.copying.queries import PartState, Progress, ground_name
from leeward.requests.rules import Decided, Shown, held_by_ground, shown


def held_back_mark() -> str:
    """What stands where something is held back: it says neither how much nor on what ground."""
    return _("[held back]")


def content_of(progress: Progress, language: str, on: dt.date) -> dict[str, Any]:
    """The copy in the language that is switched on: parts, rows and fields, and its end.

    What is held back is not in it. The end says how many passages were, and on what ground.
    """
    decided = progress.decided
    lines = shown(progress.lines, decided, held_back_mark())
    return {
        "name": progress.preparation.person.name_used,
        "on": on.isoformat(),
        "parts": [_part(each, decided) for each in progress.parts if each.lines],
        "empty": [str(each.part.title) for each in progress.parts if not each.lines],
        "held": [
            {"ground": ground_name(ground, language), "count": count}
            for ground, count in held_by_ground(lines).items()
        ],
    }


def _part(state: PartState, decided: Decided) -> dict[str, Any]:
    found = shown(state.lines, decided, held_back_mark())
    return {
        "title": str(state.part.title),
        "rows": [
            _row(list(of_row)) for _key, of_row in groupby(found, key=lambda each: each.line.row)
        ],
    }


def _row(lines: list[Shown]) -> dict[str, Any]:
    """A row under its head, which is that of a line of it that is not held back whole."""
    head = next((each.head for each in lines if not each.gone), "")
    if not head:
        # All of it: one mark says so, and not how many fields it had.
        return {"head": "", "fields": [{"label": "", "words": held_back_mark()}]}
    return {
        "head": head,
        "fields": [
            {"label": "" if each.gone else each.line.label, "words": each.words} for each in lines
        ],
    }
