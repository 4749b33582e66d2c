"""Draw the page of roles: `python tools/roles.py` writes both tables into docs/reference/roles.md.

The tables the code reads are the one source: `roles.csv` for workers, `own.csv` for young people.
`--check` writes nothing, and exits 1 when the page is out of date.
"""

import argparse
import csv
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "leeward" / "access" / "roles.csv"
OWN = SOURCE.with_name("own.csv")
PAGE = ROOT / "docs" / "reference" / "roles.md"
BEGIN = "<!-- roles: drawn by tools/roles.py -->"
END = "<!-- end of roles -->"
FIRST = ("action", "in plain words", "by break-glass")


class NoTable(Exception):
    """The columns of the table or the marks in the page are not there."""


def table(source: str) -> str:
    """The policy as Markdown: what is done, then who may, in the order of the file."""
    rows = list(csv.DictReader(source.splitlines()))
    if not rows or tuple(rows[0])[: len(FIRST)] != FIRST:
        raise NoTable(f"{SOURCE.name} begins with the columns {', '.join(FIRST)}.")
    roles = [name for name in rows[0] if name not in FIRST]
    head = ["What", *(name.replace("_", " ") for name in roles), "in an emergency", "in the code"]
    lines = [_line(head), _line(["---"] * len(head))]
    for row in rows:
        said = ["–" if row[role] == "no" else row[role] for role in roles]
        emergency = "yes" if row["by break-glass"] == "yes" else "–"
        lines.append(_line([row["in plain words"], *said, emergency, f"`{row['action']}`"]))
    return "\n".join(lines)


def own_table(source: str) -> str:
    """What a young person may do with what is their own, as Markdown."""
    rows = csv.DictReader(source.splitlines())
    said = [_line([row["in plain words"], f"`{row['action']}`"]) for row in rows]
    return "\n".join([_line(["A young person may", "in the code"]), _line(["---"] * 2), *said])


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def with_table(page: str, drawn: str) -> str:
    """The page with `drawn` between its marks. Raises NoTable when a mark is missing."""
    before, begin, rest = page.partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not begin or not end:
        raise NoTable(f"{PAGE.name} has lost its marks: {BEGIN} and {END}.")
    return f"{before}{BEGIN}\n\n{drawn}\n\n{END}{after}"


def main(arguments: list[str] | None = None) -> int:
    """Draw, or check. Returns the exit code."""
    parser = argparse.ArgumentParser(description="Draw roles.csv into the page of roles.")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 when the page is out of date"
    )
    check: bool = parser.parse_args(arguments).check
    try:
        now = PAGE.read_text(encoding="utf-8")
        drawn = [
            table(SOURCE.read_text(encoding="utf-8")),
            own_table(OWN.read_text(encoding="utf-8")),
        ]
        wanted = with_table(now, "\n\n".join(drawn))
    except (NoTable, OSError) as fault:
        print(fault, file=sys.stderr)
        return 1
    if check and now != wanted:
        print(f"{PAGE.name} is out of date. Run: python tools/roles.py", file=sys.stderr)
        return 1
    if now != wanted:
        PAGE.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
