"""What may lie on a phone: what helps, and nothing that names or finds anybody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.plans.kept import may_lie_on_a_phone, pieces, telling

NEVER = telling(
    ["Noʔeli", "Auntie Pretend", "Jo Made-Up", "ᓄᐁᓖ"],
    ["The library steps till nine.", "“Flat tire” means come and get me.", "555-0142"],
)


@pytest.mark.parametrize(
    "line",
    [
        "Count the spokes.",
        "Cold water on my wrists.",
        "Come and get some air.",
        "Respirer par le nez.",
        "ᐊᑎᑕ",
    ],
)
def test_what_helps_may(line):
    assert may_lie_on_a_phone(line, NEVER)


@pytest.mark.parametrize(
    "line",
    [
        "Call Auntie.",
        "call AUNTIE",
        "Go to the Library",
        "Think of noʔeli laughing.",
        "Say flat.",
        "My number is 5",
        "٥",
        "Every Tuesday",
        "chaque février",
        "ᓄᐁᓖ",
        "the pretend game",
    ],
)
def test_names_places_days_code_words_and_numbers_may_not(line):
    assert not may_lie_on_a_phone(line, NEVER)


@given(st.text(), st.text(min_size=3))
def test_no_line_with_a_name_in_it_ever_may(line, name):
    never = telling([name], [])
    if pieces(name):
        assert not may_lie_on_a_phone(f"{line} {name} {line}", never)
