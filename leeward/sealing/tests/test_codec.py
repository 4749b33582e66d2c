import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from leeward.sealing import keys
from leeward.sealing.codec import DoesNotOpen, Place, open_sealed, seal, token

HERE = Place("people_youngperson", "name_used", "1")


@given(st.binary())
def test_anything_sealed_opens_again_at_its_place(plain):
    assert open_sealed(seal(plain, HERE), HERE) == plain


@given(st.binary(min_size=1))
def test_sealing_twice_never_gives_the_same_bytes(plain):
    assert seal(plain, HERE) != seal(plain, HERE)


@pytest.mark.parametrize(
    "elsewhere",
    [HERE._replace(table="people_strength"), HERE._replace(column="born"), HERE._replace(id="2")],
)
def test_a_sealed_value_does_not_open_elsewhere(elsewhere):
    with pytest.raises(DoesNotOpen):
        open_sealed(seal(b"Noeli", HERE), elsewhere)


@given(st.data())
def test_a_sealed_value_with_one_bit_changed_does_not_open(data):
    sealed = bytearray(seal(b"Noeli Example", HERE))
    at = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[at // 8] ^= 1 << at % 8
    with pytest.raises(DoesNotOpen):
        open_sealed(bytes(sealed), HERE)


def test_what_does_not_open_names_its_column_and_nothing_it_held():
    with pytest.raises(DoesNotOpen, match=r"^people_youngperson\.name_used$"):
        open_sealed(b"not sealed at all", HERE)


def test_places_whose_parts_run_together_stay_apart():
    one, other = Place("a", "bc", "1"), Place("ab", "c", "1")
    assert one.as_bytes() != other.as_bytes()


@given(st.text(), st.text())
def test_tokens_are_equal_only_for_equal_text(one, other):
    assert (token("names", one) == token("names", other)) == (one == other)
    assert -(2**63) <= token("names", one) < 2**63


def test_tokens_of_two_purposes_never_match():
    assert token("people.name.a", "d:noeli") != token("people.name.b", "d:noeli")


def test_a_keyset_is_made_once_and_readable_by_its_owner_alone(tmp_path):
    path = tmp_path / "keys" / "keyset.json"
    keys.make_keyset(path)
    first = path.read_bytes()
    keys.make_keyset(path)
    assert path.read_bytes() == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_missing_keyset_says_what_to_do(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="leeward migrate"):
        keys.sealing_primitive(str(tmp_path / "none.json"))
