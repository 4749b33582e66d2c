"""What may be read where. Pure: no database, no request."""

from collections.abc import Mapping
from typing import Literal

NO, YES, UNSURE = "no", "yes", "unsure"
ANSWERS = (NO, YES, UNSURE)
# Who else could be holding this phone; could it tip somebody off; does it name another child, or
# whoever called.
QUESTIONS = ("phone", "tip_off", "names")

Closed = Literal["", "words", "phone"]


def may_go(answers: Mapping[str, str]) -> bool:
    """Whether a note may be read on a device: a plain no to every question, and nothing less."""
    return all(answers.get(each) == NO for each in QUESTIONS)


def closed_because(*, borrowed: bool, watched: str, private_is_open: bool) -> Closed:
    """Why nothing that was written about them is shown on this visit; empty when it is.

    `words`: words to come in were made anew, and it is not sure yet who reads. `phone`: somebody
    else sees the phone, or they are not sure (`watched` is what they last found; anything but no
    closes), and this is no borrowed device.
    """
    if not private_is_open:
        return "words"
    return "" if borrowed or watched == NO else "phone"
