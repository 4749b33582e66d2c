"""What the README and its neighbours say is there, is there."""

import csv
import re
from pathlib import Path

import pytest

from config.cli import AS_OWNER, USAGE

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
# Set by the `leeward` command for itself.
OUR_OWN = {"LEEWARD_AS_OWNER", "LEEWARD_DEMO"}
ASKED_FOR = re.compile(r'environ(?:\.get\(|\[)\s*"(LEEWARD_\w+)"')


def test_each_setting_of_the_environment_stands_in_the_table():
    code = [*(ROOT / "config").glob("*.py"), *(ROOT / "leeward").rglob("*.py")]
    asked = {name for path in code for name in ASKED_FOR.findall(path.read_text("utf-8"))}
    table = README[README.index("## Settings") : README.index("## What it does not do yet")]
    told = set(re.findall(r"`(LEEWARD_\w+)`", table))
    assert len(asked) > 20
    assert asked - OUR_OWN == told


def test_each_persona_of_the_demo_is_introduced():
    path = ROOT / "leeward" / "practice_desk" / "invented" / "content" / "workers.csv"
    with path.open(encoding="utf-8", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file) if row["persona"]]
    assert names
    assert [name for name in names if name not in README] == []


def test_each_command_is_told_and_explained():
    listed = set(re.findall(r"^  (\w+)  ", USAGE, re.MULTILINE))
    assert listed >= AS_OWNER
    assert [name for name in sorted(listed) if f"leeward {name}" not in README] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_link_between_our_pages_leads_somewhere(page):
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        assert "://" in target or (page.parent / target).exists(), target
