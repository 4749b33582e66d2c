"""Draw the page of the OWASP ASVS: `python tools/asvs.py` makes asvs.md from asvs.csv.

`--check` writes nothing, and exits 1 when the page is out of date.
"""

import argparse
import csv
import sys
from collections import Counter
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "docs" / "reference" / "asvs.csv"
PAGE = ROOT / "docs" / "reference" / "asvs.md"
STANDINGS = ("met", "partly", "not met", "not applicable")
# Our names for the standard's chapters.
CHAPTERS = {
    1: "Encoding and injection", 2: "Checking input and the order of work", 3: "In the browser",
    4: "Doors for programs", 5: "Files", 6: "Signing in", 7: "Sessions", 8: "Who may do what",
    9: "Tokens that carry their meaning", 10: "OAuth and OIDC", 11: "Cryptography",
    12: "Connections", 13: "Configuration", 14: "Protecting data", 15: "Code and its parts",
    16: "Logs and faults", 17: "WebRTC",
}  # fmt: skip
INTRO = """\
# OWASP ASVS 5.0, level 2

Drawn by `tools/asvs.py` from [asvs.csv](asvs.csv): do not edit it here. Every requirement of
levels 1 and 2 of OWASP's [Application Security Verification Standard][asvs]
5.0.0 stands here by its number, in our own short words; the standard's own are what counts. It is
our own reading. Nobody outside has verified it.

"Met" names the test or file that meets it. "Partly" and "not met" say what is missing.

[asvs]: https://owasp.org/www-project-application-security-verification-standard/
"""


def read(source: str) -> list[dict[str, str]]:
    """The rows of the table, in the order of the file."""
    return list(csv.DictReader(source.splitlines()))


def drawn(rows: list[dict[str, str]]) -> str:
    """The page as Markdown."""
    count = Counter(row["standing"] for row in rows)
    parts = [INTRO, ", ".join(f"{count[each]} {each}" for each in STANDINGS) + ".\n"]
    for chapter, of_it in groupby(rows, key=lambda row: int(row["requirement"].split(".")[0])):
        parts.append(f"\n## V{chapter} {CHAPTERS[chapter]}\n")
        parts.append("| | Level | What | Standing | By | Note |\n|---|---|---|---|---|---|")
        parts += [_line(row) for row in of_it]
    return "\n".join(parts) + "\n"


def _line(row: dict[str, str]) -> str:
    by = ", ".join(f"`{each}`" for each in row["evidence"].split())
    cells = [row["requirement"], row["level"], row["what"], row["standing"], by, row["note"]]
    return f"| {' | '.join(cells)} |".replace("|  |", "| |")


def main(arguments: list[str] | None = None) -> int:
    """Draw, or check. Returns the exit code."""
    parser = argparse.ArgumentParser(description="Draw asvs.csv as a page.")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 when the page is out of date"
    )
    check: bool = parser.parse_args(arguments).check
    wanted = drawn(read(SOURCE.read_text(encoding="utf-8")))
    now = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    if check and now != wanted:
        print(f"{PAGE.name} is out of date. Run: python tools/asvs.py", file=sys.stderr)
        return 1
    if now != wanted:
        PAGE.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
