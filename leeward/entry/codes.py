"""Words that are said aloud or written on paper, and what is kept of them.

Five words of a list of 512 are 45 bits. With no other secret beside them they are looked up by
scrypt, whose numbers stand here and never change: with others, nobody's words would be found.
"""

import hashlib
import secrets
import unicodedata
from functools import cache
from importlib import resources

HOW_MANY = 5
_SALT = b"leeward.entry.codes"
_N, _R, _P = 2**14, 8, 1


@cache
def words_of(language: str) -> tuple[str, ...]:
    """The list of one language, `en` or `fr`."""
    text = resources.files("leeward.entry").joinpath("words", f"{language}.txt")
    return tuple(text.read_text(encoding="utf-8").split())


def new_words(language: str) -> str:
    """Five words by chance."""
    return " ".join(secrets.choice(words_of(language)) for _ in range(HOW_MANY))


def as_compared(words: str) -> str:
    """Words as they are compared: capitals, accents, and what stands between do not count."""
    plain = unicodedata.normalize("NFKD", words.casefold().replace("œ", "oe"))
    bare = (each for each in plain if not unicodedata.combining(each))
    return " ".join("".join(each if each.isalpha() else " " for each in bare).split())


def words_kept_as(words: str) -> str:
    """What is kept of words to find them by. Slow on purpose."""
    made = hashlib.scrypt(as_compared(words).encode(), salt=_SALT, n=_N, r=_R, p=_P, dklen=32)
    return made.hex()


def new_pass() -> str:
    """256 random bits for a cookie."""
    return secrets.token_urlsafe(32)


def pass_kept_as(given: str) -> str:
    """What is kept of a cookie. It is random: nothing slow is needed."""
    return hashlib.sha256(given.encode()).hexdigest()
