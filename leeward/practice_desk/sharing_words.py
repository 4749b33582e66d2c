"""How what is given reads: the preview and whoever received it are shown this, by one function."""

import datetime as dt
from dataclasses import dataclass

from leeward.consents.models import Consent, Kind
from leeward.core.partial_dates import bounds
from leeward.disclosures.pieces import LABELS, Piece
from leeward.disclosures.rules import Content
from leeward.disclosures.without_file.kinds import piece_kinds
from leeward.law.consents import authorities, authority
from leeward.law.rules import Authority
from leeward.law.sources import say_source
from leeward.plans.sections import sections
from leeward.practice_desk.drawing import language

# So many letters of a piece stand in a list to choose from.
BEGINNING = 90


@dataclass(frozen=True)
class ShownItem:
    """One piece, its lines each with what they are."""

    kind: str
    on: str
    lines: list[tuple[str, str]]


@dataclass(frozen=True)
class Shown:
    """A disclosure as its page draws it, and nothing that was not given."""

    content: Content
    items: list[ShownItem]
    under: str
    until: dt.date | None


def as_shown(content: Content) -> Shown:
    """What a page shows of what is given."""
    until = bounds(content["until"])
    return Shown(
        content=content,
        items=[
            ShownItem(kind_words(each["kind"]), each["on"], _lines(each["lines"]))
            for each in content["items"]
        ],
        under=authority_words(content["authority"]),
        until=until[0] if until else None,
    )


def kind_words(kind: str) -> str:
    """A kind of piece, of a file or typed from none, in words."""
    return str((piece_kinds(language()) | dict(Kind.choices)).get(kind, kind))


def authority_words(row: str) -> str:
    """A row of authorities with its source; empty for none, the id for one that is gone."""
    if not row:
        return ""
    try:
        return _said(authority(row))
    except KeyError:
        return row


def authority_choices(use: str, *kinds: str) -> list[tuple[str, str]]:
    """The rows under which something may be given to, or kept by, agencies of these kinds."""
    found = {each.id: _said(each) for kind in kinds for each in authorities(use, kind)}
    return list(found.items())


def piece_words(piece: Piece) -> str:
    """A piece in a list to choose from: its kind, its day and how it begins."""
    name, begins = piece.lines[0]
    short = begins if len(begins) <= BEGINNING else begins[:BEGINNING].rstrip() + "…"
    heading = _label(name) if name.startswith("plan.") else ""
    # When somebody was missing, the day says it already.
    said = (kind_words(piece.kind), heading, piece.on, short if short != piece.on else "")
    return " · ".join(each for each in said if each)


def consent_words(consent: Consent) -> str:
    """A consent in a list to choose from."""
    kinds = ", ".join(consent.kinds_words)
    return f"{consent.to_words} · {kinds} · → {consent.until.isoformat()} · {consent.purpose}"


def _said(row: Authority) -> str:
    code = language()
    return f"{row.text.in_language(code)} ({say_source(row.source, code)})"


def _lines(given: list[list[str]]) -> list[tuple[str, str]]:
    return [(_label(name), text) for name, text in given]


def _label(name: str) -> str:
    if name.startswith("plan."):
        found = sections().get(name.removeprefix("plan."))
        return found.title(language()) if found else ""
    return str(LABELS.get(name, name))
