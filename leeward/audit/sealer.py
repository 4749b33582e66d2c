"""The sealer: puts committed rows into their agency's tree, in order, and signs what it came to.

Whoever writes a row takes no lock for this. The sealer comes after, holds one tree at a time, and
does work for new rows only. Two sealers may run: the second finds nothing left to do.
"""

import datetime as dt
import logging
import threading
import time
import uuid
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, transaction

from leeward.audit import rows
from leeward.audit.heads import MARK, Delivery, Head, deliver, now, write_head
from leeward.audit.merkle import Frontier
from leeward.audit.models import Leaf, Tree

logger = logging.getLogger(__name__)

BATCH = 1000
# A row that was committed long after it was written is looked for this often, in seconds.
SWEEP_EVERY = 3600.0

# What an upper floor puts around the work on one tree: the boundary of that agency.
Within = Callable[[uuid.UUID], AbstractContextManager[object]]
# Which rows are looked at: every one; those that may still be followed by a row of a lower id that
# was committed late; or those above the newest leaf.
Look = Literal["all", "unsettled", "new"]
Trees = Callable[[], Iterable[uuid.UUID]]


@dataclass(frozen=True)
class Sealed:
    """What one round did."""

    rows: int
    heads: int
    delivery: Delivery


def everywhere(_of: uuid.UUID) -> AbstractContextManager[object]:
    """No boundary: where the database has none."""
    return nullcontext()


def settle() -> dt.timedelta:
    """How long after it was written a row may still be on its way to being committed."""
    return dt.timedelta(seconds=settings.LEEWARD_AUDIT_SETTLE_SECONDS)


def seal(
    trees: Iterable[uuid.UUID],
    *,
    within: Within = everywhere,
    sweep: bool = True,
    sign: bool = True,
) -> Sealed:
    """Put every committed row of these trees into its tree, sign heads, and deliver them.

    `sweep` looks at every row for one that came late. Else a round that signs looks at all that
    are not settled, and one that does not (`sign`) at new ids alone. Raises ImproperlyConfigured
    when there is no signing key.
    """
    look: Look = "all" if sweep else "unsettled" if sign else "new"
    added = heads = 0
    for of in trees:
        with within(of):
            count, at = grow(of, look=look)
            added += count
            heads += bool(sign and sign_head(of, at=at))
    return Sealed(added, heads, deliver())


def grow(of: uuid.UUID, *, look: Look = "unsettled") -> tuple[int, dt.datetime]:
    """Append what one tree lacks. Returns how many rows, and the moment by which every row that
    was committed is in; where it looked at `new` ids alone, one with a lower id may not be."""
    added = 0
    while True:
        at = now()
        count = _grow_once(of, look=look, at=at)
        added += count
        if count < BATCH:
            return added, at


@transaction.atomic
def _grow_once(of: uuid.UUID, *, look: Look, at: dt.datetime) -> int:
    tree = _locked(of)
    found = rows.without_leaf(of, after=_after(tree, look), limit=BATCH)
    frontier = Frontier(tree.size, bytes(tree.frontier))
    leaves = []
    for each in found:
        made = each.hash()
        leaves.append(Leaf(row_id=each.row_id, tree=tree, position=frontier.size, hash=made))
        frontier.append(made)
    Leaf.objects.bulk_create(leaves)
    settled = tree.settled_id
    if len(found) < BATCH and look != "new":
        settled = rows.last_settled(of, after=settled, before=at - settle())
    if leaves or settled != tree.settled_id:
        tree.size, tree.frontier, tree.settled_id = frontier.size, frontier.as_bytes(), settled
        tree.save(update_fields=["size", "frontier", "settled_id"])
    return len(leaves)


def _after(tree: Tree, look: Look) -> int:
    """The id above which rows without a leaf are looked for."""
    if look == "all":
        return 0
    if look == "unsettled" or not tree.size:
        return tree.settled_id
    last = Leaf.objects.get(tree=tree, position=tree.size - 1)
    return max(last.row_id, tree.settled_id)


def _locked(of: uuid.UUID) -> Tree:
    Tree.objects.get_or_create(agency_id=of)
    return Tree.objects.select_for_update().get(agency_id=of)


@transaction.atomic
def sign_head(of: uuid.UUID, *, at: dt.datetime) -> Head | None:
    """Write a signed head for a tree that has grown since its last one, else None.

    `at` is the moment that `grow` returned. Raises OSError, or ImproperlyConfigured.
    """
    tree = _locked(of)
    if tree.size == tree.headed:
        return None
    new = Leaf.objects.filter(tree=tree, position__gte=tree.headed).order_by("position")
    head = Head(
        of=of,
        size=tree.size,
        root=Frontier(tree.size, bytes(tree.frontier)).root(),
        at=at,
        since=tree.headed,
        marks=b"".join(bytes(each[:MARK]) for each in new.values_list("hash", flat=True)),
    )
    write_head(head)
    tree.headed = tree.size
    tree.save(update_fields=["headed"])
    return head


class Background:
    """A thread that seals every few seconds for as long as the server runs.

    `with Background(trees, within=…):` starts it and ends it cleanly.
    """

    def __init__(self, trees: Trees, *, within: Within = everywhere) -> None:
        self.trees, self.within = trees, within
        self.every = float(settings.LEEWARD_AUDIT_SEAL_SECONDS)
        self.sign_every = float(settings.LEEWARD_AUDIT_HEAD_SECONDS)
        self._swept = self._signed = -float("inf")
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="audit-sealer", daemon=True)

    def __enter__(self) -> "Background":
        if self.every > 0:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            self.round()
            self._stop.wait(self.every)
        self.round(last=True)
        connection.close()

    def round(self, *, last: bool = False) -> None:
        """One round. What goes wrong is said in the log and tried again in the next one: nobody's
        work waits for it."""
        clock = time.monotonic()
        sweep = clock - self._swept >= SWEEP_EVERY
        sign = last or clock - self._signed >= self.sign_every
        try:
            done = seal(list(self.trees()), within=self.within, sweep=sweep, sign=sign)
        except (DatabaseError, OSError, ImproperlyConfigured) as fault:
            logger.error("The audit could not be sealed: %s", type(fault).__name__)
            connection.close()
            return
        self._swept = clock if sweep else self._swept
        self._signed = clock if sign else self._signed
        if done.delivery.fault:
            # nosemgrep: logs-hold-our-own-words-alone - a number, and heads.py's own words
            logger.error(
                "%s heads wait for the webhook: %s", done.delivery.waiting, done.delivery.fault
            )
