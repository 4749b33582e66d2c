import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import (
    answer,
    at,
    draft_line,
    expect_draft,
    field,
    fill,
    newest,
    open_file,
    open_noeli,
    press,
    record,
    save,
    sign_in_as,
    sign_in_by_name,
)

pytestmark = pytest.mark.browser

WORDS = "Half a sentence about the"
SINCE = {"en": re.compile(r"since \d\d:\d\d"), "fr": re.compile(r"depuis \d+\sh\s\d\d")}
KEPT_ON_DEVICE = """async () => [
  localStorage.length, sessionStorage.length,
  (await indexedDB.databases()).length, (await caches.keys()).length,
]"""


@pytest.fixture
def robin(new_page, somebody):
    """The desk of somebody who has a password to sign in with again."""
    return sign_in_by_name(new_page(), somebody)


def begin(page: Page, file: str, words: str = WORDS) -> None:
    """Type the beginning of a note, and go on to the next field."""
    page.goto(f"{file}record/")
    fill(page, text=words)
    field(page, "text").press("Tab")


def test_what_is_typed_is_there_after_leaving_and_coming_back(worker):
    # Given half a note, kept
    file = open_file(worker)
    begin(worker, file)
    expect_draft(worker, "saved")

    # When the worker leaves, and comes back by way of Home
    worker.goto("/")
    press(worker, worker.locator(f'a[href="{file}record/"]'))

    # Then the words are there
    expect(field(worker, "text")).to_have_value(WORDS)

    # When the note is finished
    answer(worker, harm="none")
    save(worker)

    # Then no draft waits
    worker.goto("/")
    expect(worker.locator(f'main a[href="{file}record/"]')).to_have_count(0)


def test_a_draft_is_kept_while_typing_without_leaving_the_field(desk):
    file = open_file(desk)
    desk.goto(f"{file}record/")
    field(desk, "text").press_sequentially("Still typing")
    expect_draft(desk, "saved")
    expect(field(desk, "text")).to_be_focused()


def test_a_draft_goes_to_another_device_with_everything_in_it(desk, as_persona):
    file = open_file(desk)
    begin(desk, file)
    answer(desk, when="yesterday", harm="possible")
    with desk.expect_response(lambda said: "about=both" in (said.request.post_data or "")):
        answer(desk, about="both")
    elsewhere = as_persona("wren", width=390)
    elsewhere.goto(f"{file}record/")
    expect(field(elsewhere, "text")).to_have_value(WORDS)
    for name, value in (("when", "yesterday"), ("harm", "possible"), ("about", "both")):
        expect(elsewhere.locator(f'[name="{name}"][value="{value}"]')).to_be_checked()


def test_a_draft_is_seen_by_its_writer_alone(desk, as_persona):
    file = open_file(desk)
    begin(desk, file)
    expect_draft(desk, "saved")
    sam = as_persona("sam")
    sam.goto(f"{file}record/")
    expect(field(sam, "text")).to_have_value("")


def test_a_draft_can_be_thrown_away(desk):
    file = open_file(desk)
    begin(desk, file)
    expect_draft(desk, "saved")
    desk.goto(f"{file}record/")
    press(desk, "main button.linkish")
    assert at(desk) == f"{file}record/"
    expect(field(desk, "text")).to_have_value("")


def test_the_draft_that_waits_in_the_demo_can_be_finished(desk):
    file = open_noeli(desk)
    desk.goto(f"{file}record/")
    fill(desk, text="Texted at 15:10. Sounded rested.")
    answer(desk, harm="none")
    save(desk)
    expect(newest(desk)).to_contain_text("Sounded rested.")


def test_offline_words_stay_in_the_page_and_are_saved_later(worker, language):
    # Given a page whose line has gone
    file = open_file(worker)
    worker.goto(f"{file}record/")
    worker.context.set_offline(True)

    # When the worker types
    fill(worker, text=WORDS)
    field(worker, "text").press("Tab")

    # Then the page says since when nothing is saved, and the words stay
    expect_draft(worker, "unsaved")
    expect(draft_line(worker)).to_contain_text(SINCE[language])
    expect(field(worker, "text")).to_have_value(WORDS)

    # When the line is back
    worker.context.set_offline(False)

    # Then they are saved
    expect_draft(worker, "saved")


