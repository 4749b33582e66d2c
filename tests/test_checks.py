"""The twenty named checks and the ASVS table name tests and files, and those are there."""

import ast
import csv
from pathlib import Path

import asvs
import pytest

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "tests" / "checks"
with (ROOT / "docs" / "reference" / "checks.csv").open(encoding="utf-8", newline="") as table:
    CHECKS = list(csv.DictReader(table))


def _functions(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {each.name: each for each in tree.body if isinstance(each, ast.FunctionDef)}


def test_there_are_twenty_and_each_says_everything():
    assert len({row["name"] for row in CHECKS}) == len(CHECKS) == 20
    assert [row for row in CHECKS if not all(row.values())] == []


@pytest.mark.parametrize("row", CHECKS, ids=lambda row: row["name"])
def test_a_check_has_its_test_and_the_test_can_fail(row):
    assert row["test"] == f"tests/checks/test_{row['name']}.py"
    test = _functions(ROOT / row["test"])[f"test_{row['name']}"]
    assert any(isinstance(each, ast.Assert) for each in ast.walk(test)) or "raises" in ast.dump(
        test
    ), "a check that asserts nothing proves nothing"


def test_every_test_among_the_checks_has_a_row():
    known = {Path(row["test"]).name for row in CHECKS}
    assert {path.name for path in FOLDER.glob("test_*.py")} == known


def test_the_page_of_promises_names_every_check():
    page = (ROOT / "docs" / "explanation" / "security.md").read_text(encoding="utf-8")
    assert [row["name"] for row in CHECKS if f"`{row['name']}`" not in page] == []


def test_what_the_asvs_table_names_is_there():
    rows = asvs.read(asvs.SOURCE.read_text(encoding="utf-8"))
    named = {each for row in rows for each in row["evidence"].split()}
    assert sorted(each for each in named if not (ROOT / each).exists()) == []
