"""Waiting, locking, and which numbers are too easy. Pure: no database."""

import datetime as dt
import itertools
import re

# Wrong numbers before the first wait; the wait doubles from a minute to an hour.
FREE_TRIES = 5
# Then it is locked, until a worker unlocks it face to face.
MOST_TRIES = 10
FIRST_WAIT = dt.timedelta(minutes=1)

# Tries at one address that open nothing, before each answer there takes longer: by so many least
# times for each more, up to as many.
FREE_MISSES = 10
LONGER_BY, LONGEST_BY = 0.5, 8.0

SHORTEST, LONGEST = 6, 12
_DIGITS = re.compile(r"[0-9]+", re.ASCII)
# Years in which a young person or somebody near them may have been born.
_YEARS = range(1960, 2030)


def wait_after(failures: int) -> dt.timedelta:
    """How long the next try waits after so many wrong ones in a row."""
    over = failures - FREE_TRIES
    return FIRST_WAIT * 2**over if over >= 0 else dt.timedelta(0)


def longer_after(misses: int) -> float:
    """How many least times longer the next answer takes at an address with so many misses."""
    return min(LONGEST_BY, LONGER_BY * max(0, misses - FREE_MISSES))


def is_number(text: str) -> bool:
    """Whether it is digits alone, as many as a number needs."""
    return bool(_DIGITS.fullmatch(text)) and SHORTEST <= len(text) <= LONGEST


def too_easy(number: str) -> bool:
    """Whether somebody near would try it first: a run, one or two digits again and again, a date.

    What is known of one young person is not asked: the answer would tell whose the words are.
    """
    return len(set(number)) < 3 or _is_a_run(number) or _repeats(number) or _is_a_date(number)


def _is_a_run(number: str) -> bool:
    steps = {(int(b) - int(a)) % 10 for a, b in itertools.pairwise(number)}
    return steps in ({1}, {9})


def _repeats(number: str) -> bool:
    return any(
        number == (number[:size] * len(number))[: len(number)]
        for size in range(1, len(number) // 2 + 1)
    )


def _is_a_date(number: str) -> bool:
    if len(number) == 8:
        orders = ((0, 4, 6), (4, 2, 0), (4, 0, 2))
        return any(
            int(number[y : y + 4]) in _YEARS and _is_a_day(number[m : m + 2], number[d : d + 2])
            for y, m, d in orders
        )
    if len(number) == 6:
        orders = ((0, 2, 4), (4, 2, 0), (4, 0, 2))
        return any(_is_a_day(number[m : m + 2], number[d : d + 2]) for _y, m, d in orders)
    return False


def _is_a_day(month: str, day: str) -> bool:
    return 1 <= int(month) <= 12 and 1 <= int(day) <= 31
