"""How hard the words of a page are to read: its passages, and the grade of each.

In English the grade of Flesch and Kincaid; in French the ease of Flesch as Kandel and Moles fitted
it. Neither says anything of few words: those are for people to look at.
"""

import re
import warnings
from html.parser import HTMLParser

with warnings.catch_warnings():
    # It asks in a way that Python would rather not be asked.
    warnings.simplefilter("ignore")
    from textstat import textstat  # type: ignore[import-untyped]

LONG = 100
HARDEST_GRADE, LEAST_EASE = 6.0, 70.0
BLOCKS = frozenset("h1 h2 h3 p li label button dt dd a div section".split())
# What stands on a page without being a sentence of ours.
NOT_READ = frozenset("form script style textarea code".split())


class _Words(HTMLParser):
    """The words of `main`, a line for each block; what the young person wrote is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = [""]
        self.left_out: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "main":
            self.inside = True
        if self.left_out or tag in NOT_READ or "ownwords" in (dict(attrs).get("class") or ""):
            if tag not in {"input", "br", "img"}:
                self.left_out.append(tag)
        elif tag in BLOCKS - {"a"}:
            self.lines.append("# " if tag in {"h1", "h2"} else "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "main":
            self.inside = False
        if self.left_out and self.left_out[-1] == tag:
            self.left_out.pop()
        elif tag in BLOCKS - {"a"}:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        if self.inside and not self.left_out:
            self.lines[-1] += data


def lines_of(page: str) -> list[str]:
    """What a page says, a line for each heading, paragraph and point, each ended as a sentence."""
    words = _Words()
    words.feed(page)
    found = (" ".join(each.split()) for each in words.lines)
    return [each if each[-1] in ".?!" else f"{each}." for each in found if each.strip("# ")]


def passages_of(page: str) -> list[str]:
    """The whole page, and what stands under each of its headings."""
    parts: list[list[str]] = [[]]
    for line in lines_of(page):
        if line.startswith("# "):
            parts.append([])
        parts[-1].append(line.removeprefix("# "))
    under = [" ".join(each) for each in parts if each]
    return [" ".join(under), *(under if len(under) > 1 else [])]


def count(passage: str) -> int:
    """How many words."""
    return len(re.findall(r"[\w’'-]+", passage))


def grade(passage: str, language: str) -> float:
    """The grade in English, the ease in French."""
    plain = re.sub(r"(?<=\d)-(?=\d)", "", passage)
    textstat.set_lang(language)
    ask = textstat.flesch_kincaid_grade if language == "en" else textstat.flesch_reading_ease
    return float(ask(plain))


def is_plain(passage: str, language: str) -> bool:
    """Whether it is as easy as we promise."""
    found = grade(passage, language)
    return found <= HARDEST_GRADE if language == "en" else found >= LEAST_EASE
