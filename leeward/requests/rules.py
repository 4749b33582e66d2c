"""What stands in a copy of a file, what is held back of it, and what still stands elsewhere.

Pure: no database, no request. A line is one field of one row; what is held back is a whole line,
or a passage of it. Names are looked for in every line, whatever their case and marks.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from leeward.requests.names import (
    WORD,
    Term,
    folded,
    may_stand,
    spans,
    terms_in_held,
    terms_typed,
    words_in,
)

# How much is shown around what was found.
AROUND = 60


def row_of(key: str) -> str:
    """The key of the row that a line's key names; of a line that stands alone, its own."""
    return key.rpartition(":")[0] or key


@dataclass(frozen=True)
class Line:
    """One field of one row of the file.

    `head` says what row it is, of which day and by whom; `label` which field. `kept` is what the
    database holds, in no language of the page: the digest is made of it.
    """

    key: str
    part: str
    head: str
    label: str
    words: str
    kept: str

    @property
    def row(self) -> str:
        """The row that it is a field of."""
        return row_of(self.key)

    @property
    def digest(self) -> str:
        """Tells this line, as it stands, from any other."""
        return hashlib.sha256(f"{self.key}\n{self.kept}".encode()).hexdigest()


# As the name of a line: every field of its row.
WHOLE_ROW = "*"


@dataclass(frozen=True)
class Held:
    """A line, or the passage of it, that is held back: on what ground, to protect whom, and why.

    `line` is the key of a line, or a row and `:*` for all of that row.
    """

    line: str
    ground: str
    passage: str = ""
    whose: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Left:
    """What was found in a line and stays, and why."""

    line: str
    term: str
    reason: str


@dataclass(frozen=True)
class Decided:
    """All that was decided so far; `look_for` are names and words that somebody typed."""

    held: tuple[Held, ...] = ()
    left: tuple[Left, ...] = ()
    look_for: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """Where a term still stands: in which line, what is written there, and what is around it."""

    line: Line
    term: Term
    found: str
    before: str
    after: str
    times: int = 1

    @property
    def key(self) -> str:
        """Its name in a form."""
        return f"{self.line.key}|{self.term.key}"


@dataclass(frozen=True)
class Shown:
    """A line as the copy shows it, and how many passages of it were held back, by ground."""

    line: Line
    head: str
    words: str
    grounds: Mapping[str, int] = field(default_factory=dict)
    gone: bool = False


