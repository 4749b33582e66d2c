"""Whoever shares under a consent is told when it ends early, in the transaction that ends it.

Apps above register in `AppConfig.ready()`.
"""

from collections.abc import Callable

from leeward.access.actors import Actor
from leeward.consents.models import Consent

Ended = Callable[[Actor, Consent], None]
_ended: list[Ended] = []


def register(ended: Ended) -> None:
    """Add what is to happen; the same again adds it once."""
    if ended not in _ended:
        _ended.append(ended)


def tell_ended(by: Actor, consent: Consent) -> None:
    """Let everything happen that rests on this consent."""
    for each in _ended:
        each(by, consent)
