"""The sheet for the police while somebody is missing: one page, and only what helps to find them.

It stands here because here is what sets paper in type. Of the file it holds the name, how they
look, and what was written of when they were last seen: no note, no stage, nothing of the plan, and
nothing that says what was done to them.
"""

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils import timezone

from leeward.missing.models import Episode
from leeward.people.models import Description, YoungPerson
from leeward.plans.copy.lettering import Language, paragraphs
from leeward.plans.printing import COPY, typeset

WIDEST = 40
LOOKS = ("height", "hair", "marks", "medicines", "phone", "places")


@dataclass(frozen=True)
class Sheet:
    """What goes on it. `asks` names the worker and agency that ask, `number` the police report."""

    person: YoungPerson
    episode: Episode
    looks: Description | None
    asks: str
    number: str
    unknown: bool


@cache
def _file_of_words() -> dict[str, dict[str, str]]:
    return tomllib.loads((COPY / "sheet.toml").read_text(encoding="utf-8"))


def sheet_name(language: Language) -> str:
    """A file name that says nothing: sheet.pdf or fiche.pdf."""
    return _file_of_words()[language]["file_name"]


def police_sheet(sheet: Sheet, *, language: Language, on: dt.date, code: str) -> bytes:
    """The sheet as a PDF/UA-1 file on US Letter. What is not known has no row. Raises
    CopyFailed."""
    words = _file_of_words()[language]
    rows = [(words[key], said) for key, said in _said(sheet) if said.strip()]
    data: dict[str, Any] = {
        "words": words | ({} if sheet.unknown else {"title": words["away"]}),
        "on": on.isoformat(),
        "code": words["code"].replace("{code}", code),
        "rows": [{"label": label, "said": paragraphs(said, WIDEST)} for label, said in rows],
        "signs": False,
    }
    return typeset("sheet.typ", data, language)


def _said(sheet: Sheet) -> list[tuple[str, str]]:
    person, episode, looks = sheet.person, sheet.episode, sheet.looks
    seen = episode.seen or {}
    noticed = timezone.localtime(episode.noticed_at) if episode.noticed_at else None
    return [
        ("name", person.name_used),
        ("other_names", ", ".join(person.other_names or [])),
        ("born", person.born or ""),
        ("pronouns", person.pronouns or ""),
        ("languages", person.languages or ""),
        ("since", episode.since.isoformat()),
        ("noticed", f"{noticed:%Y-%m-%d, %H:%M}" if noticed else ""),
        ("last_seen", episode.last_seen or ""),
        ("wearing", seen.get("wearing", "")),
        ("with_whom", seen.get("with_whom", "")),
        ("phone_on", seen.get("phone", "")),
        ("noticed_by", seen.get("noticed_by", "")),
        *((key, (getattr(looks, key) or "") if looks else "") for key in LOOKS),
        ("number", sheet.number),
        ("ask", sheet.asks),
    ]
