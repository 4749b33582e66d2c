import pytest
from playwright.sync_api import expect

from tests.browser.pages import (
    answer,
    at,
    field,
    fill,
    mistakes,
    open_file,
    press,
    save,
)

pytestmark = pytest.mark.browser


def test_safe_contact_stands_on_every_page_of_the_file(worker):
    # Given a file on which nobody has asked
    file = open_file(worker)

    # When the worker asks, and writes it down
    press(worker, ".safe a")
    fill(worker, channel="text only", when="after school", say="the bike shop")
    answer(worker, voicemail="no", watched="maybe")
    save(worker)

    # Then every page says how, and warns
    for page in ("", "notes/", "record/", "plan/"):
        worker.goto(file + page)
        expect(worker.locator(".safe")).to_contain_text(
            "text only, after school", ignore_case=True
        )
        expect(worker.locator(".safe strong")).to_be_visible()


def test_contact_in_person_ends_not_seen(desk):
    file = open_file(desk)
    desk.goto(f"{file}contact/")
    answer(desk, how="in_person")
    fill(desk, note="Tea at the library")
    save(desk)
    desk.goto(f"{file}about/")
    expect(desk.locator("section:has(#contacts)")).to_contain_text("Tea at the library")
    desk.goto("/people/")
    mine = desk.locator(".results > li").filter(has=desk.locator(f'a[href="{file}"]'))
    while not mine.count():  # seen today: on the last of as many pages as the tests have filled
        press(desk, 'a[rel="next"]')
    expect(mine.locator(".result__when time")).to_be_visible()


def test_a_move_keeps_the_place_before(desk):
    file = open_file(desk)
    for kind, whom, since in (
        ("foster", "the Sample family", "2025-03-01"),
        ("own_or_kin", "Auntie Pretend", "2025-07-02"),
    ):
        desk.goto(f"{file}placement/")
        field(desk, "kind").select_option(kind)
        fill(desk, with_whom=whom, since=since)
        save(desk)
    expect(desk.locator(".idbar__facts")).to_contain_text("Auntie Pretend")
    expect(desk.locator("main")).to_contain_text("the Sample family")


def test_strengths_and_a_description_are_added(desk):
    file = open_file(desk)
    desk.goto(f"{file}strengths/")
    fill(desk, strengths="Cribbage\nPatience")
    save(desk)
    desk.goto(file)
    expect(desk.locator(".gifts")).to_contain_text("drawing · Cribbage · Patience")
    desk.goto(f"{file}description/")
    fill(desk, hair="short, red", medicines="puffer, blue")
    save(desk)
    assert at(desk) == f"{file}about/"
    desk.goto(f"{file}description/")
    expect(field(desk, "medicines")).to_have_value("puffer, blue")


def test_missing_shows_everywhere_until_they_are_back(worker):
    # Given somebody whom nobody can find
    file = open_file(worker)
    worker.goto(f"{file}time-away/")
    fill(worker, last_seen="At the bus stop, 21:00")
    save(worker)

    # Then the bar and Home say so
    expect(worker.locator(".idbar .govuk-tag--now")).to_be_visible()
    worker.goto("/")
    expect(worker.locator(f'section:has(#missing) a[href="{file}time-away/"]')).to_be_visible()

    # When they are back
    worker.goto(f"{file}time-away/")
    fill(worker, how="Tired. Soup first.")
    save(worker)

    # Then neither does, and the time away is kept
    expect(worker.locator(".idbar .govuk-tag--now")).to_have_count(0)
    expect(worker.locator("main")).to_contain_text("Tired. Soup first.")
    worker.goto("/")
    expect(worker.locator(f'main a[href="{file}time-away/"]')).to_have_count(0)


def test_details_saved_in_two_windows_are_shown_side_by_side(desk):
    # Given the details open in two windows
    file = open_file(desk)
    other = desk.context.new_page()
    for page in (desk, other):
        page.goto(f"{file}details/")

    # When both save
    fill(other, pronouns="they")
    save(other)
    fill(desk, pronouns="she", languages="Oji-Cree")
    save(desk)

    # Then nothing is lost: the second sees both, and decides
    beside = desk.locator(".sidebyside .said")
    expect(beside.nth(0)).to_contain_text("she")
    expect(beside.nth(1)).to_contain_text("they")
    expect(field(desk, "languages")).to_have_value("Oji-Cree")
    save(desk)
    assert at(desk) == f"{file}about/"
    expect(desk.locator(".idbar__facts")).to_contain_text("she")


def test_a_file_is_closed_and_opened_again_each_with_a_reason(worker):
    file = open_file(worker)
    worker.goto(f"{file}file/")
    save(worker)
    expect(mistakes(worker)).to_have_count(1)
    fill(worker, reason="Moved to the coast; handed on warmly.")
    save(worker)
    expect(worker.locator(".idbar .govuk-tag--quiet")).to_be_visible()
    worker.goto("/people/?state=closed")
    expect(worker.locator(f'.results a[href="{file}"]')).to_be_visible()

    worker.goto(f"{file}file/")
    fill(worker, reason="Back in town.")
    save(worker)
    expect(worker.locator(".idbar .govuk-tag--quiet")).to_have_count(0)
    for reason in ("Moved to the coast; handed on warmly.", "Back in town."):
        expect(worker.locator("section:has(#file)")).to_contain_text(reason)


def test_a_supervisor_puts_somebody_on_the_team_and_takes_them_off(as_persona):
    # Given a file of Wren's, which Odile may not open
    wren = as_persona("wren")
    file = open_file(wren)
    odile = as_persona("odile", language="fr")
    assert odile.goto(file).status == 404

    # When a supervisor puts Odile on the team, then she may
    sam = as_persona("sam")
    sam.goto(f"{file}about/")
    press(sam, f'a[href="{file}team/"]')
    field(sam, "worker").select_option(label="Odile Exemple")
    field(sam, "works_as").select_option("youth_in_transition")
    save(sam)
    assert odile.goto(file).status == 200

    # When her part ends, then she may no longer, and the row stays
    row = sam.locator("section:has(#team) li").filter(has_text="Odile Exemple")
    press(sam, row.locator("button"))
    expect(row.locator("time")).to_have_count(2)
    expect(row.locator("button")).to_have_count(0)
    assert odile.goto(file).status == 404


def test_a_supervisor_hands_a_file_on(as_persona):
    wren = as_persona("wren")
    file = open_file(wren)
    sam = as_persona("sam")
    sam.goto(f"{file}about/")
    press(sam, f'a[href="{file}transfer/"]')
    field(sam, "to").select_option(label="Odile Exemple")
    fill(sam, reason="She speaks French with her.")
    save(sam)
    assert wren.goto(file).status == 404
    odile = as_persona("odile", language="fr")
    assert odile.goto(file).status == 200


def test_a_worker_cannot_change_the_team(desk):
    file = open_file(desk)
    desk.goto(f"{file}about/")
    expect(desk.locator(f'a[href="{file}team/"]')).to_have_count(0)
    for page in ("team/", "transfer/"):
        assert desk.goto(file + page).status == 403
