"""The pack for those who meet, on paper: the young person's words first, then what it is for, who
is asked, and of the plan those pieces alone that were chosen together. A tagged PDF set by typst.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import translation

from leeward.access.actors import Actor
from leeward.conferences.before.models import Meeting, Saying
from leeward.conferences.before.queries import (
    Asked,
    Called,
    asked_to,
    called,
    heard_in_the_room,
    packed,
)
from leeward.conferences.in_words import when_in_words
from leeward.plans.copy.lettering import Language, clean, paragraphs
from leeward.plans.models import ItemVersion
from leeward.plans.printing import typeset

COPY = Path(__file__).parent / "copy"
# A run of letters longer than this may break, because a column is only so wide.
WIDEST, WIDEST_NAME = 40, 24


@dataclass(frozen=True)
class Content:
    """What goes on paper: as it stands, what they say in the room, who is asked, what was
    chosen."""

    called: Called
    sayings: Sequence[Saying]
    asked: Sequence[Asked]
    chosen: Sequence[ItemVersion]


def content_for(actor: Actor, meeting: Meeting) -> Content:
    """What lies in the pack of a meeting, as whoever prints it may read it."""
    return Content(
        called(meeting),
        heard_in_the_room(meeting),
        [each for each in asked_to(meeting) if each.is_open and not each.stopped],
        packed(actor, meeting),
    )


@cache
def _file_of_words() -> dict[str, dict[str, str]]:
    return tomllib.loads((COPY / "pack.toml").read_text(encoding="utf-8"))


def pack_name(language: Language) -> str:
    """A file name that says nothing to whoever sees it: meeting.pdf or rencontre.pdf."""
    return _file_of_words()[language]["file_name"]


def meeting_pack(content: Content, *, name_used: str, language: Language, code: str = "") -> bytes:
    """The pack as a PDF/UA-1 file on US Letter, in English or French; the same bytes every time.

    `code`, if any, stands on every page. Raises plans.printing.CopyFailed.
    """
    words = _file_of_words()[language]
    meeting = content.called.meeting
    with translation.override(language):
        data = {
            "words": words,
            "about": paragraphs(words["about"].replace("{name}", clean(name_used)), WIDEST),
            "when": when_in_words(content.called.sitting),
            "place": paragraphs(content.called.sitting.place, WIDEST),
            "sayings": [_saying(each, words) for each in content.sayings],
            "purpose": paragraphs(meeting.purpose, WIDEST),
            "people": [
                {
                    "name": paragraphs(each.invitation.name, WIDEST_NAME),
                    "role": each.invitation.role_words,
                }
                for each in content.asked
            ],
            "chosen": _chosen(content.chosen, language),
            "code": words["code"].replace("{code}", code) if code else "",
            "signs": False,
        }
    # An absolute path: the plan's own folder stays the root, where the letters are.
    return typeset(str(COPY / "pack.typ"), data, language)


def _saying(each: Saying, words: dict[str, str]) -> dict[str, Any]:
    who = each.recorded_by.display_name if each.recorded_by else ""
    return {
        "title": str(each.get_kind_display()),
        "said": paragraphs(each.words, WIDEST),
        "penned": words["penned"].replace("{who}", clean(who)) if who else "",
    }


def _chosen(versions: Sequence[ItemVersion], language: Language) -> list[dict[str, Any]]:
    found: dict[str, list[Any]] = {}
    for each in versions:
        title = each.item.section.title(language)
        found.setdefault(title, []).append(paragraphs(each.words, WIDEST))
    return [{"title": title, "pieces": pieces} for title, pieces in found.items()]
