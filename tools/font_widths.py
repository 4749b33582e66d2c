"""Write the advance widths that the pictures lay their labels out with.

Run by hand when the typeface changes:

    python tools/font_widths.py FONTS... > leeward/core/drawing/widths.json

FONTS are woff2 or ttf files whose names carry a weight ("-400-", "-600-", "-700-"): the latin and
latin-ext files of the npm package @fontsource/atkinson-hyperlegible-next, and the
canadian-aboriginal files of @fontsource/noto-sans-canadian-aboriginal. The first file of a weight
that has a letter decides, as in a browser's list of faces.

Widths are in thousandths of an em. A letter that no face has gets the widest width seen, so a
label in any script may come out narrower than its box, never wider.
"""

import json
import re
import sys
from pathlib import Path

from fontTools.ttLib import TTFont

WEIGHT = re.compile(r"-(400|600|700)-")


def tabular(font: TTFont) -> dict[str, str]:
    """Return the glyph substitutions of the font's tabular figures ("tnum"), if it has any."""
    swaps: dict[str, str] = {}
    if "GSUB" not in font:
        return swaps
    table = font["GSUB"].table
    wanted = {
        index
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "tnum"
        for index in record.Feature.LookupListIndex
    }
    for index in sorted(wanted):
        for sub in table.LookupList.Lookup[index].SubTable:
            swaps.update(getattr(getattr(sub, "ExtSubTable", sub), "mapping", {}))
    return swaps


def widths(path: Path) -> dict[str, int]:
    """Return character -> advance width in thousandths of an em; figures are taken as tabular."""
    font = TTFont(path)
    em: int = font["head"].unitsPerEm
    advance = font["hmtx"]
    swaps = tabular(font)
    found: dict[str, int] = {}
    for code, glyph in font.getBestCmap().items():
        if code < 32:
            continue
        # The pictures' style sheet asks for tabular figures, but a reader's own may not: the
        # wider of the two is safe for both.
        wide = max(advance[glyph][0], advance[swaps.get(glyph, glyph)][0])
        found[chr(code)] = -(-wide * 1000 // em)
    return found


def main(paths: list[str]) -> int:
    """Print the JSON for the given font files; return a process status."""
    table: dict[str, dict[str, int]] = {"400": {}, "600": {}, "700": {}}
    for name in paths:
        match = WEIGHT.search(Path(name).name)
        if match is None:
            print(f"no weight in the name of {name}", file=sys.stderr)
            return 2
        for letter, wide in widths(Path(name)).items():
            table[match[1]].setdefault(letter, wide)
    widest = max(max(row.values(), default=0) for row in table.values())
    content = {
        "unknown": widest,
        "weights": {key: dict(sorted(row.items())) for key, row in table.items()},
    }
    print(json.dumps(content, ensure_ascii=True, separators=(",", ":")))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
