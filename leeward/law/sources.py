"""How a rule's source is named in French, from `tables/sources.csv`. Pure."""

import csv
from functools import cache
from importlib import resources


@cache
def _french() -> dict[str, str]:
    table = resources.files("leeward.law").joinpath("tables", "sources.csv")
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    return {row["source"]: row["fr"] for row in rows}


def say_source(source: str, language: str) -> str:
    """The source as a page in this language names it; as tabled when it has no other name."""
    return _french().get(source, source) if language[:2] == "fr" else source
