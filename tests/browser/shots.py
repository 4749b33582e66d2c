"""Pictures of the eleven main screens, on a phone and on a desk, in English and in French.

    leeward demo --seed 1 --port 9000 &
    python tests/browser/shots.py OUTDIR --at http://127.0.0.1:9000

Makes OUTDIR/<screen>-<language>-<width>.png, forty-four of them, to look at and for the
README. Nothing is recorded beyond what reading a file always records.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tools"))
from setup_system import chromium  # noqa: E402  (tools is a folder of scripts, not a package)

WIDTHS = {390: 844, 1280: 800}
PERSONAS = {"en": "wren", "fr": "odile"}
# Told in full by the demo; found by a spelling that is not hers.
WHO = "noeli"
TABS = {
    "overview": "",
    "record": "record/",
    "notes": "notes/",
    "signs": "signs/",
    "way": "way/",
    "circle": "circle/",
    "plan": "plan/",
}


def take(page: Page, folder: Path, name: str) -> None:
    """One picture of the whole page, once its fonts are there and nothing has the focus."""
    page.evaluate("document.fonts.ready.then(() => document.activeElement?.blur())")
    size = page.viewport_size or {"width": 1280, "height": 800}
    # As tall a screen as the page, so that what is fixed to its foot stands at its foot.
    tall = max(size["height"], int(page.evaluate("document.documentElement.scrollHeight")))
    page.set_viewport_size({"width": size["width"], "height": tall})
    page.screenshot(path=folder / f"{name}.png", full_page=True)
    page.set_viewport_size(size)


def walk(browser: Browser, at: str, folder: Path, language: str, width: int) -> None:
    """The eleven screens, as one worker meets them."""
    context = browser.new_context(
        base_url=at,
        locale=f"{language}-CA",
        timezone_id="America/Toronto",
        viewport={"width": width, "height": WIDTHS[width]},
        reduced_motion="reduce",
    )
    page = context.new_page()
    end = f"{language}-{width}"
    page.goto(f"/sign-in/?lang={language}")
    take(page, folder, f"sign-in-{end}")
    page.locator(f'[data-persona="{PERSONAS[language]}"]').click()
    page.wait_for_url(lambda url: "sign-in" not in url)
    page.goto(f"/?lang={language}")
    take(page, folder, f"home-{end}")
    page.goto("/people/")
    take(page, folder, f"people-{end}")
    page.goto("/find/")
    page.locator("#id_q").fill(WHO)
    page.locator("#id_q").press("Enter")
    page.locator("#found").wait_for()
    take(page, folder, f"find-{end}")
    page.locator(".result__name a").first.click()
    page.wait_for_url("**/people/*/")
    file = page.url
    for name, under in TABS.items():
        page.goto(file + under)
        take(page, folder, f"{name}-{end}")
    context.close()


def main(argv: Sequence[str] | None = None) -> int:
    """Take all forty. Returns the exit code."""
    parser = argparse.ArgumentParser(description="Pictures of the eleven main screens.")
    parser.add_argument("folder", type=Path, metavar="OUTDIR", help="where the pictures go")
    parser.add_argument("--at", default="http://127.0.0.1:8000", help="a demo that runs, seed 1")
    options = parser.parse_args(argv)
    found = chromium()
    if not found:
        parser.error("there is no Chromium here: run `python3 tools/setup_system.py chromium`")
    options.folder.mkdir(parents=True, exist_ok=True)
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=sandbox)
        for language in PERSONAS:
            for width in WIDTHS:
                walk(browser, options.at.rstrip("/"), options.folder, language, width)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
