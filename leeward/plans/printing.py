"""The young person's own copy of their plan, on paper: a tagged PDF set by typst.

Words reach typst as data and are set as text, never read as markup. Nothing is written to disk.
docs/adr/0108-printed-copies-by-typst.md says what was chosen and what was not.
"""

import datetime as dt
import json
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal, Protocol

import typst
from anyascii import anyascii

Language = Literal["en", "fr"]

HERE = Path(__file__).parent
COPY = HERE / "copy"
FONTS = HERE / "fonts"

# The face of the whole house, then the letters it lacks, then the faces that come inside typst:
# one for Greek, Cyrillic and Hebrew, one for Arabic and signs.
FAMILIES = (
    "Atkinson Hyperlegible Next",
    "Noto Sans",
    "Noto Sans Canadian Aboriginal",
    "Libertinus Serif",
    "DejaVu Sans Mono",
)
# A run of letters longer than this may break, because a column is only so wide. Who does a step has
# the narrowest.
WIDEST, WIDEST_WHO = 24, 12
JOINERS = "\u200c\u200d"
BREAK_HERE = "\u200b"
ISOLATE, END_ISOLATE = "\u2068", "\u2069"
LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
# How typst names text that no typeface draws, all of it at once: the text "陈" could not be …
NOT_DRAWN = re.compile(r'the text `"((?:[^"\\]|\\.)+)"` could not be displayed')
RUST_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
# Taking out what cannot be drawn may bring other letters side by side; twice has always done.
ROUNDS = 4


class _News(Protocol):
    @property
    def kind(self) -> str: ...
    @property
    def on(self) -> dt.date: ...
    @property
    def words(self) -> str: ...


class _AllNews(Protocol):
    def all(self) -> Iterable[_News]: ...


class _Step(Protocol):
    @property
    def what(self) -> str: ...
    @property
    def who(self) -> str: ...
    @property
    def due_on(self) -> dt.date | None: ...
    @property
    def news(self) -> _AllNews: ...


class _Words(Protocol):
    @property
    def matters(self) -> str: ...
    @property
    def good_at(self) -> str: ...
    @property
    def want(self) -> str: ...
    @property
    def anchor(self) -> str: ...


class PlanToPrint(Protocol):
    """What a copy needs of `leeward.plans.queries.PlanPage`."""

    @property
    def words(self) -> _Words | None: ...
    @property
    def open_steps(self) -> Sequence[_Step]: ...
    @property
    def done_steps(self) -> Sequence[_Step]: ...


class CopyFailed(Exception):
    """The copy could not be set. Carries no words of the plan, so that no log does."""


def copy_name(language: Language) -> str:
    """A file name that says nothing to whoever sees it: my-plan.pdf or mon-plan.pdf."""
    return str(_words(language)["file_name"])


def plan_copy(
    plan_page: PlanToPrint, *, name_used: str, language: Language, on: dt.date
) -> bytes:
    """The plan as a PDF/UA-1 file on US Letter, in English or French; the same bytes every time.

    `on` is the day printed on it. Steps let go of are left out: a copy is for what comes next and
    what went well. Letters that no typeface here has are written in Latin letters, and pictures in
    words, in [ ]. Raises CopyFailed, and ValueError for another language.
    """
    data = _data(plan_page, name_used=name_used, language=language, on=on)
    for _round in range(ROUNDS):
        try:
            return set_in_type("my-plan.typ", data)
        except typst.TypstError as fault:
            undrawn = _undrawn(fault.diagnostic)
        if not undrawn:
            break
        data = _in_other_words(data, undrawn, language) | {"signs": True}
    raise CopyFailed("A plan could not be set in type.")


def set_in_type(template: str, data: dict[str, Any]) -> bytes:
    """The PDF of a template in `copy/` filled with `data`. Raises typst.TypstError.

    A compiler is made each time (half a millisecond): it keeps what it was given, so one that
    lived on would hold the last young person's words, and could not be shared between threads.
    """
    compiler = typst.Compiler(
        _template(template),
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
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[FONTS]
    )


@cache
def _template(name: str) -> bytes:
    return (COPY / name).read_bytes()


@cache
def _file_of_words() -> dict[str, dict[str, Any]]:
    return tomllib.loads((COPY / "words.toml").read_text(encoding="utf-8"))


def _words(language: Language) -> dict[str, Any]:
    if language not in ("en", "fr"):
        raise ValueError(f"A plan is printed in en or fr, not {language!r}.")
    return _file_of_words()[language]


def _data(
    plan_page: PlanToPrint, *, name_used: str, language: Language, on: dt.date
) -> dict[str, Any]:
    """Everything the template shows, cleaned."""
    words, own = _words(language), plan_page.words
    name = breakable(clean(name_used).replace("\n", " ").strip(), WIDEST)
    # The name keeps its own direction inside the sentence, whatever stands beside it.
    held = f"{ISOLATE}{name}{END_ISOLATE}" if direction(name) == "rtl" else name
    return {
        "words": words,
        "families": FAMILIES,
        "on": on.isoformat(),
        "name": {"text": name, "dir": direction(name)},
        "copy_for": words["copy_for"].replace("{name}", held),
        "steps": [_step(step, words) for step in plan_page.open_steps],
        "went": [went for step in plan_page.done_steps if (went := _went(step, words))["news"]],
        "signs": False,
    } | {
        section: paragraphs(getattr(own, section) if own else "")
        for section in ("matters", "good_at", "want", "anchor")
    }


