"""A copy that another agency gave, on paper: what its page shows, and nothing more."""

import datetime as dt
import tomllib
from functools import cache
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from leeward.plans.copy.lettering import Language, clean, paragraphs
from leeward.plans.printing import COPY, typeset
from leeward.practice_desk.sharing_words import Shown

# A line may break a longer run of letters.
WIDEST = 40


@cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads((COPY / "given.toml").read_text(encoding="utf-8"))


def given_copy_name(language: Language) -> str:
    """A file name that says nothing to whoever sees it."""
    return _words()[language]["file_name"]


def given_copy(shown: Shown, *, language: Language, code: str) -> bytes:
    """The PDF/UA-1 file, the same bytes every time; `code` stands on every page. Raises
    CopyFailed. Draw `shown` in that language too."""
    words = _words()[language]
    with translation.override(language):
        data = {
            "words": words,
            "code": words["code"].replace("{code}", code),
            "facts": [_line(label, said) for label, said in _facts(shown)],
            "items": [
                {
                    "heading": clean(f"{each.kind}, {each.on}" if each.on else each.kind),
                    "lines": [_line(label, said) for label, said in each.lines],
                }
                for each in shown.items
            ],
            "signs": False,
        }
    return typeset("given.typ", data, language)


def _line(label: str, said: str) -> dict[str, Any]:
    return {"label": clean(label), "said": paragraphs(said, WIDEST)}


def _facts(shown: Shown) -> list[tuple[str, str]]:
    held = shown.content
    named = ", ".join(held["workers"]) or _("whoever gave the copy that this answers")
    also, answers = held.get("also"), held.get("answers")
    return [
        (_("About whom"), held["about"]),
        *([(_("Also called"), ", ".join(also))] if also else []),
        (_("Given by"), held["from"]),
        (_("Given to"), f"{held['to']}: {named}"),
        *([(_("It answers"), _answered(answers))] if answers else []),
        (_("Given on"), held["on"]),
        (_("What for"), held["purpose"]),
        (_("Under"), shown.under or _("Consent")),
        (_("Open until"), _day(shown.until)),
        (
            _("Passing it on"),
            _("You may quote it, and pass it on for the same purpose.")
            if held["may_hand_on"]
            else _("You may quote it in your own notes. You may not pass it on."),
        ),
    ]


def _answered(on: str) -> str:
    return _("What was given on %(day)s") % {"day": on}


def _day(until: dt.date | None) -> str:
    return until.isoformat() if until else str(_("No end: it is given under a section of law."))
