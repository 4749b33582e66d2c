"""A Merkle tree of the shape RFC 9162 gives (section 2.1), and its proofs: bytes in, bytes out.

Every hash is SHA-256, 32 bytes. A leaf's begins with 0x00 and an inner node's with 0x01, so that
neither can be passed off as the other.
"""

import hashlib
from collections.abc import Iterable, Sequence

WIDTH = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """The hash of one entry."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two neighbours."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier:
    """All that a tree needs to grow: the roots of its full subtrees, the largest first.

    At most one a bit of `size`, so adding an entry costs the same however many there are.
    """

    def __init__(self, size: int = 0, hashes: bytes = b"") -> None:
        """Raises ValueError when `hashes` is not what a tree of `size` leaves."""
        if len(hashes) != WIDTH * size.bit_count():
            raise ValueError(f"{len(hashes)} bytes are no frontier of {size} entries")
        self.size = size
        self._roots = [hashes[at : at + WIDTH] for at in range(0, len(hashes), WIDTH)]

    def append(self, leaf: bytes) -> None:
        """Add the hash of the next entry."""
        held, full = leaf, self.size
        while full & 1:
            held = node_hash(self._roots.pop(), held)
            full >>= 1
        self._roots.append(held)
        self.size += 1

    def as_bytes(self) -> bytes:
        """To be kept, and given to `Frontier` again beside the size."""
        return b"".join(self._roots)

    def root(self) -> bytes:
        """The root of the tree as it stands."""
        if not self._roots:
            return EMPTY_ROOT
        held = self._roots[-1]
        for left in reversed(self._roots[:-1]):
            held = node_hash(left, held)
        return held


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over leaf hashes in order."""
    tree = Frontier()
    for leaf in leaves:
        tree.append(leaf)
    return tree.root()


def _split(count: int) -> int:
    """The largest power of two below `count`, which is 2 or more."""
    return 1 << ((count - 1).bit_length() - 1)


def inclusion_path(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The neighbours that lead from leaf `index` to the root (RFC 9162, 2.1.3.1).

    Raises IndexError for an index that the tree does not have.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    if len(leaves) == 1:
        return []
    middle = _split(len(leaves))
    if index < middle:
        return [*inclusion_path(leaves[:middle], index), root_of(leaves[middle:])]
    return [*inclusion_path(leaves[middle:], index - middle), root_of(leaves[:middle])]


def includes(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether `path` proves that `leaf` is at `index` of the tree of `size` (2.1.3.2)."""
    if not 0 <= index < size:
        return False
    here, last, held = index, size - 1, leaf
    for neighbour in path:
        if last == 0:
            return False
        if here & 1 or here == last:
            held = node_hash(neighbour, held)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            held = node_hash(held, neighbour)
        here, last = here >> 1, last >> 1
    return last == 0 and held == root


def consistency_path(leaves: Sequence[bytes], earlier: int) -> list[bytes]:
    """What proves that the tree of the first `earlier` leaves is the beginning of this one
    (2.1.4.1). Raises IndexError unless 0 < earlier <= len(leaves)."""
    if not 0 < earlier <= len(leaves):
        raise IndexError(earlier)
    return _subproof(leaves, earlier, whole=True)


def _subproof(leaves: Sequence[bytes], earlier: int, *, whole: bool) -> list[bytes]:
    if earlier == len(leaves):
        return [] if whole else [root_of(leaves)]
    middle = _split(len(leaves))
    if earlier <= middle:
        return [
            *_subproof(leaves[:middle], earlier, whole=whole),
            root_of(leaves[middle:]),
        ]
    return [
        *_subproof(leaves[middle:], earlier - middle, whole=False),
        root_of(leaves[:middle]),
    ]


def consistent(
    earlier: int, earlier_root: bytes, size: int, root: bytes, path: Sequence[bytes]
) -> bool:
    """Whether `path` proves that a tree of `size` begins with the one of `earlier` (2.1.4.2)."""
    if not 0 < earlier <= size:
        return False
    if earlier == size:
        return not path and earlier_root == root
    # A full subtree of its own is its own first neighbour.
    given = list(path) if earlier & (earlier - 1) else [earlier_root, *path]
    return bool(given) and _leads_to_both(earlier - 1, size - 1, given, earlier_root, root)


def _leads_to_both(
    here: int, last: int, given: list[bytes], earlier_root: bytes, root: bytes
) -> bool:
    while here & 1:
        here, last = here >> 1, last >> 1
    before = after = given[0]
    for neighbour in given[1:]:
        if last == 0:
            return False
        if here & 1 or here == last:
            before, after = node_hash(neighbour, before), node_hash(neighbour, after)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            after = node_hash(after, neighbour)
        here, last = here >> 1, last >> 1
    return last == 0 and before == earlier_root and after == root
