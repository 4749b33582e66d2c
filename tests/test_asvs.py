"""The table of the OWASP ASVS is whole, says why, and its page is drawn from it."""

from collections import Counter

import asvs
import pytest

ROWS = asvs.read(asvs.SOURCE.read_text(encoding="utf-8"))


def test_every_requirement_of_levels_one_and_two_stands_there_once():
    assert Counter(row["level"] for row in ROWS) == {"1": 70, "2": 183}
    numbers = [tuple(map(int, row["requirement"].split("."))) for row in ROWS]
    assert numbers == sorted(set(numbers))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["requirement"])
def test_a_standing_is_backed_or_explained(row):
    assert row["standing"] in asvs.STANDINGS
    assert row["evidence"] or row["standing"] != "met"
    assert row["note"] or row["evidence"] or row["standing"] == "not applicable"
    if row["standing"] in {"not met", "not applicable"}:
        assert row["note"], "say what is missing, or why it does not apply"


def test_the_page_is_drawn_from_the_table(tmp_path, monkeypatch):
    assert asvs.main(["--check"]) == 0
    page = tmp_path / "asvs.md"
    page.write_text(asvs.PAGE.read_text(encoding="utf-8").replace("partly", "met"), "utf-8")
    monkeypatch.setattr(asvs, "PAGE", page)
    assert asvs.main(["--check"]) == 1
    assert asvs.main([]) == 0
    assert asvs.main(["--check"]) == 0
