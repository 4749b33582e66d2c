"""Every page in every state: axe, nothing wider than the screen, nothing asked elsewhere.

A new address without a line here fails. Requests, script errors and refusals of the page's own
policy are listened for on every page of every journey (`new_page` in conftest).
"""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from leeward.practice_desk.urls import urlpatterns
from tests.browser import (
    test_concerns,
    test_disclosures,
    test_meetings,
    test_pages_of_administration,
    test_pages_of_keeping,
    test_pages_of_sign_in,
    test_pages_of_watching,
    test_reminders,
    test_requests,
)
from tests.browser.looking import empty_and_send, ids
from tests.browser.pages import (
    SPEAKS,
    answer,
    ask_to_open,
    expect_draft,
    field,
    fill,
    find,
    give_opinion,
    open_file,
    open_newest,
    open_noeli,
    read_in,
    record,
    save,
    sign_in_by_name,
)

pytestmark = pytest.mark.browser

# Answer with a redirect, a file or nothing at all: there is no page to look at.
NO_PAGE = {
    *("sign_in_over", "draft", "unpin", "end_assignment", "end_cover"),
    *("covering_copy_en", "covering_copy_fr"),
    *("handover_en", "handover_fr", "open_residence", "beds", "house_in"),
    *("release_step_back", "went_missing", "came_back", "police_sheet_en", "police_sheet_fr"),
    *("plan_copy_en", "plan_copy_fr"),
    *("plan_card_en", "plan_card_fr", "release_back"),
    *("circle_copy_en", "circle_copy_fr"),
    *("meeting_asked", "meeting_read", "meeting_tell_back", "meeting_pack_en", "meeting_pack_fr"),
    *("meeting_calendar_en", "meeting_calendar_fr"),
    *("disclosure_release_back", "received_copy_en", "received_copy_fr"),
    *("passkey_ask", "passkey_make", "start_passkey", "second_step_remove"),
    *("notice_open", "notice_settle", "end_my_sessions", "take_back", "document_copy"),
    *("copying_make", "copying_give", "copying_paper"),
    *("concern_hand", "concern_draft"),
    *("urgency_kept", "urgency_offline"),
    *("end_hold", "ask_disposal", "approve_disposal", "refuse_disposal"),
}
OF_NOBODY = ("home", "find", "residences", "people", "record_for_whom", "duties", "account_logout")
OF_A_PERSON = (
    *("overview", "record", "timeline", "signs", "give_opinion", "way", "plan", "plan_write"),
    *("plan_suggest", "plan_wheel"),
    *("circle", "add_tie", "genogram"),
    *("add_step", "about", "details", "safe_contact", "add_contact", "describe"),
    *("add_strengths", "move", "assign", "transfer", "turn_file", "time_away"),
    *("space", "space_offer", "space_words", "space_lock"),
    *("house", "house_out", "house_words", "house_left"),
)
OF_A_NOTE = ("note", "correct", "explain", "pin", "release")
# Each has a test of its own below, for it needs something first.
WITH_MORE = {"open_file", "duty", "opinion", "resolve", "step_went"} | {
    *("plan_change", "plan_suggest_change"),
    *("residence", "release_step", "episode", "take_step", "write_down", "talk"),
    *("tie", "change_tie", "let_go", "push_back", "pushed_back", "say_kin", "space_answer"),
}
# Those that come with somebody's own story are looked at where it is told.
ELSEWHERE = (
    test_meetings,
    test_disclosures,
    test_concerns,
    test_pages_of_administration,
    test_pages_of_keeping,
    test_pages_of_sign_in,
    test_pages_of_watching,
    test_reminders,
    test_requests,
)


def test_every_address_is_looked_at():
    looked_at = {*OF_NOBODY, *OF_A_PERSON, *OF_A_NOTE, *WITH_MORE}
    looked_at = looked_at.union(*(each.LOOKED_AT for each in ELSEWHERE))
    assert {each.name for each in urlpatterns} == looked_at | NO_PAGE
    assert not looked_at & NO_PAGE


@pytest.mark.parametrize("name", OF_NOBODY)
def test_a_page_of_nobody_in_particular(worker, look, name):
    worker.goto(reverse(name))
    look(worker)


def test_every_page_of_a_full_file(as_persona, language, look):
    sam = as_persona("sam", language=language)
    file = open_noeli(sam)
    note = open_newest(sam, file)
    for name in OF_A_PERSON:
        sam.goto(reverse(name, kwargs=ids(file)))
        look(sam)
    for name in OF_A_NOTE:
        sam.goto(reverse(name, kwargs=ids(file, note)))
        look(sam)
    for links in ('main a[href*="/opinions/0"]', 'main a[href$="/resolve/"]'):
        sam.goto(f"{file}signs/")
        sam.goto(str(sam.locator(links).first.get_attribute("href")))
        look(sam)
    for links in (
        "main .steps a[href*='/plan/steps/']",
        ".plan__item a",
        ".plan__item a[href*=suggest]",
    ):
        sam.goto(f"{file}plan/")
        sam.goto(str(sam.locator(links).first.get_attribute("href")))
        look(sam)
    for links in (
        "#before + ul a",
        'a[href$="/talk/"]',
        'a[href$="/steps/police/"]',
        'a[href$="/notes/"]',
        'a[href$="/release/"]',
    ):
        sam.goto(f"{file}time-away/")
        # The oldest but two is told in full.
        sam.goto(str(sam.locator("#before + ul a").nth(2).get_attribute("href")))
        if not links.startswith("#"):
            sam.goto(str(sam.locator(f"main {links}").first.get_attribute("href")))
        look(sam)


