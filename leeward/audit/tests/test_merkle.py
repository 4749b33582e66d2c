"""The tree against the definitions of RFC 9162, written out plainly here, and against lies."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.audit.merkle import (
    EMPTY_ROOT,
    Frontier,
    consistency_path,
    consistent,
    includes,
    inclusion_path,
    leaf_hash,
    root_of,
)

# Entries of the reference trees that Certificate Transparency implementations share.
SHARED = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]  # fmt: skip
SHARED_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]

entries = st.lists(st.binary(max_size=9), min_size=1, max_size=70)


def by_definition(data):
    """MTH of section 2.1.1, as it is written there."""
    if not data:
        return hashlib.sha256(b"").digest()
    if len(data) == 1:
        return hashlib.sha256(b"\x00" + data[0]).digest()
    k = 1
    while k * 2 < len(data):
        k *= 2
    return hashlib.sha256(b"\x01" + by_definition(data[:k]) + by_definition(data[k:])).digest()


def test_roots_are_those_that_other_implementations_agree_on():
    leaves = [leaf_hash(bytes.fromhex(each)) for each in SHARED]
    assert [root_of(leaves[: n + 1]).hex() for n in range(len(leaves))] == SHARED_ROOTS
    assert root_of([]) == EMPTY_ROOT == by_definition([])


@given(entries)
def test_root_is_the_definitions(data):
    assert root_of(map(leaf_hash, data)) == by_definition(data)


@given(entries, st.data())
def test_a_tree_that_was_kept_and_taken_up_again_is_the_same(data, draw):
    at = draw.draw(st.integers(0, len(data)))
    first = Frontier()
    for each in data[:at]:
        first.append(leaf_hash(each))
    again = Frontier(first.size, first.as_bytes())
    for each in data[at:]:
        again.append(leaf_hash(each))
    assert again.size == len(data)
    assert again.root() == by_definition(data)


def test_bytes_that_are_no_frontier_are_refused():
    with pytest.raises(ValueError, match="no frontier of 3"):
        Frontier(3, b"\0" * 32)


@given(entries, st.data())
def test_inclusion_is_proved_at_its_place_and_nowhere_else(data, draw):
    leaves = [leaf_hash(each) for each in data]
    root, size = root_of(leaves), len(leaves)
    index = draw.draw(st.integers(0, size - 1))
    path = inclusion_path(leaves, index)
    assert len(path) <= (size - 1).bit_length()
    assert includes(leaves[index], index, size, path, root)
    assert not includes(leaf_hash(b"another entry"), index, size, path, root)
    assert not includes(leaves[index], index, size, path, leaf_hash(b"another root"))
    assert not includes(leaves[index], index, size, [*path, root], root)
    assert not includes(leaves[index], size, size, path, root)
    if path:
        assert not includes(leaves[index], index, size, path[:-1], root)
        assert not includes(leaves[index], index ^ 1, size, path, root) or (
            leaves[index] == path[0]
        )


@given(entries, st.data())
def test_growth_is_proved_and_a_changed_past_is_not(data, draw):
    leaves = [leaf_hash(each) for each in data]
    size = len(leaves)
    earlier = draw.draw(st.integers(1, size))
    path = consistency_path(leaves, earlier)
    before, now = root_of(leaves[:earlier]), root_of(leaves)
    assert consistent(earlier, before, size, now, path)
    other = leaf_hash(b"another root")
    assert not consistent(earlier, other, size, now, path)
    assert not consistent(earlier, before, size, other, path)
    assert not consistent(earlier, before, size, now, [*path, other])
    assert not consistent(0, before, size, now, path)
    assert not consistent(size + 1, before, size, now, path)
    if path:
        assert not consistent(earlier, before, size, now, path[:-1])
        assert not consistent(earlier, before, size, now, [other, *path[1:]])


@pytest.mark.parametrize("index", [-1, 1])
def test_a_place_that_is_not_there_has_no_path(index):
    with pytest.raises(IndexError):
        inclusion_path([leaf_hash(b"")], index)
    with pytest.raises(IndexError):
        consistency_path([leaf_hash(b"")], index * 2)
