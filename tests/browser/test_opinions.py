import pytest
from playwright.sync_api import expect

from tests.browser.pages import (
    SPEAKS,
    answer,
    at,
    fill,
    give_opinion,
    mistakes,
    open_file,
    press,
    reading,
    record,
    save,
)

pytestmark = pytest.mark.browser

SIGNS = {"ar_isolated": "present", "ar_school": "present", "ar_online": "present"}


def test_the_reading_waits_for_one_s_own_opinion(worker):
    # Given a file with signs, and no opinion yet
    file = open_file(worker)
    record(worker, file, "Alone at school and online all night.", **SIGNS)
    worker.goto(f"{file}signs/")

    # Then the grid is there and the reading is not
    expect(worker.locator(".figure > .only-wide svg .mk").first).to_be_visible()
    expect(reading(worker)).to_have_count(0)

    # When the worker gives an opinion
    press(worker, '.arranged a[href$="/opinions/new/"]')
    answer(worker, stage="at_risk", confidence="fairly")
    fill(worker, reasons="Three signs, all of them around her.", own_view="I am fine.")
    save(worker)

    # Then the reading stands beside it, there and on the signs page
    expect(worker.locator(".said .op__stage")).to_be_visible()
    expect(worker.locator(".arranged .fau h3").first).to_be_visible()
    expect(worker.locator(".said .pen")).to_contain_text("I am fine.")
    worker.goto(f"{file}signs/")
    expect(worker.locator(".arranged .fau h3").first).to_be_visible()

    # And every piece of evidence is one press away
    notes = worker.locator('.arranged a[href*="/notes/"]')
    expect(notes).to_have_count(len(SIGNS))
    press(worker, notes.first)
    expect(worker.locator(".said")).to_contain_text("Alone at school")

    # When another sign is recorded, then the reading waits again
    record(worker, file, "Somebody pays for her phone.", ti_truancy="present")
    worker.goto(f"{file}signs/")
    expect(reading(worker)).to_have_count(0)


def test_an_opinion_needs_a_stage_how_sure_and_why(desk):
    file = open_file(desk)
    desk.goto(f"{file}opinions/new/")
    save(desk)
    expect(mistakes(desk)).to_have_count(3)


def test_not_naming_a_stage_is_an_opinion(desk):
    file = open_file(desk)
    kept = give_opinion(desk, file, "unnamed", "I have met her once.")
    assert "/opinions/" in kept
    expect(desk.locator(".op__stage")).not_to_be_empty()


def test_differing_opinions_stand_side_by_side_until_a_supervisor_gives_a_reason(
    as_persona,
):
    # Given a file of Wren's
    wren = as_persona("wren")
    file = open_file(wren)
    record(wren, file, "Alone at school and online all night.", **SIGNS)
    give_opinion(wren, file, "at_risk", "All of it is around her.")

    # When a supervisor puts Odile on the team, and Odile thinks otherwise
    sam = as_persona("sam")
    sam.goto(f"{file}team/")
    sam.locator('[name="worker"]').select_option(label="Odile Exemple")
    sam.locator('[name="works_as"]').select_option("youth_in_transition")
    save(sam)
    odile = as_persona(SPEAKS["fr"], language="fr")
    odile.goto(f"{file}signs/")
    expect(reading(odile)).to_have_count(0)
    give_opinion(odile, file, "transitioning_in", "Quelqu’un paie son téléphone.")

    # Then both stand side by side, and a worker cannot resolve them
    wren.goto(f"{file}signs/")
    both = wren.locator(".said .op")
    expect(both).to_have_count(2)
    expect(wren.locator('a[href$="/resolve/"]')).to_have_count(0)

    # When the supervisor gives a reason to work from Wren's
    sam.goto(f"{file}signs/")
    resolve = sam.locator('a[href$="/resolve/"]')
    expect(resolve).to_have_count(2)
    press(sam, resolve.filter(has_text="Wren Example"))
    fill(sam, reason="Nobody has met whoever pays; ask first.")
    save(sam)

    # Then the reason stands with it, and both opinions remain
    assert at(sam) == f"{file}signs/"
    expect(sam.locator(".said .op")).to_have_count(2)
    said = sam.locator(".said .op").filter(has_text="Wren Example")
    expect(said).to_contain_text("Nobody has met whoever pays; ask first.")
    wren.goto(f"{file}signs/")
    expect(both).to_have_count(2)
    expect(wren.locator(".said")).to_contain_text("Nobody has met whoever pays; ask first.")
