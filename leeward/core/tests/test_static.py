"""What every page loads: nothing from elsewhere, licences, weights, letters, contrasts."""

import colorsys
import gzip
import itertools
import json
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[3]
STATIC = ROOT / "leeward/core/static/leeward"
PAPER = ROOT / "leeward/plans/fonts"
AXE = ROOT / "tests/vendor"
CSS = STATIC / "css/practice.css"
OURS = (*(f"js/{each}.js" for each in "desk draft early grid keep".split()), "shared/passkey.js")

SHIPPED = sorted(p for p in STATIC.rglob("*") if p.is_file())
NAMESPACES = ("http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink")
# Letters of invented names that must be drawn in our own faces: stops, barred and marked letters.
NAMES = "Noʔeli Ɂədzëh ɂ Sélu7 Sḵwx̱wú7 k̓ʷ ǫ́ ę́ Ŋ ŋ Ā ā Ō ō ƛ̓ ȼ Ɨ ʌ́ ⁿ θ ꞏ"
SYLLABIC_NAME = "ᓄᐁᓖ ᐊᓂᔑᓈᐯ"


def tokens():
    """The custom properties of :root that are colours: name -> (r, g, b) in 0..255."""
    text = CSS.read_text(encoding="utf-8")
    found = {}
    for name, digits in re.findall(r"--([a-z0-9-]+):\s*#([0-9a-fA-F]{3,6})\b", text):
        full = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
        found[name] = tuple(int(full[i : i + 2], 16) for i in (0, 2, 4))
    return found


def contrast(one, other):
    """WCAG 2 contrast ratio of two (r, g, b) colours."""

    def luminance(colour):
        parts = [c / 255 for c in colour]
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def faces():
    """Each @font-face of the stylesheet: (family, weight, file, code points it is asked for)."""
    out = []
    for rule in re.findall(r"@font-face\{([^}]*)\}", CSS.read_text(encoding="utf-8")):
        family = re.search(r'font-family:"([^"]+)"', rule)[1]
        weight = int(re.search(r"font-weight:(\d+)", rule)[1])
        file = re.search(r"url\(\"?\.\./fonts/([^\")]+)\"?\)", rule)[1]
        points = set()
        for part in re.search(r"unicode-range:([^;}]+)", rule)[1].split(","):
            first, _, last = part.strip()[2:].partition("-")
            points |= set(range(int(first, 16), int(last or first, 16) + 1))
        out.append((family, weight, file, points))
    return out


# -- nothing from elsewhere ------------------------------------------------


@pytest.mark.parametrize(
    "file", [p for p in SHIPPED if p.suffix in {".css", ".js", ".svg"}], ids=str
)
def test_shipped_text_when_read_names_no_other_host(file):
    text = file.read_text(encoding="utf-8")
    for namespace in NAMESPACES:
        text = text.replace(namespace, "")
    assert re.findall(r"(?:https?:)?//[a-z0-9-]+\.[a-z]{2,}[^\s\"'`)]*", text) == []
    assert "sourceMappingURL" not in text


def test_stylesheet_when_it_names_a_file_the_file_exists():
    named = re.findall(r"url\(\"?([^\")]+)\"?\)", CSS.read_text(encoding="utf-8"))
    assert named
    assert [n for n in named if not (CSS.parent / n).is_file()] == []


@pytest.mark.parametrize("name", OURS)
def test_our_script_when_read_writes_nothing_on_the_device_and_runs_no_text(name):
    text = (STATIC / name).read_text(encoding="utf-8")
    code = re.sub(r"^\s*(//|\*|/\*).*$", "", text, flags=re.MULTILINE)
    for word in ("localStorage", "sessionStorage", "indexedDB", ".cookie", "innerHTML", "eval("):
        assert word not in code
    assert not re.search(r"\.style\b", code), "a strict policy refuses styles set by script"


@pytest.mark.parametrize("file", sorted(STATIC.glob("js/*.js")), ids=lambda p: p.name)
def test_script_when_served_under_a_digest_imports_no_other_by_name(file):
    text = file.read_text(encoding="utf-8")
    assert not re.search(r"^\s*(import|export)\b.*[\"']\./", text, re.MULTILINE)


