"""Text as paper can take it: each letter kept where a typeface has it, said where none has."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Literal

from anyascii import anyascii

Language = Literal["en", "fr"]
Direction = Literal["ltr", "rtl"]

WORDS = Path(__file__).parent / "words.toml"
JOINERS = "\u200c\u200d"
BREAK_HERE, NO_BREAK_SPACE = "\u200b", "\u00a0"
LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# A letter, or the start of a line, with marks that Latin, Greek and Cyrillic letters wear; and the
# letters that Noto Sans or Libertinus Serif draws together with those marks (letters.typ).
MARKED = re.compile("([^\n\u0300-\u036f]?)([\u0300-\u036f]+)")
WEARS_MARKS = re.compile(
    "[ -~\u00a0-\u02e4\u0386-\u03ce\u0400-\u045f\u1d43-\u1dbf\u1e00-\u1eff\u2c60-\u2c66]"
)
BEYOND_LATIN = "\u024f"
OURS = ("LATIN", "MODIFIER", "CANADIAN SYLLABICS", "COMBINING", "ZERO WIDTH SPACE")


@cache
def file_of_words() -> dict[str, dict[str, Any]]:
    """`words.toml`: the wording of a copy in each language, and pictures in words."""
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


def words_in(language: Language) -> dict[str, Any]:
    """The wording of a copy. Raises ValueError for another language than en or fr."""
    if language not in ("en", "fr"):
        raise ValueError(f"A plan is printed in en or fr, not {language!r}.")
    return file_of_words()[language]


def clean(text: str) -> str:
    """`text` without what paper cannot show: controls, direction overrides, half characters.

    Joiners stay, because Arabic and other scripts are spelled with them. Letters are composed with
    their marks where Unicode has the pair as one.
    """
    text = LINE_ENDS.sub("\n", text).replace("\t", " ")
    kept = "".join(each for each in text if each in JOINERS or each == "\n" or _is_shown(each))
    return MARKED.sub(_marked, unicodedata.normalize("NFC", kept))


def _is_shown(each: str) -> bool:
    # Selectors ask for a picture in colour or not, and paper has one ink; U+034F is never seen.
    invisible = "\ufe00" <= each <= "\ufe0f" or each == "\u034f"
    return not invisible and unicodedata.category(each) not in ("Cc", "Cf", "Co", "Cs", "Me")


def _marked(found: re.Match[str]) -> str:
    """A letter and its marks taken apart, or side by side when no typeface sets them together."""
    letter, marks = found.groups()
    if not WEARS_MARKS.match(letter):
        return f"{letter}{NO_BREAK_SPACE}{marks}"
    return unicodedata.normalize("NFD", found[0])


def direction(text: str) -> Direction:
    """The direction of the first letter that has one; left to right without any."""
    for each in text:
        way = unicodedata.bidirectional(each)
        if way in ("L", "R", "AL"):
            return "ltr" if way == "L" else "rtl"
    return "ltr"


def breakable(text: str, widest: int) -> str:
    """`text` with chances to break in any run without one that is longer than `widest`."""

    def cut(found: re.Match[str]) -> str:
        cuts, since = "", 0
        for each in found[0]:
            # Never between a letter and its mark.
            if since >= widest // 2 and not _is_mark(each):
                cuts, since = cuts + BREAK_HERE, 0
            cuts, since = cuts + each, since + 1
        return cuts

    return re.sub(rf"[^\s\-]{{{widest + 1},}}", cut, text)


def paragraphs(text: str, widest: int) -> list[dict[str, Any]]:
    """`text` as written: paragraphs of lines, each with the direction of its first letter."""
    found = []
    for part in re.split(r"\n[ ]*\n\s*", clean(text).strip()):
        lines = [breakable(line.strip(), widest) for line in part.split("\n")]
        if any(lines):
            found.append({"dir": direction(part), "lines": lines})
    return found


def to_try_alone(text: str) -> tuple[set[str], set[str]]:
    """The letters of `text` that wear marks of their own script, marks and all, and what to try.

    typst loses such a letter in silence where its mark is in a typeface and the letter in none,
    and can break down where what it cannot draw stands in a line that runs to the left. So then
    every letter beyond Latin is tried alone first. What to try is empty otherwise.
    """
    marked = _clusters(text)
    if not marked and not any(unicodedata.bidirectional(each) in ("R", "AL") for each in text):
        return set(), set()
    alone = {each for each in text if each > BEYOND_LATIN and not MARKED.fullmatch(each)}
    return marked, alone | {each[0] for each in marked}


def not_ours(text: str) -> set[str]:
    """What in `text` is neither Latin nor syllabics, to be said when typst breaks down on it."""
    return {
        each
        for each in text
        if each > BEYOND_LATIN
        and unicodedata.category(each)[0] in "LMCS"
        and not unicodedata.name(each, "").startswith(OURS)
    }


def _is_mark(each: str) -> bool:
    return unicodedata.category(each).startswith("M")


def _clusters(text: str) -> set[str]:
    found, last = set(), ""
    for each in text:
        if last and _is_mark(each) and not MARKED.fullmatch(each):
            last += each
            continue
        if len(last) > 1:
            found.add(last)
        last = each
    return found | ({last} if len(last) > 1 else set())


def in_other_words(value: Any, undrawn: Iterable[str], language: Language) -> Any:
    """`value`, with runs of undrawn text said in [ ] wherever it holds text."""
    longest_first = sorted(undrawn, key=len, reverse=True)
    run = re.compile(f"(?:(?:{'|'.join(map(re.escape, longest_first))})[{JOINERS}]*)+")

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
    said: list[str] = []
    letters = ""
    for each in run:
        word = _picture(each, language)
        if word is None:
            letters += each
            continue
        said += [_latin(letters), word]
        letters = ""
    said.append(_latin(letters))
    spoken = " ".join(dict.fromkeys(filter(None, said)))
    return f"[{spoken}]" if spoken else ""


def _picture(each: str, language: Language) -> str | None:
    """A picture in a word; empty for skin tones and joiners; None for a letter."""
    named = file_of_words()["pictures"].get(each)
    if named:
        return str(named[language])
    kind = unicodedata.category(each)
    if kind in ("Sk", "Cf"):
        return ""
    spells_a_flag = "\U0001f1e6" <= each <= "\U0001f1ff"
    return str(words_in(language)["picture"]) if kind == "So" and not spells_a_flag else None


def _latin(letters: str) -> str:
    """Undrawn letters in Latin ones, or a question mark when nobody knows how."""
    only_marks = all(map(_is_mark, letters))
    return anyascii(letters).strip() or ("" if only_marks else "?")
