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
    kind = chance.between(1, most)
    if kind <= 45:
        return _one(chance, f"given_{language}")
    if kind > 90:
        return _one(chance, "given_more")
    parts = [_one(chance, "first")]
    parts += [_one(chance, "middle") for _ in range(chance.between(1, 2))]
    return "".join(parts) + _one(chance, "last")


def _one(chance: Chance, key: str) -> str:
    held: list[str] = texts("names")[key]
    return chance.one(held)


def name(chance: Chance, language: str) -> tuple[str, list[str]]:
    """A name used and other names. A single name has a family name among the others."""
    given, family = _given(chance, language), _one(chance, f"surnames_{language}")
    whole = f"{given} {family}"
    kind = chance.between(1, 100)
    others = [_one(chance, "given_more")] if chance.happens(12) else []
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
    """A name of nearly sixty characters, its family name last and whole."""
    french, english = (_given(chance, language, most=45) for language in ("fr", "en"))
    start = f"{_one(chance, 'long')} {french}-{english}"
    return f"{start[: LONGEST - len(family) - 1].rstrip(' -’')} {family}"
