"""What is held back stands nowhere on the copy, and what changed is seen: pure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.requests.names import (
    Term,
    folded,
    own_words_of,
    terms_in_held,
    terms_typed,
)
from leeward.requests.rules import (
    Decided,
    Held,
    Left,
    Line,
    changes,
    digest_of,
    digests,
    held_by_ground,
    looked_for,
    shown,
    stale,
    still_standing,
)

OWN = own_words_of(["Noʔeli Sample"])
MARK = "[held back]"


def line(key, words, head="A note, 2026-03-01, Wren Sample", kept=None):
    return Line(key, "notes", head, "What was seen", words, kept or words)


def keys(places):
    return [(each.line.key, each.term.key) for each in places]


def test_a_name_held_back_in_one_part_is_found_in_every_other():
    lines = [
        line("a", "Kay Pretend called on Tuesday, worried about Noʔeli."),
        line("b", "She stayed with KAY’s sister."),
        line("c", "A letter, to kays at the door."),
        line("d", "Nobody else was there.", head="Contact, Kay Pretend"),
        line("e", "Okay, she said."),
    ]
    decided = Decided(held=(Held("a", "reporter", "Kay Pretend", "Kay Pretend"),))
    # Not in what is held back, not inside another word; in the head of a line too.
    found = {each for each, _term in keys(still_standing(lines, decided, OWN))}
    assert found == {"b", "c", "d"}


def test_a_whole_line_held_back_tells_the_names_in_it_and_not_the_young_persons_own():
    lines = [
        line("a", "The coach, Ilo Exemple, told us that Noʔeli was out. Police came."),
        line("b", "The police asked Ilo. Noʔeli was not there. Coach Exemple came on Tuesday."),
    ]
    decided = Decided(held=(Held("a", "third-party"),))
    said = {each.key for each in looked_for(lines, decided, OWN)}
    # "Police" starts a sentence, and stands without a capital elsewhere: no name.
    assert said == {"ilo", "exemple"}
    assert {term for _line, term in keys(still_standing(lines, decided, OWN))} == said


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Kay Pretend", {("kay", "pretend"), ("kay",), ("pretend",)}),
        ("red truck", {("red", "truck")}),
        ("Amélie", {("amelie",)}),
        ("Jo", {("jo",)}),
        # Without capitals in its script, each word may be the name.
        ("ᓄᐁᓖ ᐊᓐ", {("ᓄᐁᓖ", "ᐊᓐ"), ("ᓄᐁᓖ",), ("ᐊᓐ",)}),
        ("Sample", {("sample",)}),
        ("  ", set()),
    ],
)
def test_what_is_typed_is_looked_for_as_it_stands_and_name_by_name(typed, expected):
    assert {each.words for each in terms_typed(typed, OWN)} == expected


@pytest.mark.parametrize(
    "written", ["416-555-0100", "(416) 555 0100", "4165550100", "1 416 555-0100"]
)
def test_a_number_is_found_however_it_is_spaced(written):
    lines = [
        line("a", "Call 416 555-0100."),
        line("b", f"He left {written} there."),
        line("c", "2026-03-01"),
    ]
    decided = Decided(held=(Held("a", "reporter", "416 555-0100"),))
    assert [each.line.key for each in still_standing(lines, decided, OWN)] == ["b"]


def test_a_day_is_no_number_that_tells_anybody():
    assert terms_in_held("on 2026-03-01", OWN, frozenset(), whole=True) == set()


def test_a_short_passage_is_looked_for_as_it_stands():
    lines = [
        line("a", "He is her uncle’s friend."),
        line("b", "The uncle’s friend has a car."),
        line("c", "her uncle"),
    ]
    decided = Decided(held=(Held("a", "third-party", "uncle’s friend"),))
    assert [each.line.key for each in still_standing(lines, decided, OWN)] == ["b"]


def test_each_place_is_decided_on_once_and_then_nothing_is_left():
    lines = [line("a", "Kay called."), line("b", "Kay and Kay again."), line("c", "Kay Sample")]
    held = Held("a", "reporter", "Kay")
    places = still_standing(lines, Decided(held=(held,)), OWN)
    assert [(each.line.key, each.times) for each in places] == [("b", 2), ("c", 1)]
    decided = Decided(
        held=(held, Held("b", "reporter", "Kay")), left=(Left("c", "kay", "another Kay"),)
    )
    assert still_standing(lines, decided, OWN) == []
    # Left in one line is not left in the next.
    more = [*lines, line("d", "Kay")]
    assert keys(still_standing(more, decided, OWN)) == [("d", "kay")]


def test_nothing_that_is_held_back_is_on_the_copy():
    lines = [
        line("a", "Kay called. Kay was worried."),
        line("b", "All of this is Kay.", head="Contact, Kay"),
        line("c", "Untouched."),
    ]
    decided = Decided(
        held=(
            Held("a", "reporter", "Kay"),
            Held("b", "serious-harm"),
            Held("a", "legal", "Kay was"),
        )
    )
    found = shown(lines, decided, MARK)
    assert [each.words for each in found] == [
        "[held back] called. [held back] worried.", "[held back]", "Untouched.",
    ]  # fmt: skip
    assert found[1].head == ""
    assert held_by_ground(found) == {"reporter": 1, "legal": 1, "serious-harm": 1}


def test_a_whole_row_is_held_back_as_one_and_its_head_stands_nowhere():
    lines = [
        line("duty:1:who", "Kay Pretend", head="Answer, Wren"),
        line("duty:1:society", "An invented society", head="Answer, Wren"),
        line("duty:2:who", "Wren", head="Answer by Kay"),
        line("duty:2:reasons", "None", head="Answer by Kay"),
    ]
    whole = Held("duty:1:*", "reporter", "", "Kay Pretend")
    places = still_standing(lines, Decided(held=(whole,)), OWN)
    # The head that two lines share is one place.
    assert [(each.line.key, each.found) for each in places] == [("duty:2:who", "Kay")]
    found = shown(lines, Decided(held=(whole, Held("duty:2:who", "reporter", "Kay"))), MARK)
    assert [each.gone for each in found] == [True, True, False, False]
    assert {each.head for each in found[2:]} == {"Answer by [held back]"}
    assert held_by_ground(found) == {"reporter": 2}


def test_a_passage_that_stands_no_longer_is_told():
    lines = [line("a", "Somebody called.")]
    held = Held("a", "reporter", "Kay")
    assert stale(lines, Decided(held=(held,))) == [held]
    assert stale(lines, Decided(held=(Held("a", "reporter"), Held("gone", "legal", "x")))) == []


WORDS = st.text("abc ABC.’é", min_size=0, max_size=40)


@given(st.lists(WORDS, min_size=1, max_size=6), st.sampled_from(["Kay", "Bca", "Éa"]), st.data())
def test_when_every_place_is_held_the_name_is_nowhere(texts, name, data):
    lines = [line(str(n), f"{text} {name} {text}") for n, text in enumerate(texts)]
    decided = Decided(held=(Held("0", "reporter", name, name),))
    for _round in range(50):
        places = still_standing(lines, decided, OWN)
        if not places:
            break
        more = tuple(Held(each.line.key, "reporter", each.found) for each in places)
        decided = Decided(held=(*decided.held, *more))
    assert not still_standing(lines, decided, OWN)
    for each in shown(lines, decided, "∎"):
        words = [
            folded(word)
            for word in each.words.replace("∎", " ").replace("’", " ").replace(".", " ").split()
        ]
        assert folded(name) not in words


@given(st.dictionaries(st.text(min_size=1, max_size=4), st.text(max_size=8), max_size=6))
def test_what_did_not_change_is_no_change_and_every_change_is_seen(rows):
    lines = [line(key, words) for key, words in rows.items()]
    before = digests(lines)
    assert not changes(before, lines)
    assert not changes(before, list(reversed(lines)))
    for each in lines:
        other = [
            line(one.key, one.words, kept=one.kept + "x") if one is each else one for one in lines
        ]
        assert changes(before, other).changed == (each.key,)
        without = [one for one in lines if one is not each]
        assert changes(before, without).gone == (each.key,)
        assert changes(digests(without), lines).new == (each.key,)


def test_the_digest_is_of_every_word():
    assert digest_of([{"a": "b"}]) == digest_of([{"a": "b"}])
    assert digest_of([{"a": "b"}]) != digest_of([{"a": "b "}])
    assert Term(digits="1234").key == "1234"
