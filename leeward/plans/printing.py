"""The young person's own copy of their plan, on paper: a tagged PDF set by typst.

Words reach typst as data and are set as text, never read as markup. Nothing is written to disk.
docs/adr/0108-printed-copies-by-typst.md says what was chosen and what was not.
"""

import datetime as dt
import json
import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import typst

from leeward.plans.copy.lettering import (
    Language,
    breakable,
    clean,
    direction,
    in_other_words,
    not_ours,
    paragraphs,
    to_try_alone,
    words_in,
)
from leeward.plans.covers import Cover
from leeward.plans.queries import PlanPage, Shown, ShownSection
from leeward.plans.sections import STEP
from leeward.plans.wheel.layout import Quarter

HERE = Path(__file__).parent
COPY = HERE / "copy"
FONTS = HERE / "fonts"

# A run of letters longer than this may break, because a column is only so wide. Who does a step
# has the narrowest.
WIDEST, WIDEST_WHO, WIDEST_COVER = 24, 12, 18
LONG_ON_COVER = 54
ISOLATE, END_ISOLATE = "\u2068", "\u2069"
# How typst names text that no typeface draws, all of it at once: the text "陈" could not be …
NOT_DRAWN = re.compile(r'the text `"((?:[^"\\]|\\.)+)"` could not be displayed')
RUST_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
# What goes on a card that may be found: what to do, and nothing of what was done.
ON_CARD_LEFT = ("signs", "helps", "leave", "back")
ON_CARD = (*ON_CARD_LEFT, "people", "places", "words", "others")
# Saying one letter in others may bring its neighbours side by side, so it is looked at again.
ROUNDS = 4


class CopyFailed(Exception):
    """The copy could not be set. Carries no words of the plan, so that no log does."""


def copy_name(language: Language) -> str:
    """A file name that says nothing to whoever sees it: my-plan.pdf or mon-plan.pdf."""
    return str(words_in(language)["file_name"])


def plan_copy(
    plan_page: PlanPage,
    *,
    name_used: str,
    language: Language,
    on: dt.date,
    code: str = "",
    cover: Cover | None = None,
    parts: Sequence[Quarter] = (),
) -> bytes:
    """The plan as a PDF/UA-1 file on US Letter, in English or French; the same bytes every time.

    `on` is the day printed on it; `code`, if any, stands on every page but a `cover`. Steps let
    go of are left out: a copy is for what comes next and what went well. Letters that no typeface
    here has are said in Latin letters, and pictures in words, in [ ]. Raises CopyFailed, and
    ValueError for another language. `parts` are the four that the headings stand in, each with a
    name, where somebody asked for that.
    """
    data = _data(plan_page, name_used=name_used, language=language, on=on)
    data["code"] = _code(code, language)
    if parts:
        data["parts"] = [
            {"name": _name(each.name, WIDEST_WHO), "sections": each.sections} for each in parts
        ]
    if cover:
        words = cover.words.strip() or str(words_in(language)["title"])
        data["cover"] = {
            "pattern": cover.pattern,
            "words": paragraphs(words, WIDEST_COVER),
            "long": len(words) > LONG_ON_COVER,
        }
    return typeset("my-plan.typ", data, language)


def card_name(language: Language) -> str:
    """A file name that says nothing to whoever sees it: my-card.pdf or ma-carte.pdf."""
    return str(words_in(language)["card_file_name"])


def safety_card(plan_page: PlanPage, *, language: Language, code: str = "") -> bytes:
    """The safety plan as one sheet that folds to a card, PDF/UA-1, in English or French.

    No name and no day stand on it; its outside holds help lines, and the `code` if any. Raises
    CopyFailed, and ValueError for another language.
    """
    parts = [_section(each, language) for each in plan_page.sections if each.items]
    parts = [each for each in parts if each["key"] in ON_CARD]
    data = {
        "words": words_in(language),
        "left": [each for each in parts if each["key"] in ON_CARD_LEFT],
        "right": [each for each in parts if each["key"] not in ON_CARD_LEFT],
        "code": _code(code, language),
        "signs": False,
    }
    return typeset("card.typ", data, language)


def _code(code: str, language: Language) -> str:
    return str(words_in(language)["code"]).replace("{code}", code) if code else ""


def typeset(
    template: str,
    data: dict[str, Any],
    language: Language,
    finished: Callable[[dict[str, Any]], dict[str, Any]] = dict,
) -> bytes:
    """The PDF of a template; what no typeface draws is said in other words, and the template told.

    `finished` adds to the data what is worked out from its words as they will stand on paper.
    Raises CopyFailed.
    """
    lost = _lost_under_marks(data)
    for _round in range(ROUNDS):
        if lost:
            data = in_other_words(data, lost, language) | {"signs": True}
        made, lost = _attempt(template, finished(data))
        if made is not None:
            return made
        if not lost:
            break
    raise CopyFailed("A copy could not be set in type.")


