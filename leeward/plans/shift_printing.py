"""The paper for the next shift of a house: who is in, out or missing, and what they must know.

It stands here because here is what sets paper in type. It names young people, so it is printed for
whoever comes on, and each copy has a code.
"""

import datetime as dt
import tomllib
from functools import cache
from typing import Any

from django.utils import timezone

from leeward.plans.copy.lettering import Language, paragraphs
from leeward.plans.printing import COPY, typeset
from leeward.residences.queries import Board, Row

WIDEST = 40


@cache
def _file_of_words() -> dict[str, dict[str, str]]:
    return tomllib.loads((COPY / "shift.toml").read_text(encoding="utf-8"))


def shift_name(language: Language) -> str:
    """A file name that says nothing: shift.pdf or releve.pdf."""
    return _file_of_words()[language]["file_name"]


def shift_sheet(board: Board, *, language: Language, on: dt.date, code: str) -> bytes:
    """The board as a PDF/UA-1 file on US Letter. Raises CopyFailed."""
    words = _file_of_words()[language]
    data: dict[str, Any] = {
        "words": words | {"kind": words["kind"].replace("{house}", board.residence.name)},
        "on": on.isoformat(),
        "code": words["code"].replace("{code}", code),
        "rows": [
            {"label": row.person.name_used, "said": paragraphs(_said(row, words), WIDEST)}
            for row in board.rows
        ],
        "signs": False,
    }
    return typeset("sheet.typ", data, language)


def _said(row: Row, words: dict[str, str]) -> str:
    lines = [words[row.state]]
    if row.episode:
        lines.append(row.episode.since.isoformat())
    elif row.presence and row.state == "out":
        back = row.presence.back_by
        lines.append(row.presence.where or "")
        if back:
            lines.append(words["back"].replace("{time}", f"{timezone.localtime(back):%H:%M}"))
    said = [". ".join(each for each in lines if each)]
    said += [
        f"{timezone.localtime(each.recorded_at):%Y-%m-%d %H:%M} {each.words}"
        for each in row.for_shift
    ]
    return "\n".join(said)
