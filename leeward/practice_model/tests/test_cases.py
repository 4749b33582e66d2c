"""The invented cases: what must come out of each, and what must not."""

from pathlib import Path

import pytest

from leeward.practice_model.loader import builtin_model
from leeward.practice_model.reading import read_record
from leeward.practice_model.record import parse_record
from leeward.practice_model.tests.case_notes import as_record, holds, read_cases

CASES = read_cases(Path(__file__).parent / "cases.csv")


def claims(text):
    return [each for each in text.split("; ") if each]


def test_cases_are_enough_to_sign_off():
    assert len(CASES) >= 12
    assert len({case["case"] for case in CASES}) == len(CASES)
    assert all(case["story"] and case["must"] and case["must_not"] for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_case(case):
    model = builtin_model()
    reading = read_record(parse_record(as_record(case), model), model)
    out = reading.to_dict()
    for claim in claims(case["must"]):
        assert holds(claim, out, reading), claim
    for claim in claims(case["must_not"]):
        assert not holds(claim, out, reading), claim
