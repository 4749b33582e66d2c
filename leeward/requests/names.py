"""Names, words and numbers that were held back, and where else they stand. Pure.

Whatever their case and their marks: a name is looked for as whole words, a number by its digits.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from leeward.plans.kept import COMMON, MONTHS_AND_DAYS

WORD = re.compile(r"[^\W_]+")
# A number in one piece or in several: a phone number, an address.
NUMBER = re.compile(r"\d(?:[\s().+/-]*\d)+")
DAY = re.compile(r"(?<!\d)\d{4}-\d{2}(?:-\d{2})?(?!\d)")
LEAST_DIGITS = 4
# So many words may be a name, or a word for somebody: they are looked for as they stand.
SHORT = 4


@dataclass(frozen=True)
class Term:
    """What is looked for: words in their order, or the digits of a number."""

    words: tuple[str, ...] = ()
    digits: str = ""

    @property
    def key(self) -> str:
        """Its name among what was decided."""
        return self.digits or " ".join(self.words)


def folded(word: str) -> str:
    """A word without its case and its marks."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(each for each in plain if not unicodedata.combining(each))


_COMMON = frozenset(folded(each) for each in (*COMMON, *MONTHS_AND_DAYS)) | {
    *("i", "he", "she", "it", "we", "they", "a", "an", "at", "in", "on", "to", "of", "is", "my"),
    *("je", "il", "elle", "on", "le", "la", "un", "une", "du", "au", "ce", "sa", "se", "et"),
}


def _has_case(word: str) -> bool:
    return word.upper() != word.lower()


def _starts(text: str) -> set[int]:
    """Where sentences start: a capital there may be no name."""
    found = {0}
    found.update(each.end() for each in re.finditer(r"[.!?:;«“\"\n]\s*", text))
    return found


def _numbers(text: str) -> list[re.Match[str]]:
    days = [each.span() for each in DAY.finditer(text)]
    return [
        each
        for each in NUMBER.finditer(text)
        if len(_digits(each[0])) >= LEAST_DIGITS
        and not any(start <= each.start() and each.end() <= end for start, end in days)
    ]


def _digits(text: str) -> str:
    return "".join(each for each in text if each.isdigit())


def terms_in_held(
    passage: str, own: frozenset[str], lower: frozenset[str], *, whole: bool = False
) -> set[Term]:
    """What of a held passage could tell who it was: its names, its numbers, and, where it is
    short, all of it. The young person's `own` names are looked for nowhere."""
    found: set[Term] = {Term(digits=_digits(each[0])) for each in _numbers(passage)}
    starts = _starts(passage)
    matches = list(WORD.finditer(passage))
    for each in matches:
        word = folded(each[0])
        if word in own or word in _COMMON or len(word) < 2 or each[0].isdigit():
            continue
        if each[0][0].isupper() and (each.start() not in starts or word not in lower):
            found.add(Term((word,)))
    words = tuple(folded(each[0]) for each in matches)
    telling = [each for each in words if each not in own and each not in _COMMON]
    if not whole and 0 < len(words) <= SHORT and telling and not _digits(passage):
        found.add(Term(words))
    return found


def terms_typed(text: str, own: frozenset[str]) -> set[Term]:
    """What one typed line asks to be looked for: as it stands, and each name in it alone."""
    if len(_digits(text)) >= LEAST_DIGITS:
        return {Term(digits=_digits(text))}
    matches = WORD.findall(text)
    words = tuple(folded(each) for each in matches)
    found = {Term(words)} if words else set()
    for each, word in zip(matches, words, strict=True):
        named = each[0].isupper() or not _has_case(each)
        if named and len(word) > 1 and word not in _COMMON and word not in own:
            found.add(Term((word,)))
    return found


def own_words_of(names: Iterable[str]) -> frozenset[str]:
    """The pieces of a young person's own names."""
    return frozenset(folded(word) for name in names for word in WORD.findall(name))


def words_in(texts: Iterable[str]) -> frozenset[str]:
    """Every word of some texts, as words are compared."""
    return frozenset(folded(word) for text in texts for word in WORD.findall(text))


def may_stand(term: Term, words: frozenset[str]) -> bool:
    """Whether it is worth looking closer for a term where these words stand."""
    if term.digits:
        return True
    *before, last = term.words
    return words.issuperset(before) and (last in words or f"{last}s" in words)


def spans(text: str, term: Term) -> list[tuple[int, int]]:
    """Where a term stands in a text: whole words, also with an s at the end."""
    if term.digits:
        return [each.span() for each in NUMBER.finditer(text) if term.digits in _digits(each[0])]
    matches = list(WORD.finditer(text))
    words = [folded(each[0]) for each in matches]
    size = len(term.words)
    return [
        (matches[at].start(), matches[at + size - 1].end())
        for at in range(len(words) - size + 1)
        if _same(words[at : at + size], term.words)
    ]


def _same(words: Sequence[str], asked: Sequence[str]) -> bool:
    *before, last = words
    return list(before) == list(asked[:-1]) and last in (asked[-1], f"{asked[-1]}s")
