"""My people in a browser, as the young person sees, replays and changes them."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser import spaces
from tests.browser.spaces import IN_EACH_PAIR, inside
from tests.browser.test_circle import DRAWN, TEXTS_OF
from tests.browser.test_weights import weigh

pytestmark = pytest.mark.browser
width = spaces.width
assert_fits = spaces.assert_fits

PEOPLE = "/notes/people/"
MOST_BYTES = 60 * 1024


@pytest.fixture
def notebook(visit: Callable[..., Page]) -> Callable[..., Page]:
    """`notebook(language="fr", width=320, javascript=False)`: my people, in a fresh browser."""

    def make(**how: Any) -> Page:
        page = inside(visit(**how))
        page.goto(PEOPLE)
        return page

    return make


def press(page: Page, selector: str) -> None:
    """Press what leads to another page."""
    with page.expect_navigation():
        page.locator(selector).first.click()


def save(page: Page) -> None:
    """Press the button of the page's form."""
    press(page, "main .row .btn--own")


def said_by(page: Page, which: str) -> list[str]:
    """What a picture says to whoever points or listens."""
    found: list[str] = page.locator(f".{which} svg title").evaluate_all(TEXTS_OF)
    return found


def tie_of(page: Page, name: str) -> str:
    """Where the page about somebody is."""
    found = page.locator(".m .people a", has_text=name).first.get_attribute("href")
    assert found
    return found


def take_out(page: Page, name: str) -> None:
    """Leave the people of the demo as they were."""
    page.goto(PEOPLE)
    page.goto(f"{tie_of(page, name)}out/")
    save(page)
    assert not [each for each in said_by(page, "only-wide") if each.startswith(name)]


@IN_EACH_PAIR
def test_somebody_is_added_changed_and_taken_out_without_javascript(notebook, language, width):
    # Given my people, in a browser that runs no script
    page = notebook(language=language, width=width, javascript=False)
    before = said_by(page, "only-wide")
    # Shares no piece with a name of another journey: who was let go of is not asked to a meeting.
    name = f"Pat Onlyhere {language}{width}"

    # When a form is sent too early, nothing typed is lost
    press(page, 'a[href$="/people/add/"]')
    page.locator("#id_part").fill("we skate")
    save(page)
    expect(page.locator(".errsum")).to_be_visible()
    expect(page.locator("#id_part")).to_have_value("we skate")

    # And when it is whole, they are there
    page.locator("#id_name").fill(name)
    page.locator("#id_kind").check()
    page.locator("#id_ring_1").check()
    page.locator("#id_stands").check()
    save(page)
    assert len(said_by(page, "only-wide")) == len(before) + 1

    # When something changes, the page of that person keeps what was before
    page.goto(f"{tie_of(page, name)}change/")
    page.locator("#id_stands_4").check()
    save(page)
    page.goto(tie_of(page, name))
    expect(page.locator("main h2 + .people li")).to_have_count(1)

    # And whoever is taken out is gone from the picture, and can come back
    take_out(page, name)
    assert said_by(page, "only-wide") == before
    expect(page.locator("main > .people a", has_text=name)).to_have_count(1)


def test_somebody_is_added_by_keyboard_alone(notebook):
    page = notebook(width=1280)
    page.goto(f"{PEOPLE}add/")
    page.locator("#id_name").focus()
    page.keyboard.type("Kim Keyboard")
    page.keyboard.press("Tab")
    page.keyboard.type("my bus driver")
    # A radio of each question, then "not said", then whether it is family.
    for _ in range(3):
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator("#id_family")).to_be_focused()
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    said = [each for each in said_by(page, "only-wide") if each.startswith("Kim Keyboard")]
    assert said == ["Kim Keyboard (my bus driver): strong; close to me"]
    take_out(page, "Kim Keyboard")


def test_whoever_is_in_the_picture_is_reached_by_keyboard(notebook):
    page = notebook(width=1280)
    page.locator(".replay button").focus()
    page.keyboard.press("Tab")
    expect(page.locator(".only-wide svg a").first).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert urlsplit(page.url).path.count("/") == 4


def test_the_picture_the_list_and_the_table_say_the_same(notebook, language):
    page = notebook(language=language)
    said = said_by(page, "only-wide")
    assert len(said) >= 10
    assert said_by(page, "only-tall") == said
    listed = page.locator(".m .people li > a").evaluate_all(TEXTS_OF)
    table = page.locator("table tbody th").evaluate_all(TEXTS_OF)
    assert sorted(listed) == sorted(table)
    for name, words in zip(table, said, strict=True):
        assert words.startswith(name)


