import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.browser.pages import (
    at,
    field,
    fill,
    newest,
    open_file,
    open_newest,
    open_noeli,
    press,
    record,
    save,
)

pytestmark = pytest.mark.browser


def day(ago: int = 0) -> str:
    """A day, as many ago, where the agency is."""
    today = dt.datetime.now(ZoneInfo("America/Toronto")).date()
    return (today - dt.timedelta(days=ago)).isoformat()


def test_a_correction_stands_beside_what_it_corrects(worker):
    # Given a note with a mistake
    file = open_file(worker)
    record(worker, file, "Her brother drove.")
    open_newest(worker, file)

    # When it is corrected, from what it said
    press(worker, 'main a[href$="/correct/"]')
    expect(field(worker, "text")).to_have_value("Her brother drove.")
    fill(worker, text="Her cousin drove.")
    save(worker)

    # Then both stand on the timeline, the newer first, and each leads to the other
    entries = worker.locator(".moj-timeline__item")
    expect(entries).to_have_count(2)
    expect(entries.nth(0)).to_contain_text("Her cousin drove.")
    expect(entries.nth(1)).to_contain_text("Her brother drove.")
    expect(entries.nth(1)).to_have_class(re.compile("entry--corrected"))
    press(worker, entries.nth(1).locator(".entry__then a"))
    press(worker, 'main p > a[href*="/notes/"]')
    expect(worker.locator(".said")).to_contain_text("Her brother drove.")


def test_an_explained_concern_is_marked_wherever_it_stands(worker):
    # Given a note with a sign
    file = open_file(worker)
    record(worker, file, "Not in class on Monday.", ti_truancy="present")
    note = open_newest(worker, file)

    # When somebody checks and explains it
    press(worker, 'main a[href$="/explain/"]')
    fill(worker, how="She was at the dentist; the clinic says so.")
    save(worker)

    # Then the note, the timeline, the grid and its table all say so
    assert at(worker) == note
    expect(worker.locator(".entry__then")).to_contain_text("She was at the dentist")
    worker.goto(f"{file}notes/")
    expect(newest(worker)).to_have_class(re.compile("entry--explained"))
    worker.goto(f"{file}signs/?thread=purpose&stage=transitioning_in")
    mark = worker.locator(".figure > .only-wide svg .mk")
    expect(mark).to_have_count(1)
    expect(mark.locator("rect.mk-open")).to_have_count(1)


def test_a_note_is_pinned_with_one_line_on_why_and_taken_off_again(worker):
    file = open_file(worker)
    record(worker, file, "Called me first.")
    record(worker, file, "Rained all day.")
    press(worker, worker.locator(".moj-timeline__title a").last)
    press(worker, 'main a[href$="/pin/"]')
    fill(worker, why="The first call of her own")
    save(worker)
    expect(worker.locator(".pin")).to_contain_text("The first call of her own")

    worker.goto(f"{file}notes/?pinned=1")
    expect(worker.locator(".moj-timeline__item")).to_have_count(1)
    expect(newest(worker)).to_contain_text("The first call of her own")

    open_newest(worker, f"{file}")
    worker.goto(f"{file}notes/?pinned=1")
    press(worker, newest(worker).locator(".moj-timeline__title a"))
    press(worker, 'main form[action$="/unpin/"] button')
    worker.goto(f"{file}notes/?pinned=1")
    expect(worker.locator(".moj-timeline__item")).to_have_count(0)


def test_what_was_known_on_a_day_leaves_out_what_came_later(worker):
    # Given a note about last year that was recorded today
    file = open_file(worker)
    worker.goto(f"{file}record/")
    worker.locator('[name="when"][value="other"]').check()
    fill(worker, text="Moved in with an aunt.", on="2025-03")
    worker.locator('[name="harm"][value="none"]').check()
    save(worker)

    # When the worker asks what was known yesterday
    worker.locator(".filters details summary").click()
    worker.locator("#known").fill(day(1))
    press(worker, ".period button")

    # Then the page says which day it shows, and the note is not there
    expect(worker.locator(".asof")).to_contain_text(day(1))
    expect(worker.locator(".moj-timeline__item")).to_have_count(0)

    # And today it is back with one press
    press(worker, ".asof a")
    expect(newest(worker)).to_contain_text("Moved in with an aunt.")


def test_the_timeline_is_filtered_by_kind_thread_author_and_period(desk):
    file = open_noeli(desk)
    desk.goto(f"{file}notes/")
    entries = desk.locator(".moj-timeline__item")
    all_of_them = entries.count()

    press(desk, '.filters a[href*="kind=opinion"]')
    opinions = entries.count()
    assert 0 < opinions < all_of_them
    expect(desk.locator('.moj-timeline__title a[href*="/opinions/"]')).to_have_count(opinions)

    desk.locator(".filters details summary").click()
    author = desk.locator('.filters a[href*="author="]').filter(has_text="Ilo Sample")
    press(desk, author)
    expect(entries.filter(has_text="Ilo Sample")).to_have_count(entries.count())
    assert 0 < entries.count() < opinions

    desk.goto(f"{file}notes/?thread=money")
    assert 0 < entries.count() < all_of_them

    desk.goto(f"{file}notes/")
    desk.locator(".filters details summary").click()
    desk.locator("#since").fill(day(60))
    desk.locator("#until").fill(day(20))
    press(desk, ".period button")
    shown = desk.locator(".moj-timeline__date").all_inner_texts()
    assert shown
    assert all(day(60) <= each[:10] <= day(20) for each in shown)


def test_two_people_writing_at_once_lose_nothing(desk, as_persona):
    # Given one file, open for writing on two desks
    file = open_noeli(desk)
    odile = as_persona("odile", language="fr")
    pages = {"Wren writes this.": desk, "Odile écrit ceci.": odile}
    for text, page in pages.items():
        page.goto(f"{file}record/")
        fill(page, text=text)
        page.locator('[name="harm"][value="none"]').check()

    # When both save, then both notes are there
    for page in pages.values():
        save(page)
    for text in pages:
        expect(odile.locator(".moj-timeline")).to_contain_text(text)
