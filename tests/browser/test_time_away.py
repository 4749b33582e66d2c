"""Somebody is missing: opened on a phone, told of, back, talked with, and what changes."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import SPEAKS, answer, at, fill, open_file, press, save

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["en", "fr"])
def test_from_nobody_knows_where_to_what_changes_because_of_it(as_persona, language, look):
    # Given a worker with a phone, on somebody's file
    worker = as_persona(SPEAKS[language], language=language, width=390)
    file = open_file(worker)

    # When nobody knows where they are: one tap, a few words, one tap
    press(worker, f'a[href="{file}time-away/"]')
    fill(worker, last_seen="By the bus stop, 21:00")
    save(worker)

    # Then it is recorded, and whom to tell by when stands there
    assert at(worker) == f"{file}time-away/"
    expect(worker.locator(".idbar .govuk-tag--now")).to_be_visible()
    steps = worker.locator('.due--steps a[href*="/steps/"]')
    assert steps.count() >= 2
    look(worker, "missing, with its steps")

    # When the police are told
    press(worker, worker.locator('.due--steps a[href$="/steps/police/"]'))
    save(worker)
    expect(worker.locator(".govuk-error-summary")).to_be_visible()
    look(worker, "a step, with its mistakes")
    fill(worker, told="I told Constable Notreal", reference="INV-2026-7")
    save(worker)
    told = worker.locator("li", has=worker.locator('a[href$="/steps/police/"]'))
    expect(told).to_contain_text("INV-2026-7")

    # And they are back, how they are comes first, and then a talk
    worker.goto(f"{file}time-away/")
    fill(worker, how="Cold and hungry. Soup, then sleep.")
    save(worker)
    expect(worker.locator(".idbar .govuk-tag--now")).to_have_count(0)
    press(worker, "#before + ul a")
    expect(worker.locator("main")).to_contain_text("Soup, then sleep.")
    look(worker, "back, before a talk")
    press(worker, 'main a[href$="/talk/"]')
    answer(worker, outcome="held")
    fill(
        worker,
        with_whom="Auntie Pretend",
        push="It was loud.",
        pull="My cousins.",
        changed="A quiet room.",
    )
    look(worker, "a talk on return")
    save(worker)

    # Then what changes because of it stands with the time away
    press(worker, "#before + ul a")
    for words in ("Auntie Pretend", "It was loud.", "My cousins.", "A quiet room."):
        expect(worker.locator("main")).to_contain_text(words)
    look(worker, "after a talk")
