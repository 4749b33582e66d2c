"""What a piece that is typed can be: `tables/police_pieces.csv`, in both languages. Pure."""

import csv
from functools import cache
from importlib import resources


@cache
def _table() -> dict[str, dict[str, str]]:
    file = resources.files("leeward.disclosures").joinpath("tables/police_pieces.csv")
    rows = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    return {row["key"]: row for row in rows}


def piece_kinds(language: str) -> dict[str, str]:
    """Every kind by its key, in `en` or `fr`, in the order of the table."""
    column = "fr" if language.startswith("fr") else "en"
    return {key: row[column] for key, row in _table().items()}
