"""My space in a browser: coming in, what is there, and what is left after each way of leaving."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect
from setup_system import chromium

from leeward.practice_desk.invented.my_space import SECOND
from tests.browser import spaces
from tests.browser.conftest import launched
from tests.browser.spaces import AWAY, PAIRS, by_button, come_in
from tests.browser.test_weights import weigh

pytestmark = pytest.mark.browser
width = spaces.width
assert_fits = spaces.assert_fits

FACES = ("notes", "weather", "recipes")
PAGES = (
    *("open", "meetings", "leaving", "about", "second", "back", "number", "where", "look"),
    *("phones", "help", "pages/copy", "knows"),
)
MOST_BYTES = 60 * 1024


@pytest.fixture(scope="module")
def browser(_playwright: Playwright) -> Iterator[Browser]:
    """The whole of Chromium: what lies behind Back, and in a restored window, is its own doing."""
    with launched(_playwright, chromium()) as one:
        yield one


def by_keyboard(page: Page) -> None:
    """The first thing that Tab comes to."""
    page.keyboard.press("Tab")
    expect(page.locator(".leave button")).to_be_focused()
    page.keyboard.press("Enter")


def by_shift(page: Page) -> None:
    """Shift three times."""
    for _ in range(3):
        page.keyboard.press("Shift")


@pytest.mark.parametrize(
    ("leave", "language", "width"),
    [
        *((by_button, *each) for each in PAIRS),
        *((by_keyboard, *each) for each in PAIRS[::3]),
        *((by_shift, *each) for each in PAIRS[1:3]),
    ],
)
def test_after_leaving_nothing_comes_back(visit, language, width, leave):
    page = come_in(visit(language=language, width=width))
    page.goto("/notes/about/")
    leave(page)
    page.wait_for_url(AWAY)
    for _ in range(4):
        page.go_back()
        said = page.content()
        assert "Auntie" not in said
        assert "911" not in page.locator("body").inner_text()
        if page.url == "about:blank":
            break
    page.goto("/notes/open/")
    assert page.url.endswith("/notes/"), "the visit is still open"


def test_without_javascript_the_button_leaves_too(visit, width):
    page = come_in(visit(width=width, javascript=False))
    by_button(page)
    page.wait_for_url(AWAY)
    page.go_back()
    assert "Auntie" not in page.content()
    page.goto("/notes/open/")
    assert page.url.endswith("/notes/")


def test_the_cover_comes_before_any_answer(visit, space):
    page = come_in(visit())
    # Nothing answers: a browser that is told of no content stays where it is.
    page.context.route(f"{AWAY}**", lambda route: route.fulfill(status=204))
    page.context.route(f"{space}/notes/leave/", lambda route: route.abort())
    by_shift(page)
    assert page.evaluate("getComputedStyle(document.body).display") == "none"


def test_shift_within_other_keys_leaves_nothing(visit):
    page = visit()
    page.locator("#id_words").focus()
    for key in ("Shift", "a", "Shift", "b", "Shift", "c"):
        page.keyboard.press(key)
    assert page.url.endswith("/notes/")
    assert page.evaluate("getComputedStyle(document.body).display") != "none"


def test_a_restored_window_shows_nothing_after_the_visit_ended(visit, space):
    page = come_in(visit())
    kept = page.context.cookies()
    by_button(page)
    page.wait_for_url(AWAY)
    # As if the browser had put every cookie back.
    page.context.add_cookies(kept)
    page.goto("/notes/open/")
    assert page.url.endswith("/notes/")


def test_leaving_leaves_no_cookie_and_no_storage(visit):
    page = come_in(visit())
    by_button(page)
    page.wait_for_url(AWAY)
    # What ended the visit is answered behind the page's back.
    for _ in range(50):
        if not page.context.cookies():
            break
        page.wait_for_timeout(100)
    assert page.context.cookies() == []
    page.goto("/notes/help/")
    assert {each["name"] for each in page.context.cookies()} <= {"t"}
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_every_page_is_accessible_and_fits(visit, language, assert_accessible, assert_fits):
    for width in (320, 1280):
        page = visit(language=language, width=width)
        for face in FACES:
            page.goto(f"/{face}/")
            assert_accessible(page)
            assert_fits(page)
        page.goto("/notes/first/")
        page.locator("main form button").click(no_wait_after=True)
        assert_accessible(page)
        page.goto("/notes/")
        page.locator("#id_words").fill("otter")
        page.locator("#id_number").fill("915273")
        with page.expect_navigation():
            page.locator("#id_number").press("Enter")
        expect(page.locator(".errsum")).to_be_visible()
        assert_accessible(page)
        assert_fits(page)
        page.goto("/notes/")
        come_in(page)
        for name in PAGES:
            page.goto(f"/notes/{name}/")
            assert_accessible(page)
            assert_fits(page)
            box = page.locator(".leave button").bounding_box()
            assert box is not None
            assert box["height"] >= 44


def test_the_second_number_opens_a_list_that_can_be_written_in(visit, language):
    page = come_in(visit(language=language), SECOND)
    assert page.title() == "Notes"
    lines = page.locator(".lines li")
    before = lines.count()
    assert before >= 5
    page.locator("#id_line").fill("Eggs")
    with page.expect_navigation():
        page.locator("#id_line").press("Enter")
    expect(lines.first).to_have_text("Eggs")
    assert "911" not in page.locator("body").inner_text()
    assert not page.locator("nav").count()


def test_a_first_visit_is_light(visit):
    page = visit()
    assert sum(weigh(page, "/notes/").values()) <= MOST_BYTES
    page.goto("/notes/")
    come_in(page)
    weights = weigh(page, "/notes/open/")
    assert any(url.endswith(".woff2") for url in weights), "no letters were weighed"
    assert sum(weights.values()) <= MOST_BYTES, weights


def test_the_history_names_the_face_alone(visit):
    page = come_in(visit())
    for name in PAGES:
        page.goto(f"/notes/{name}/")
        assert page.title() == "Notes"


def test_a_worker_leads_to_it_on_their_own_device(as_persona, my_space_port):
    desk = as_persona("wren")
    desk.locator("#find-top").fill("Noʔeli")
    with desk.expect_navigation():
        desk.locator("#find-top").press("Enter")
    with desk.expect_navigation():
        desk.locator(".results > li a").first.click()
    desk.goto(f"{desk.url}my-space/")
    link = desk.locator('main a[href$="?borrowed"]')
    assert link.get_attribute("href") == f"http://localhost:{my_space_port}/notes/?borrowed"
