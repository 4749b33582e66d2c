"""`make vendor`: rebuild the committed front-end files from their npm packages.

Runs `npm ci` in a temporary folder, then copies, subsets or compiles from there into the
repository, and rewrites docs/reference/vendored.md. Nothing else in the project needs Node.
"""

import csv
import gzip
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from vendor_css import prune, recolour
from vendor_fonts import paper_fonts, web_fonts

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "leeward/core/static/leeward"
PAPER = ROOT / "leeward/plans/fonts"
AXE = ROOT / "tests/vendor"
NOTEBOOK = ROOT / "leeward/my_space/files"
PICTURED = ROOT / "leeward/my_space/pictures.csv"

ATKINSON = "@fontsource/atkinson-hyperlegible-next"
SYLLABICS = "@fontsource/noto-sans-canadian-aboriginal"
EXPO_ATKINSON = "@expo-google-fonts/atkinson-hyperlegible-next"
EXPO_NOTO = "@expo-google-fonts/noto-sans"
EXPO_SYLLABICS = "@expo-google-fonts/noto-sans-canadian-aboriginal"

# (file pattern, package, licence, its text beside the file)
SHIPPED = (
    ("fonts/atkinson-hyperlegible-next-*.woff2", ATKINSON, "OFL-1.1", "LICENSE-atkinson.txt"),
    ("fonts/noto-sans-canadian-aboriginal-*.woff2", SYLLABICS, "OFL-1.1", "LICENSE-syllabics.txt"),
    ("fonts/letters-*.woff2", EXPO_NOTO, "OFL-1.1", "LICENSE-noto-sans.txt"),
    ("fonts/marks-*.woff2", EXPO_NOTO, "OFL-1.1", "LICENSE-noto-sans.txt"),
    (
        "css/practice.css",
        "govuk-frontend",
        "MIT, with our own theme",
        "LICENSE-govuk-frontend.txt",
    ),
    ("js/htmx.min.js", "htmx.org", "0BSD", "LICENSE-htmx.txt"),
    ("js/govuk.js", "govuk-frontend", "MIT", "LICENSE-govuk-frontend.txt"),
)
ON_PAPER = (
    ("AtkinsonHyperlegibleNext-*.ttf", EXPO_ATKINSON, "OFL-1.1", "LICENSE-atkinson.txt"),
    ("NotoSans-*.ttf", EXPO_NOTO, "OFL-1.1", "LICENSE-noto-sans.txt"),
    ("NotoSansCanadianAboriginal-*.ttf", EXPO_SYLLABICS, "OFL-1.1", "LICENSE-syllabics.txt"),
)
IN_MY_SPACE = (("pictures.svg", "lucide-static", "ISC", "LICENSE-lucide.txt"),)
IN_TESTS = (("axe.min.js", "axe-core", "MPL-2.0", "LICENSE-axe.txt"),)


def run(*command: str, cwd: Path) -> str:
    """Run a command and return what it printed; its own error is shown when it fails."""
    done = subprocess.run(command, cwd=cwd, stdout=subprocess.PIPE, check=True, text=True)
    return done.stdout


def clear(folder: Path, *patterns: str) -> None:
    """An empty place for what is about to be written."""
    folder.mkdir(parents=True, exist_ok=True)
    for pattern in patterns:
        for old in folder.glob(pattern):
            old.unlink()


def write_fonts(build: Path) -> None:
    """Fonts of the pages and of the PDF, and the rules that name the first."""
    modules = build / "node_modules"
    clear(STATIC / "fonts", "*.woff2", "LICENSE-*.txt")
    clear(PAPER, "*.ttf", "LICENSE-*.txt")
    (build / "scss/_letters.scss").write_text(web_fonts(modules, STATIC / "fonts"))
    paper_fonts(modules, PAPER)
    for name, package in (
        ("atkinson", EXPO_ATKINSON),
        ("noto-sans", EXPO_NOTO),
        ("syllabics", EXPO_SYLLABICS),
    ):
        for folder in (STATIC / "fonts", PAPER):
            shutil.copy(modules / package / "LICENSE_FONT", folder / f"LICENSE-{name}.txt")


def write_style(build: Path) -> None:
    """practice.css: govuk-frontend's components in a layer, our theme above it."""
    clear(STATIC / "css", "*")
    sass = str(build / "node_modules/.bin/sass")
    css = run(sass, "--style=compressed", "--no-source-map", "scss/practice.scss", cwd=build)
    banner = (
        "/*! Leeward, AGPL-3.0-or-later. Contains govuk-frontend, MIT. Source: vendor/scss */\n"
    )
    body = recolour(prune(css.removeprefix("\ufeff").strip()))
    (STATIC / "css/practice.css").write_text(f"{banner}{body}\n", encoding="utf-8")
    shutil.copy(
        ROOT / "vendor/licences/govuk-frontend.txt", STATIC / "css/LICENSE-govuk-frontend.txt"
    )


