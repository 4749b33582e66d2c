"""The cover of a copy, if somebody wants one: words of their own, and a pattern. No Django."""

from dataclasses import dataclass

# As copy/cover.typ draws them.
PATTERNS = ("waves", "leaves", "stars", "rings", "plain")
MOST_WORDS = 120


@dataclass(frozen=True)
class Cover:
    """What stands on it, and what is drawn. Without words, the title of the copy stands there."""

    pattern: str
    words: str = ""

    def __post_init__(self) -> None:
        if self.pattern not in PATTERNS:
            raise ValueError(self.pattern)