@IN_EACH_PAIR
def test_words_stand_apart_as_the_browser_draws_them(notebook, language, width):
    page = notebook(language=language, width=width)
    page.evaluate("document.fonts.ready")
    assert_apart(page, "only-wide" if width == 1280 else "only-tall")


def assert_apart(page: Page, which: str) -> None:
    """No two lines of words in a picture overlap, and none leaves it."""
    drawn = page.locator(f".{which} svg").evaluate(DRAWN)
    left, top, right, bottom, _all = drawn["frame"]
    for nth, one in enumerate(drawn["words"]):
        assert left - 1 <= one[0], one
        assert one[2] <= right + 1, one
        assert top - 2 <= one[1], one
        assert one[3] <= bottom + 2, one
        for other in drawn["words"][nth + 1 :]:
            beside = one[2] <= other[0] + 1 or other[2] <= one[0] + 1
            over = one[3] <= other[1] + 4 or other[3] <= one[1] + 4
            assert beside or over, (one, other)


def test_they_are_walked_back_through_without_javascript(notebook):
    page = notebook(javascript=False)
    now = said_by(page, "only-tall")
    press(page, '.replay a[rel="prev"]')
    press(page, '.replay a[rel="prev"]')
    assert said_by(page, "only-tall") != now
    expect(page.locator('a[href$="/people/add/"]')).to_have_count(0)
    press(page, '.replay a[rel="next"]')
    page.locator("#on").fill("2000-01-01")
    press(page, ".replay button")
    assert urlsplit(page.url).query == "on=2000-01-01"
    assert said_by(page, "only-tall") == []
    press(page, ".notice a")
    assert said_by(page, "only-tall") == now


def test_my_person_and_what_may_be_known_are_said_without_javascript(notebook, language):
    page = notebook(language=language, javascript=False)
    auntie = tie_of(page, "Auntie Pretend")
    page.goto(auntie)
    press(page, 'form[action$="/mine/"] button')
    expect(page.locator(".only-tall .anchor-ring")).to_have_count(0)
    expect(page.locator("#my-person")).to_be_visible()
    page.goto(auntie)
    press(page, 'form[action$="/mine/"] button')
    expect(page.locator(".only-tall .anchor-ring")).to_have_count(1)
    page.goto(f"{auntie}know/")
    chosen = page.locator('input[type="radio"]:checked')
    expect(chosen).to_have_count(6)
    save(page)
    page.goto(f"{PEOPLE}know/")
    assert "Auntie Pretend" in page.locator(".m section").first.inner_text()


def test_what_they_ask_a_worker_to_push_back_against_stands_there(notebook, language):
    page = notebook(language=language, width=390)
    press(page, 'main a[href$="/ask/"]')
    words = f"Write to them with me {language}"
    page.locator("#id_what").fill(words)
    save(page)
    expect(page.locator("main")).to_contain_text(words)


def test_every_page_is_accessible_and_fits(
    notebook, language, width, assert_accessible, assert_fits
):
    page = notebook(language=language, width=width)
    page.locator("details summary").click()
    assert_accessible(page)
    assert_fits(page)
    auntie = tie_of(page, "Auntie Pretend")
    ask = page.locator('main a[href$="/ask/"]').first.get_attribute("href")
    parts = ("", "change/", "know/", "out/")
    for address in (
        *(f"{auntie}{part}" for part in parts),
        *(f"{PEOPLE}{part}" for part in ("add/", "push/", "know/")),
        str(ask),
    ):
        page.goto(address)
        assert page.title() == "Notes"
        assert_accessible(page)
        assert_fits(page)
    save(page)
    expect(page.locator(".errsum")).to_be_visible()
    assert_accessible(page)


def test_no_page_of_people_says_what_workers_marked(notebook, as_persona):
    # Given that a worker has marked somebody of the picture
    page = notebook(width=1280)
    dex = tie_of(page, "Dex Notreal")
    desk = as_persona("wren")
    desk.locator("#find-top").fill("Noʔeli")
    with desk.expect_navigation():
        desk.locator("#find-top").press("Enter")
    with desk.expect_navigation():
        desk.locator(".results > li a").first.click()
    desk.goto(f"{desk.url}circle/")
    desk.locator(".tielist a", has_text="Dex Notreal").first.click()
    expect(desk.locator("main")).to_contain_text("erson of concern")

    # Then nothing of it is on their own pages
    for address in (PEOPLE, dex, f"{dex}change/", f"{dex}know/"):
        page.goto(address)
        assert "concern" not in page.content().casefold()


def test_what_the_page_adds_to_the_first_one_is_light(notebook):
    weights = weigh(notebook(), PEOPLE)
    added = [each for url, each in weights.items() if url.endswith((PEOPLE, "people.css"))]
    assert len(added) == 2
    assert sum(added) <= MOST_BYTES
