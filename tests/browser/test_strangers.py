import pytest
from playwright.sync_api import expect

from tests.browser.pages import find, open_file, open_newest, open_noeli, record

pytestmark = pytest.mark.browser

UNDER = (
    "",
    *("notes/", "record/", "signs/", "opinions/new/", "way/", "plan/", "plan/write/", "about/"),
    *("details/", "safe-contact/", "time-away/", "file/", "plan/copy/en/"),
)


@pytest.mark.parametrize("stranger", ["tala", "ada"])
def test_a_file_of_another_agency_does_not_exist(desk, as_persona, stranger):
    # Given a file of the first agency, and a note in it
    file = open_noeli(desk)
    note = open_newest(desk, file)

    # When somebody of the second agency asks for them by address
    page = as_persona(stranger)
    for address in (*(file + under for under in UNDER), note, f"{note}pin/"):
        answer = page.goto(address)

        # Then there is no such page, and it tells nothing
        assert answer.status == 404, address
        expect(page.locator("body")).not_to_contain_text("Noʔeli")

    # And no search finds the name
    page.goto("/")
    expect(find(page, "Noʔeli").filter(has_text="Noʔeli")).to_have_count(0)


def test_a_duty_of_another_agency_does_not_exist(desk, as_persona):
    file = open_file(desk)
    record(desk, file, "A bruise.", harm="possible")
    duty = desk.locator(".duty li > a").last.get_attribute("href")
    assert as_persona("ada").goto(duty).status == 404


def test_a_colleague_s_file_does_not_exist_for_a_worker_who_is_not_on_it(desk, as_persona):
    file = open_file(desk)
    assert as_persona("odile", language="fr").goto(file).status == 404
    assert as_persona("sam").goto(file).status == 200


def test_nothing_is_shown_before_signing_in(desk, new_page):
    file = open_noeli(desk)
    page = new_page()
    for address in ("/", "/people/", "/find/", "/duties/", file, f"{file}plan/copy/en/"):
        page.goto(address)
        assert "/sign-in/" in page.url, address
        expect(page.locator("body")).not_to_contain_text("Noʔeli")
