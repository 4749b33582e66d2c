"""Facts of an episode, and what stands out across several. Pure: no database, no request."""

import datetime as dt
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

# What is known of when they were last seen, beside where.
SEEN = ("wearing", "with_whom", "phone", "noticed_by")
# Before what they went: so many days count as before it.
SHORTLY = dt.timedelta(days=3)
NIGHT, MORNING, AFTERNOON, EVENING = "night", "morning", "afternoon", "evening"


def part_of_day(local: dt.datetime) -> str:
    """`night` until 6, `morning` until 12, `afternoon` until 18, else `evening`."""
    return (NIGHT, MORNING, AFTERNOON, EVENING)[local.hour // 6]


@dataclass(frozen=True)
class Away:
    """One episode for the pattern: its days, when it was noticed in the agency's zone, names."""

    since: dt.date
    until: dt.date | None
    noticed: dt.datetime | None
    names: tuple[str, ...]

    def days(self, today: dt.date) -> list[dt.date]:
        """Every day of it, the day of going and the day of coming back with them."""
        last = self.until or today
        return [self.since + dt.timedelta(days=n) for n in range((last - self.since).days + 1)]


@dataclass(frozen=True)
class Before:
    """Something that happened, and on which day: a placement, a visit, a date that matters."""

    on: dt.date
    what: str


def as_compared(name: str) -> str:
    """A name without capitals, marks and double spaces, so that two spellings are one."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(one for one in plain if not unicodedata.combining(one)).split())


def in_common(episodes: Iterable[Away]) -> list[tuple[str, int]]:
    """Names of people and places that stand in more than one episode, and in how many."""
    said: dict[str, str] = {}
    found: Counter[str] = Counter()
    for each in episodes:
        for key in {as_compared(name): name for name in each.names if name.strip()}:
            found[key] += 1
        for name in each.names:
            said.setdefault(as_compared(name), name.strip())
    return sorted(((said[key], n) for key, n in found.items() if n > 1), key=lambda one: -one[1])


def shortly_before(episode: Away, known: Sequence[Before]) -> list[Before]:
    """What happened in the three days before they went, or on that day; the newest first."""
    found = [each for each in known if episode.since - SHORTLY <= each.on <= episode.since]
    return sorted(found, key=lambda each: each.on, reverse=True)


def parts_of_day(episodes: Iterable[Away]) -> list[tuple[str, int]]:
    """In which part of a day it was noticed, and how often; the most often first."""
    known = Counter(part_of_day(each.noticed) for each in episodes if each.noticed)
    return known.most_common()


@dataclass(frozen=True)
class Month:
    """A month of the calendar: its first day, its weeks of days (None outside), and days away."""

    first: dt.date
    weeks: list[list[dt.date | None]]
    away: frozenset[dt.date]


def calendar_of(episodes: Sequence[Away], today: dt.date, months: int = 12) -> list[Month]:
    """The months up to this one in which somebody was away, each as weeks from Monday on."""
    away = frozenset(day for each in episodes for day in each.days(today))
    found = []
    for back in range(months):
        year, month = divmod(today.year * 12 + today.month - 1 - back, 12)
        first = dt.date(year, month + 1, 1)
        days = [first + dt.timedelta(days=n) for n in range(31)]
        days = [day for day in days if day.month == first.month]
        if not away.intersection(days):
            continue
        cells: list[dt.date | None] = [None] * first.weekday() + list(days)
        cells += [None] * (-len(cells) % 7)
        found.append(Month(first, [cells[n : n + 7] for n in range(0, len(cells), 7)], away))
    return found[::-1]


def facts_said(seen: Mapping[str, str]) -> dict[str, str]:
    """Of `SEEN`, what was said; anything else is left out."""
    return {key: seen[key].strip() for key in SEEN if seen.get(key, "").strip()}
