"""Words that read badly are found where they stand, and nothing is found in what is kind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.wording.rules import LANGUAGES, hints, table

FORMS = [(each.language, words) for each in table() for words in each.avoid]


@pytest.mark.parametrize(("language", "words"), FORMS)
def test_each_word_of_the_table_is_found_in_a_sentence(language, words):
    for text in (f"Today, {words}.", words.upper(), f"«{words.replace('’', chr(39))}»"):
        assert hints(text, language), text


def test_no_advice_is_to_say_what_another_row_says_to_avoid():
    for each in table():
        for said in each.say:
            assert not hints(said, each.language), said


def test_both_languages_have_the_same_breadth():
    many = [sum(each.language == language for each in table()) for language in LANGUAGES]
    assert min(many) >= 25


def test_what_is_found_stands_where_it_stood():
    text = "Elle dit qu’elle n’est pas une «victime», and she went  AWOL\nagain."
    found = hints(text, "en")
    assert [each.words for each in found] == ["victime", "went  AWOL"]
    assert [text[each.start : each.end] for each in found] == [each.words for each in found]
    assert [each.advice.language for each in found] == ["fr", "en"]


@pytest.mark.parametrize(
    "text",
    [
        "Noʔeli told me that she likes the clientele of the bakery.",
        "In case it rains, Noʔeli takes the bus. Just in case.",
        "The native-plant garden at Invictim street",
        "Noʔeli m’a dit qu’elle aime jouer. En tout cas, elle revient.",
        "",
        "ᐊᓂᔑᓈᐯᒧᐎᓐ",
    ],
)
def test_nothing_is_found_in_what_is_kind(text):
    assert hints(text, "en") == ()


def test_the_longest_is_told_once():
    (one,) = hints("a frequent runaway", "en")
    assert one.words == "frequent runaway"
    (one,) = hints("an unrealistic goal", "en")
    assert one.words == "unrealistic goal"


@given(text=st.text(max_size=60), language=st.sampled_from(LANGUAGES), nth=st.integers(0))
def test_wherever_it_stands_it_is_told_in_order_and_never_twice(text, language, nth):
    _language, words = FORMS[nth % len(FORMS)]
    found = hints(f"{text} {words} {text}", language)
    assert found
    ends = [0, *(each.end for each in found)]
    assert all(each.start >= before for each, before in zip(found, ends, strict=False))
