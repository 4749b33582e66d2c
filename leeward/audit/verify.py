"""Proving the log: everything computed again from the rows, and held against the signed heads.

Nothing the database says of its own tree is believed. The first row of each tree that was edited,
removed, inserted or put in another order is named.
"""

import datetime as dt
import time
import uuid
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from leeward.audit import rows
from leeward.audit.heads import MARK, Head, read_heads
from leeward.audit.merkle import Frontier
from leeward.audit.models import Leaf, Tree
from leeward.audit.sealer import Within, everywhere, settle

CHUNK = 5000
EDITED, REMOVED, INSERTED, REORDERED = "edited", "removed", "inserted", "reordered"
HEAD, TREE = "head", "tree"


@dataclass(frozen=True)
class Fault:
    """What does not hold. `position` counts from 0 in the tree of `agency`; `row` is the audit
    row's id where one is known. For a head, `position` is its line, counted from 1."""

    what: str
    agency: uuid.UUID | None
    position: int | None
    row: int | None
    why: str


@dataclass
class Report:
    """What was proved. Clean when there is no fault."""

    rows: int = 0
    trees: int = 0
    heads: int = 0
    # Rows that no sealer has come to yet: nothing is proved about them.
    waiting: int = 0
    seconds: float = 0.0
    faults: list[Fault] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        said = asdict(self)
        for each in said["faults"]:
            each["agency"] = str(each["agency"]) if each["agency"] else None
        speed = round(self.rows / self.seconds) if self.seconds else 0
        return said | {"clean": not self.faults, "rows_per_second": speed}


class _Expected:
    """What the heads say of one tree."""

    def __init__(self, heads: Sequence[Head]) -> None:
        self.roots: dict[int, bytes] = {}
        marks = bytearray()
        for head in sorted(heads, key=lambda each: each.size):
            self.roots.setdefault(head.size, head.root)
            # Of two heads over the same leaves the shorter one came first.
            if head.since <= len(marks) // MARK:
                marks += head.marks[len(marks) - head.since * MARK :]
        self.marks = bytes(marks)
        self.sizes = sorted(self.roots)
        times: dict[int, dt.datetime] = {}
        for head in heads:
            times[head.size] = max(head.at, times.get(head.size, head.at))
        self.times = [times[size] for size in self.sizes]

    @property
    def size(self) -> int:
        """How many rows the largest head vouches for."""
        return self.sizes[-1] if self.sizes else 0

    def mark(self, position: int) -> bytes:
        """The mark of the leaf that was here; empty where no head has one."""
        return self.marks[position * MARK : (position + 1) * MARK]

    def before(self, position: int) -> int:
        """The largest size that a head gives and that is not above `position`; 0 without one."""
        found = bisect_right(self.sizes, position)
        return self.sizes[found - 1] if found else 0

    def since(self, position: int) -> dt.datetime | None:
        """When a row at this position, or one of no position yet, had not been there."""
        found = bisect_right(self.sizes, position)
        return max(self.times[:found]) - settle() if found else None


def verify(
    trees: Iterable[uuid.UUID],
    *,
    heads: Path,
    pem: str,
    saved_elsewhere: bool = False,
    within: Within = everywhere,
) -> Report:
    """Prove every row of these trees and of every tree that a head speaks of.

    `heads` is a file of heads and `pem` the public key they are signed under; `saved_elsewhere`
    says that it is a copy, which may be older than the newest head. Raises NotAKey.
    """
    begun = time.perf_counter()
    report = Report()
    by_tree = _heads(heads, pem, report)
    known = dict.fromkeys([*trees, *Tree.objects.values_list("agency_id", flat=True), *by_tree])
    for of in known:
        with within(of):
            _verify_tree(of, _Expected(by_tree.get(of, [])), report, whole=not saved_elsewhere)
    report.seconds = time.perf_counter() - begun
    return report


def _heads(path: Path, pem: str, report: Report) -> dict[uuid.UUID, list[Head]]:
    found: dict[uuid.UUID, list[Head]] = {}
    if not path.exists():
        return found
    for line in read_heads(path, pem):
        if line.fault:
            why = f"Line {line.number} of {path.name}: {line.fault}."
            report.faults.append(Fault(HEAD, None, line.number, None, why))
        if line.head:
            report.heads += 1
            found.setdefault(line.head.of, []).append(line.head)
    return found