def test_every_page_of_an_empty_file(worker, look):
    file = open_file(worker)
    pages = ("overview", "record", "timeline", "signs", "way", "plan", "about", "time_away")
    for name in pages:
        worker.goto(reverse(name, kwargs=ids(file)))
        look(worker, f"{name} of an empty file")


def test_every_form_with_its_mistakes(as_persona, language, look):
    sam = as_persona("sam", language=language)
    file = open_file(sam)
    record(sam, file, "Not in class on Monday.", harm="possible", ti_truancy="present")
    duty = str(sam.locator(".duty li > a").last.get_attribute("href"))
    opinion = give_opinion(sam, file, "unnamed", "I have met her once.")
    note = open_newest(sam, file)
    forms = ["record", "give_opinion", "add_step", "add_contact", "add_strengths", "assign"]
    forms += ["transfer", "turn_file", "safe_contact", "details", "time_away"]
    addresses = [reverse(name, kwargs=ids(file)) for name in forms]
    addresses += [f"{note}explain/", f"{note}pin/", f"{opinion}resolve/", duty]
    for address in addresses:
        if sam.goto(address).status != 200:
            look.wrong.append(f"{address} is not there")
            continue
        empty_and_send(sam)
        expect(sam.locator(".govuk-error-summary")).to_be_visible()
        look(sam, f"{address} with mistakes")


def test_finding_and_opening_a_file(worker, look):
    if not find(worker, "Quenby").count():  # the other language may have opened the file before
        open_file(worker, "Quenby Pretend")
        find(worker, "Quenby")
    look(worker, "found")
    find(worker, "Xqzvw")
    look(worker, "nobody found")
    ask_to_open(worker, "Quenby Pretend")
    look(worker, "opening a file")
    save(worker)
    expect(worker.locator("#none_of_these")).to_be_visible()
    look(worker, "somebody alike is here")


def test_record_with_everything_open_and_its_draft_back(worker, look):
    file = open_file(worker)
    worker.goto(f"{file}record/")
    for summary in worker.locator("main details summary").all():
        summary.click()
    answer(worker, when="other", harm="now", about="both")
    fill(worker, text="Half a sentence")
    field(worker, "text").press("Tab")
    expect_draft(worker, "saved")
    look(worker, "record with everything open")
    worker.reload()
    look(worker, "record with its draft back")


def test_a_missing_young_person(desk, look):
    file = open_file(desk)
    desk.goto(f"{file}time-away/")
    save(desk)
    look(desk, "missing now")
    desk.goto(file)
    look(desk, "overview of somebody missing")


def test_two_windows_side_by_side(desk, look):
    file = open_file(desk)
    other = desk.context.new_page()
    for page in (desk, other):
        page.goto(f"{file}details/")
    fill(other, pronouns="they")
    save(other)
    fill(desk, pronouns="she")
    save(desk)
    expect(desk.locator(".sidebyside")).to_be_visible()
    look(desk, "details in two windows")


def test_the_sign_in_dialog_over_a_page(new_page, somebody, language, look):
    page = sign_in_by_name(new_page(language=language), somebody)
    read_in(page, language)
    file = open_file(page)
    page.goto(f"{file}record/")
    page.context.clear_cookies(name="leeward_desk")
    fill(page, text="Half a sentence")
    field(page, "text").press("Tab")
    expect(page.locator("dialog[open]")).to_be_visible()
    look(page, "the sign-in dialog")


def test_open_menus_filters_and_cells(worker, look):
    file = open_noeli(worker)
    worker.locator(".acct summary").click()
    look(worker, "the account menu")
    worker.set_viewport_size({"width": 390, "height": 844})
    worker.goto(file)
    worker.locator(".menu summary").click()
    look(worker, "the menu of a phone")
    worker.goto(f"{file}notes/?kind=opinion&known_on=2026-01-01")
    look(worker, "a filtered timeline")
    worker.goto(f"{file}signs/?thread=being_away&stage=entrenched")
    worker.locator("main details summary").last.click()
    look(worker, "the notes behind a cell")
    worker.goto(f"{file}way/")
    worker.locator("main details summary").last.click()
    look(worker, "the way as a list")


def test_pages_that_refuse(as_persona, language, look):
    page = as_persona(SPEAKS[language], language=language)
    assert page.goto("/no-such-page/").status == 404
    look(page, "404")
    page.goto("/")
    file = open_file(page)
    assert page.goto(f"{file}team/").status == 403
    look(page, "403")
    page.goto(f"{file}strengths/")
    fill(page, strengths="A long line that must not be lost, whatever happens to the form.")
    page.evaluate(
        "document.querySelector('main [name=csrfmiddlewaretoken]').value = 'x'.repeat(64)"
    )
    save(page)
    look(page, "a form whose token no longer holds")
    expect(page.locator("main")).to_contain_text("A long line that must not be lost")
