import re

import pytest
from playwright.sync_api import expect

from tests.browser.pages import PERSONAS, SPEAKS, at, press, sign_in_as, sign_in_by_name

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("persona", PERSONAS)
def test_each_persona_signs_in_with_one_press(new_page, persona):
    page = sign_in_as(new_page(), persona)
    expect(page.locator("h1")).to_be_attached()
    expect(page.locator(".acct summary")).to_be_visible()


def test_a_worker_who_writes_in_french_is_met_in_french(new_page):
    page = sign_in_as(new_page(language="en"), "odile")
    expect(page.locator("html")).to_have_attribute("lang", "fr-CA")


def test_a_persona_signs_in_on_a_phone(new_page, language):
    page = sign_in_as(new_page(language=language, width=390), SPEAKS[language])
    expect(page.locator("html")).to_have_attribute("lang", f"{language}-CA")
    expect(page.locator(".dock")).to_be_visible()


def test_a_persona_signs_in_without_javascript(new_page):
    page = sign_in_as(new_page(javascript=False), "wren")
    expect(page.locator("h1")).to_be_attached()


def test_a_page_asked_for_before_signing_in_is_the_one_reached(new_page):
    page = new_page()
    page.goto("/people/")
    page.locator('[data-persona="wren"]').click()
    page.wait_for_url("**/people/")


def test_a_name_and_a_password_open_the_desk(new_page, somebody, language):
    page = sign_in_by_name(new_page(language=language), somebody)
    assert at(page) == "/"
    page.locator(".acct summary").click()
    expect(page.locator(".acct .panel")).to_contain_text("Robin Sample")


def test_a_wrong_password_says_so_and_keeps_the_name(new_page, somebody, language):
    page = new_page(language=language)
    sign_in_by_name(page, type(somebody)(somebody.login, "not this one"))
    assert at(page) == "/sign-in/"
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    expect(page.locator("#id_login")).to_have_value(somebody.login)
    expect(page.locator("#id_password")).to_have_value("")


def test_signing_out_shuts_the_desk(new_page):
    page = sign_in_as(new_page(), "wren")
    page.locator(".acct summary").click()
    press(page, ".acct button")
    assert at(page) == "/sign-in/"
    page.goto("/people/")
    assert at(page) == "/sign-in/"


def test_the_other_language_is_one_press_away_and_on_the_same_page(desk):
    expect(desk.locator("html")).to_have_attribute("lang", "en-CA")
    desk.goto("/people/?state=closed")
    desk.locator("a.lang").click()
    expect(desk.locator("html")).to_have_attribute("lang", "fr-CA")
    expect(desk).to_have_url(re.compile(r"/people/\?.*state=closed"))
    desk.goto("/")
    expect(desk.locator("html")).to_have_attribute("lang", "fr-CA")
