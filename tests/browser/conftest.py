"""Chromium, a demo to drive, and the few words journeys are written in.

    def test_a_worker_finds_a_young_person(desk): ...

`desk` is a page on which Wren is signed in, in English, 1280 wide; `worker` is made twice, by Wren
in English and by Odile in French. Ask for `as_persona` to be somebody else, on a phone or without
JavaScript. What is done on a page is in `pages`.
"""

import contextlib
import os
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright
from setup_system import headless

from tests.browser.demo import leeward, running_demo
from tests.browser.looking import SLOW_MACHINE_MS, Looked
from tests.browser.pages import SPEAKS, Somebody, read_in, sign_in_as
from tests.browser.spaces import space, visit

__all__ = ("space", "visit")

AXE = Path(__file__).resolve().parent.parent / "vendor" / "axe.min.js"
LANGUAGES = ("en", "fr")
WIDTHS = {390: 844, 1280: 800}
QUIET = (
    "--disable-gpu --disable-quic --disable-background-networking --disable-component-update"
    " --disable-sync --no-first-run --disable-default-apps --disable-dev-shm-usage"
).split()
# Of the 15 minutes that a sign-in is fresh for, the longest journey needs the rest.
FRESH_SECONDS = 8 * 60
expect.set_options(timeout=SLOW_MACHINE_MS)


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the demo keeps everything in."""
    return tmp_path_factory.mktemp("demo")


def _free_port() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return str(free.getsockname()[1])


@pytest.fixture(scope="session")
def my_space_port() -> str:
    """Where My space of the demo will answer."""
    return _free_port()


@pytest.fixture(scope="session")
def base_url(demo_data: Path, my_space_port: str) -> Iterator[str]:
    """Where the demo answers."""
    ports = ("--port", _free_port(), "--my-space-port", my_space_port)
    options = ("--people", "40", "--seed", "7", *ports)
    with running_demo(demo_data, *options) as address:
        yield address


@pytest.fixture(scope="session")
def somebody(base_url: str, demo_data: Path) -> Somebody:
    """A worker who signs in with a name and a password, at the agency that Wren works for."""
    found = Somebody(login="robin.sample", password="a quiet door by the water")
    leeward(
        demo_data,
        *("found", "--agency", "Made-Up Shore Children’s Aid Society", "--role", "worker"),
        *("--username", found.login, "--name", "Robin Sample"),
        said=found.password,
    )
    return found


@pytest.fixture(scope="session")
def _playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(_playwright: Playwright) -> Iterator[Browser]:
    """One Chromium for all."""
    with launched(_playwright, headless()) as one:
        yield one


@contextlib.contextmanager
def launched(playwright: Playwright, found: str | None) -> Iterator[Browser]:
    """The Chromium found there, for as long as this lasts."""
    assert found, "no Chromium here: run `python3 tools/setup_system.py chromium`"
    arguments = [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    one = playwright.chromium.launch(executable_path=found, args=arguments)
    yield one
    one.close()


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    """A journey that asks for this is made in English and in French."""
    return str(request.param)


@pytest.fixture(params=WIDTHS, ids=lambda width: f"{width}px")
def width(request: pytest.FixtureRequest) -> int:
    """A journey that asks for this is made on a phone and on a desk."""
    return int(request.param)


class Trouble(list[str]):
    """What a page complained of: script errors, refused content, requests elsewhere."""


@pytest.fixture
def new_page(browser: Browser, base_url: str) -> Iterator[Callable[..., Page]]:
    """`new_page(language="fr", width=390, javascript=False)`: a fresh browser on no page yet.

    When the test ends, every page must have been quiet and asked this machine alone.
    """
    contexts, trouble = [], Trouble()

    def make(*, language: str = "en", width: int = 1280, javascript: bool = True) -> Page:
        context = browser.new_context(
            base_url=base_url,
            locale="fr-CA" if language == "fr" else "en-CA",
            timezone_id="America/Toronto",
            viewport={"width": width, "height": WIDTHS.get(width, 800)},
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        context.set_default_timeout(SLOW_MACHINE_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda fault: trouble.append(f"script: {fault}"))
        page.on("console", lambda said: _listen(said, trouble))
        page.on("request", lambda asked: _stays_here(asked.url, base_url, trouble))
        return page

    yield make
    for context in contexts:
        context.close()
    assert not trouble, trouble


def _listen(said: Any, trouble: Trouble) -> None:
    # A refused or failed answer is what some journeys are about; the rest is a fault of ours.
    if said.type == "error" and "Failed to load resource" not in said.text:
        trouble.append(f"console: {said.text}")


def _stays_here(url: str, base_url: str, trouble: Trouble) -> None:
    if not url.startswith((base_url, "data:", "blob:", "about:")):
        trouble.append(f"asked elsewhere: {url}")


@pytest.fixture(scope="session")
def _sessions() -> dict[tuple[str, str], tuple[float, Any]]:
    return {}


@pytest.fixture
def as_persona(
    new_page: Callable[..., Page], _sessions: dict[tuple[str, str], tuple[float, Any]]
) -> Callable[..., Page]:
    """`as_persona("wren", language="fr", width=390)`: Home, with that persona signed in.

    Each signs in once and stays signed in, and signs in anew before a print would ask for it: a
    journey that signs out starts with `sign_in_as`.
    """

    def sign_in(persona: str = "wren", *, language: str = "en", **how: Any) -> Page:
        page = new_page(language=language, **how)
        since, cookies = _sessions.get((persona, language), (0.0, []))
        if cookies and time.monotonic() - since < FRESH_SECONDS:
            page.context.add_cookies(cookies)
            page.goto("/")
            return page
        sign_in_as(page, persona)
        read_in(page, language)
        _sessions[persona, language] = time.monotonic(), page.context.cookies()
        return page

    return sign_in


@pytest.fixture
def worker(as_persona: Callable[..., Page], language: str) -> Page:
    """The desk of a worker: Wren's in English, then Odile's in French."""
    return as_persona(SPEAKS[language], language=language)


@pytest.fixture
def desk(as_persona: Callable[..., Page]) -> Page:
    """Wren's desk, in English, 1280 wide."""
    return as_persona("wren")


