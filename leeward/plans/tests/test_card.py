"""The safety plan as a card: what is on it, what is not, and that it stays one sheet."""

import pytest

from leeward.plans.printing import card_name, safety_card
from leeward.plans.queries import PlanPage, ShownSection
from leeward.plans.sections import sections
from leeward.plans.tests.copies import (
    LANGUAGES,
    Item,
    opened,
    pages_of,
    squashed,
    tags_of,
    text_of,
)

HELPS = "Walk to the bike shop. Count spokes."


def page(**written):
    """A safety plan in which these headings say these things."""
    return PlanPage(
        [
            ShownSection(each, [Item(words) for words in written.get(key, ())])
            for key, each in sections().items()
        ]
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_is_one_tagged_sheet_that_says_what_they_wrote(language):
    made = safety_card(page(helps=[HELPS], people=["ᓄᐁᓖ 555-0199"]), language=language)
    pdf, text = opened(made), text_of(made)
    assert len(pages_of(made)) == 1
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.open_metadata().get("pdfuaid:part")) == "1"
    assert {"/H1", "/P"} <= set(tags_of(pdf.Root.StructTreeRoot.K))
    for said in (HELPS, "ᓄᐁᓖ 555-0199", sections()["helps"].title(language), "911"):
        assert squashed(said) in text
    assert card_name(language) in ("my-card.pdf", "ma-carte.pdf")


def test_what_was_done_and_who_they_are_is_not_on_it():
    made = safety_card(
        page(helps=[HELPS], missing=["Call Auntie"], please_not=["no pictures"], story=["Mine"]),
        language="en",
    )
    for said in ("Call Auntie", "no pictures", "Mine"):
        assert squashed(said) not in text_of(made)
    assert "Copy" not in text_of(made)
    assert squashed("Copy ABCD") in text_of(safety_card(page(), language="en", code="ABCD"))


@pytest.mark.parametrize("many", [1, 12, 60])
def test_however_much_there_is_it_stays_one_sheet_and_says_when_there_is_more(many):
    said = [f"{number}: {HELPS}" for number in range(many)]
    made = safety_card(page(helps=said, people=said), language="en")
    text = text_of(made)
    assert len(pages_of(made)) == 1
    assert squashed(said[0]) in text
    assert (squashed("There is more in my plan.") in text) is (squashed(said[-1]) not in text)
    if many == 60:
        assert squashed(said[-1]) not in text


def test_letters_that_no_typeface_has_are_said_in_others():
    text = text_of(safety_card(page(helps=["陈 and a 🐢"]), language="en"))
    assert "turtle" in text
