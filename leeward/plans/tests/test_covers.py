"""The cover of a copy: their own words, a pattern that nobody hears, and the plan as it was."""

import pytest

from leeward.plans.covers import MOST_WORDS, PATTERNS, Cover
from leeward.plans.forms import COVERS, CoverForm
from leeward.plans.tests.copies import edges, opened, pages_of, print_it, squashed, tags_of

LETTER_WIDTH = 612


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_cover_is_one_page_before_the_plan_and_changes_nothing_behind_it(pattern):
    bare, covered = (
        pages_of(print_it()),
        pages_of(print_it(cover=Cover(pattern, "Mine & <yours>"))),
    )
    assert covered[1:] == bare
    assert squashed(covered[0]) == squashed("Mine & <yours> Noʔeli")


def test_without_words_the_title_stands_there_and_without_a_name_no_name():
    pages = pages_of(print_it(name="", language="fr", cover=Cover("waves", "  ")))
    assert squashed(pages[0]) == squashed("Mon plan")


def test_the_pattern_is_not_read_aloud():
    with opened(print_it()) as bare, opened(print_it(cover=Cover("stars", "Hi"))) as covered:
        before, after = (tags_of(each.Root.StructTreeRoot.K) for each in (bare, covered))
    assert "/Figure" not in after
    assert len(after) == len(before) + 2


@pytest.mark.parametrize("words", ["W" * MOST_WORDS, "ᓄᐁᓖ " * 24, "陈 example", '#import "x"'])
def test_any_words_fit_on_it(words):
    with opened(print_it(cover=Cover("leaves", words))) as pdf:
        assert max(edges(pdf.pages[0])) < LETTER_WIDTH
        assert len(pdf.pages) == 2


def test_a_pattern_that_nobody_drew_is_refused():
    with pytest.raises(ValueError, match="spirals"):
        Cover("spirals")
    assert not CoverForm({"cover": "spirals"}).is_valid()


def test_no_choice_is_no_cover():
    form = CoverForm({"cover_words": "kept for later"})
    assert form.is_valid()
    assert form.chosen() is None


def test_every_pattern_is_offered_by_a_name():
    assert set(COVERS) == {"", *PATTERNS}
