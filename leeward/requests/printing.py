"""The copy of a file on paper: a tagged PDF, set as all copies are (ADR 108). Nothing is written
to disk, and neither its name nor the words around what was written say what it is for."""

import datetime as dt
import tomllib
from functools import cache
from typing import Any

from leeward.plans.copy.lettering import Language, breakable, clean, paragraphs
from leeward.plans.printing import COPY, typeset
from leeward.requests.models import Copy

# A line of the page holds a longer run of letters than a column does.
WIDEST = 60


@cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads((COPY / "my-pages.toml").read_text(encoding="utf-8"))


def pages_name(language: Language) -> str:
    """A file name that says nothing to whoever sees it: my-pages.pdf or mes-pages.pdf."""
    return _words()[language]["file_name"]


def pages_copy(copy: Copy, *, mark: str, code: str = "") -> bytes:
    """The copy as it was made, as a PDF/UA-1 file on US Letter: the same bytes every time.

    `mark` is what stands where something is held back, `code` leads back to this printing.
    Raises plans.printing.CopyFailed.
    """
    language: Language = "fr" if copy.language == "fr" else "en"
    words, content = _words()[language], copy.content or {}
    name = breakable(clean(content["name"]).replace("\n", " ").strip(), WIDEST)
    made_on = dt.date.fromisoformat(content["on"]).isoformat()
    data = {
        "words": words,
        "code": words["code"].replace("{code}", code) if code else "",
        "copy_for": words["copy_for"].replace("{name}", name) if name else words["copy_of"],
        "about": paragraphs(words["about"].replace("{on}", made_on), WIDEST),
        "parts": [_part(each) for each in content["parts"]],
        "empty": words["empty"].replace("{parts}", "; ".join(content["empty"]))
        if content["empty"]
        else "",
        "held_in_all": _held_in_all(content, words),
        "held": [f"{each['ground']} ({each['count']})" for each in content["held"]],
        "closing": _closing(content, words, mark),
        "digest": words["digest"].replace("{digest}", str(copy.digest)),
        "signs": False,
    }
    return typeset("my-pages.typ", data, language)


def _part(part: dict[str, Any]) -> dict[str, Any]:
    rows = [
        {
            "head": breakable(clean(row["head"]).replace("\n", " "), WIDEST),
            "fields": [
                {"label": each["label"], "words": paragraphs(each["words"], WIDEST)}
                for each in row["fields"]
            ],
        }
        for row in part["rows"]
    ]
    return {"title": part["title"], "rows": rows}


def _held_in_all(content: dict[str, Any], words: dict[str, str]) -> str:
    count = sum(each["count"] for each in content["held"])
    if count == 0:
        return words["nothing_held"]
    return words["one_held"] if count == 1 else words["held"].replace("{count}", str(count))


def _closing(content: dict[str, Any], words: dict[str, str], mark: str) -> list[str]:
    """What else is not in it: always the same, so that it tells nothing of what there is."""
    told = [words["marked"].replace("{mark}", mark)] if content["held"] else []
    return [*told, *(words[each] for each in ("own", "kept_apart", "papers", "wrong"))]
