"""The same desk on PostgreSQL: one journey per role."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import (
    SPEAKS,
    Somebody,
    answer,
    at,
    fill,
    find,
    give_opinion,
    go,
    newest,
    open_file,
    open_in_emergency,
    open_noeli,
    open_notice,
    press,
    reading,
    record,
    save,
    set_up_app,
)
from tests.browser.test_pages_of_administration import (
    PASSWORD,
    agree,
    ask_to_take_on,
    choose_password,
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
    answer(page, sees="team")
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


def test_an_emergency_reaches_the_supervisor_and_the_privacy_officer(as_persona):
    # Given a file of Odile's, and a worker who opens it in an emergency
    open_file(as_persona("odile", language="fr"), "Ondine Made-Up")
    wren = as_persona("wren")
    file = open_in_emergency(wren, "Ondine Made-Up")
    assert at(wren) == file

    # When a supervisor asks for a closer look
    sam = as_persona("sam")
    open_notice(sam, "/emergencies/", "Ondine Made-Up")
    answer(sam, outcome="follow_up")
    save(sam)

    # Then the privacy officer is asked, and finds who opened what
    lise = as_persona("lise", language="fr")
    open_notice(lise, "/emergencies/", "Ondine Made-Up")
    go(lise, "/keeping/opened/")
    fill(lise, first=lise.evaluate("new Date(Date.now() - 864e5).toISOString().slice(0, 10)"))
    save(lise)
    expect(lise.locator("#opened ~ ul")).to_contain_text("Ondine Made-Up")


def test_two_administrators_take_somebody_on_who_then_starts(as_persona, new_page):
    # Given two administrators
    robin, noor = as_persona("robin"), as_persona("noor")
    ask_to_take_on(robin, "Fable Sample", "en")
    agree(noor)

    # When the new worker opens their link and chooses a password
    page = new_page()
    page.goto(noor.locator("main code").inner_text())
    press(page, "main button.govuk-button")
    choose_password(page, PASSWORD)

    # Then an app is all that keeps them from the desk
    assert at(page) == "/second-step/"
    set_up_app(page, Somebody(login="", password=PASSWORD))
    assert at(page) == "/"
    page.goto("/people/")
    assert at(page) == "/people/"
