"""What matters first, on paper for whoever covers: each copy has a code, and names are on it."""

import datetime as dt
import tomllib
from functools import cache
from importlib import resources
from typing import Any

from django.utils import timezone

from leeward.plans.copy.lettering import Language, paragraphs
from leeward.plans.printing import typeset
from leeward.reminders.handover.queries import Covered, HandedOver
from leeward.reminders.queries import Reminder

WIDEST = 40


@cache
def _file_of_words() -> dict[str, dict[str, str]]:
    table = resources.files("leeward.reminders").joinpath("tables/handover.toml")
    return tomllib.loads(table.read_text(encoding="utf-8"))


def handover_name(language: Language) -> str:
    """A file name that says nothing of anybody."""
    return _file_of_words()[language]["file_name"]


def handover_sheet(page: HandedOver, *, language: Language, on: dt.date, code: str) -> bytes:
    """The page as a PDF/UA-1 file on US Letter, young people by name. Raises CopyFailed."""
    words = _file_of_words()[language]
    data: dict[str, Any] = {
        "words": words,
        "on": on.isoformat(),
        "code": words["code"].replace("{code}", code),
        "rows": [
            {
                "label": each.cover.person.name_used,
                "said": paragraphs(_said(each, page.needs, words, language), WIDEST),
            }
            for each in page.files
        ],
        "signs": False,
    }
    return typeset("sheet.typ", data, language)


def _said(each: Covered, needs: list[Reminder], words: dict[str, str], language: Language) -> str:
    """One young person: whom it is for, whether they are missing, what was written, what is
    needed and what they want."""
    cover = each.cover
    lines = [_filled(words["for"], away=cover.away.display_name, day=cover.ends_on.isoformat())]
    if each.episode:
        lines.append(_filled(words["missing"], day=each.episode.since.isoformat()))
    for row in each.words:
        day = timezone.localdate(row.recorded_at).isoformat()
        lines.append(
            _filled(words["first"], who=row.recorded_by.display_name, day=day, words=row.words)
        )
    for need in needs:
        if need.person and need.person.pk == cover.person_id:
            day = need.due.isoformat() if need.due else words["no_day"]
            lines.append(_filled(words["need"], what=_what(need, language), day=day))
    lines += [_filled(words["want"], heading=title, words=said) for title, said in each.wants]
    return "\n".join(lines)


def _what(need: Reminder, language: Language) -> str:
    """What is needed, and of which step or task."""
    more = {"missing-step": "told", "plan-step": "words", "meeting-task": "what"}
    said = need.rule.words(language)
    named = more.get(need.rule.id)
    return f"{said}, {getattr(need.item, named)}" if named else said


def _filled(pattern: str, **values: str) -> str:
    """The pattern with its values: what somebody wrote is never a pattern itself."""
    parts = pattern.replace("{", "}").split("}")
    return "".join(values.get(part, part) if n % 2 else part for n, part in enumerate(parts))
