"""Words that read badly to whoever they are about, where they stand, and what to say instead."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

LANGUAGES = ("en", "fr")
_BETWEEN = " | "


@dataclass(frozen=True)
class Advice:
    """One row of the table: words to avoid, what to say instead, and why, in its own language."""

    language: str
    avoid: tuple[str, ...]
    say: tuple[str, ...]
    why: str
    source: str


@dataclass(frozen=True)
class Hint:
    """Words as they stand in a text, from character `start` to `end`, and the advice on them."""

    words: str
    start: int
    end: int
    advice: Advice


@cache
def table() -> tuple[Advice, ...]:
    """Every row of `words.csv`, in its order. Raises ValueError for one that lacks something."""
    text = resources.files("leeward.wording").joinpath("words.csv").read_text(encoding="utf-8")
    return tuple(
        _row(number, each) for number, each in enumerate(csv.DictReader(text.splitlines()))
    )


def _row(number: int, cells: dict[str, str]) -> Advice:
    if cells["language"] not in LANGUAGES or not all(cells.values()):
        raise ValueError(f"words.csv, row {number + 2}: a cell is empty or of no known language")
    avoid, say = (tuple(cells[name].split(_BETWEEN)) for name in ("avoid", "say"))
    return Advice(cells["language"], avoid, say, cells["why"], cells["source"])


def hints(text: str, language: str) -> tuple[Hint, ...]:
    """What could be said more kindly in `text`, in the order it stands there.

    Whole words alone are found, in any case and with either apostrophe; the longest that begins at
    a place. A worker may write in either language: `language` comes first where both have a word.
    """
    found: dict[int, Hint] = {}
    for start, end, advice in sorted(_found(text, language), key=lambda each: (each[0], -each[1])):
        if all(end <= other.start or start >= other.end for other in found.values()):
            found[start] = Hint(text[start:end], start, end, advice)
    return tuple(found.values())


def _found(text: str, language: str) -> Iterator[tuple[int, int, Advice]]:
    # Each apostrophe is one character: what is found stands where it stood.
    plain = text.replace("’", "'")
    for first in sorted(LANGUAGES, key=lambda each: each != language):
        shape, advice_of = _shape(first)
        for match in shape.finditer(plain):
            yield match.start(), match.end(), advice_of[_key(match.group())]


@cache
def _shape(language: str) -> tuple[re.Pattern[str], dict[str, Advice]]:
    advice_of = {
        _key(words): advice
        for advice in table()
        if advice.language == language
        for words in advice.avoid
    }
    # The longest first: an alternative that fits is not tried further.
    longest = sorted(advice_of, key=len, reverse=True)
    words = "|".join(re.escape(each).replace(r"\ ", r"\s+") for each in longest)
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE), advice_of


def _key(words: str) -> str:
    return " ".join(words.replace("’", "'").casefold().split())
