import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.pages import SPEAKS, open_noeli, press

pytestmark = pytest.mark.browser

DATED = re.compile(r"\d{4}-\d{2}-\d{2}")
WORDS_OF = "all => all.map(each => each.textContent.trim())"
NAMES_OF = "all => all.map(each => each.textContent)"


def said_by_the_grid(picture: Locator) -> list[str]:
    """Each dated finding that a picture of the grid says, in words."""
    titles = picture.locator(".mk > title").evaluate_all(WORDS_OF)
    return sorted(said for title in titles for said in title.split("; "))


def facts(page: Page, picture: str) -> set[str]:
    """Each fact that a picture of the way says, in words, to whoever points or listens."""
    said = page.locator(f"{picture} svg title").evaluate_all(NAMES_OF)
    return {name for name in said if DATED.search(name)}


def test_the_grid_says_in_its_table_what_it_shows(worker):
    worker.goto(f"{open_noeli(worker)}signs/")
    wide = worker.locator(".figure > .only-wide svg")
    expect(wide).to_be_visible()
    rows = worker.locator(".figure table a .govuk-visually-hidden").evaluate_all(WORDS_OF)
    assert len(rows) > 30
    assert sorted(rows) == said_by_the_grid(wide)
    assert sorted(rows) == said_by_the_grid(worker.locator(".figure > .only-tall"))


def test_a_cell_of_the_grid_opens_the_notes_behind_it(worker):
    # Given the grid
    file = open_noeli(worker)
    worker.goto(f"{file}signs/")
    cell = worker.locator('.only-wide svg a[href*="thread=being_away&stage=entrenched"]')
    findings = cell.locator(".mk").count()

    # When a cell is pressed
    press(worker, cell)

    # Then the notes behind it are there, each one press away
    behind = worker.locator(".behind")
    expect(behind).to_be_in_viewport()
    expect(behind.locator(".moj-timeline__item")).to_have_count(findings)
    expect(worker.locator(".only-wide .cellsel")).to_have_count(1)
    press(worker, behind.locator('a[href*="/notes/"]').first)
    expect(worker.locator(".said")).to_be_visible()


def test_a_cell_of_the_grid_is_reached_by_keyboard(desk):
    desk.goto(f"{open_noeli(desk)}signs/")
    desk.locator(".pagehead a").focus()
    desk.keyboard.press("Tab")
    expect(desk.locator(".only-wide svg a").first).to_be_focused()
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    expect(desk.locator(".behind")).to_be_visible()


def test_on_a_phone_the_grid_is_read_one_thread_at_a_time(as_persona, language):
    # Given the grid on a phone
    page = as_persona(SPEAKS[language], language=language, width=390)
    page.goto(f"{open_noeli(page)}signs/")
    threads = page.locator("[data-thread]")
    in_sight = page.locator("[data-thread]:visible")
    expect(in_sight).to_have_count(1)
    expect(page.locator(".figure > .only-wide")).to_be_hidden()

    # When another thread is chosen, then that one is in sight
    page.locator("#pick").select_option("money")
    expect(in_sight).to_have_count(1)
    expect(page.locator('[data-thread="money"]')).to_be_visible()

    # And a cell opens the notes behind it, on the same thread
    press(page, '[data-thread="money"] svg a[href*="stage=entrenched"]')
    expect(page.locator(".behind")).to_be_visible()
    expect(page.locator("#pick")).to_have_value("money")

    # And all of them are there when asked for
    page.locator("#pick").select_option("")
    expect(in_sight).to_have_count(threads.count())


def test_without_javascript_a_phone_shows_every_thread(as_persona):
    page = as_persona("wren", width=390, javascript=False)
    page.goto(f"{open_noeli(page)}signs/")
    expect(page.locator("[data-thread]:visible")).to_have_count(
        page.locator("[data-thread]").count()
    )


def test_the_way_says_in_its_list_what_it_shows(worker):
    worker.goto(f"{open_noeli(worker)}way/")
    expect(worker.locator(".figure > .only-wide svg")).to_be_visible()
    lines = worker.locator("main table tbody tr").count()
    assert lines > 20
    assert len(facts(worker, ".figure > .only-wide")) == lines
    assert len(facts(worker, ".figure > .only-tall")) == lines


def test_a_mark_on_the_way_opens_what_it_stands_for(desk):
    file = open_noeli(desk)
    desk.goto(f"{file}way/")
    news = desk.locator(f'.only-wide svg a[href^="{file}notes/"]').first
    said = (news.locator("title").first.text_content() or "").rsplit(", ", 1)[-1]
    assert said
    press(desk, news)
    expect(desk.locator(".said")).to_contain_text(said)


def test_the_overview_shows_the_last_of_the_way_on_every_width(desk):
    file = open_noeli(desk)
    desk.goto(file)
    expect(desk.locator(".o4 .only-wide svg")).to_be_visible()
    desk.set_viewport_size({"width": 390, "height": 844})
    expect(desk.locator(".o4 .only-wide")).to_be_hidden()
    expect(desk.locator(".o4 .only-tall svg")).to_be_visible()
