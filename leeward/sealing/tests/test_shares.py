"""Two shares make a key; one makes nothing; a slip of the pen is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.sealing.shares import WORDS, NotAShare, join, read, split

secret = st.binary(min_size=1, max_size=400)


@given(secret=secret, turned=st.booleans())
def test_two_shares_give_back_what_was_split_in_either_order(secret, turned):
    pair = [read(share.as_text()) for share in split(secret)]
    assert join(*(reversed(pair) if turned else pair)) == secret


@given(secret=secret)
def test_one_share_alone_is_noise_and_never_the_same_twice(secret):
    longer = secret * 16
    first, second = split(longer), split(longer)
    assert {share.data for share in first}.isdisjoint(share.data for share in second)
    for share in (*first, *second):
        assert len(share.data) == len(longer)
        assert share.data != longer


@given(
    secret=secret,
    where=st.integers(0, 10_000),
    other=st.sampled_from(["", *"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"]),
)
def test_one_letter_typed_wrong_or_left_out_is_told(secret, where, other):
    share = split(secret)[0]
    letters = share.as_text().split("\n", 1)[1].replace("\n", "").replace(" ", "")
    at = where % len(letters)
    wrong = letters[:at] + other + letters[at + 1 :]
    # The same letter, or the last of all, which may hold bits that are not used.
    if wrong == letters or (at == len(letters) - 1 and other):
        return
    with pytest.raises(NotAShare) as told:
        read(wrong)
    assert wrong not in str(told.value)


@pytest.mark.parametrize(
    "text", ["", "hello", "Leeward key, share 1 of 2.", "ABCDE " * 9, "ʔ" * 40]
)
def test_what_is_no_share_says_so(text):
    with pytest.raises(NotAShare, match="share"):
        read(text)


def test_a_share_may_be_typed_in_small_letters_and_any_spacing():
    share = split(b"an invented key")[1]
    typed = share.as_text().split("\n", 1)[1].lower().replace(" ", "").replace("o", "0")
    assert read("-".join(typed[n : n + 4] for n in range(0, len(typed), 4))) == share


def test_twice_the_same_share_and_shares_of_two_pairs_say_what_is_wrong():
    one, other = split(b"an invented key")
    with pytest.raises(NotAShare, match="Both are share 1"):
        join(one, one)
    stranger = split(b"an invented key")[1]
    with pytest.raises(NotAShare, match="two different pairs"):
        join(one, stranger)
    assert one.words == other.words


def test_the_words_are_plain_and_sixty_four():
    assert len(set(WORDS)) == len(WORDS) == 64
    assert all(word.isalpha() and word.islower() for word in WORDS)
