"""Print traces: random letters on a printed copy that only the audit can turn into who printed it.

They are drawn, not made from anything, so that they tell nothing to whoever holds the paper.
"""

import secrets

# Capital consonants. Without vowels they make no words; I, L, O, Q, S, U, V, Y and Z are mistaken
# for other letters or for digits.
LETTERS = "BCDFGHJKMNPRTWX"
LENGTH = 8
_HALF = LENGTH // 2


class NotATrace(ValueError):
    """Text that cannot be the code of a copy."""


def new_trace() -> str:
    """A fresh code: 15 letters to the 8th, two and a half thousand million of them."""
    return "".join(secrets.choice(LETTERS) for _letter in range(LENGTH))


def as_printed(trace: str) -> str:
    """The code in two halves, as it stands on paper."""
    return f"{trace[:_HALF]}-{trace[_HALF:]}"


def as_kept(typed: str) -> str:
    """The code behind what somebody read off paper, however they spaced it. Raises NotATrace."""
    found = "".join(typed.upper().replace("-", " ").split())
    if len(found) != LENGTH or set(found) - set(LETTERS):
        raise NotATrace(typed)
    return found
