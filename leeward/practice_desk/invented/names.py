"""Names of invented people: many scripts and shapes, and always plainly invented."""

from leeward.practice_desk.invented.chance import Chance
from leeward.practice_desk.invented.content import texts

LONGEST = 60


def surnames() -> frozenset[str]:
    """Every family name that says its bearer is invented."""
    held = texts("names")
    return frozenset([*held["surnames_en"], *held["surnames_fr"]])


def _given(chance: Chance, language: str, *, most: int = 100) -> str:
    """A given name; with a smaller `most`, one in the letters of the file's language."""
    held = texts("names")
    kind = chance.between(1, most)
    if kind <= 45:
        return chance.one(held[f"given_{language}"])
    if kind > 90:
        return chance.one(held["given_more"])
    parts = [chance.one(held["first"])]
    parts += [chance.one(held["middle"]) for _ in range(chance.between(1, 2))]
    return "".join(parts) + chance.one(held["last"])


def name(chance: Chance, language: str) -> tuple[str, list[str]]:
    """A name used and other names. A single name has a family name among the others."""
    held = texts("names")
    given, family = _given(chance, language), chance.one(held[f"surnames_{language}"])
    whole = f"{given} {family}"
    kind = chance.between(1, 100)
    others = [chance.one(held["given_more"])] if chance.happens(12) else []
    if chance.happens(18):
        others.append(f"{_given(chance, language)} {family}")
    if kind <= 6:
        return given, [*others, whole]
    if kind <= 8:
        return _long(chance, family), others
    if kind <= 16:
        return f"{given} {_given(chance, language, most=90)} {family}", others
    return whole, others


def _long(chance: Chance, family: str) -> str:
    """A name of exactly sixty characters, its family name last and whole."""
    start = f"{chance.one(texts('names')['long'])} {_given(chance, 'fr', most=45)}-{_given(chance, 'en', most=45)}"
    start = start.replace("  ", " ") + "ellandrine" * 3
    return f"{start[: LONGEST - len(family) - 1].rstrip(' -’')} {family}"
