"""Letters on paper: none is lost, and what no typeface has is said in words."""

import json
import re
import unicodedata

import pytest
import typst
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leeward.plans import printing
from leeward.plans.copy.lettering import breakable, clean, direction, in_brackets, words_in
from leeward.plans.printing import set_in_type
from leeward.plans.tests.copies import (
    Page,
    Step,
    Words,
    opened,
    print_it,
    saying,
    squashed,
    text_of,
)


@pytest.mark.parametrize(
    "written",
    [
        "ᓄᐁᓖ ᐊᓂᔑᓈᐯᒧᐎᓐ",
        "Noʔeli Ɂ ɂ ʼ ʷ ŋ ł ə",
        "x̱ k̓ ḵ́ q̓ʷ ə́ ạ́ ŋ̀ t̕ᶿ",
        "Sélu7 ÀÉÎÖÜÇ Œuvre ǫ́ ų",
        "Привет Ελλάδα",
        "→ ✓ ★ … “ ” « » – — € ½",
    ],
)
def test_letters_come_out_as_written(written):
    text = text_of(saying(written))
    for word in written.split():
        assert squashed(word) in text, word
    assert squashed(words_in("en")["signs"]) not in text


@pytest.mark.parametrize("name", ["سارة Example", "דנה", "سارة"])
def test_right_to_left_name_is_printed(name):
    text = text_of(print_it(name=name))
    for word in name.split():
        assert any(each in text for each in (word, word[::-1])), word


MEASURE = """
#import "letters.typ": families, with-letters
#let data = json(bytes(sys.inputs.data))
#set document(title: "Letters")
#set text(size: 100pt)
#show: with-letters
#context {
  for (letter, marked) in data.pairs {
    let (bare, worn) = (measure(letter).width, measure(marked).width)
    assert(worn > bare / 2, message: "lost under its mark: " + marked)
  }
}
"""
LETTERS = [
    chr(code)
    for first, after in ((0x41, 0x250), (0x250, 0x2B0), (0x370, 0x530), (0x1E00, 0x1F00))
    for code in range(first, after)
    if unicodedata.category(chr(code)) in ("Lu", "Ll", "Lo")
    and unicodedata.name(chr(code)).startswith(("LATIN", "GREEK", "CYRILLIC"))
]
# The marks of the Latin orthographies of this land, and one that only Libertinus Serif has.
MARKS = "\u0300\u0301\u0302\u0304\u0308\u030c\u0313\u0315\u0323\u0328\u0331\u0332\u0336"


def can_be_drawn(letter):
    try:
        set_in_type(printing._template("alone.typ"), {"letters": [letter]})
    except typst.TypstError:
        return False
    return True


def lost_under_marks(template, letters):
    pairs = [(letter, clean(letter + mark)) for letter in letters for mark in MARKS]
    try:
        set_in_type(template.encode(), {"pairs": pairs})
    except typst.TypstError as fault:
        return fault.message
    return None


def test_no_letter_is_lost_under_its_mark():
    _made, undrawn = printing._attempt("alone.typ", {"letters": LETTERS})
    drawn = [letter for letter in LETTERS if letter not in undrawn]
    assert len(drawn) > 900
    assert lost_under_marks(MEASURE, drawn) is None
    # Without our own rules letters do vanish, so the measure above can fail.
    plain = MEASURE.replace("#show: with-letters", "#set text(font: families)")
    assert "lost under" in lost_under_marks(plain, drawn)


@pytest.mark.parametrize("word", ["Noʔeli", "ᓄᐁᓖ", "Sélu7", "Max̱wa", "Ḵwa", "Ɂeɂe"])
def test_word_is_read_once_and_whole(word):
    assert text_of(saying(f"I am {word}.")).count(squashed(f"Iam{word}.")) == 1


def test_syllabics_with_a_latin_mark_keep_the_letter():
    assert clean("ᓄ\u0301 \u0301") == "ᓄ\u00a0\u0301 \u0301"
    assert "ᓄ" in text_of(saying("ᓄ\u0301"))


