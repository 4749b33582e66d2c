from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.accounts.factories import AgencyFactory
from leeward.sealing import keyring
from leeward.sealing.codec import DoesNotOpen, Place, open_sealed, seal, token

pytestmark = pytest.mark.django_db
HERE = Place("people_youngperson", "name_used", "1")


@pytest.fixture
def holder(agency):
    """Somebody whose key seals."""
    holder = uuid4()
    keyring.make_key(holder, agency.pk)
    return holder


@given(plain=st.binary())
def test_anything_sealed_opens_again_at_its_place(holder, plain):
    assert open_sealed(seal(plain, HERE, holder=holder), HERE, holder=holder) == plain


@given(plain=st.binary(min_size=1))
def test_sealing_twice_never_gives_the_same_bytes(holder, plain):
    assert seal(plain, HERE, holder=holder) != seal(plain, HERE, holder=holder)


@pytest.mark.parametrize(
    "elsewhere",
    [HERE._replace(table="people_strength"), HERE._replace(column="born"), HERE._replace(id="2")],
)
def test_a_sealed_value_does_not_open_elsewhere(holder, elsewhere):
    with pytest.raises(DoesNotOpen):
        open_sealed(seal(b"Noeli", HERE, holder=holder), elsewhere, holder=holder)


def test_a_sealed_value_opens_for_no_other_holder(holder, agency):
    other = uuid4()
    keyring.make_key(other, agency.pk)
    with pytest.raises(DoesNotOpen):
        open_sealed(seal(b"Noeli", HERE, holder=holder), HERE, holder=other)


@given(data=st.data())
def test_a_sealed_value_with_one_bit_changed_does_not_open(holder, data):
    sealed = bytearray(seal(b"Noeli Example", HERE, holder=holder))
    at = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[at // 8] ^= 1 << at % 8
    with pytest.raises(DoesNotOpen):
        open_sealed(bytes(sealed), HERE, holder=holder)


def test_what_does_not_open_names_its_column_and_nothing_it_held(holder):
    with pytest.raises(DoesNotOpen, match=r"^people_youngperson\.name_used$"):
        open_sealed(b"not sealed at all", HERE, holder=holder)


def test_places_whose_parts_run_together_stay_apart():
    one, other = Place("a", "bc", "1"), Place("ab", "c", "1")
    assert one.as_bytes() != other.as_bytes()


def test_nothing_is_sealed_for_a_holder_without_a_key(agency):
    with pytest.raises(keyring.NoKey):
        seal(b"Noeli", HERE, holder=uuid4())


@given(one=st.text(), other=st.text())
def test_tokens_are_equal_only_for_equal_text(agency, one, other):
    first, second = (token("names", each, agency_id=agency.pk) for each in (one, other))
    assert (first == second) == (one == other)
    assert -(2**63) <= first < 2**63


@given(text=st.text(max_size=40))
def test_tokens_of_two_purposes_and_of_two_agencies_never_match(agency, text):
    other = AgencyFactory()
    found = {
        token(purpose, text, agency_id=where)
        for purpose in ("people.name", "people.phone")
        for where in (agency.pk, other.pk)
    }
    assert len(found) == 4


def test_an_agency_without_keys_has_no_tokens():
    with pytest.raises(keyring.NoKey):
        token("people.name", "noeli", agency_id=uuid4())
