"""A phone that opens My space by itself, in Chromium with a phone's own lock beside it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from leeward.practice_desk.invented.my_space import NUMBER
from tests.browser import spaces
from tests.browser.demo import inside as run
from tests.browser.spaces import inside

pytestmark = pytest.mark.browser
assert_fits = spaces.assert_fits
PHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
OFFER = (
    "from leeward.entry.factories import OfferFactory",
    "from leeward.entry.models import Entry",
    "from leeward.entry.queries import newest_offer",
    "person = Entry.objects.get(begun_at__isnull=False).person",
    "before = newest_offer(person)",
    "same = {'face': before.face, 'language': before.language, 'recorded_by': before.recorded_by}",
    "OfferFactory(person=person, watched='{}', **same)",
    "print(before.watched)",
)


@pytest.fixture
def unwatched(base_url: str, demo_data: Path) -> Iterator[None]:
    """They and a worker found that nobody else sees the phone; afterwards as it was."""
    *first, offer, last = OFFER
    before = run(demo_data, *first, offer.format("no"), last)
    yield
    run(demo_data, *first, offer.format(before), last)


def with_a_lock(page: Page) -> Page:
    """A phone that asks for a finger before it answers."""
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    line.send("WebAuthn.addVirtualAuthenticator", {"options": PHONE})
    return page


@pytest.mark.parametrize(("language", "width"), [("en", 320), ("fr", 1280)])
@pytest.mark.usefixtures("unwatched")
def test_a_phone_is_added_opens_it_and_is_taken_away(
    visit, language, width, assert_accessible, assert_fits
):
    page = inside(with_a_lock(visit(language=language, width=width)))
    page.goto("/notes/phones/")
    assert_accessible(page)
    assert_fits(page)

    # When they say that nobody else can unlock it, by keyboard alone, then the phone is asked
    page.locator("#id_alone").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type(NUMBER)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("[data-passkey-button]")).to_be_visible()
    assert_accessible(page)
    with page.expect_navigation():
        page.locator("[data-passkey-button]").click()
    expect(page.locator(".lines form button")).to_have_count(1)
    assert_accessible(page)
    assert_fits(page)

    # And the front opens without words
    page.context.clear_cookies()
    page.goto("/notes/")
    assert_accessible(page)
    with page.expect_navigation():
        page.locator("[data-passkey-button]").click()
    page.wait_for_url("**/notes/open/")

    # Until it is taken away
    page.goto("/notes/phones/")
    with page.expect_navigation():
        page.locator(".lines form button").click()
    expect(page.locator(".lines form button")).to_have_count(0)
    page.context.clear_cookies()
    page.goto("/notes/")
    with page.expect_navigation():
        page.locator("[data-passkey-button]").click()
    expect(page.locator(".errsum")).to_be_visible()
    assert_accessible(page)


def test_without_javascript_it_says_that_it_cannot(visit, unwatched):
    page = inside(visit(javascript=False))
    page.goto("/notes/phones/")
    page.locator("#id_alone").check()
    page.locator("#id_number").fill(NUMBER)
    with page.expect_navigation():
        page.locator("main form button").first.click()
    expect(page.locator("[data-passkey-without]")).to_be_visible()
    expect(page.locator("[data-passkey-button]")).to_be_hidden()
