"""How one signs in, in every state, by somebody who types a name and a password."""

from itertools import count

import pytest
from playwright.sync_api import expect

from tests.browser.demo import leeward
from tests.browser.looking import empty_and_send
from tests.browser.pages import (
    Somebody,
    at,
    fill,
    give_password,
    go,
    press,
    save,
    set_up_app,
    sign_in_by_name,
)

pytestmark = pytest.mark.browser

LOOKED_AT = {
    *("account_login", "mfa_authenticate", "second_step", "second_step_app", "sign_in_again"),
    *("my_sign_in", "report_lost", "recovery_codes"),
}
_nth = count(1)


@pytest.fixture
def wick(demo_data, base_url, language):
    """A worker of their own, whom nobody else signs out everywhere, reading in this language."""
    found = Somebody(login=f"wick.{next(_nth)}", password="a lamp in the far window")
    leeward(
        demo_data,
        *("found", "--agency", "Made-Up Shore Children’s Aid Society", "--role", "worker"),
        *("--username", found.login, "--name", "Wick Sample", "--language", language),
        said=found.password,
    )
    return found


def test_every_page_of_signing_in(new_page, wick, language, look):
    # Given somebody who types a wrong password, then the right one
    page = new_page(language=language)
    page.goto("/sign-in/")
    look(page)
    fill(page, login=wick.login, password="not this one")
    save(page)
    look(page, "a wrong password")
    give_password(page, wick)
    assert at(page) == "/second-step/"
    assert page.locator("html").get_attribute("lang") == f"{language}-CA"
    look(page, "the second step is missing")

    # When they set up an app
    press(page, 'a[href="/second-step/app/"]')
    look(page, "setting up an app")
    empty_and_send(page)
    look(page, "setting up an app, with mistakes")
    page.goto("/second-step/")
    set_up_app(page, wick)
    assert at(page) == "/"

    # Then another browser asks for a code, and says when it is wrong
    other = new_page(language=language)
    give_password(other, wick)
    assert at(other) == "/sign-in/code/"
    look(other, "the code")
    other.locator("#id_code").fill("000000")
    press(other, "main .govuk-button:visible")
    look(other, "a wrong code")
    other.locator("#id_code").fill(wick.paper.pop())
    press(other, "main .govuk-button:visible")
    assert at(other) == "/"

    # And what they have, and where they are signed in, are there to see
    page.goto("/second-step/")
    look(page, "how I sign in")
    press(page, 'form[action="/second-step/codes/"] button')
    look(page, "recovery codes")
    wick.paper[:] = page.locator("main code").all_inner_texts()
    page.goto("/sign-in/again/")
    look(page, "signing in again")
    page.locator("#id_password").fill("not this one")
    press(page, "main form:has(#id_password) .govuk-button")
    look(page, "signing in again, wrongly")
    page.goto("/my-sign-in/")
    expect(page.locator('main button[name="session"]')).to_have_count(1)
    look(page, "where I am signed in")

    # And a lost device ends it everywhere
    press(page, 'main a[href="/my-sign-in/lost/"]')
    look(page, "reporting a lost device")
    save(page)
    assert at(page) == "/sign-in/"
    other.goto("/")
    assert at(other) == "/sign-in/"
    sign_in_by_name(other, wick)
    go(other, "/notices/")
    look(other, "told that a device was lost")


def test_an_agencys_own_sign_in_that_did_not_let_somebody_in(new_page, language, look):
    page = new_page(language=language)
    page.goto("/sign-in/")
    expect(page.locator('main a[href="/start/agency/shore/"]')).to_be_visible()
    assert page.goto("/start/agency/shore/back/?error=access_denied").status == 403
    look(page, "not let in by an agency's own sign-in")


def test_signing_in_with_a_code_by_keyboard_alone(new_page, wick, language):
    sign_in_by_name(new_page(language=language), wick)
    page = new_page(language=language)
    page.goto("/sign-in/")
    page.locator("#id_login").focus()
    page.keyboard.type(wick.login)
    page.keyboard.press("Tab")
    page.keyboard.type(wick.password)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert at(page) == "/sign-in/code/"
    for _ in range(30):
        if page.evaluate("document.activeElement.id") == "id_code":
            break
        page.keyboard.press("Tab")
    page.keyboard.type(wick.paper.pop())
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert at(page) == "/"


def test_signing_in_with_a_code_without_javascript(new_page, wick, language):
    sign_in_by_name(new_page(javascript=False), wick)
    page = new_page(language=language, javascript=False)
    sign_in_by_name(page, wick)
    assert at(page) == "/"
    page.goto("/people/")
    assert at(page) == "/people/"
