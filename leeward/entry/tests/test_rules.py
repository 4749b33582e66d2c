import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import DamerauLevenshtein

from leeward.entry import rules
from leeward.entry.codes import HOW_MANY, as_compared, new_words, words_kept_as, words_of


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_code_is_no_less_than_44_bits(language):
    words = words_of(language)
    assert len(words) == len({as_compared(each) for each in words}) == 512
    assert len(words) ** HOW_MANY >= 2**44
    assert set(new_words(language).split()) <= set(words)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_two_words_are_a_slip_apart_and_each_is_easy_to_say(language):
    words = [as_compared(each) for each in words_of(language)]
    near = [
        pair
        for pair in itertools.combinations(words, 2)
        if DamerauLevenshtein.distance(*pair, score_cutoff=1) <= 1
    ]
    assert not near
    assert all(3 <= len(each) <= 12 and " " not in each for each in words)


def test_chance_chooses_the_words():
    assert len({new_words("en") for _ in range(50)}) == 50


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("  Maple,CANOE - otter ", "maple canoe otter"),
        ("Évier œuf", "evier oeuf"),
        ("e\u0301tang", "étang"),
    ],
)
def test_words_are_the_same_however_they_are_typed(typed, same):
    assert words_kept_as(typed) == words_kept_as(same)
    assert words_kept_as(typed) != words_kept_as(same + " x")


def test_what_is_kept_of_words_never_changes():
    # Another result than this, and nobody's words open anything any more.
    assert words_kept_as("maple canoe lantern otter september").startswith("6eb899da64d6f3ee")


@pytest.mark.parametrize(
    "number",
    "123456 987654 890123 111111 121212 122122 123123 20080311 11032008 03112008 080311 110308"
    " 031108 454545454545".split(),
)
def test_what_somebody_near_would_try_first_is_too_easy(number):
    assert rules.is_number(number)
    assert rules.too_easy(number)


@pytest.mark.parametrize("number", "704196 583920 9471836 80517396 271828182845".split())
def test_a_number_that_says_nothing_is_right(number):
    assert rules.is_number(number)
    assert not rules.too_easy(number)


@pytest.mark.parametrize(
    "text", ["", "12345", "1234567890123", "70419a", "７０４１９６", "-70419"]
)
def test_other_things_are_no_number(text):
    assert not rules.is_number(text)


@given(st.integers(0, rules.MOST_TRIES), st.integers(0, rules.MOST_TRIES))
def test_more_wrong_tries_never_wait_less(one, other):
    fewer, more = sorted((one, other))
    assert rules.wait_after(fewer) <= rules.wait_after(more)


def test_the_first_tries_do_not_wait_and_the_last_waits_half_an_hour():
    assert rules.wait_after(rules.FREE_TRIES - 1) == dt.timedelta(0)
    assert rules.wait_after(rules.FREE_TRIES) == dt.timedelta(minutes=1)
    assert rules.wait_after(rules.MOST_TRIES) == dt.timedelta(minutes=32)