def _attempt(template: str, data: dict[str, Any]) -> tuple[bytes | None, set[str]]:
    """The file, or None and the texts that no typeface draws.

    typst can break down on letters it cannot draw in a line that wraps. That comes as a panic,
    which is not an Exception and would take the whole request with it.
    """
    try:
        return set_in_type(_template(template), data), set()
    except typst.TypstError as fault:
        return None, _undrawn(fault.diagnostic)
    except BaseException as fault:
        if type(fault).__name__ != "PanicException":
            raise
        return None, not_ours(_all_text(data))


def _all_text(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False)


def set_in_type(template: bytes, data: dict[str, Any]) -> bytes:
    """The PDF of a template filled with `data`. Raises typst.TypstError.

    A compiler is made each time (half a millisecond): it keeps what it was given, so one that
    lived on would hold the last young person's words, and could not be shared between threads.
    """
    compiler = typst.Compiler(
        template,
        root=COPY,
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data)},
        package_path=COPY,
        package_cache_path=COPY,
    )
    made = compiler.compile(format="pdf", pdf_standards="ua-1")
    if not isinstance(made, bytes):
        raise CopyFailed("typst gave no file.")
    return made


@cache
def _fonts() -> typst.Fonts:
    """Every typeface, read once. Never the machine's own: a copy must look the same anywhere."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[FONTS])


@cache
def _template(name: str) -> bytes:
    return (COPY / name).read_bytes()


def _undrawn(diagnostic: str) -> set[str]:
    """The texts that typst says no typeface draws."""

    def plain(found: re.Match[str]) -> str:
        return chr(int(found[1], 16)) if found[1] else found[2]

    return {RUST_ESCAPE.sub(plain, each) for each in NOT_DRAWN.findall(diagnostic)}


def _lost_under_marks(data: dict[str, Any]) -> set[str]:
    """Letters with their marks of which typst would draw the marks alone, and not complain."""
    marked, alone = to_try_alone(_all_text(data))
    if not alone:
        return set()
    _made, undrawn = _attempt("alone.typ", {"letters": sorted(alone)})
    return undrawn | {each for each in marked if each[0] in undrawn}


def _data(
    plan_page: PlanPage, *, name_used: str, language: Language, on: dt.date
) -> dict[str, Any]:
    """Everything the template shows, cleaned."""
    words = words_in(language)
    called = _name(name_used, WIDEST)
    name = called["text"]
    # The name keeps its own direction inside the sentence, whatever stands beside it.
    held = f"{ISOLATE}{name}{END_ISOLATE}" if direction(name) == "rtl" else name
    data = {
        "words": words,
        "on": on.isoformat(),
        "name": called,
        "copy_for": words["copy_for"].replace("{name}", held) if name else "",
        "steps": [_step(step, words) for step in plan_page.open_steps],
        "went": [went for step in plan_page.done_steps if (went := _went(step, words))["news"]],
        "signs": False,
    }
    return data | {"sections": [_section(each, language) for each in plan_page.sections]}


def _name(given: str, widest: int) -> dict[str, str]:
    """A name on one line, with the direction of its letters."""
    name = breakable(clean(given).replace("\n", " ").strip(), widest)
    return {"text": name, "dir": direction(name)}


def _section(shown: ShownSection, language: Language) -> dict[str, Any]:
    """A heading with what stands under it, and the room to write where nothing does."""
    said = [paragraphs(each.words, WIDEST) for each in shown.items] if shown.key != STEP else []
    return {
        "key": shown.key,
        "title": shown.section.title(language),
        "said": [line for each in said for line in each],
        "lines": shown.section.lines,
    }


def _step(step: Shown, words: dict[str, Any]) -> dict[str, Any]:
    return {
        "who": paragraphs(step.who, WIDEST_WHO),
        "what": paragraphs(step.words, WIDEST),
        "by": step.due_on.isoformat() if step.due_on else words["ready"],
    }


def _went(step: Shown, words: dict[str, Any]) -> dict[str, Any]:
    """How a step went, its good news only."""
    news = []
    for each in step.news:
        when = words.get(f"went_{each.kind}")
        if when is None:
            continue
        said = clean(each.words).strip()
        quoted = words["quoted"].replace("{words}", said) if said else ""
        news.append(
            {"when": when.format(on=each.on.isoformat()), "words": paragraphs(quoted, WIDEST)}
        )
    return {"what": paragraphs(step.words, WIDEST), "news": news}
