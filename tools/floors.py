"""Draw the floors: `python tools/floors.py` writes them into the architecture page.

The layers of import-linter's contract in `pyproject.toml` and the word each app defines in its own
docstring are the one source. `--check` writes nothing, and exits 1 when the page is out of date.
"""

import argparse
import ast
import sys
import textwrap
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "explanation" / "architecture.md"
BEGIN = "<!-- floors: drawn by tools/floors.py -->"
END = "<!-- end of floors -->"
WORDS_WIDTH = 62


class NoFloors(Exception):
    """The contract, the word of an app or the marks in the page are not there."""


def layers(pyproject: Path) -> list[list[str]]:
    """The apps of each floor, top to bottom, as the layers contract names them."""
    tools = tomllib.loads(pyproject.read_text(encoding="utf-8"))["tool"]
    for contract in tools["importlinter"]["contracts"]:
        if contract["type"] == "layers":
            return [[app.strip() for app in line.split("|")] for line in contract["layers"]]
    raise NoFloors(f"{pyproject.name} has no contract of layers.")


def word(app: str) -> str:
    """What an app is: the first paragraph of its package docstring, on one line."""
    source = ROOT / "leeward" / app / "__init__.py"
    text = ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))) or ""
    if ": " not in text:
        raise NoFloors(f"{source.relative_to(ROOT)} does not define its word.")
    said = " ".join(text.split("\n\n")[0].split()).partition(": ")[2]
    return said[0].upper() + said[1:]


def drawing(floors: list[list[str]]) -> str:
    """The floors as text, one box each, with the apps that stand side by side in one box."""
    name_width = max(len(app) for floor in floors for app in floor)

    def rule(left: str, middle: str, right: str) -> str:
        return f"{left}{'─' * (name_width + 2)}{middle}{'─' * (WORDS_WIDTH + 2)}{right}"

    boxes = []
    for floor in floors:
        rows = []
        for app in floor:
            for number, line in enumerate(textwrap.wrap(word(app), WORDS_WIDTH)):
                name = "" if number else app
                rows.append(f"│ {name:<{name_width}} │ {line:<{WORDS_WIDTH}} │")
        boxes.append("\n".join(rows))
    between = f"\n{rule('├', '┼', '┤')}\n"
    return "\n".join([rule("┌", "┬", "┐"), between.join(boxes), rule("└", "┴", "┘")])


def with_drawing(page: str, drawn: str) -> str:
    """The page with `drawn` between its marks. Raises NoFloors when a mark is missing."""
    before, begin, rest = page.partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not begin or not end:
        raise NoFloors(f"{PAGE.name} has lost its marks: {BEGIN} and {END}.")
    return f"{before}{BEGIN}\n\n```text\n{drawn}\n```\n\n{END}{after}"


def main(arguments: list[str] | None = None) -> int:
    """Draw, or check. Returns the exit code."""
    parser = argparse.ArgumentParser(description="Draw the floors into the architecture page.")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 when the page is out of date"
    )
    check: bool = parser.parse_args(arguments).check
    try:
        now = PAGE.read_text(encoding="utf-8")
        wanted = with_drawing(now, drawing(layers(ROOT / "pyproject.toml")))
    except (NoFloors, OSError) as fault:
        print(fault, file=sys.stderr)
        return 1
    if check and now != wanted:
        print(f"{PAGE.name} is out of date. Run: python tools/floors.py", file=sys.stderr)
        return 1
    if now != wanted:
        PAGE.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
