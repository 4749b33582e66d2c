"""A request about a file in a browser: asked, answered, stated; a copy made and given."""

import io
from collections.abc import Callable

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from tests.browser import spaces
from tests.browser.pages import (
    SPEAKS,
    answer,
    at,
    fill,
    open_file,
    open_newest,
    open_noeli,
    press,
    record,
    save,
)
from tests.browser.spaces import AWAY, by_button, come_in

pytestmark = pytest.mark.browser
width = spaces.width
assert_fits = spaces.assert_fits
LOOKED_AT = {
    *("asked", "file_requests", "ask_request", "file_request", "extend_request"),
    *("answer_request", "request_back", "request_statement"),
    *("copying", "copying_part", "copying_hold", "copying_names"),
}
MINE = "/notes/pages/"


@pytest.fixture
def look(assert_accessible: Callable[[Page], None], assert_fits: Callable[[Page], None]):
    """`look(page)`: axe, and nothing wider than the screen it is on."""

    def both(page: Page) -> None:
        assert_accessible(page)
        assert_fits(page)

    return both


def send_empty(page: Page) -> None:
    """Send the page's own form as it is, whatever the browser would ask for first."""
    page.evaluate("document.querySelector('main form[method=post]').noValidate = true")
    press(page, "main form .btn--own")
    expect(page.locator(".errsum")).to_be_visible()


def test_asked_in_my_space_answered_by_a_worker_and_the_statement_stays(
    as_persona, visit, language, width, look
):
    # Given a young person on a worker's device, who asks for a change
    words = f"She was late again, {language}."
    page = visit(language=language, width=width)
    page.goto("/notes/?borrowed")
    come_in(page)
    page.goto(f"{MINE}copy/")
    look(page)
    page.goto(f"{MINE}change/")
    look(page)
    send_empty(page)
    look(page)
    page.locator("#id_words").fill(words)
    page.locator("#id_instead").fill("The bus was late.")
    press(page, "main form .btn--own")
    expect(page.locator("#asked")).to_be_visible()
    look(page)

    # When a worker of the team, who sees by when, looks at everything and says no
    worker = as_persona(SPEAKS[language], language=language, width=max(width, 390))
    file = open_noeli(worker)
    worker.goto("/asked/")
    expect(worker.locator("main .team")).to_contain_text("30")
    look(worker)
    worker.goto(f"{file}requests/new/")
    look(worker)
    worker.goto(f"{file}requests/")
    look(worker)
    press(worker, worker.locator("main .team a").first)
    expect(worker.locator("main")).to_contain_text(words)
    look(worker)
    asked = at(worker)
    for name in ("extend", "back"):
        worker.goto(f"{asked}{name}/")
        save(worker)
        expect(worker.locator(".govuk-error-summary")).to_be_visible()
        look(worker)
    worker.goto(f"{asked}answer/")
    answer(worker, made="no")
    save(worker)
    look(worker)
    worker.locator("#id_note").select_option(index=1)
    fill(worker, reasons="I wrote when you came.")
    save(worker)
    worker.goto(asked)

    # Then they read why, and what they state stands beside the note
    page.goto(MINE)
    press(page, page.locator("#asked ~ ul a").first)
    look(page)
    expect(page.locator(".leaf")).to_contain_text("I wrote when you came.")
    page.locator("#id_words").fill("  ")
    send_empty(page)
    look(page)
    stated = f"The bus was late, and I say so, {language}."
    page.locator("#id_words").fill(stated)
    press(page, "main form .btn--own")
    by_button(page)
    page.wait_for_url(AWAY)
    worker.goto(asked)
    look(worker)
    worker.goto(f"{asked}statement/")
    look(worker)
    worker.goto(f"{file}notes/")
    expect(worker.locator("main")).to_contain_text(stated)
    worker.goto(asked)
    press(worker, worker.locator('dd a[href*="/notes/"]').last)
    expect(worker.locator("main .pen", has_text=stated)).to_be_visible()
    look(worker)


def read_every_part(page: Page, copying: str) -> None:
    """Press, part by part, that it was read through."""
    page.goto(copying)
    parts = page.locator('main a[href*="/parts/"]')
    for part in [str(each.get_attribute("href")) for each in parts.all()]:
        page.goto(part)
        save(page)


def test_without_javascript_a_copy_is_gone_through_made_and_given(
    as_persona, language, width, look
):
    # Given a file in which somebody called, and a young person who asks for a copy
    page = as_persona(SPEAKS[language], language=language, javascript=False)
    beside = as_persona(SPEAKS[language], language=language, width=max(width, 390))

    def seen(where: str) -> None:
        # What looks at a page is a script: it looks from a browser that runs scripts.
        beside.goto(where)
        look(beside)

    file = open_file(page)
    record(page, file, "She likes to draw. Her teacher is called Kay too.")
    record(page, file, "Kay Pretend called us, worried.")
    page.goto(f"{file}requests/new/")
    answer(page, kind="copy", how="spoken")
    save(page)
    press(page, page.locator("main .team a").first)
    press(page, 'main a[href*="/copies/"]')
    copying = at(page)
    seen(copying)
    save(page)

    # When the caller is held back, and what is still to be decided is shown
    seen(f"{copying}parts/notes/")
    page.goto(f"{copying}parts/notes/")
    called = page.locator("main .said", has_text="Kay Pretend called")
    hold = str(called.locator('a[href*="/hold/"]').get_attribute("href"))
    beside.goto(hold)
    save(beside)
    look(beside)
    page.goto(hold)
    answer(page, ground="reporter")
    fill(page, passage="Kay Pretend", reason="She asked us not to say.")
    save(page)
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    fill(page, whose="Kay Pretend")
    save(page)
    read_every_part(page, copying)
    expect(page.locator('main form[action$="/make/"]')).to_have_count(0)
    seen(f"{copying}names/")
    page.goto(f"{copying}names/")
    answer(page, do="leave")
    fill(page, reason="Another Kay, the teacher.")
    save(page)
    seen(copying)
    page.goto(copying)

    # Then the copy is made, without a word of who called, and given
    press(page, 'main form[action$="/make/"] button')
    seen(copying)
    paper = str(page.locator('main a[href*="/paper/"]').first.get_attribute("href"))
    given = page.request.get(paper)
    assert given.headers["content-type"] == "application/pdf"
    assert "pages.pdf" in given.headers["content-disposition"]
    with pikepdf.open(io.BytesIO(given.body())) as made:
        assert made.Root.MarkInfo.Marked
        assert len(made.pages) >= 1
    press(page, 'main button[form="give"]')
    assert "/requests/" in at(page)
    seen(at(page))
    assert open_newest(page, file)
