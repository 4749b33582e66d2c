"""How wide words will be, from the typeface's own table of advance widths.

The pictures are drawn on the server, so a label must be measured without a browser.
``widths.json`` comes from ``tools/font_widths.py``; a letter that no face carries is given the
widest width there is.
"""

import json
from functools import lru_cache
from pathlib import Path

from leeward.core.drawing.svg import clean

SIZES = {"t12": 12.5, "t13": 13.0, "t14": 14.0, "t15": 15.0, "t16": 16.0, "t18": 18.0}
WEIGHTS = {"w6": "600", "w7": "700"}
ELLIPSIS = "…"
# Pairs of letters that the typeface sets apart: up to 1.3% over a short label in Chromium.
KERNING = 1.015

_TABLE = json.loads(Path(__file__).with_name("widths.json").read_text(encoding="utf-8"))
_UNKNOWN: int = _TABLE["unknown"]


class _Row(dict[str, int]):
    def __missing__(self, letter: str) -> int:
        return _UNKNOWN


_WIDTHS = {weight: _Row(row) for weight, row in _TABLE["weights"].items()}


@lru_cache(maxsize=64)
def face(classes: str) -> tuple[float, str]:
    """Return (size in px, weight) of a text with these classes; 16 px regular by default."""
    size, weight = 16.0, "400"
    for name in classes.split():
        size = SIZES.get(name, size)
        weight = WEIGHTS.get(name, weight)
    return size, weight


def wide(words: str, classes: str) -> float:
    """Return the width in px of the words on one line, never less than a browser will draw."""
    # Not cached: the words are names and notes from files, and must not outlive the request.
    size, weight = face(classes)
    row = _WIDTHS[weight]
    return sum(map(row.__getitem__, words)) * size * KERNING / 1000


def shorten(words: str, classes: str, room: float) -> str:
    """Return the words, cut with an ellipsis if they are wider than room (px).

    The ellipsis alone is returned when not even one letter fits; the full words always stand in
    the list or table that follows a picture.
    """
    words = clean(words)
    if wide(words, classes) <= room:
        return words
    size, weight = face(classes)
    row = _WIDTHS[weight]
    left = room * 1000 / (size * KERNING) - row[ELLIPSIS]
    kept = 0
    for letter in words:
        left -= row[letter]
        if left < 0:
            break
        kept += 1
    return words[:kept].rstrip(" ,;:") + ELLIPSIS


def wrap(words: str, classes: str, room: float, *, lines: int = 99) -> tuple[str, ...]:
    """Return the words broken over at most ``lines`` lines of ``room`` px.

    Lines break at spaces. A single word wider than the room is shortened, and so is the last line
    when words are left over.
    """
    pending = clean(words).split()
    if not pending:
        return ()
    space = wide(" ", classes)
    done: list[str] = []
    current, filled = "", 0.0
    for index, word in enumerate(pending):
        size = wide(word, classes)
        if current and filled + space + size > room:
            if len(done) == lines - 1:
                rest = " ".join((current, *pending[index:]))
                return (*done, shorten(rest, classes, room))
            done.append(shorten(current, classes, room))
            current, filled = word, size
        elif current:
            current, filled = f"{current} {word}", filled + space + size
        else:
            current, filled = word, size
    return (*done, shorten(current, classes, room))
