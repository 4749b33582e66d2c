"""A concern by phone: taken down, looked for, put into a file; and what the caller is told."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.looking import empty_and_send
from tests.browser.pages import SPEAKS, answer, at, field, fill, press, save

pytestmark = pytest.mark.browser

LOOKED_AT = {
    *("concerns", "concern_take", "concern", "concern_who", "concern_accept"),
    *("concern_send_on", "concern_close", "concern_tell", "concern_refer"),
    *("caseloads", "caseload", "caseload_columns", "caseload_row", "caseload_end"),
}
WORDS = {"en": "A car waits for him at the gate.", "fr": "Une auto l’attend à la grille."}
WHO = {"en": "Bram Pretend", "fr": "Bastien Fictif"}
# On a phone in English, on a desk in French.
WIDE = {"en": 390, "fr": 1280}


def take_down(page, language):
    """Take a concern down. Returns its address."""
    page.goto("/concerns/new/")
    fill(page, words=WORDS[language], name=WHO[language], strengths="Draws maps")
    answer(page, urgency="now", kind="family")
    fill(page, by_name="Auntie Invented", reach_at="555-0199")
    save(page)
    assert re.fullmatch(r"/concerns/[0-9a-f-]+/", at(page))
    return at(page)


def test_from_the_call_to_the_file(as_persona, language, look):
    page = as_persona(SPEAKS[language], language=language, width=WIDE[language])
    # Given a call
    page.goto("/concerns/new/")
    empty_and_send(page)
    look(page, "taking down, with its mistakes")
    concern = take_down(page, language)
    expect(page.locator("main")).to_contain_text(WORDS[language])
    expect(page.locator("main")).not_to_contain_text("Auntie Invented")
    look(page, "a concern")
    # Then it waits on Home and in the list
    for where in ("/", "/concerns/"):
        page.goto(where)
        expect(page.locator(f'main a[href="{concern}"]')).to_have_count(1)
    look(page, "concerns")
    # And whoever called is told what they may know
    for part in ("who/", "send-on/", "close/", "refer/"):
        page.goto(concern + part)
        look(page)
    page.goto(concern + "told/")
    answer(page, language=language)
    look(page, "told")
    save(page)
    assert at(page) == concern
    # When nobody is alike, it opens a file
    page.goto(concern + "accept/")
    look(page, "looking for them")
    press(page, "main form button.govuk-button")
    save(page)
    expect(field(page, "text")).to_have_value(WORDS[language])
    look(page, "whose file, with its mistakes")
    answer(page, whose="new", harm="possible")
    save(page)
    assert re.fullmatch(r"/people/[0-9a-f-]+/", at(page))
    expect(page.locator("main")).to_contain_text("Draws maps")
    # And the duty is asked
    page.goto("/duties/")
    expect(page.locator("main")).to_contain_text(WHO[language])


def test_without_javascript_it_goes_to_the_file_that_is_there(as_persona):
    page = as_persona("wren", javascript=False)
    concern = take_down(page, "en")
    fill_name = "Noʔeli"
    page.goto(concern + "accept/")
    fill(page, q=fill_name)
    press(page, "main form button.govuk-button")
    page.locator('main input[name="whose"]').first.check()
    fill(page, text="Told to us: a car waits at the gate.")
    answer(page, harm="none")
    save(page)
    assert re.fullmatch(r"/people/[0-9a-f-]+/", at(page))
    page.goto(at(page) + "notes/")
    expect(page.locator("main")).to_contain_text("a car waits at the gate")


ROWS = "Name;Born\nQuill {0} Pretend;04/03/2010\nQuill {0} Pretend;\n;2010\n"


def test_a_caseload_from_the_spreadsheet_to_its_end(as_persona, language, look):
    page = as_persona("sam", language=language, width=WIDE[language])
    page.goto("/caseloads/")
    look(page, "bringing a caseload")
    data = ROWS.format("Ann" if language == "en" else "Léa").encode()
    field(page, "file").set_input_files(
        {"name": "rows.csv", "mimeType": "text/csv", "buffer": data}
    )
    save(page)
    look(page, "columns")
    field(page, "goes-0").select_option("name")
    field(page, "goes-1").select_option("born")
    field(page, "style").select_option("dmy")
    save(page)
    look(page, "the dry run")
    run = at(page)
    save(page)
    expect(page.locator(f'main a[href^="{run}rows/"]')).to_have_count(1)
    page.locator(f'main a[href^="{run}rows/"]').click()
    look(page, "somebody alike")
    answer(page, who="them")
    save(page)
    page.goto(run + "end/")
    look(page, "ending it")
    page.locator("#leave_out").check()
    save(page)
    look(page, "ended")
    expect(page.locator("main form")).to_have_count(0)