def _step(step: _Step, words: dict[str, Any]) -> dict[str, Any]:
    return {
        "who": paragraphs(step.who, WIDEST_WHO),
        "what": paragraphs(step.what, WIDEST),
        "by": step.due_on.isoformat() if step.due_on else words["ready"],
    }


def _went(step: _Step, words: dict[str, Any]) -> dict[str, Any]:
    """How a step went, its good news only."""
    news = []
    for each in step.news.all():
        when = words.get(f"went_{each.kind}")
        if when is None:
            continue
        said = clean(each.words).strip()
        quoted = words["quoted"].replace("{words}", said) if said else ""
        news.append({"when": when.format(on=each.on.isoformat()), "words": paragraphs(quoted)})
    return {"what": paragraphs(step.what), "news": news}


def paragraphs(text: str, widest: int = WIDEST) -> list[dict[str, Any]]:
    """`text` as written: paragraphs of lines, each with the direction of its first letter."""
    found = []
    for part in re.split(r"\n[ \t]*\n\s*", clean(text).strip()):
        lines = [breakable(line.strip(), widest) for line in part.split("\n")]
        if any(lines):
            found.append({"dir": direction(part), "lines": lines})
    return found


def clean(text: str) -> str:
    """`text` without what paper cannot show: controls, direction overrides, half characters.

    Joiners stay, because Arabic and other scripts are spelled with them.
    """
    text = LINE_ENDS.sub("\n", text).replace("\t", " ")
    return "".join(
        each
        for each in text
        if each == "\n"
        or each in JOINERS
        or (unicodedata.category(each) not in ("Cc", "Cf", "Cs") and not _is_selector(each))
    )


def _is_selector(each: str) -> bool:
    """Asks for a picture in colour or not: paper has one ink."""
    return "\ufe00" <= each <= "\ufe0f"


def direction(text: str) -> Literal["ltr", "rtl"]:
    """The direction of the first letter that has one; left to right without any."""
    for each in text:
        way = unicodedata.bidirectional(each)
        if way in ("L", "R", "AL"):
            return "ltr" if way == "L" else "rtl"
    return "ltr"


def breakable(text: str, widest: int) -> str:
    """`text` with a chance to break in any run without one that is longer than `widest`."""

    def cut(found: re.Match[str]) -> str:
        run, cuts, since = found[0], "", 0
        for each in run:
            # Never between a letter and its mark.
            if since >= widest // 2 and not unicodedata.category(each).startswith("M"):
                cuts, since = cuts + BREAK_HERE, 0
            cuts, since = cuts + each, since + 1
        return cuts

    return re.sub(rf"[^\s\-]{{{widest + 1},}}", cut, text)


def _undrawn(diagnostic: str) -> set[str]:
    """The texts that typst says no typeface draws."""

    def plain(found: re.Match[str]) -> str:
        return chr(int(found[1], 16)) if found[1] else found[2]

    return {RUST_ESCAPE.sub(plain, each) for each in NOT_DRAWN.findall(diagnostic)}


def _in_other_words(value: Any, undrawn: set[str], language: Language) -> Any:
    """`value`, with runs of undrawn text in other letters or in words, wherever it holds text."""
    runs = "|".join(re.escape(each) for each in sorted(undrawn, key=len, reverse=True))
    run = re.compile(f"(?:{runs})+")

    def through(part: Any) -> Any:
        if isinstance(part, str):
            return run.sub(lambda found: in_brackets(found[0], language), part)
        if isinstance(part, dict):
            return {key: through(each) for key, each in part.items()}
        if isinstance(part, list):
            return [through(each) for each in part]
        return part

    return through(value)


def in_brackets(run: str, language: Language) -> str:
    """A run that cannot be drawn, as [what it says]; empty when it only changes its neighbours."""
    pictures = _file_of_words()["pictures"]
    said: list[str] = []
    letters = ""
    for each in run:
        named = pictures.get(each)
        word = named[language] if named else _picture(each, language)
        if word is None:
            letters += each
            continue
        said += [_latin(letters), word]
        letters = ""
    said.append(_latin(letters))
    spoken = " ".join(dict.fromkeys(filter(None, said)))
    return f"[{spoken}]" if spoken else ""


def _picture(each: str, language: Language) -> str | None:
    """The word for a picture without a name of its own; None for a letter; empty for skin tones and joiners."""
    kind = unicodedata.category(each)
    if kind in ("Sk", "Cf"):
        return ""
    letter_like = "\U0001f1e6" <= each <= "\U0001f1ff"  # two of these spell a flag
    return str(_words(language)["picture"]) if kind == "So" and not letter_like else None


def _latin(letters: str) -> str:
    """Undrawn letters in Latin ones, or a question mark when nobody knows how."""
    spoken = anyascii(letters).strip()
    only_marks = all(unicodedata.category(each).startswith("M") for each in letters)
    return spoken or ("" if only_marks else "?")
