"""Sharing: decided, previewed, given, read by a partner, stopped in My space, over."""

import datetime as dt

import pytest
from playwright.sync_api import Page, expect

from tests.browser import spaces
from tests.browser.demo import inside
from tests.browser.looking import Looked, empty_and_send
from tests.browser.pages import answer, at, field, fill, mistakes, open_noeli, press, save
from tests.browser.spaces import come_in

pytestmark = pytest.mark.browser
width = spaces.width
assert_fits = spaces.assert_fits
LOOKED_AT = {
    *("sharing", "consent_record", "consent_withdraw", "share", "disclosure"),
    *("disclosure_release", "received_list", "received", "received_keep"),
    *("received_answer", "given_list", "give_without_file", "given"),
}
POLICE, PARTNER = "Made-Up Harbour Police Service", "Piper Sample"
SHARED = "section.said"
TIME_GOES_BY = (
    "import datetime as dt",
    "from leeward.disclosures.models import Received",
    "over = dt.date.today() - dt.timedelta(days=2)",
    "rows = Received.objects.filter(agency__name__startswith='Invented Rivers')",
    "print(rows.update(until=over))",
)


def decide(page: Page, file: str, purpose: str) -> None:
    """Fill in that she said yes to the police service, aloud."""
    page.goto(f"{file}sharing/decision/")
    answer(page, given="yes", decider="own", capacity="presumed", form="oral")
    answer(page, kinds="strengths", no_condition="yes")
    field(page, "agency").select_option(label=POLICE)
    until = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=20)
    fill(page, purpose=purpose, until=until.isoformat())
    fill(page, heard_by="Wren Example", heard_when="14:00", words="yes, tell them")


def choose(page: Page, file: str, purpose: str, name: str) -> None:
    """Choose the newest consent, one strength and a name, and look at it first."""
    page.goto(f"{file}sharing/give/")
    page.get_by_label(purpose).check()
    fill(page, names=name)
    page.locator('main input[name="pieces"][value^="strengths:"]').first.check()
    save(page)


def answer_it(officer: Page, copy: str, words: str, look: Looked) -> str:
    """Type one piece, look at it first, and give it. Returns what was previewed."""
    officer.goto(f"{copy}answer/")
    empty_and_send(officer)
    expect(mistakes(officer).first).to_be_visible()
    look(officer)
    answer(officer, authority="police-protection", may_hand_on="no")
    fill(officer, purpose="So that she is met.", title_1="By the harbour", words_1=words)
    field(officer, "kind_1").select_option("police_seen")
    save(officer)
    preview = officer.locator(SHARED).inner_text()
    look(officer, "a preview of an answer")
    press(officer, 'main button[name="give"]')
    look(officer)
    return preview


def test_decided_given_read_and_stopped(
    as_persona, visit, language, width, look, assert_accessible, assert_fits
):
    # Given a worker who writes down what she said, and reads how it reads
    worker = as_persona("wren", language=language)
    file = open_noeli(worker)
    purpose = f"So that they know her when they meet her ({language})."
    worker.goto(f"{file}sharing/decision/")
    empty_and_send(worker)
    expect(mistakes(worker).first).to_be_visible()
    decide(worker, file, purpose)
    press(worker, 'main button[name="reads"]')
    expect(worker.locator("section .pre")).to_have_text(purpose)
    look(worker, "how a purpose reads")
    save(worker)
    assert at(worker) == f"{file}sharing/"
    look(worker)

    # When she gives one strength to a name that fits, and not before she has looked
    choose(worker, file, purpose, "Nobody Invented")
    expect(mistakes(worker)).to_have_count(1)
    expect(field(worker, "names")).to_have_value("Nobody Invented")
    look(worker)
    fill(worker, names=PARTNER.upper())
    save(worker)
    preview = worker.locator(SHARED).inner_text()
    assert purpose in preview
    look(worker, "a preview")
    press(worker, 'main button[name="give"]')
    given = at(worker)
    look(worker)
    worker.goto(f"{given}release/")
    look(worker)
    answer(worker, phone="no", tip_off="no", names="no")
    save(worker)

    # Then the partner reads the very same, and nothing of the file
    partner = as_persona("piper", language=language)
    look(partner, "Home of a partner")
    partner.goto("/received/")
    look(partner)
    press(partner, partner.locator("main .due a").first)
    expect(partner.locator(SHARED)).to_have_text(preview, use_inner_text=True)
    look(partner)
    copy = at(partner)
    assert partner.request.get(file).status in {403, 404}
    partner.goto(f"{copy}keep/")
    look(partner)

    # And answers it, from no file: she reads what they looked at, and nothing opens to them
    words = f"She sat by the ferry with two friends ({language})."
    answered = answer_it(partner, copy, words, look)
    for page in ("/given/", "/given/new/"):
        partner.goto(page)
        look(partner)
    worker.goto("/received/")
    press(worker, worker.locator("main .due a").first)
    expect(worker.locator(SHARED)).to_have_text(answered, use_inner_text=True)
    assert words in answered
    look(worker, "an answer of the police")
    assert partner.request.get(file).status in {403, 404}

    # And when she stops it in My space, it is closed at once, and the worker is told
    page = visit(language=language, width=width)
    page.goto("/notes/?borrowed")
    come_in(page)
    page.goto("/notes/knows/")
    leaf = page.locator(".leaf", has_text=purpose)
    assert_accessible(page)
    assert_fits(page)
    press(page, leaf.locator("a"))
    assert_accessible(page)
    assert_fits(page)
    press(page, "main form .btn--own")
    expect(leaf.locator("a")).to_have_count(0)
    assert_accessible(page)
    partner.goto(copy)
    expect(partner.locator(SHARED)).to_have_count(0)
    assert purpose not in partner.content()
    look(partner, "a closed copy")
    worker.goto("/")
    expect(worker.locator('main form[action$="/open/"] button').first).to_be_visible()
    worker.goto(f"{file}sharing/")
    press(worker, worker.locator('main a[href*="/decisions/"]').first)
    look(worker)


def test_over_it_closes_by_itself_also_without_javascript(as_persona, demo_data):
    desk = as_persona("tala", javascript=False)
    desk.goto("/received/")
    press(desk, desk.locator("main .due a").last)
    assert int(inside(demo_data, *TIME_GOES_BY)) > 0
    copy = at(desk)
    desk.goto(copy)
    expect(desk.locator(SHARED)).to_have_count(0)
    desk.goto("/")
    expect(desk.locator(f'main a[href="{copy}"]')).to_have_count(0)


def test_without_javascript_it_is_previewed_and_changed(as_persona):
    desk = as_persona("wren", javascript=False)
    file = open_noeli(desk)
    purpose = "So that they know her name (no script)."
    decide(desk, file, purpose)
    save(desk)
    choose(desk, file, purpose, "piper")
    expect(desk.locator(SHARED)).to_contain_text(purpose)
    press(desk, 'main button[name="change"]')
    expect(field(desk, "names")).to_have_value("piper")