def test_early_script_when_loaded_first_forbids_storage_to_every_script():
    assert 'defineProperty(Storage.prototype, "setItem"' in (STATIC / "js/early.js").read_text()


# -- licences and the list -------------------------------------------------


def listed():
    """The rows of docs/reference/vendored.md: (file, package, version, licence text)."""
    page = (ROOT / "docs/reference/vendored.md").read_text(encoding="utf-8")
    return re.findall(
        r"^\| `([^`]+)` \| (\S+) (\S+) \| [^|]+ \| `([^`]+)` \|$", page, re.MULTILINE
    )


def test_vendored_files_when_shipped_are_listed_with_a_licence_beside_them():
    theirs = [
        *STATIC.glob("fonts/*.woff2"),
        *STATIC.glob("css/*.css"),
        *(p for p in STATIC.glob("js/*.js") if f"js/{p.name}" not in OURS),
        *PAPER.glob("*.ttf"),
        ROOT / "leeward/my_space/files/pictures.svg",
        *AXE.glob("*.js"),
    ]
    rows = {file: licence for file, _, _, licence in listed()}
    assert sorted(rows) == sorted(str(p.relative_to(ROOT)) for p in theirs)
    for file, licence in rows.items():
        assert (ROOT / licence).parent == (ROOT / file).parent
        assert len((ROOT / licence).read_text(encoding="utf-8")) > 500


def test_vendored_versions_when_listed_are_those_of_the_lock_file():
    lock = json.loads((ROOT / "vendor/package-lock.json").read_text(encoding="utf-8"))
    locked = {
        k.removeprefix("node_modules/"): v.get("version") for k, v in lock["packages"].items()
    }
    assert [(p, v) for _, p, v, _ in listed() if locked.get(p) != v] == []


