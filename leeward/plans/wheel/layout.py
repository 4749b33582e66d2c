"""A plan in four parts around a middle, where somebody asks for a Medicine Wheel. No Django.

What the four directions stand for, their order and their colours differ from Nation to Nation, and
are for them to say: nothing is filled in here (ADR 54).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

PARTS = 4
MOST_IN_NAME = 60


@dataclass(frozen=True)
class Quarter:
    """One of the four: the name they gave it, if any, and the headings that stand in it."""

    name: str = ""
    sections: tuple[str, ...] = ()


@dataclass(frozen=True)
class Layout:
    """All four, as a compass has them from the east on: east, south, west, north."""

    quarters: tuple[Quarter, ...] = field(default=(Quarter(),) * PARTS)

    def __post_init__(self) -> None:
        if len(self.quarters) != PARTS:
            raise ValueError(len(self.quarters))
        placed = [key for each in self.quarters for key in each.sections]
        if len(set(placed)) != len(placed):
            raise ValueError("A heading stands in one part.")

    def where(self, section: str) -> int | None:
        """In which of the four a heading stands; nothing when in none."""
        found = (turn for turn, each in enumerate(self.quarters) if section in each.sections)
        return next(found, None)

    def beside(self, sections: Iterable[str]) -> list[str]:
        """The headings that stand in none, in their order."""
        return [each for each in sections if self.where(each) is None]

    def as_json(self) -> list[dict[str, Any]]:
        """As it is kept."""
        return [{"name": each.name, "sections": list(each.sections)} for each in self.quarters]

    @classmethod
    def from_json(
        cls, kept: Sequence[Mapping[str, Any]] | None, known: Collection[str]
    ) -> "Layout":
        """As it was laid out, with the headings that there still are."""
        if not kept:
            return cls()
        return cls(
            tuple(
                Quarter(each["name"], tuple(key for key in each["sections"] if key in known))
                for each in kept
            )
        )
