"""My file in a browser: a note is released, read and answered, and taken back."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import spaces
from tests.browser.pages import answer, at, open_newest, open_noeli, press, record, save
from tests.browser.spaces import AWAY, IN_EACH_PAIR, by_button, come_in, inside

pytestmark = pytest.mark.browser
width = spaces.width
assert_fits = spaces.assert_fits
MINE = "/notes/pages/"


def borrowed(page: Page) -> Page:
    """Come in on a worker's device."""
    page.goto("/notes/?borrowed")
    return come_in(page)


def release(worker: Page, text: str, **answers: str) -> str:
    """A worker writes a note in Noʔeli's file and answers the three questions. Its address."""
    file = open_noeli(worker)
    record(worker, file, text)
    note = open_newest(worker, file)
    worker.goto(f"{note}release/")
    answer(worker, **{"phone": "no", "tip_off": "no", "names": "no", **answers})
    save(worker)
    return note


def test_a_note_is_released_read_answered_and_taken_back(
    as_persona, visit, language, width, assert_accessible, assert_fits
):
    # Given a worker who releases a note
    text = f"She fixed the lamp, {language} {width}."
    worker = as_persona("odile", language=language)
    worker.goto(release(worker, text, names="unsure"))
    assert_accessible(worker)
    note = at(worker)
    page = borrowed(visit(language=language, width=width))
    page.goto(MINE)
    assert text not in page.content()
    worker.goto(f"{note}release/")
    assert_accessible(worker)
    answer(worker, phone="no", tip_off="no", names="no")
    save(worker)

    # When the young person reads it on the worker's device
    page.goto(MINE)
    assert_accessible(page)
    assert_fits(page)
    leaf = page.locator(".leaf", has_text=text)
    expect(leaf).to_have_count(1)

    # And says their side
    press(page, leaf.locator("a").first)
    assert_accessible(page)
    assert_fits(page)
    page.locator("#id_words").fill("   ")
    press(page, "main form .btn--own")
    expect(page.locator(".errsum")).to_be_visible()
    assert_accessible(page)
    page.locator("#id_words").fill("Kay held the ladder.")
    press(page, "main form .btn--own")
    expect(page.locator(".leaf", has_text=text)).to_contain_text("Kay held the ladder.")

    # Then it stands beside the note for the worker, and stays when the note is taken back
    worker.goto(note)
    expect(worker.locator("main .pen").last).to_contain_text("Kay held the ladder.")
    assert_accessible(worker)
    press(worker, 'form[action$="/release/back/"] button')
    expect(worker.locator("main .pen").last).to_contain_text("Kay held the ladder.")
    page.goto(MINE)
    assert text not in page.content()
    assert "Kay held the ladder." in page.content()
    by_button(page)
    page.wait_for_url(AWAY)


def test_on_a_phone_that_may_be_watched_it_says_why_it_is_closed(
    visit, language, width, assert_accessible, assert_fits
):
    page = inside(visit(language=language, width=width))
    page.goto(MINE)
    expect(page.locator(".notice")).to_be_visible()
    expect(page.locator(".leaf")).to_have_count(0)
    assert_accessible(page)
    assert_fits(page)


@IN_EACH_PAIR
def test_without_javascript_it_is_read_and_answered(visit, language, width):
    page = borrowed(visit(language=language, width=width, javascript=False))
    page.goto(MINE)
    press(page, page.locator(".leaf a").first)
    page.locator("#id_words").fill("That is how it was.")
    press(page, "main form .btn--own")
    expect(page.locator(".leaf").first).to_contain_text("That is how it was.")