def write_scripts(build: Path) -> None:
    """htmx as it is published, one govuk-frontend component as a module, axe for the tests."""
    modules, target = build / "node_modules", STATIC / "js"
    clear(target, "htmx*.js", "govuk*.js", "LICENSE-*.txt")
    shutil.copy(modules / "htmx.org/dist/htmx.min.js", target / "htmx.min.js")
    shutil.copy(modules / "htmx.org/LICENSE", target / "LICENSE-htmx.txt")
    run(
        str(modules / ".bin/esbuild"),
        "js/govuk.js",
        "--bundle",
        "--format=esm",
        "--minify",
        "--target=es2020",
        "--legal-comments=none",
        "--log-level=warning",
        f"--outfile={target / 'govuk.js'}",
        cwd=build,
    )
    shutil.copy(ROOT / "vendor/licences/govuk-frontend.txt", target / "LICENSE-govuk-frontend.txt")
    clear(AXE, "axe*", "LICENSE-*.txt")
    shutil.copy(modules / "axe-core/axe.min.js", AXE / "axe.min.js")
    shutil.copy(modules / "axe-core/LICENSE", AXE / "LICENSE-axe.txt")


def write_pictures(build: Path) -> None:
    """The pictures beside the words of My space: one file of symbols, those of its table alone."""
    package = build / "node_modules/lucide-static"
    with PICTURED.open(encoding="utf-8", newline="") as table:
        names = sorted({row["picture"] for row in csv.DictReader(table)})
    symbols = []
    for name in names:
        drawn = (package / f"icons/{name}.svg").read_text(encoding="utf-8")
        shapes = drawn[drawn.index(">", drawn.index("<svg")) + 1 : drawn.rindex("</svg>")]
        shapes = re.sub(r"\s*\n\s*", "", shapes).replace(" />", "/>")
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{shapes}</symbol>')
    clear(NOTEBOOK, "pictures.svg", "LICENSE-lucide.txt")
    body = "".join(symbols)
    (NOTEBOOK / "pictures.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg">{body}</svg>\n', encoding="utf-8"
    )
    shutil.copy(package / "LICENSE", NOTEBOOK / "LICENSE-lucide.txt")


def rows(folder: Path, table: tuple[tuple[str, str, str, str], ...], modules: Path) -> list[str]:
    """One line of vendored.md for each file that a table names."""
    lines = []
    for pattern, package, licence, text in table:
        version = json.loads((modules / package / "package.json").read_text())["version"]
        for file in sorted(folder.glob(pattern)):
            beside = (file.parent / text).relative_to(ROOT)
            lines.append(
                f"| `{file.relative_to(ROOT)}` | {package} {version} | {licence} | `{beside}` |"
            )
    return lines


def write_list(build: Path) -> None:
    """Put the table of docs/reference/vendored.md between its two marks."""
    modules = build / "node_modules"
    table = [
        "| file | package and version | licence | its text |",
        "|---|---|---|---|",
        *rows(STATIC, SHIPPED, modules),
        *rows(PAPER, ON_PAPER, modules),
        *rows(NOTEBOOK, IN_MY_SPACE, modules),
        *rows(AXE, IN_TESTS, modules),
    ]
    page = ROOT / "docs/reference/vendored.md"
    begin, end = "<!-- table: written by tools/vendor.py -->", "<!-- end of table -->"
    between = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    text = "\n".join([begin, "", *table, "", end])
    page.write_text(between.sub(lambda _: text, page.read_text()))


def report() -> None:
    """Say what the built files weigh, in bytes as they travel."""
    for file in [STATIC / "css/practice.css", *sorted((STATIC / "js").glob("*.js"))]:
        raw = file.read_bytes()
        name = file.relative_to(ROOT)
        print(f"{len(raw):8} {len(gzip.compress(raw, 9)):8} gzipped  {name}")
    for file in sorted((STATIC / "fonts").glob("*.woff2")):
        print(f"{file.stat().st_size:8} {'':17} {file.relative_to(ROOT)}")


def main() -> int:
    """Rebuild everything; 0 when done, 2 when Node is missing."""
    if shutil.which("npm") is None:
        print("make vendor needs Node 20 or newer with npm: apt-get install nodejs npm")
        return 2
    with tempfile.TemporaryDirectory(prefix="leeward-vendor-") as place:
        build = Path(place) / "vendor"
        shutil.copytree(
            ROOT / "vendor", build, ignore=shutil.ignore_patterns("node_modules", "licences")
        )
        run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", cwd=build)
        write_fonts(build)
        write_style(build)
        write_scripts(build)
        write_pictures(build)
        write_list(build)
    report()
    return 0


if __name__ == "__main__":
    sys.exit(main())