def test_letter_no_typeface_has_is_not_lost_under_a_mark_that_one_has():
    # U+0671 is in no typeface here; U+064E is.
    assert not can_be_drawn("\u0671")
    assert can_be_drawn("\u0628\u064e")
    text = text_of(saying("\u0671\u064e"))
    assert re.search(r"\[\w+\]", text)
    assert squashed(words_in("en")["signs"]) in text


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("陈明", "[ChenMing]"),
        ("🐶", "[dog]"),
        ("👍🏽", "[thumbs up]"),
        ("👩‍👧", "[woman girl]"),
        ("🔥🔥🔥", "[fire]"),
        ("🇨🇦", "[CA]"),
        ("🦑", "[picture]"),
        ("வணக்கம்", "[vnkkm]"),
    ],
)
def test_what_no_typeface_has_is_said_in_brackets(written, said):
    text = text_of(saying(f"I like {written}."))
    assert squashed(f"I like {said}.") in text
    assert squashed(words_in("en")["signs"]) in text


def test_joined_pictures_are_said_together_beside_letters_with_marks():
    assert "[womangirl]" in text_of(saying("my بَ 👩‍👧"))


def test_pictures_are_said_in_the_language_of_the_copy():
    assert in_brackets("🐶", "fr") == "[chien]"
    assert in_brackets("🦑", "fr") == "[image]"


def test_plan_all_in_undrawn_letters_is_printed():
    text = "".join(chr(code) for code in range(0x4E00, 0x5600))
    assert text_of(saying(text)).count("[") >= 1


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=60), st.text(max_size=20))
def test_any_text_can_be_printed(written, name):
    page = Page(Words(matters=written, anchor=written), [Step(written, written)])
    assert len(opened(print_it(page, name=name)).pages) >= 1


# Found by trying nonsense: typst 0.15 panics on each where it stands in a narrow column.
BREAKDOWNS = [
    "\u0930\u0691\u0640\u0616\u0619\u064c\u09c5\u1863\u0662\u7253\u0931\u0b19\u062d",
    "\u4340\u06e4\u1399\u0631\u0cde\u984a\u0642\u06ea\u14ba\u033d\u09aa\u066d",
    "\u310f\u0b5d\u0690\u0686\u0659\u0d68\u065e\uce98\u064b\u13f7\u0620\u0c96",
]


@pytest.mark.parametrize("who", BREAKDOWNS)
def test_nonsense_in_a_narrow_column_is_printed(who):
    assert "[" in text_of(print_it(Page(open_steps=[Step("Visit", who)])))


class PanicException(BaseException):
    """As typst raises it: not an Exception."""


def test_breakdown_of_typst_says_other_letters_in_ours(monkeypatch):
    real = printing.set_in_type

    def breaks_down(template, data):
        if "س" in json.dumps(data, ensure_ascii=False):
            raise PanicException
        return real(template, data)

    monkeypatch.setattr(printing, "set_in_type", breaks_down)
    text = text_of(print_it(Page(Words(matters="ᓄᐁᓖ Noʔeli سلام")), name="k̓at"))
    assert "ᓄᐁᓖNoʔeli[slm]" in text


def test_interruption_is_not_swallowed(monkeypatch):
    def interrupted(template, data):
        raise KeyboardInterrupt

    monkeypatch.setattr(printing, "set_in_type", interrupted)
    with pytest.raises(KeyboardInterrupt):
        print_it()


def test_clean_takes_out_what_is_not_seen():
    assert clean("a\x00b\u202ec\u2066d\u00ade\ufe0f\ud800f\u034f\ufeff\ue000") == "abcdef"
    assert clean("one\r\ntwo\u2028three\ttab") == "one\ntwo\nthree tab"
    assert clean("e\u0301") == "é"
    assert clean("نم\u200cی") == "نم\u200cی"


def test_direction_is_that_of_the_first_letter():
    assert direction("123 سارة abc") == "rtl"
    assert direction("abc سارة") == "ltr"
    assert direction("…") == "ltr"


def test_long_run_may_break_but_not_inside_a_letter():
    cut = breakable("x\u0331" * 40, 10)
    assert cut.replace("\u200b", "") == "x\u0331" * 40
    assert all(part.startswith("x") for part in cut.split("\u200b"))
    assert max(map(len, cut.split("\u200b"))) <= 6
    assert breakable("short words only here", 10) == "short words only here"
