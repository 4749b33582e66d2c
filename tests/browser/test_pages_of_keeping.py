"""Documents, holds, disposal and the breach helper: every page in every state."""

import pytest
from playwright.sync_api import expect

from leeward.documents.tests.made import pdf
from tests.browser.demo import inside, leeward
from tests.browser.looking import empty_and_send
from tests.browser.pages import SPEAKS, answer, at, field, fill, go, open_file, press, save

pytestmark = pytest.mark.browser

LOOKED_AT = {
    *("documents", "add_document", "close_document"),
    *("keeping", "hold", "disposal", "breach"),
}
# No button makes years go by.
CLOSED_LONG_AGO = (
    "import datetime as dt",
    "from leeward.people.models import FileEvent",
    "closed = FileEvent.objects.filter(person_id='{person}', kind='closed')",
    "closed.update(on=dt.date(1999, 3, 10))",
)


def close_long_ago(page, data, name):
    """Open a file, close it, and let the years go by. Returns its id."""
    file = open_file(page, name)
    page.goto(f"{file}file/")
    fill(page, reason="She has moved away.")
    save(page)
    person = file.split("/")[2]
    inside(data, *(line.replace("{person}", person) for line in CLOSED_LONG_AGO))
    return person


def test_documents_from_adding_one_to_closing_it(as_persona, language, look):
    # Given a file without documents
    page = as_persona(SPEAKS[language], language=language)
    file = open_file(page)
    go(page, f"{file}documents/")
    look(page, "no documents yet")

    # When a document is added, after mistakes
    go(page, f"{file}documents/add/")
    look(page, "adding a document")
    empty_and_send(page)
    look(page, "adding a document, with mistakes")
    answer(page, pictures="yes")
    fill(page, what="Letter from the school")
    save(page)
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    look(page, "a photo is refused")
    answer(page, pictures="no")
    field(page, "file").set_input_files(
        {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    )
    save(page)
    assert at(page) == f"{file}documents/"
    look(page, "a document")
    with page.expect_download() as coming:
        page.locator('main a[href$="/copy/"]').click()
    assert coming.value.suggested_filename.startswith("document-")
    assert coming.value.path().read_bytes().startswith(b"%PDF-")

    # Then it can be closed to everyone, and only once
    press(page, 'main a[href$="/close/"]')
    look(page, "this should not be here")
    save(page)
    look(page, "a document that was closed")
    expect(page.locator("main form")).to_have_count(0)
    go(page, f"{file}documents/")
    expect(page.locator('main a[href$="/copy/"]')).to_have_count(0)
    look(page, "documents, one closed")


def test_keeping_from_what_is_due_to_the_certificate(as_persona, language, look, demo_data):
    # Given two files whose time is over
    goes, stays = (f"{each} {language.upper()} Made-Up" for each in ("Thistle", "Juniper"))
    wren = as_persona("wren")
    going, staying = (close_long_ago(wren, demo_data, name) for name in (goes, stays))
    sam = as_persona("sam", language=language)
    lise = as_persona("lise", language=language)
    go(sam, "/keeping/")
    look(sam, "files whose time is over")

    # When one is held, and let go
    go(sam, f"/keeping/files/{staying}/hold/")
    look(sam, "holding a file")
    empty_and_send(sam)
    look(sam, "holding a file, with mistakes")
    fill(sam, why="A court has asked for it.")
    save(sam)
    assert at(sam) == "/keeping/"
    go(lise, "/keeping/")
    look(lise, "a file that is held")
    press(lise, lise.locator("#held ~ ul").get_by_role("button", name=stays))

    # And both are to go: one is turned down, the other agreed to
    asked = {}
    for name, person in ((goes, going), (stays, staying)):
        go(sam, "/keeping/")
        press(sam, sam.locator(f'button[form="ask-{person}"]'))
        asked[name] = at(sam)
        expect(sam.locator("main")).to_contain_text(name)
    look(sam, "a disposal that somebody asked for")
    go(lise, "/keeping/")
    look(lise, "disposals that wait")
    go(lise, asked[stays])
    look(lise, "a disposal to agree to")
    press(lise, 'main form[action$="/refuse/"] button')
    look(lise, "a disposal that was turned down")
    go(lise, asked[goes])
    press(lise, 'main form[action$="/approve/"] button')
    assert at(lise) == asked[goes]
    look(lise, "a disposal that two agreed to")

    # Then the nightly run leaves a certificate, which names nobody
    leeward(demo_data, "dispose")
    go(lise, asked[goes])
    expect(lise.locator("main")).not_to_contain_text(goes)
    look(lise, "a certificate of disposal")
    go(lise, "/keeping/")
    look(lise, "keeping, after a disposal")


def test_whose_files_were_opened(as_persona, language, look):
    lise = as_persona("lise", language=language)
    go(lise, "/keeping/opened/")
    look(lise, "whose files were opened")
    empty_and_send(lise)
    look(lise, "whose files were opened, with mistakes")
    go(lise, "/keeping/opened/")
    first = lise.evaluate("new Date(Date.now() - 864e5 * 3).toISOString().slice(0, 10)")
    fill(lise, first=first)
    save(lise)
    expect(lise.locator("#opened")).to_be_visible()
    look(lise, "files that were opened")