def _verify_tree(of: uuid.UUID, expected: _Expected, report: Report, *, whole: bool) -> None:
    report.trees += 1
    tree = Tree.objects.filter(agency_id=of).first()
    frontier = Frontier()
    fault = _walk(of, tree, frontier, expected) if tree else None
    report.rows += frontier.size
    had = max(expected.size, tree.size if tree else 0)
    if fault is None and had > frontier.size:
        why = f"The log ends after {frontier.size} rows; it had {had}."
        fault = Fault(REMOVED, of, frontier.size, None, why)
    if fault is None and tree:
        fault = _own_words(of, tree, frontier, expected, whole=whole)
    late = _unsealed(of, expected, report)
    report.faults += [each for each in (fault, late) if each]


def _own_words(
    of: uuid.UUID, tree: Tree, frontier: Frontier, expected: _Expected, *, whole: bool
) -> Fault | None:
    """What the tree says of itself: wrong, and it would grow wrong from now on."""
    if (tree.size, bytes(tree.frontier)) != (frontier.size, frontier.as_bytes()):
        return Fault(TREE, of, None, None, "The tree's own summary was changed.")
    if whole and tree.headed > expected.size:
        why = f"Heads up to {tree.headed} rows were signed; the file ends at {expected.size}."
        return Fault(HEAD, of, None, None, why)
    return None


def _walk(of: uuid.UUID, tree: Tree, frontier: Frontier, expected: _Expected) -> Fault | None:
    """Go along the leaves until the first that does not hold."""
    while chunk := rows.with_leaf(tree, start=frontier.size, limit=CHUNK):
        for held in chunk:
            fault = _held(of, tree, held, frontier, expected)
            if fault:
                return fault
    return None


def _held(
    of: uuid.UUID, tree: Tree, held: rows.Held, frontier: Frontier, expected: _Expected
) -> Fault | None:
    at = frontier.size
    if held.position != at:
        return Fault(REMOVED, of, at, None, f"No row stands at {at}.")
    if held.values is None:
        return Fault(REMOVED, of, at, held.row_id, "The row is gone; its leaf is still here.")
    made = held.hash()
    if made != held.leaf:
        moved = Leaf.objects.filter(tree=tree, hash=made).exists()
        what = REORDERED if moved else EDITED
        return Fault(what, of, at, held.row_id, "The row is not what was hashed.")
    mark = expected.mark(at)
    if mark and mark != made[:MARK]:
        what = _what_happened(tree, at, expected)
        return Fault(what, of, at, held.row_id, "Row and leaf are not what a signed head covers.")
    since = expected.since(at)
    if since and held.at and held.at < since:
        why = f"It says {held.at.isoformat()}, but a head signed later did not have it."
        return Fault(INSERTED, of, at, held.row_id, why)
    frontier.append(made)
    return _root(of, held, frontier, expected)


def _root(of: uuid.UUID, held: rows.Held, frontier: Frontier, expected: _Expected) -> Fault | None:
    said = expected.roots.get(frontier.size)
    if said is None or said == frontier.root():
        return None
    first = expected.before(frontier.size - 1)
    why = f"Somewhere from position {first} to {frontier.size - 1}: the signed root is another."
    return Fault(EDITED, of, first, held.row_id if first == frontier.size - 1 else None, why)


def _what_happened(tree: Tree, at: int, expected: _Expected) -> str:
    """Row and leaf were changed together: compare what stands from here on with the marks."""
    leaves = Leaf.objects.filter(tree=tree, position__gte=at).order_by("position")
    now = [bytes(each[:MARK]) for each in leaves.values_list("hash", flat=True)]
    was = [expected.mark(each) for each in range(at, len(expected.marks) // MARK)]
    if was[0] in now[1:2]:
        return REORDERED if now[0] in was[1:] else INSERTED
    was_elsewhere, is_elsewhere = now[0] in was[1:], was[0] in now[1:]
    if was_elsewhere:
        return REORDERED if is_elsewhere else REMOVED
    return INSERTED if is_elsewhere else EDITED


def _unsealed(of: uuid.UUID, expected: _Expected, report: Report) -> Fault | None:
    """Rows that are in no tree: new ones wait for the sealer, older ones were put there later."""
    since, after, first = expected.since(expected.size), 0, None
    while chunk := rows.without_leaf(of, after=after, limit=CHUNK):
        after = chunk[-1].row_id
        for held in chunk:
            if since and held.at and held.at < since:
                first = first or held.row_id
            else:
                report.waiting += 1
    if first is None:
        return None
    why = "It says that it is older than a signed head, which did not have it."
    return Fault(INSERTED, of, None, first, why)
