"""Passkeys, with a device that the browser pretends to have."""

from itertools import count

import pytest
from playwright.sync_api import expect

from tests.browser.demo import leeward
from tests.browser.pages import Somebody, at, press, sign_in_as, sign_in_by_name

pytestmark = pytest.mark.browser

KITS = count(1)
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def kit(demo_data, base_url):
    """A worker of their own for this journey: others sign Robin in without a passkey."""
    found = Somebody(login=f"kit.{next(KITS)}", password="a long walk by the river")
    leeward(
        demo_data,
        *("found", "--agency", "Made-Up Shore Children’s Aid Society", "--role", "worker"),
        *("--username", found.login, "--name", "Kit Sample"),
        said=found.password,
    )
    return found


@pytest.fixture
def base_url(base_url):
    """Passkeys belong to a name, and an address of numbers is none."""
    return base_url.replace("127.0.0.1", "localhost")


def test_a_passkey_is_made_and_signs_in_alone_and_over_a_page(new_page, kit):
    page = new_page()
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})

    # Given a worker with a password alone, who reaches the second step and no other page
    page.goto("/sign-in/")
    page.locator("#id_login").fill(kit.login)
    page.locator("#id_password").fill(kit.password)
    press(page, "form:has(#id_password) .govuk-button")
    assert at(page) == "/second-step/"
    page.goto("/people/")
    assert at(page) == "/second-step/"

    # When they make a passkey
    press(page, '[data-passkey="make"] [data-passkey-button]')
    kept = page.locator("main code").all_inner_texts()
    assert len(kept) == 10
    press(page, "main a.govuk-button")
    assert at(page) == "/"

    # Then it signs them in without name or password
    page.locator(".acct summary").click()
    press(page, ".acct .panel button")
    press(page, '[data-passkey="use"] [data-passkey-button]')
    assert at(page) == "/"

    # And after their password it is the second step
    page.locator(".acct summary").click()
    press(page, ".acct .panel button")
    page.locator("#id_login").fill(kit.login)
    page.locator("#id_password").fill(kit.password)
    press(page, "form:has(#id_password) .govuk-button")
    assert at(page) == "/sign-in/code/"
    press(page, '[data-passkey="use"] [data-passkey-button]')
    assert at(page) == "/"

    # And it answers the question once more
    page.goto("/sign-in/again/?next=/people/")
    press(page, '[data-passkey="use"] [data-passkey-button]')
    assert at(page) == "/people/"


def test_without_a_device_the_page_says_so_and_another_way_is_open(new_page):
    page = new_page()
    page.goto("/sign-in/")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')); }")
    page.locator("[data-passkey-button]").click()
    expect(page.locator("[data-passkey-problem]")).to_be_visible()
    expect(page.locator("#id_password")).to_be_visible()


def test_without_javascript_the_page_says_what_passkeys_need(new_page, kit):
    page = new_page(javascript=False)
    page.goto("/sign-in/")
    expect(page.locator("[data-passkey-without]")).to_be_visible()
    expect(page.locator("[data-passkey-button]")).to_be_hidden()
    sign_in_by_name(page, kit)
    assert at(page) == "/"
    assert len(kit.paper) == 10


def test_a_persona_of_the_demo_needs_none(new_page):
    page = sign_in_as(new_page(), "wren")
    page.goto("/second-step/")
    assert at(page) == "/second-step/"
    expect(page.locator("[data-passkey-button]")).to_be_visible()
