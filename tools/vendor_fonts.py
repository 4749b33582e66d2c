"""Fonts for the pages (woff2) and for PDF (ttf), and the @font-face rules that name them.

Neither Atkinson Hyperlegible Next nor the syllabics face has every letter that a name in Ontario
needs, so two subsets of Noto Sans stand behind them:

* `letters-*` joins the main family with the letters that stand alone (ʔ ɂ ŋ ḵ …). It is small and
  is fetched only by a page that shows one of them.
* `marks-*` is a second family with base letters *and* combining marks. A letter and its mark must
  come from one face to be set together, so a page with x̱ or k̓ fetches it; no other page does.

Ranges are computed from what each file really carries, never from what its name promises.
"""

from collections.abc import Iterable
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

WEIGHTS = (400, 600, 700)
EXPO_STYLE = {400: "400Regular", 600: "600SemiBold", 700: "700Bold"}
SYLLABICS = {*range(0x1400, 0x1680), *range(0x18B0, 0x18F6), *range(0x11AB0, 0x11AC0)}

# Letters of the Latin orthographies of Indigenous languages in Canada (Anishinaabemowin, Cree,
# the Rotinonhsión:ni languages, Lenape, Mi'kmaw, Dene, Salish, Wakashan, Tlingit, Haida …).
LETTER_RANGES = (
    "014A-014D 0186 018E-0190 0194 0196-0197 019B 01B1 01CD-01D4 01DD 01E6-01ED 01F4-01F5 "
    "01F8-01F9 0222-0223 0226-0229 022E-022F 0232-0233 023A-023F 0241-0242 0244-0245 0254 0259 "
    "025B 0263 0268-0269 026B-026C 0283 0289-028A 028C 0292 0294-0295 02B0 02B2 02B7-02B8 "
    "02BB-02BF 02C0-02C1 02C8 02D0-02D1 0398 039B 03A7 03B8 03BB 03C7 1D43 1D48-1D49 1D4F 1D57 "
    "1DBB 1DBF 1E0C-1E0F 1E20-1E21 1E24-1E25 1E2A-1E2B 1E30-1E37 1E3A-1E3B 1E3E-1E3F 1E42-1E43 "
    "1E46-1E49 1E5A-1E5B 1E5E-1E5F 1E62-1E63 1E6C-1E6F 1E8A-1E8F 1E90-1E95 1EA0-1EA1 1EB8-1EB9 "
    "1EBC-1EBD 1ECA-1ECD 1EE4-1EE5 1EF8-1EF9 207F 2032-2033 2C60-2C62 2C65-2C66 A789-A78C A78F "
    "A7AD A7B0"
)
MARK_RANGES = (
    "0300-0304 0306-0308 030A-030C 0312-0315 0323-0328 032C-032D 0330-0332 0335 0337-0338 "
    "0358 0361"
)
BASE_RANGES = (
    "0020 0027 0041-005A 0061-007A 00B7 00C0-00D6 00D8-00F6 00F8-00FF 0100-0107 010C-010D "
    "0112-0113 0118-0119 012A-012B 012E-012F 0131 0141-0142 0160-0161 016A-016B 0172-0173 "
    "017D-017E 2018-2019"
)
# What French and dates ask of a page on paper; a browser has these in any face.
PAPER_RANGES = "2010-2011 202F"


def codepoints(ranges: str) -> set[int]:
    """The code points of a text such as ``0041-005A 00C0``."""
    found: set[int] = set()
    for part in ranges.split():
        first, _, last = part.partition("-")
        found |= set(range(int(first, 16), int(last or first, 16) + 1))
    return found


def unicode_range(points: Iterable[int]) -> str:
    """The same in CSS: ``U+41-5A,U+C0``."""
    runs: list[list[int]] = []
    for point in sorted(points):
        if runs and point == runs[-1][1] + 1:
            runs[-1][1] = point
        else:
            runs.append([point, point])
    return ",".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in runs)


