"""Chance that can be played again: the same seed gives the same people, whatever the number."""

import datetime as dt
import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar
from zoneinfo import ZoneInfo

T = TypeVar("T")

# 2020-01-01 in milliseconds: where the invented ids begin.
_FIRST_ID = 1_577_836_800_000
ROWS_A_PERSON = 10_000


@dataclass
class Chance:
    """One person's own stream. Nothing another person draws can change it."""

    seed: int
    number: int
    what: str = "person"
    draw: random.Random = field(init=False)
    _ids: int = 0

    def __post_init__(self) -> None:
        # Not for secrets: to draw the same people again.
        self.draw = random.Random(f"{self.what}:{self.seed}:{self.number}")  # noqa: S311  # nosec B311

    def id(self) -> uuid.UUID:
        """A UUID of the shape of `core.ids.new_id`, the same in every run.

        Ids rise with the person's number, so a bulk load appends to every index.
        """
        self._ids += 1
        value = (_FIRST_ID + self.number * ROWS_A_PERSON + self._ids) << 80
        bits = self.draw.getrandbits(74)
        value |= 0x7 << 76 | (bits >> 62) << 64 | 0b10 << 62 | bits & ((1 << 62) - 1)
        return uuid.UUID(int=value)

    def happens(self, percent: float) -> bool:
        """True so many times in a hundred."""
        return self.draw.random() * 100 < percent

    def one(self, of: Sequence[T]) -> T:
        """One of several."""
        return of[int(self.draw.random() * len(of))]

    def some(self, of: Sequence[T], count: int) -> list[T]:
        """So many different ones, at most as many as there are."""
        return self.draw.sample(of, min(count, len(of)))

    def between(self, least: int, most: int) -> int:
        """A whole number from `least` to `most`, both included; `least` when they cross."""
        return least + int(self.draw.random() * (most - least + 1)) if most > least else least

    def weighted(self, of: Sequence[tuple[T, int]]) -> T:
        """One of several, each as likely as its weight."""
        at = self.draw.random() * sum(weight for _one, weight in of)
        for one, weight in of:
            at -= weight
            if at < 0:
                return one
        return of[-1][0]

    def gap(self, mean: float) -> int:
        """Days until the next of something that happens once in `mean` days; at least one."""
        return max(1, round(self.draw.expovariate(1 / mean)))

    def moment(self, day: dt.date, zone: ZoneInfo, first: int = 9, last: int = 15) -> dt.datetime:
        """A time of that day between two hours, in the agency's zone."""
        return dt.datetime(
            day.year,
            day.month,
            day.day,
            self.between(first, last),
            self.between(0, 59),
            self.between(0, 59),
            tzinfo=zone,
        )