def test_closing_warns_while_something_is_not_saved(desk):
    # Given words that could not be saved
    file = open_file(desk)
    desk.goto(f"{file}record/")
    desk.context.set_offline(True)
    fill(desk, text=WORDS)
    field(desk, "text").press("Tab")
    expect_draft(desk, "unsaved")

    # When the worker closes the page, then the browser asks first
    with desk.expect_event("dialog") as asked:
        desk.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()
    expect(field(desk, "text")).to_have_value(WORDS)

    # And once everything is saved, it closes without a question
    desk.context.set_offline(False)
    expect_draft(desk, "saved")
    with desk.expect_event("close"):
        desk.close(run_before_unload=True)


def test_an_ended_session_asks_over_the_page_and_then_saves(robin, somebody):
    # Given a note begun, and a session that ends
    file = open_file(robin)
    robin.goto(f"{file}record/")
    robin.context.clear_cookies(name="leeward_desk")
    begun = robin.url

    # When the worker goes on typing
    fill(robin, text=WORDS)
    field(robin, "text").press("Tab")

    # Then the page asks for the password, over itself, and says when it is wrong
    dialog = robin.locator("dialog[open]")
    expect(dialog).to_be_visible()
    dialog.locator("[type=password]").fill("not this one")
    dialog.locator("button:not([type])").click()
    expect(dialog.locator("[data-signin-problem]")).to_be_visible()

    # When it is right
    dialog.locator("[type=password]").fill(somebody.password)
    dialog.locator("[name=code]").fill(somebody.paper.pop())
    dialog.locator("button:not([type])").click()

    # Then the words are saved, without leaving the page
    expect(dialog).to_have_count(0)
    expect_draft(robin, "saved")
    assert robin.url == begun
    expect(field(robin, "text")).to_have_value(WORDS)
    answer(robin, harm="none")
    save(robin)
    expect(newest(robin)).to_contain_text(WORDS)


def test_a_session_that_ends_with_every_cookie_asks_too(robin, somebody):
    file = open_file(robin)
    robin.goto(f"{file}record/")
    robin.context.clear_cookies()
    fill(robin, text=WORDS)
    field(robin, "text").press("Tab")
    dialog = robin.locator("dialog[open]")
    expect(dialog).to_be_visible()
    dialog.locator("[type=password]").fill(somebody.password)
    dialog.locator("[name=code]").fill(somebody.paper.pop())
    dialog.locator("button:not([type])").click()
    expect(dialog).to_have_count(0)
    expect_draft(robin, "saved")


def test_signing_in_anew_in_another_tab_does_not_lose_the_page(robin, somebody):
    # Given a note begun in one tab
    file = open_file(robin)
    begin(robin, file)
    expect_draft(robin, "saved")

    # When the worker signs out and in again in another
    other = robin.context.new_page()
    other.goto("/")
    other.locator(".acct summary").click()
    press(other, ".acct button")
    sign_in_by_name(other, somebody)

    # Then the first goes on saving what is typed
    before = str(robin.locator("#record").get_attribute("data-draft-version"))
    fill(robin, text=f"{WORDS} bus")
    field(robin, "text").press("Tab")
    expect(robin.locator("#record")).not_to_have_attribute("data-draft-version", before)
    expect_draft(robin, "saved")
    other.goto(f"{file}record/")
    expect(field(other, "text")).to_have_value(f"{WORDS} bus")


def test_another_window_s_newer_draft_is_not_overwritten(desk):
    # Given the same note open in two windows
    file = open_file(desk)
    begin(desk, file)
    expect_draft(desk, "saved")
    other = desk.context.new_page()
    begin(other, file, "Newer words")
    expect_draft(other, "saved")

    # When the first goes on, then it says so and keeps its words on the page
    fill(desk, text="Older words")
    field(desk, "text").press("Tab")
    expect_draft(desk, "conflict")
    expect(field(desk, "text")).to_have_value("Older words")
    other.reload()
    expect(field(other, "text")).to_have_value("Newer words")


def test_nothing_typed_or_opened_stays_on_the_device(desk):
    file = open_file(desk)
    begin(desk, file)
    expect_draft(desk, "saved")
    desk.goto("/find/")
    desk.locator("#id_q").press_sequentially("noeli")
    expect(desk.locator(".results > li").first).to_be_visible()
    record(desk, file, "Saved.")
    for page in ("/", "/find/", f"{file}record/", f"{file}signs/"):
        desk.goto(page)
        assert desk.evaluate(KEPT_ON_DEVICE) == [0, 0, 0, 0], page


def test_back_shows_no_page_after_signing_out(new_page):
    page = sign_in_as(new_page(), "wren")
    open_file(page, "Ottoline Made-Up")
    page.locator(".acct summary").click()
    press(page, ".acct button")
    page.go_back()
    expect(page.locator("body")).not_to_contain_text("Ottoline")
