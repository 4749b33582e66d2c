"""What of a safety plan may lie on a phone that is offline. Pure: no Django.

Lines of what helps, and nothing that finds or names anybody: no place, name, day, code word or
number. A phone may be taken and looked through.
"""

import re
import unicodedata
from collections.abc import Iterable

# The headings whose lines may be kept.
SECTIONS = ("helps", "calm")
# A shorter piece of a name ("Jo", "la") stands in too many other words.
SHORTEST = 3
WORD = re.compile(r"[^\W\d_]+(?:[’'ʔ-][^\W\d_]+)*")
MONTHS_AND_DAYS = frozenset(
    "january february march april june july august september october november december monday"
    " tuesday wednesday thursday friday saturday sunday janvier février mars avril mai juin"
    " juillet août septembre octobre novembre décembre lundi mardi mercredi jeudi vendredi samedi"
    " dimanche".split()
)


# Words that name nobody and no place, and stand in every sentence.
COMMON = frozenset(
    "the then and any with for from not but all she her him his they them their you your mine"
    " have has had was are were can will when where what who how why that this there here till"
    " until come get got give take tell ask call text send say says means mean wait sit walk let"
    " day night hour time now out off near next after before help number someone"
    " les des une dans avec pour que qui est sont sur pas plus mais mon mes ton tes son ses nous"
    " vous elle elles ils lui moi toi quand comment pourquoi cela ceci ici apres avant jusque veut"
    " dire viens venir aller attendre appelle appeler texte dis dire jour nuit heure aide numero"
    " quelqu quelque".split()
)


def pieces(text: str) -> frozenset[str]:
    """The words of a text as they are compared: no capitals, no marks, none too short."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(each for each in plain if not unicodedata.combining(each))
    return frozenset(each for each in WORD.findall(bare) if len(each) >= SHORTEST)


def telling(names: Iterable[str], said: Iterable[str]) -> frozenset[str]:
    """The words that would tell too much: all of `names`, and of what was `said` of people, places
    and code words those that do not stand in every sentence."""
    words = frozenset(piece for each in said for piece in pieces(each))
    named = frozenset(piece for each in names for piece in pieces(each))
    days = frozenset(piece for each in MONTHS_AND_DAYS for piece in pieces(each))
    return named | (words - COMMON) | days


def may_lie_on_a_phone(line: str, never: frozenset[str]) -> bool:
    """Whether a line holds no digit and none of the words that `telling` found."""
    return not any(each.isdigit() for each in line) and not pieces(line) & never
