"""How names are compared. Pure: no Django, no database.

Names take any script and shape. They are compared by spelling (one letter missing, added, changed
or two swapped), by beginning, by sound, by initials, and across scripts.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import jellyfish
from anyascii import anyascii
from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein

# Letters and marks written for a glottal stop; people type them in many ways or leave them out.
_GLOTTAL = re.compile(r"[ʔɁɂʼʻ’‘'`ˀ]|(?<=[^\W\d_])7|7(?=[^\W\d_])")
_NOT_LETTERS = re.compile(r"[^\w]+|_")

# What the blind pieces of a name are made for: no other tokens are like them.
NAME_TOKENS = "people.name"
LONGEST_BEGINNING = 5
# How many other names a person may have here, and how long any name may be, in characters: each
# piece of a name makes about a dozen tokens.
MOST_NAMES, LONGEST_NAME = 12, 200
# Spellings of longer pieces are compared on their first letters, which keeps tokens few.
LONGEST_SPELLING = 12


def plain(text: str) -> str:
    """A name without case, accents, glottal letters or punctuation, its pieces one space apart."""
    folded = _GLOTTAL.sub("", unicodedata.normalize("NFC", text))
    folded = unicodedata.normalize("NFKD", folded).casefold()
    folded = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return " ".join(_NOT_LETTERS.sub(" ", folded).split())


def roman(text: str) -> str:
    """The same in Latin letters, so that a name in syllabics is found from a Latin keyboard."""
    return plain(anyascii(plain(text)))


def pieces(text: str) -> set[str]:
    """The pieces of a name to compare: as written, in Latin letters, and run together."""
    found: set[str] = set()
    for form in {plain(text), roman(text)}:
        parts = form.split()
        found.update(parts)
        if len(parts) > 1:
            found.add("".join(parts))
    return found


def tokens_of_piece(piece: str) -> set[str]:
    """What one piece can be matched by. Two pieces that share one may be the same name.

    `b:` beginnings, `d:` the piece and each form with one letter left out (two pieces one
    insertion, deletion, change or swap apart share one of these: the symmetric-delete method,
    Garbe 2012), `s:` its sound (Metaphone).
    """
    short = piece[:LONGEST_SPELLING]
    found = {f"b:{piece[:n]}" for n in range(2, min(len(piece), LONGEST_BEGINNING) + 1)}
    found.add(f"d:{short}")
    if len(short) > 3:
        found.update(f"d:{short[:n]}{short[n + 1 :]}" for n in range(len(short)))
    if sound := _sound(piece):
        found.add(f"s:{sound}")
    return found


def initials(text: str) -> str:
    """The first letters of a name of several pieces, in order; empty for a single piece."""
    parts = roman(text).split()
    return "".join(part[0] for part in parts) if len(parts) > 1 else ""


def _sound(piece: str) -> str:
    return jellyfish.metaphone(piece) if piece.isascii() and len(piece) > 2 else ""


def tokens_of_names(names: Iterable[str], born: str) -> set[str]:
    """Every token to store for a person with these names and this birth date (may be partial)."""
    found: set[str] = set()
    for name in names:
        for piece in pieces(name):
            found |= tokens_of_piece(piece)
            found.add(f"b:{piece[0]}")
        if letters := initials(name):
            found.add(f"i:{letters}")
    if born:
        found.add(f"y:{born[:4]}")
    return found


def tokens_to_ask(text: str, born: str = "") -> set[str]:
    """Every token to look for when somebody searches for `text`."""
    found: set[str] = set()
    for piece in pieces(text):
        if len(piece) == 1:
            found.add(f"b:{piece}")
            continue
        found |= {each for each in tokens_of_piece(piece) if not each.startswith("b:")}
        found.add(f"b:{piece[:LONGEST_BEGINNING]}")
    joined = roman(text)
    if 1 < len(joined.replace(" ", "")) <= 4:
        found.add(f"i:{joined.replace(' ', '')}")
    if born and found:
        found.add(f"y:{born[:4]}")
    return found


def tokens_by_piece(name: str) -> list[set[str]]:
    """For each piece of a name, what may be matched for it. Where every piece of a name shares
    one with somebody's tokens, the two names may be the same: compared without opening either."""
    return [
        {each for each in tokens_of_piece(piece) if not each.startswith("b:")}
        | {f"b:{piece[:LONGEST_BEGINNING]}"}
        for piece in roman(name).split()
    ]


