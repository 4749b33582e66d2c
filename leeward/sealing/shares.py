"""A recovery copy of the key-encryption key for two officers: each half alone tells nothing.

One share is drawn at random and the other is the key laid over it (exclusive or), so both are
needed, and either by itself is noise. A share is typed from paper: it carries its number, a mark
of the pair it belongs to, and a sum that tells a slip of the pen. The mark is also shown as two
words, by which two officers know over the telephone that their shares belong together.
"""

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from typing import NamedTuple

FORM = 1
_MARK, _SUM = 4, 4
# What is left of a letter that was typed: nothing but the alphabet of base 32 goes on.
_ALIKE = str.maketrans("018", "OIB")
GROUP, GROUPS_A_LINE = 5, 6
HEADING = "Leeward key, share"

# Sixty-four plain words that sound like no other among them.
WORDS = (
    "anchor apple autumn basket birch bridge butter candle canoe carpet cedar cherry circle clover"
    " cotton cradle dinner dragon eagle ember falcon feather fiddle garden ginger guitar hammer"
    " harvest hazel island jacket kettle kitten ladder lantern lemon maple marble meadow mitten"
    " moccasin mountain needle ocean orange otter paddle pepper pillow pocket raven ribbon river"
    " saddle salmon silver spruce summer thunder turtle velvet willow window winter"
).split()


class NotAShare(ValueError):
    """What was typed is no share, or holds a slip; the message says which and what to do."""


class Share(NamedTuple):
    """One of two shares."""

    number: int
    mark: bytes
    data: bytes

    @property
    def words(self) -> str:
        """Two words that both shares of a pair show, and hardly another pair does."""
        first, second = hashlib.sha256(self.mark).digest()[:2]
        return f"{WORDS[first % len(WORDS)]} {WORDS[second % len(WORDS)]}"

    def as_text(self) -> str:
        """The share as it is printed: a heading, then groups of letters and figures."""
        held = bytes([FORM, self.number]) + self.mark + self.data
        text = base64.b32encode(held + _sum(held)).decode().rstrip("=")
        groups = [text[n : n + GROUP] for n in range(0, len(text), GROUP)]
        lines = [
            " ".join(groups[n : n + GROUPS_A_LINE]) for n in range(0, len(groups), GROUPS_A_LINE)
        ]
        return "\n".join([f"{HEADING} {self.number} of 2. Words: {self.words}.", *lines])


def _sum(held: bytes) -> bytes:
    return hashlib.sha256(held).digest()[:_SUM]


def split(secret: bytes) -> tuple[Share, Share]:
    """Two shares, both of which are needed. Another call gives another pair."""
    mark, noise = secrets.token_bytes(_MARK), secrets.token_bytes(len(secret))
    return Share(1, mark, noise), Share(2, mark, _laid_over(secret, noise))


def join(one: Share, other: Share) -> bytes:
    """What `split` was given. Raises NotAShare when the two are not a pair."""
    if one.number == other.number:
        raise NotAShare(
            f"Both are share {one.number} of 2. The other officer holds the other one."
        )
    if not hmac.compare_digest(one.mark, other.mark) or len(one.data) != len(other.data):
        raise NotAShare(
            f"These shares are of two different pairs: one says {one.words}, the other says"
            f" {other.words}. Look for two that say the same words."
        )
    return _laid_over(one.data, other.data)


def _laid_over(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def read(text: str) -> Share:
    """A share as somebody typed it, with or without its heading, in any case and spacing.

    Raises NotAShare for a slip; never says what was typed.
    """
    body = "".join(line for line in text.splitlines() if not line.strip().startswith(HEADING))
    letters = re.sub(r"[\s.-]", "", body).upper().translate(_ALIKE)
    try:
        held = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except (binascii.Error, ValueError) as fault:
        raise NotAShare(
            "That is no share: one letter too many or too few, or one that a share never holds."
        ) from fault
    inner, told = held[:-_SUM], held[-_SUM:]
    if len(inner) <= 2 + _MARK or not hmac.compare_digest(_sum(inner), told):
        raise NotAShare("There is a slip in that share. Compare it with the paper, line by line.")
    if inner[0] != FORM or inner[1] not in (1, 2):
        raise NotAShare("That share was printed by another version of Leeward.")
    return Share(inner[1], inner[2 : 2 + _MARK], inner[2 + _MARK :])
