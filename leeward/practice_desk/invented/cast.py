"""The two invented agencies and everybody who works there.

Files come in blocks of `BLOCK`, and each block brings its own workers, so that a caseload is as
long among a hundred thousand people as among two hundred. The first block holds the personas.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from zoneinfo import ZoneInfo

from leeward.accounts.models import Agency, Worker
from leeward.practice_desk.invented.chance import Chance
from leeward.practice_desk.invented.content import rows, texts

BLOCK = 200
KEEPS_FILES = ("worker", "youth_in_transition")
# What somebody may do, by what they work as; everybody else is a worker.
ROLE_OF = {
    "supervisor": Worker.Role.SUPERVISOR,
    "youth_in_transition": Worker.Role.YOUTH_IN_TRANSITION,
    "residence": Worker.Role.RESIDENCE_STAFF,
    "agency_administrator": Worker.Role.AGENCY_ADMINISTRATOR,
    "privacy_officer": Worker.Role.PRIVACY_OFFICER,
}
# They are on no team and under no supervisor, and an agency has them once, whatever its size.
OPENS_NO_FILE = (Worker.Role.AGENCY_ADMINISTRATOR, Worker.Role.PRIVACY_OFFICER)


@dataclass(frozen=True)
class Team:
    """The workers of one agency in one block: those who keep files, those who join them, and in
    the first block those who open none."""

    agency: Agency
    zone: ZoneInfo
    society: str
    keepers: tuple[Worker, ...]
    helpers: tuple[Worker, ...]
    supervisor: Worker
    others: tuple[Worker, ...] = ()

    @property
    def workers(self) -> tuple[Worker, ...]:
        """Everybody, as rows to keep, whoever supervises before those they supervise."""
        return (self.supervisor, *self.keepers, *self.helpers, *self.others)


@dataclass(frozen=True)
class Place:
    """Where a person's file lies: with which team and keeper, as their how-manieth file."""

    team: Team
    keeper: Worker
    nth: int


@cache
def persona_keys() -> dict[str, str]:
    """The key of each persona by sign-in name."""
    return {row["username"]: row["persona"] for row in rows("workers") if row["persona"]}


def agencies(seed: int) -> dict[str, Agency]:
    """The two agencies, by key, not yet saved."""
    chance = Chance(seed, 0, "agency")
    return {
        row["key"]: Agency(
            id=chance.id(),
            name=row["name"],
            kind=row["kind"],
            time_zone=row["time_zone"],
            invented=True,
        )
        for row in rows("agencies")
    }


def teams(seed: int, block: int, at: dict[str, Agency]) -> dict[str, Team]:
    """The workers of one block, by agency key, not yet saved."""
    chance = Chance(seed, block, "workers")
    return {row["key"]: _team(chance, row, block, at[row["key"]]) for row in rows("agencies")}


def _team(chance: Chance, place: dict[str, str], block: int, agency: Agency) -> Team:
    here = [
        _worker(chance, row, block, agency)
        for row in rows("workers")
        if row["agency"] == place["key"]
    ]
    supervisor = next(one for one in here if one.role == Worker.Role.SUPERVISOR)
    others = tuple(one for one in here if one.role in OPENS_NO_FILE)
    here = [one for one in here if one.role not in OPENS_NO_FILE]
    for one in here:
        if one is not supervisor:
            one.supervised_by = supervisor
    keepers = tuple(one for one in here if one.works_as in KEEPS_FILES)
    helpers = tuple(one for one in here if one.works_as not in (*KEEPS_FILES, "supervisor"))
    zone = ZoneInfo(agency.time_zone)
    first = others if block == 0 else ()
    return Team(agency, zone, place["society"], keepers, helpers, supervisor, first)


def _worker(chance: Chance, row: dict[str, str], block: int, agency: Agency) -> Worker:
    worker = Worker(
        id=chance.id(),
        agency=agency,
        username=row["username"] if block == 0 else f"{row['username']}-{block + 1}",
        display_name=row["name"] if block == 0 else _another_name(chance, row["language"]),
        role=ROLE_OF.get(row["works_as"], Worker.Role.WORKER),
        works_as=row["works_as"],
        language=row["language"],
    )
    # Nobody signs in with a password here: the demo has its buttons, and nothing else opens.
    worker.set_unusable_password()
    return worker


def _another_name(chance: Chance, language: str) -> str:
    held = texts("names")
    return f"{chance.one(held[f'given_{language}'])} {chance.one(held[f'surnames_{language}'])}"


@cache
def _turn_of_agencies() -> Sequence[str]:
    """Which agency each of ten files in a row belongs to, taken in turn."""
    left = {row["key"]: int(row["of_ten"]) for row in rows("agencies")}
    found: list[str] = []
    while any(left.values()):
        for key in left:
            if left[key]:
                found.append(key)
                left[key] -= 1
    return tuple(found)


def place_of(number: int, here: dict[str, Team]) -> Place:
    """Where file `number` lies, among the teams of its block."""
    turn = _turn_of_agencies()
    within = number % BLOCK
    key = turn[within % len(turn)]
    rounds, rest = divmod(within, len(turn))
    before = rounds * turn.count(key) + turn[:rest].count(key)
    team = here[key]
    nth, keeper = divmod(before, len(team.keepers))
    return Place(team, team.keepers[keeper], nth)


def last_day(at: Sequence[Agency] | None = None, now: dt.datetime | None = None) -> dt.date:
    """Yesterday, wherever an agency is: the last day of every invented life.

    Nothing invented happens today, so that no note lies in the future of anybody's clock.
    """
    moment = now or dt.datetime.now(dt.UTC)
    zones = [one.time_zone for one in at] if at else [row["time_zone"] for row in rows("agencies")]
    first = min(moment.astimezone(ZoneInfo(zone)).date() for zone in zones)
    return first - dt.timedelta(days=1)