def share_a_surname(one: str, names: Iterable[str]) -> bool:
    """Whether the last piece of `one` is a piece of any of these names. Initials do not count."""
    last = "".join(roman(one).split()[-1:])
    return len(last) > 1 and any(last in roman(name).split() for name in names)


@dataclass(frozen=True)
class Likeness:
    """How a name found compares with the words asked for. `why` is shown to people; `order` only
    sorts a list of names and is never shown."""

    order: float
    why: tuple[str, ...]


# What `Likeness.why` may hold; the page says each in words.
SAME, BEGINS, CLOSE, SOUNDS, INITIALS, BIRTH, BIRTH_YEAR = (
    "same_name",
    "begins_alike",
    "close_spelling",
    "sounds_alike",
    "initials",
    "same_birth_date",
    "same_birth_year",
)


@dataclass(frozen=True, slots=True)
class Written:
    """A name in the forms that are compared, so that it is compared often and taken apart once."""

    plain: str
    parts: tuple[str, ...]
    # Marie-Ève, Marie Ève and Marieève are typed for one another.
    with_pairs: tuple[str, ...]


def written(name: str) -> Written:
    """A name, ready to be compared."""
    parts = tuple(roman(name).split())
    pairs = (one + other for one, other in itertools.pairwise(parts))
    return Written(plain(name), parts, (*parts, *pairs))


def compare(asked: str, names: Iterable[str], born_asked: str = "", born: str = "") -> Likeness:
    """Compare words asked for with the names one person goes by. Empty `why`: not alike."""
    return compare_written(written(asked), [written(each) for each in names], born_asked, born)


def compare_written(
    asked: Written, names: Iterable[Written], born_asked: str = "", born: str = ""
) -> Likeness:
    """The same of names that are ready."""
    best = Likeness(0.0, ())
    for name in names:
        best = max(best, _compare_one(asked, name), key=lambda each: each.order)
    if not best.why:
        return best
    return _with_birth(best, born_asked, born)


def _with_birth(found: Likeness, asked: str, born: str) -> Likeness:
    if not asked or not born:
        return found
    if asked == born:
        return Likeness(found.order + 15, (*found.why, BIRTH))
    if asked[:4] == born[:4]:
        return Likeness(found.order + 5, (*found.why, BIRTH_YEAR))
    return found


def _compare_one(asked: Written, name: Written) -> Likeness:
    if asked.plain == name.plain:
        return Likeness(120, (SAME,))
    if not asked.parts or not name.parts:
        return Likeness(0, ())
    joined = "".join(asked.parts)
    if sorted(asked.parts) == sorted(name.parts) or joined == "".join(name.parts):
        return Likeness(110, (SAME,))
    for parts in (asked.parts, (joined,)):
        if ways := _all_ways(parts, name.with_pairs):
            order = sum(way[0] for way in ways) / len(ways)
            spread = fuzz.token_sort_ratio(" ".join(asked.parts), " ".join(name.parts)) / 10
            return Likeness(order + spread, tuple(dict.fromkeys(way[1] for way in ways)))
    if joined == "".join(part[0] for part in name.parts):
        return Likeness(60, (INITIALS,))
    return Likeness(0, ())


def _all_ways(parts: Sequence[str], name_parts: Sequence[str]) -> list[tuple[float, str]]:
    """The best way of every part; empty as soon as one has none."""
    found = []
    for part in parts:
        way = _best_way(part, name_parts)
        if way is None:
            return []
        found.append(way)
    return found


def _best_way(part: str, name_parts: Sequence[str]) -> tuple[float, str] | None:
    """The best way one asked piece matches any piece of a name, with its order."""
    found = [way for candidate in name_parts if (way := _way(part, candidate))]
    return max(found, default=None)


def _way(part: str, candidate: str) -> tuple[float, str] | None:
    if part == candidate:
        return 100, SAME
    if candidate.startswith(part):
        return 90, BEGINS
    far = DamerauLevenshtein.distance(part, candidate, score_cutoff=2)
    if far <= (1 if len(part) < 6 else 2) and len(part) > 2:
        return 85 - 5 * far, CLOSE
    if _sound(part) and _sound(part) == _sound(candidate):
        return 70, SOUNDS
    return None
