"""Kinds of notice, and the words each is shown with. Apps above register theirs in `ready()`.

The words are fixed: nothing is ever put into them, so that no notice can name anybody.
"""

import re
from dataclasses import dataclass

from django.utils.functional import Promise

from leeward.notices.models import Notice

NAME = re.compile(r"[a-z_]+\.[a-z_]+")
# Where words would take something in: a `%s`, a `%(name)s`, a `{name}`.
TAKES_SOMETHING_IN = re.compile(r"%[(a-z]|[{}]")


class UnknownKind(LookupError):
    """A kind that no app registered. A mistake of ours, never of a user."""


class WordsTakeContent(ValueError):
    """The words of a kind have room for something: a notice says the same of everybody."""


@dataclass(frozen=True)
class Kind:
    """A kind of notice.

    `title` is what it says, on one line and in full. `outcomes` are those it may end with.
    Unless `by_hand`, it goes when what it asks for is done, and never by a button on its list.
    """

    name: str
    title: Promise | str
    outcomes: tuple[Notice.Outcome, ...] = (Notice.Outcome.READ,)
    by_hand: bool = True


_kinds: dict[str, Kind] = {}


def register(
    name: str,
    title: Promise | str,
    *,
    outcomes: tuple[Notice.Outcome, ...] = (Notice.Outcome.READ,),
    by_hand: bool = True,
) -> Kind:
    """Add a kind, named `app.what`; registering the same name again puts the newer in its place.

    Raises ValueError for a name of another shape, WordsTakeContent when `title` has room for a
    value.
    """
    if not NAME.fullmatch(name):
        raise ValueError(f"A kind is named like break_glass.review, not {name!r}.")
    if TAKES_SOMETHING_IN.search(str(title)):
        raise WordsTakeContent(name)
    _kinds[name] = Kind(name, title, outcomes, by_hand)
    return _kinds[name]


def kind_of(name: str) -> Kind:
    """The kind of that name. Raises UnknownKind."""
    try:
        return _kinds[name]
    except KeyError as fault:
        raise UnknownKind(name) from fault


def registered() -> dict[str, Kind]:
    """Every kind by its name."""
    return dict(_kinds)
