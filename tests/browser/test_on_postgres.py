"""The same desk on PostgreSQL: one journey per role."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import (
    SPEAKS,
    answer,
    at,
    fill,
    find,
    give_opinion,
    newest,
    open_file,
    open_noeli,
    press,
    reading,
    record,
    save,
)

pytestmark = pytest.mark.browser_postgres


def test_a_worker_finds_records_reads_and_plans(as_persona, language):
    # Given the file of somebody new, found again by a name spelled otherwise
    page = as_persona(SPEAKS[language], language=language)
    file = open_file(page, {"en": "Mélisande Made-Up", "fr": "Océlie Inventée"}[language])
    press(page, find(page, {"en": "melisande", "fr": "OCELIE"}[language]).locator("a").first)
    assert at(page) == file

    # When a note is recorded, then it heads the timeline and the reading waits
    signs = {"ar_isolated": "present", "ar_school": "present"}
    record(page, file, "Ate lunch alone all week.", **signs)
    expect(newest(page)).to_contain_text("Ate lunch alone all week.")
    page.goto(f"{file}signs/")
    expect(page.locator(".figure > .only-wide svg .mk")).to_have_count(len(signs))
    expect(reading(page)).to_have_count(0)

    # When the worker gives an opinion, then the reading stands beside it
    give_opinion(page, file, "at_risk", "Two signs, both around her.")
    expect(reading(page).first).to_be_visible()

    # When the first words of a plan are written, then a copy can be printed
    page.goto(f"{file}plan/write/")
    fill(page, want="To eat with friends.")
    save(page)
    with page.expect_download() as coming:
        page.locator(f'a[href$="/plan/copy/{language}/"]').click()
    assert coming.value.path().read_bytes().startswith(b"%PDF-")


def test_a_supervisor_sees_the_agency_and_who_works_with_whom(as_persona):
    # Given a file of Wren's with a duty that nobody has answered
    wren = as_persona("wren")
    file = open_file(wren)
    record(wren, file, "A bruise.", harm="possible")

    # When the supervisor puts Odile on the team
    sam = as_persona("sam")
    sam.goto(f"{file}team/")
    sam.locator('[name="worker"]').select_option(label="Odile Exemple")
    save(sam)

    # Then she may open the file
    odile = as_persona("odile", language="fr")
    assert odile.goto(file).status == 200

    # And the one who was asked answers the duty
    press(wren, wren.locator(".duty li > a").last)
    answer(wren, outcome="not_reported")
    fill(wren, reasons="Her coach saw the fall.")
    save(wren)
    assert at(wren) == file
    sam.goto("/people/?whose=team")
    expect(sam.locator(f'.results a[href="{file}"]')).to_be_visible()


def test_a_worker_of_the_other_agency_finds_no_file_of_the_first(as_persona):
    file = open_noeli(as_persona("wren"))
    tala = as_persona("tala")
    assert tala.goto(file).status == 404
