"""What every part of an invented file is drawn with: who may write, when, in which language."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from leeward.accounts.models import Worker
from leeward.practice_desk.invented.cast import KEEPS_FILES, Place, Team
from leeward.practice_desk.invented.chance import Chance
from leeward.practice_desk.invented.content import lines, said
from leeward.practice_desk.invented.files import File
from leeward.practice_desk.invented.lives import Life


@dataclass
class Writer:
    """Everything one file is drawn with. `last` is the last day anything happens."""

    chance: Chance
    place: Place
    life: Life
    file: File

    @property
    def team(self) -> Team:
        """The agency's workers of this block."""
        return self.place.team

    @property
    def language(self) -> str:
        """The language of the file's first keeper."""
        return self.place.keeper.language

    @property
    def last(self) -> dt.date:
        """The last day anything happens."""
        return self.life.last

    def someone(self, day: dt.date) -> Worker:
        """Who writes on a day: most often the keeper of that day."""
        there = [
            one.worker
            for one in self.file.team
            if one.since <= day and (one.until is None or day < one.until)
        ] or [self.place.keeper]
        keepers = [one for one in there if one.works_as in KEEPS_FILES]
        if keepers and (len(there) == 1 or self.chance.happens(75)):
            return keepers[0]
        return self.chance.one(there)

    def say(self, name: str, part: str, language: str, key: str = "") -> str:
        """One of the ways to say something; empty when there is none."""
        ways: Sequence[str] = said(name, part, language, key)
        return self.chance.one(ways) if ways else ""

    def line(self, name: str, language: str, key: str) -> str:
        """One of the lines under a heading of a file that is kept language by language."""
        return self.chance.one(lines(name, language, key))

    def appended(self, day: dt.date, by: Worker, first: int = 9, last: int = 15) -> dict[str, Any]:
        """What every appended row has: id, author and time."""
        return {
            "id": self.chance.id(),
            "recorded_by_id": by.id,
            "recorded_at": self.chance.moment(day, self.team.zone, first, last),
        }

    def day(self, least: int, most: int, after: dt.date) -> dt.date:
        """A day so long after another, never later than the last."""
        return min(self.last, after + dt.timedelta(days=self.chance.between(least, most)))