@pytest.fixture
def phone(as_persona: Callable[..., Page]) -> Page:
    """Wren's desk on a phone."""
    return as_persona("wren", width=390)


@pytest.fixture
def without_javascript(as_persona: Callable[..., Page]) -> Page:
    """Wren's desk in a browser that runs no script."""
    return as_persona("wren", javascript=False)


@pytest.fixture
def assert_accessible() -> Callable[[Page], None]:
    """`assert_accessible(page)`: axe finds nothing, in this very state of the page."""
    script = AXE.read_text(encoding="utf-8")
    run = "() => axe.run(document, {resultTypes: ['violations']})"

    def check(page: Page) -> None:
        # Through the debugger, so that the page's own policy stays as strict as it is.
        if not page.evaluate("'axe' in window"):
            page.evaluate(script)
        found = page.evaluate(run)["violations"]
        said = [
            f"{each['id']} ({each['impact']}): {each['help']}\n    "
            + "\n    ".join(node["html"][:200] for node in each["nodes"])
            for each in found
        ]
        assert not said, f"{page.url}\n" + "\n".join(said)

    return check


@pytest.fixture
def assert_fits() -> Callable[[Page], None]:
    """`assert_fits(page)`: nothing makes the page scroll sideways."""

    def check(page: Page) -> None:
        beyond = page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert beyond <= 0, f"{page.url} is {beyond} px too wide"

    return check


@pytest.fixture
def look(
    assert_accessible: Callable[[Page], None], assert_fits: Callable[[Page], None]
) -> Iterator[Looked]:
    """`look(page, "its state")`; the test fails at its end with everything that was wrong."""
    looked = Looked(assert_accessible, assert_fits)
    yield looked
    assert not looked.wrong, looked.found()
