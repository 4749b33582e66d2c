"""Emergencies, their review, unusual opening, locks, who opened a file: every page and state."""

from itertools import count

import pytest
from playwright.sync_api import expect

from tests.browser.demo import inside
from tests.browser.looking import empty_and_send
from tests.browser.pages import (
    NOELI,
    SPEAKS,
    WHY_NOW,
    answer,
    at,
    field,
    fill,
    find,
    go,
    open_file,
    open_in_emergency,
    open_noeli,
    open_notice,
    press,
    save,
)

pytestmark = pytest.mark.browser

LOOKED_AT = {
    *("break_glass", "emergency_review", "opening_review", "reviews", "notices"),
    *("who_opened", "locks", "end_lock"),
}
_nth = count(1)
# The worker whose name a file is like, and who is therefore watched, by language.
LIKE = {"en": "Example", "fr": "Exemple"}
HOURS_GO_BY = (
    "import datetime as dt",
    "from django.utils import timezone",
    "from leeward.people.standing.models import BreakGlass",
    "BreakGlass.objects.update(until=timezone.now() - dt.timedelta(minutes=1))",
)


def somebody_of_anothers(as_persona, language, surname="Made-Up"):
    """Somebody with a file that neither Wren nor Odile works on. Returns their name."""
    other = as_persona({"en": "odile", "fr": "wren"}[language])
    name = f"{('Quillon', 'Brindle')[language == 'fr']} {next(_nth)} {surname}"
    open_file(other, name)
    return name


def test_an_emergency_from_the_search_to_the_privacy_officer(
    as_persona, language, look, demo_data
):
    # Given somebody whose name is like the worker's own, on another worker's list
    name = somebody_of_anothers(as_persona, language, LIKE[language])
    page = as_persona(SPEAKS[language], language=language)
    found = find(page, name)
    look(page, "found, on another's list")

    # When the worker opens the file in an emergency
    press(page, found.locator('a[href$="/open-now/"]').first)
    look(page, "opening a file now")
    empty_and_send(page)
    look(page, "opening a file now, with mistakes")
    fill(page, reason="too little")
    save(page)
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    fill(page, reason=WHY_NOW)
    save(page)
    file = at(page)
    assert file.startswith("/people/0")
    look(page, "a file that is open in an emergency")

    # Then a supervisor is told, and reviews it
    sam = as_persona("sam", language=language)
    go(sam, "/notices/")
    look(sam, "an emergency to review")
    review = open_notice(sam, "/emergencies/", name)
    expect(sam.locator("main")).to_contain_text(WHY_NOW)
    look(sam, "the review")
    empty_and_send(sam)
    look(sam, "the review, with mistakes")

    # And before that nobody opens it a second time, once the hours are over
    inside(demo_data, *HOURS_GO_BY)
    assert page.goto(file).status == 404
    assert page.goto(f"{file}open-now/").status == 422
    look(page, "an emergency that nobody has reviewed")
    answer(sam, outcome="follow_up")
    fill(sam, words="Call me about this.")
    save(sam)
    go(sam, review)
    look(sam, "an emergency that was reviewed")

    # And the privacy officer is asked to look closer, and at the worker as well
    lise = as_persona("lise", language=language)
    look(lise, "the home of a privacy officer")
    go(lise, "/reviews/")
    look(lise, "reviews that wait")
    open_notice(lise, "/emergencies/", name)
    open_notice(lise, "/workers/", {"en": "Wren", "fr": "Odile"}[language])
    look(lise, "looking into unusual opening")
    press(lise, 'main button[value="in_order"]')
    go(lise, "/reviews/")
    look(lise, "reviews, some ended")


def test_who_opened_a_file(as_persona, language, look):
    sam = as_persona("sam", language=language)
    file = open_noeli(sam)
    go(sam, f"{file}opened/")
    look(sam, "who opened a file")
    go(sam, f"{open_file(sam)}opened/")
    look(sam, "who opened a new file")


def test_locks(as_persona, language, look):
    # Given a supervisor who keeps a file from somebody
    sam = as_persona("sam", language=language)
    file = open_file(sam)
    go(sam, f"{file}kept-from/")
    look(sam, "nobody is kept from it")
    empty_and_send(sam)
    look(sam, "keeping somebody from it, with mistakes")
    field(sam, "worker").select_option(label="Jo Made-Up")
    answer(sam, why="kin")
    fill(sam, words="An uncle.")
    save(sam)
    look(sam, "somebody is kept from it")

    # Then the privacy officer may end it, with a reason
    lise = as_persona("lise", language=language)
    go(lise, f"{file}kept-from/")
    look(lise, "locks, as the privacy officer sees them")
    go(lise, str(lise.locator('main a[href$="/end/"]').get_attribute("href")))
    look(lise, "ending a lock")
    empty_and_send(lise)
    look(lise, "ending a lock, with mistakes")
    fill(lise, reason="It was another Jo.")
    save(lise)
    look(lise, "a lock that has ended")


def test_the_privacy_officer_finds_a_name_and_no_file(as_persona, language, look):
    lise = as_persona("lise", language=language)
    found = find(lise, NOELI)
    expect(found.locator('a[href$="/kept-from/"]').first).to_be_visible()
    look(lise, "what a privacy officer finds")


def test_an_emergency_by_keyboard_alone(as_persona):
    # Given a name that was found, and the link beside it
    name = somebody_of_anothers(as_persona, "en")
    page = as_persona("wren")
    page.keyboard.press("/")
    expect(page.locator("#find-top")).to_be_focused()
    page.keyboard.type(name)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to(page, 'a[href$="/open-now/"]')
    with page.expect_navigation():
        page.keyboard.press("Enter")

    # When a reason is typed and the button pressed, with keys alone
    tab_to(page, '[name="reason"]')
    page.keyboard.type(WHY_NOW)
    tab_to(page, "main button.govuk-button")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    # Then the file is open, and says why
    assert at(page).startswith("/people/0")
    expect(page.locator("body")).to_contain_text(name)


def test_an_emergency_without_javascript(as_persona):
    name = somebody_of_anothers(as_persona, "fr")
    page = as_persona("odile", language="fr", javascript=False)
    file = open_in_emergency(page, name)
    assert file.startswith("/people/0")
    expect(page.locator("body")).to_contain_text(name)
    sam = as_persona("sam", javascript=False)
    open_notice(sam, "/emergencies/", name)
    answer(sam, outcome="needed")
    save(sam)
    assert at(sam) == "/notices/"


def tab_to(page, what):
    """Press Tab until the focus is on `what`, and fail when it never comes there."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("what => document.activeElement.matches(what)", what):
            return
    raise AssertionError(f"Tab never comes to {what}")
