"""My space for browser tests: a fresh browser at its first page, and coming in."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from leeward.practice_desk.invented.my_space import NUMBER, WORDS
from tests.browser.looking import SLOW_MACHINE_MS

AWAY = "https://weather.gc.ca/"
# An old phone, and a desk; and each language on each.
WIDTHS = (320, 1280)
PAIRS = [(language, width) for language in ("en", "fr") for width in WIDTHS]
IN_EACH_PAIR = pytest.mark.parametrize(("language", "width"), PAIRS)


@pytest.fixture
def width(language: str) -> int:
    """An old phone in English, a desk in French: for what takes long. `IN_EACH_PAIR` is for the
    rest."""
    return WIDTHS[0] if language == "en" else WIDTHS[1]


@pytest.fixture
def assert_fits(assert_fits: Callable[[Page], None]) -> Callable[[Page], None]:
    """`assert_fits(page)`: on an old phone and on a desk, whichever it was opened on."""

    def check(page: Page) -> None:
        before = page.viewport_size
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            assert_fits(page)
        page.set_viewport_size(before or {"width": WIDTHS[0], "height": 640})

    return check


@pytest.fixture
def space(base_url: str, my_space_port: str) -> str:
    """Its address, once the demo answers."""
    return f"http://localhost:{my_space_port}"


@pytest.fixture
def visit(browser: Browser, space: str) -> Iterator[Callable[..., Page]]:
    """`visit(language="fr", width=320)`: a fresh browser at the first page.

    When the test ends, no page must have complained, or asked for anything elsewhere by itself.
    """
    contexts: list[BrowserContext] = []
    trouble: list[str] = []

    def make(*, language: str = "en", width: int = 320, javascript: bool = True) -> Page:
        context = browser.new_context(
            base_url=space,
            locale=f"{language}-CA",
            timezone_id="America/Toronto",
            viewport={"width": width, "height": 800 if width > 1000 else 640},
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        context.set_default_timeout(SLOW_MACHINE_MS)
        context.route(f"{AWAY}**", lambda route: route.fulfill(body="<title>Weather</title>"))
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda fault: trouble.append(f"script: {fault}"))
        page.on("console", lambda said: _listen(said, trouble))
        page.on("request", lambda asked: _stays(asked, space, trouble))
        page.goto("/notes/")
        return page

    yield make
    for context in contexts:
        context.close()
    assert not trouble, trouble


def _listen(said: Any, trouble: list[str]) -> None:
    if said.type == "error" and "Failed to load resource" not in said.text:
        trouble.append(f"console: {said.text}")


def _stays(asked: Any, space: str, trouble: list[str]) -> None:
    if not asked.url.startswith((space, "data:")) and not asked.is_navigation_request():
        trouble.append(f"asked elsewhere: {asked.url}")


def come_in(page: Page, number: str = NUMBER) -> Page:
    """Type the words and a number, by the keyboard alone."""
    page.locator("#id_words").fill(WORDS)
    page.locator("#id_number").fill(number)
    with page.expect_navigation():
        page.locator("#id_number").press("Enter")
    assert page.url.endswith("/notes/open/"), page.url
    return page


# What lets a browser in that came in before, by the language of the journey.
_KEPT: dict[str, Any] = {}


def inside(page: Page) -> Page:
    """The first page within, as somebody who came in some time ago in this run.

    An answer to words and a number takes its least time by design: for journeys that are not
    about coming in or leaving, once is enough. Who was let out meanwhile comes in anew.
    """
    language = str(page.locator("html").get_attribute("lang"))
    page.context.add_cookies(_KEPT.get(language, []))
    page.goto("/notes/open/")
    if page.locator("#id_words").count():
        come_in(page)
        _KEPT[language] = page.context.cookies()
    return page


def by_button(page: Page) -> None:
    """Press the button."""
    page.locator(".leave button").click()