@dataclass(frozen=True)
class Changes:
    """What is otherwise than when it was looked at: lines by their keys."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone)


def as_kept(*parts: Any) -> str:
    """Parts of a row in one text that tells them apart."""
    return json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str)


def lower_words(lines: Iterable[Line]) -> frozenset[str]:
    """Every word that stands without a capital somewhere: at the start of a sentence it is no
    name."""
    return frozenset(
        folded(word) for line in lines for word in WORD.findall(line.words) if word.islower()
    )


def _lines_of(lines: Iterable[Line], held: Held) -> list[Line]:
    """The lines that are held back whole by this."""
    return [each for each in lines if held.line in (each.key, f"{each.row}:{WHOLE_ROW}")]


def looked_for(lines: Sequence[Line], decided: Decided, own: frozenset[str]) -> list[Term]:
    """Every term that may stand nowhere else: of what is held back, of whom it protects, and of
    what was typed."""
    lower, found = lower_words(lines), set()
    for each in decided.held:
        if each.passage:
            found |= terms_in_held(each.passage, own, lower)
        else:
            for line in _lines_of(lines, each):
                found |= terms_in_held(line.words, own, lower, whole=True)
        if each.whose:
            found |= terms_typed(each.whose, own)
    for typed in decided.look_for:
        found |= terms_typed(typed, own)
    return sorted(found, key=lambda term: term.key)


def _held_spans(text: str, held: Iterable[Held]) -> list[tuple[int, int, str]]:
    """Where passages are held back in a text, each with its ground; those that touch are one."""
    spans = (
        (each.start(), each.end(), one.ground)
        for one in held
        if one.passage
        for each in re.finditer(re.escape(one.passage), text)
    )
    found = sorted(spans, key=lambda each: (each[0], -each[1], each[2]))
    merged: list[tuple[int, int, str]] = []
    for start, end, ground in found:
        if merged and start < merged[-1][1]:
            last = merged[-1]
            merged[-1] = (last[0], max(last[1], end), last[2])
        else:
            merged.append((start, end, ground))
    return merged


class _Holds:
    """What is held back, by line and by row."""

    def __init__(self, decided: Decided) -> None:
        self._by_line: dict[str, list[Held]] = {}
        self._by_row: dict[str, list[Held]] = {}
        for each in decided.held:
            self._by_line.setdefault(each.line, []).append(each)
            self._by_row.setdefault(row_of(each.line), []).append(each)

    def of(self, line: Line) -> list[Held]:
        """What is held back of this line."""
        return self._by_line.get(line.key, []) + self._by_line.get(f"{line.row}:{WHOLE_ROW}", [])

    def of_head(self, line: Line) -> list[Held]:
        """What is held back of any line of its row: they stand under one head."""
        return self._by_row.get(line.row, [])

    def whole(self, line: Line) -> Held | None:
        """That which holds back the line whole."""
        return next((each for each in self.of(line) if not each.passage), None)


def still_standing(lines: Sequence[Line], decided: Decided, own: frozenset[str]) -> list[Place]:
    """Where something that was held back still stands, and nobody has decided about it yet."""
    terms, holds = looked_for(lines, decided, own), _Holds(decided)
    left = {(each.line, each.term) for each in decided.left}
    found, headed = [], set()
    for line in lines:
        if holds.whole(line):
            continue
        texts = [(line.words, holds.of(line))]
        if line.row not in headed:
            texts.append((line.head, holds.of_head(line)))
            headed.add(line.row)
        words = words_in(text for text, _held in texts)
        for term in terms:
            if may_stand(term, words) and (line.key, term.key) not in left:
                found += _places(line, term, texts)
    return found


def _places(line: Line, term: Term, texts: list[tuple[str, list[Held]]]) -> list[Place]:
    """One place for a line and a term, of however many times it stands there openly."""
    open_spans = [
        (text, start, end)
        for text, held in texts
        for start, end in spans(text, term)
        if not any(a <= start and end <= b for a, b, _ground in _held_spans(text, held))
    ]
    if not open_spans:
        return []
    text, start, end = open_spans[0]
    return [
        Place(
            line=line,
            term=term,
            found=text[start:end],
            before=text[max(0, start - AROUND) : start],
            after=text[end : end + AROUND],
            times=len(open_spans),
        )
    ]


def stale(lines: Sequence[Line], decided: Decided) -> list[Held]:
    """What is held back of a passage that stands in its line no longer: it must be looked at."""
    by_key = {each.key: each for each in lines}
    return [
        each
        for each in decided.held
        if each.passage
        and (line := by_key.get(each.line)) is not None
        and each.passage not in line.words
        and each.passage not in line.head
    ]


def _without(text: str, held: list[Held], mark: str) -> tuple[str, Counter[str]]:
    """A text with the mark where a passage is held back, and how many were, by ground."""
    out: list[str] = []
    grounds: Counter[str] = Counter()
    at = 0
    for start, end, ground in _held_spans(text, held):
        out += [text[at:start], mark]
        at = end
        grounds[ground] += 1
    return "".join([*out, text[at:]]), grounds


def shown(lines: Sequence[Line], decided: Decided, mark: str) -> list[Shown]:
    """The lines as the copy shows them, with `mark` where something is held back. What is held
    back of a whole row, or of the head that its lines share, is counted once."""
    holds, headed, found = _Holds(decided), set(), []
    for line in lines:
        whole = holds.whole(line)
        if whole:
            once = whole.line if whole.line.endswith(f":{WHOLE_ROW}") else line.key
            grounds = {} if once in headed else {whole.ground: 1}
            headed.add(once)
            found.append(Shown(line, "", mark, grounds, gone=True))
            continue
        head, of_head = _without(line.head, holds.of_head(line), mark)
        words, of_words = _without(line.words, holds.of(line), mark)
        if line.row not in headed:
            of_words += of_head
        found.append(Shown(line, head, words, dict(of_words)))
        headed.add(line.row)
    return found


def held_by_ground(found: Iterable[Shown]) -> dict[str, int]:
    """How many passages were held back on each ground."""
    total: Counter[str] = Counter()
    for each in found:
        total.update(each.grounds)
    return dict(sorted(total.items()))


def digests(lines: Iterable[Line]) -> dict[str, str]:
    """The digest of each line, by its key."""
    return {each.key: each.digest for each in lines}


def changes(before: Mapping[str, str], lines: Iterable[Line]) -> Changes:
    """What is otherwise in these lines than when they had these digests."""
    now = digests(lines)
    return Changes(
        new=tuple(key for key in now if key not in before),
        changed=tuple(key for key in now if key in before and now[key] != before[key]),
        gone=tuple(key for key in before if key not in now),
    )


def digest_of(content: Any) -> str:
    """The digest of a copy: of every word on it."""
    said = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()