def test_lock_file_when_committed_names_no_package_index():
    text = (ROOT / "vendor/package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in text
    assert '"integrity"' in text


# -- weights ---------------------------------------------------------------


def test_stylesheet_when_compressed_weighs_at_most_22_kilobytes():
    assert len(gzip.compress(CSS.read_bytes(), 9)) <= 22 * 1024


def test_scripts_when_compressed_weigh_at_most_30_kilobytes():
    scripts = [p.read_bytes() for p in STATIC.glob("js/*.js")]
    assert sum(len(gzip.compress(s, 9)) for s in scripts) <= 30 * 1024


def needed(text):
    """The font files a browser fetches for `text` in the three weights."""
    out = set()
    for weight, letter in itertools.product((400, 600, 700), set(text)):
        for family in ("Leeward Sans", "Leeward Letters"):
            hit = [
                f
                for fam, w, f, points in faces()
                if (fam, w) == (family, weight) and ord(letter) in points
            ]
            if hit:
                out.add(hit[-1])
                break
    return out


@pytest.mark.parametrize(
    "text", ["Record what you saw, 2025-11-03…", "Où, « à côté », œuvre, Noël – ça"]
)
def test_fonts_when_a_page_is_plain_english_or_french_weigh_at_most_75_kilobytes(text):
    files = needed(text)
    assert len(files) == 3
    assert sum((STATIC / "fonts" / f).stat().st_size for f in files) <= 75 * 1024


# -- letters ---------------------------------------------------------------


@pytest.mark.parametrize(("family", "weight", "file", "points"), faces())
def test_font_face_when_it_claims_a_letter_really_carries_it(family, weight, file, points):
    font = TTFont(STATIC / "fonts" / file)
    assert points <= set(font.getBestCmap())
    assert abs(font["OS/2"].usWeightClass - weight) <= 100


@pytest.mark.parametrize("weight", [400, 600, 700])
def test_page_fonts_when_a_name_is_in_any_script_of_ours_draw_every_letter(weight):
    drawn = set().union(*(points for _, w, _, points in faces() if w == weight))
    assert {c for c in NAMES + SYLLABIC_NAME if ord(c) not in drawn} == set()


@pytest.mark.parametrize("weight", [400, 600, 700])
def test_page_fonts_when_a_letter_carries_a_mark_one_face_has_both(weight):
    both = next(p for family, w, _, p in faces() if (family, w) == ("Leeward Letters", weight))
    clusters = re.findall(r"\w[\u0300-\u036f]+", NAMES)
    assert clusters
    assert [c for c in clusters if any(ord(letter) not in both for letter in c)] == []


@pytest.mark.parametrize("style", ["Regular", "Bold"])
def test_paper_fonts_when_a_name_is_in_any_script_of_ours_draw_every_letter(style):
    files = [
        PAPER / f"AtkinsonHyperlegibleNext-{style}.ttf",
        PAPER / f"NotoSans-{style}.ttf",
        PAPER / f"NotoSansCanadianAboriginal-{style}.ttf",
    ]
    fonts = [TTFont(file) for file in files]
    drawn = set().union(*(set(font.getBestCmap()) for font in fonts))
    assert {c for c in NAMES + SYLLABIC_NAME if ord(c) not in drawn} == set()
    assert [font["name"].getDebugName(1) for font in fonts] == [
        "Atkinson Hyperlegible Next",
        "Noto Sans",
        "Noto Sans Canadian Aboriginal",
    ]


# -- colours ---------------------------------------------------------------

TEXT = 4.5
EDGE = 3.0
PAIRS = [
    *[(ink, ground, TEXT) for ink in ("ink", "ink-2", "ink-3") for ground in ("paper", "water")],
    *[(ink, "shelter-1", TEXT) for ink in ("ink", "ink-2", "ink-3", "own", "lee")],
    *[(ink, "shelter-2", TEXT) for ink in ("ink", "ink-2", "own", "lee", "lee-deep")],
    *[(ink, "mist", TEXT) for ink in ("ink", "ink-2", "ink-3", "lee")],
    *[("own", ground, TEXT) for ground in ("paper", "water")],
    *[("lee", ground, TEXT) for ground in ("paper", "water")],
    ("lee-deep", "paper", TEXT),
    *[("paper", ground, TEXT) for ground in ("ink", "lee", "lee-deep")],
    *[("ui", ground, EDGE) for ground in ("paper", "water", "shelter-2")],
    ("mist-line", "mist", EDGE),
    *[(mark, "paper", EDGE) for mark in ("ink-soft", "ink-faint", "walk")],
    ("walk", "shelter-2", EDGE),
    *[("ink", ground, EDGE) for ground in ("paper", "water", "shelter-1", "shelter-2", "mist")],
    ("halo", "ink", EDGE),
    *[("paper", f"like-{n}", TEXT) for n in range(1, 8)],
    ("ink", "like-8", TEXT),
]


@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_tokens_when_one_stands_on_another_can_be_read(ink, ground, least):
    colours = tokens()
    assert contrast(colours[ink], colours[ground]) >= least


def test_colours_when_strong_are_never_red_amber_or_green():
    """Strong colours lie between blue-green and plum; anything else is too grey to be a signal."""
    text = CSS.read_text(encoding="utf-8")
    found = set(re.findall(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b", text))
    assert found
    strong = []
    for colour in found:
        digits = colour[1:] if len(colour) == 7 else "".join(d * 2 for d in colour[1:])
        red, green, blue = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
        hue, _, _ = colorsys.rgb_to_hls(red, green, blue)
        if max(red, green, blue) - min(red, green, blue) > 0.17 and not 0.48 <= hue <= 0.9:
            strong.append(colour)
    assert strong == []


def test_stylesheet_when_govuk_rules_are_in_it_they_lie_in_a_layer_beneath_ours():
    text = CSS.read_text(encoding="utf-8")
    assert text.count("@layer govuk{") == 1
    layer = text.index("@layer govuk{")
    assert ":root{" not in text[:layer]
    assert "GDS Transport" not in text
    assert "crown" not in text.lower()