def carried(path: Path) -> set[int]:
    """The code points that a font file can draw."""
    return {point for point in TTFont(path).getBestCmap() if point >= 0x20}


def subset(source: Path, target: Path, points: set[int]) -> set[int]:
    """Write to `target` the part of `source` that draws `points`; returns what it really carries.

    A `.woff2` target is compressed. Names, licence and mark positioning are kept.
    """
    font = TTFont(source, recalcTimestamp=False)
    wanted = points & set(font.getBestCmap())
    options = Options()
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.layout_features = ["ccmp", "locl", "mark", "mkmk", "kern", "liga", "calt", "rlig"]
    options.hinting = False
    options.flavor = "woff2" if target.suffix == ".woff2" else None
    work = Subsetter(options)
    work.populate(unicodes=wanted)
    work.subset(font)
    font.flavor = options.flavor
    font.save(target)
    return carried(target)


def _expo(modules: Path, package: str, stem: str, weight: int) -> Path:
    style = EXPO_STYLE[weight]
    return modules / "@expo-google-fonts" / package / style / f"{stem}_{style}.ttf"


def _face(family: str, weight: int, file: str, points: set[int]) -> str:
    drawn = unicode_range(points)
    return (
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-display: swap; '
        f'src: url("../fonts/{file}") format("woff2"); unicode-range: {drawn}; }}\n'
    )


def web_fonts(modules: Path, fonts: Path) -> str:
    """Write every woff2 into `fonts`; returns the text of `_letters.scss`."""
    css = "// Written by tools/vendor.py: ranges are what each file really carries.\n\n"
    for weight in WEIGHTS:
        main: set[int] = set()
        for part in ("latin", "latin-ext"):
            name = f"atkinson-hyperlegible-next-{part}-{weight}-normal.woff2"
            source = modules / "@fontsource/atkinson-hyperlegible-next/files" / name
            (fonts / name).write_bytes(source.read_bytes())
            points = carried(source) - main
            main |= points
            css += _face("Leeward Sans", weight, name, points)
        noto = _expo(modules, "noto-sans", "NotoSans", weight)
        name = f"letters-{weight}.woff2"
        own = subset(noto, fonts / name, codepoints(LETTER_RANGES) - main) - main
        css += _face("Leeward Sans", weight, name, own - codepoints(MARK_RANGES))
        stem = "noto-sans-canadian-aboriginal"
        name = f"{stem}-canadian-aboriginal-{min(weight, 600)}-normal.woff2"
        source = modules / "@fontsource" / stem / "files" / name
        (fonts / name).write_bytes(source.read_bytes())
        css += _face("Leeward Sans", weight, name, carried(source) & SYLLABICS)
        name = f"marks-{weight}.woff2"
        wanted = codepoints(f"{LETTER_RANGES} {MARK_RANGES} {BASE_RANGES}")
        css += _face("Leeward Letters", weight, name, subset(noto, fonts / name, wanted))
    return css


def paper_fonts(modules: Path, fonts: Path) -> None:
    """Write the ttf files for PDF into `fonts`: regular and bold of three families, names kept."""
    wanted = codepoints(f"{LETTER_RANGES} {MARK_RANGES} {BASE_RANGES} {PAPER_RANGES}")
    for weight, style in ((400, "Regular"), (700, "Bold")):
        plain = _expo(modules, "atkinson-hyperlegible-next", "AtkinsonHyperlegibleNext", weight)
        (fonts / f"AtkinsonHyperlegibleNext-{style}.ttf").write_bytes(plain.read_bytes())
        noto = _expo(modules, "noto-sans", "NotoSans", weight)
        subset(noto, fonts / f"NotoSans-{style}.ttf", wanted)
        stem = "NotoSansCanadianAboriginal"
        syllabics = _expo(modules, "noto-sans-canadian-aboriginal", stem, weight)
        subset(syllabics, fonts / f"{stem}-{style}.ttf", SYLLABICS | {0x20, 0x202F})
