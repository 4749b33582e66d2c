"""How a note will read to the young person it is about, before it is saved."""

from collections.abc import Mapping
from dataclasses import dataclass

from leeward.wording.rules import Hint, hints

# The fields of a note that the young person may read once it is released to them.
WRITTEN = ("text", "good_news")
SAID = "own_words"


@dataclass(frozen=True)
class ReadToThem:
    """What they would read: what the worker wrote, their own words, and what to say otherwise."""

    written: tuple[str, ...]
    own_words: str
    hints: tuple[Hint, ...]


def read_to_them(typed: Mapping[str, str], language: str) -> ReadToThem:
    """The note as it stands in a form. Their own words stay theirs: no hint is given on them.

    The same words are hinted at once, wherever they stand.
    """
    written = tuple(words for name in WRITTEN if (words := typed.get(name, "").strip()))
    found = {
        hint.words.casefold(): hint
        for words in reversed(written)
        for hint in reversed(hints(words, language))
    }
    return ReadToThem(written, typed.get(SAID, "").strip(), tuple(reversed(found.values())))
