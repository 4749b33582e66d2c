import pytest
from playwright.sync_api import expect

from tests.browser.pages import (
    NOELI,
    ask_to_open,
    at,
    field,
    fill,
    find,
    mistakes,
    open_file,
    open_noeli,
    press,
    save,
)

pytestmark = pytest.mark.browser

SPELLINGS = {
    "as it is": NOELI,
    "without its letter": "noeli",
    "two letters changed round": "neoli",
    "in syllabics": "ᓄᐁᓖ",
    "only its beginning": "noe",
    "with another accent": "Noëli",
}

ALIKE = {
    "en": ("Thaddea Pretend", "Tadea Pretend"),
    "fr": ("Sidonelle Fictive", "Sidonele Fictive"),
}


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
def test_a_name_is_found_however_it_is_spelled(desk, spelling):
    found = find(desk, spelling)
    expect(found.filter(has_text=NOELI).first).to_be_visible()
    assert spelling not in desk.url, "a name stands in the address"


def test_a_young_person_is_two_interactions_away(worker):
    # When a worker types a name and presses Enter, then presses the first result
    press(worker, find(worker, "noeli").locator("a").first)

    # Then their file is open
    expect(worker.locator(".idbar__name")).to_have_text(NOELI)
    expect(worker.locator(".tabs [aria-current=page]")).to_be_visible()


def test_a_young_person_is_found_on_a_phone(phone):
    press(phone, find(phone, "noeli").locator("a").first)
    expect(phone.locator(".idbar__name")).to_have_text(NOELI)


def test_a_young_person_is_found_without_javascript(without_javascript):
    press(without_javascript, find(without_javascript, "noeli").locator("a").first)
    expect(without_javascript.locator(".idbar__name")).to_have_text(NOELI)


def test_results_come_while_typing(desk):
    desk.goto("/find/")
    desk.locator("#id_q").press_sequentially("noeli")
    expect(desk.locator(".results > li").filter(has_text=NOELI).first).to_be_visible()
    expect(desk.locator("#id_q")).to_be_focused()
    assert at(desk) == "/find/"


def test_the_slash_key_goes_to_find(desk):
    desk.keyboard.press("/")
    expect(desk.locator("#find-top")).to_be_focused()


def test_a_new_file_is_offered_only_beneath_a_search(desk):
    desk.goto("/people/new/")
    assert at(desk) == "/find/"
    expect(desk.locator(".noneofthese")).to_have_count(0)
    find(desk, "Quillon Made-Up")
    expect(desk.locator(".noneofthese button")).to_be_visible()


def test_a_new_file_starts_with_strengths_and_keeps_the_name_typed(worker):
    # Given a search that did not find the person
    ask_to_open(worker, "Éowyn Made-Up")

    # Then strengths come first, and the name is there already
    first = worker.locator("main :is(input, textarea):visible").first
    expect(first).to_have_attribute("name", "strengths")
    expect(field(worker, "name_used")).to_have_value("Éowyn Made-Up")

    # When the worker writes strengths and their words
    fill(worker, strengths="Making soup\nListening", own_words="Call me Wyn.")
    save(worker)
    if worker.locator("#none_of_these").count():
        worker.locator("#none_of_these").check()
        save(worker)

    # Then the overview opens with them
    words = worker.locator(".own")
    expect(words).to_contain_text("Call me Wyn.")
    expect(words).to_contain_text("Making soup · Listening")


def test_a_likely_duplicate_is_shown_with_why_before_a_file_is_opened(worker, language):
    # Given somebody who is here already
    here, asked = ALIKE[language]
    open_file(worker, here, born="2010-04-02")

    # When a file is asked for under almost the same name
    ask_to_open(worker, asked)
    fill(worker, strengths="skating", born="2010-04-02")
    save(worker)

    # Then nothing is opened yet: who is alike is shown, with why, and what was typed stays
    assert at(worker) == "/people/new/"
    alike = worker.locator(".duty .results li").first
    expect(alike).to_contain_text(here)
    expect(alike.locator(".result__why")).not_to_be_empty()
    expect(field(worker, "strengths")).to_have_value("skating")

    # When the worker says that none of these is the person
    worker.locator("#none_of_these").check()
    save(worker)

    # Then the file is opened
    expect(worker.locator(".idbar__name")).to_have_text(asked)


def test_a_file_needs_a_name_and_nothing_else(desk):
    ask_to_open(desk, "ᒥᓇ Made-Up")
    fill(desk, name_used="")
    save(desk)
    expect(mistakes(desk)).to_have_count(1)
    fill(desk, name_used="ᒥᓇᑦ Invented")
    save(desk)
    if desk.locator("#none_of_these").count():
        desk.locator("#none_of_these").check()
        save(desk)
    expect(desk.locator(".idbar__name")).to_have_text("ᒥᓇᑦ Invented")


def test_somebody_else_s_young_person_is_named_with_whom_to_talk_to(as_persona):
    # Given a file that Odile opened
    odile = as_persona("odile", language="fr")
    file = open_file(odile, "Ysoria Inventée")

    # When Wren looks for the name
    wren = as_persona("wren")
    found = find(wren, "Ysoria Inventée").first

    # Then Wren learns whom to talk to, and no link leads to the file but the one for emergencies
    expect(found).to_contain_text("Odile Exemple")
    expect(found.locator("a")).to_have_count(1)
    expect(found.locator("a")).to_have_attribute("href", f"{file}open-now/")
    assert wren.goto(file).status == 404


def test_find_leads_to_record_when_that_was_the_wish(desk):
    press(desk, ".top__record")
    fill(desk, q="noeli")
    with desk.expect_navigation():
        field(desk, "q").press("Enter")
    press(desk, desk.locator(".results a").first)
    assert at(desk).endswith("/record/")


def test_the_list_of_young_people_opens_a_file(desk):
    desk.goto("/people/")
    name = desk.locator(".result__name a").first
    said = name.inner_text()
    press(desk, name)
    expect(desk.locator(".idbar__name")).to_have_text(said)


def test_a_supervisor_sees_the_agency_s_files(as_persona):
    sam = as_persona("sam")
    sam.goto("/people/?whose=team")
    shown = sam.locator(".result__name").count()
    assert shown > 10
    assert open_noeli(sam).startswith("/people/")
