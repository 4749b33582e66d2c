"""The pages of administration, in every state: two administrators, and whoever they take on."""

from itertools import count

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import empty_and_send
from tests.browser.pages import answer, at, field, fill, go, open_notice, press, save

pytestmark = pytest.mark.browser

LOOKED_AT = {
    *("administration", "take_on", "administration_worker", "change_worker", "reset_worker"),
    *("let_back", "leave", "worker_lost", "requests", "request", "hand_over"),
    *("start_link", "start", "space_choice"),
    *("rules", "rule_ask", "rule_change", "urgency"),
}
PASSWORD = "a slow boat to the island"
_taken_on = count(1)


def ask_to_take_on(page: Page, name: str, language: str) -> None:
    """Ask for somebody new, under Sam, who reads in this language."""
    go(page, "/administration/new/")
    username = f"new.{next(_taken_on)}"
    fill(page, display_name=name, username=username, reason="A desk is free.")
    answer(page, language=language)
    field(page, "role").select_option("worker")
    field(page, "supervised_by").select_option(label="Sam Pretend")
    save(page)
    assert at(page) == "/administration/"


def ask_about(page: Page, worker: str, form: str) -> None:
    """Ask for something for a worker, whose page is at `worker`."""
    go(page, f"{worker}{form}/")
    fill(page, reason="They asked me for it at the desk.")
    save(page)
    assert at(page) == worker


def open_request(page: Page) -> None:
    """Open the newest request that waits."""
    go(page, "/requests/")
    waiting = page.locator('main a[href^="/requests/0"]').first
    go(page, str(waiting.get_attribute("href")))


def agree(page: Page) -> None:
    """Agree to the newest request that waits."""
    open_request(page)
    press(page, 'main button[value="agree"]')


def choose_password(page: Page, password: str) -> None:
    """Type a password twice, and send it."""
    for each in page.locator('main input[type="password"]').all():
        each.fill(password)
    press(page, 'main form:has(input[type="password"]) button')


def worker_page(page: Page, name: str) -> str:
    """The page of a worker, by the name others see. Returns its address."""
    go(page, "/administration/")
    go(page, str(page.get_by_role("link", name=name, exact=True).get_attribute("href")))
    return at(page)


def test_taking_somebody_on_and_their_start(as_persona, new_page, language, look):
    # Given two administrators, of whom one asks and the other agrees
    name = f"Vesper {language.upper()} Example"
    robin, noor = (as_persona(who, language=language) for who in ("robin", "noor"))
    go(robin, "/administration/new/")
    look(robin)
    empty_and_send(robin)
    look(robin, "taking somebody on, with mistakes")
    ask_to_take_on(robin, name, language)
    look(robin, "who works here, while one waits")
    open_request(robin)
    look(robin, "a request of one's own")
    go(noor, "/notices/")
    look(noor, "a notice of a request")
    open_notice(noor, "/requests/", name)
    look(noor, "a request to agree to")
    press(noor, 'main button[value="agree"]')
    look(noor, "a request, with its link")

    # When the new worker opens the link that they were handed
    link = noor.locator("main code").inner_text()
    page = new_page(language=language)
    page.goto(link)
    look(page, "the link of an invitation")
    press(page, "main button.govuk-button")
    assert at(page) == "/start/"
    look(page, "choosing how to sign in")
    choose_password(page, "too short")
    look(page, "choosing how to sign in, with mistakes")
    choose_password(page, PASSWORD)

    # Then nothing is open to them before their second step
    assert at(page) == "/second-step/"
    look(page, "the second step, before the first")
    page.goto("/second-step/app/")
    look(page, "setting up an app")
    empty_and_send(page)
    look(page, "setting up an app, with mistakes")

    # And the link works in no other browser
    other = new_page(language=language)
    other.goto(link)
    press(other, "main button.govuk-button")
    look(other, "a link that was used")


def test_every_page_about_one_worker_until_they_leave_and_come_back(as_persona, language, look):
    # Given a worker who was taken on
    name = f"Wilder {language.upper()} Sample"
    robin, noor = (as_persona(who, language=language) for who in ("robin", "noor"))
    ask_to_take_on(robin, name, language)
    agree(noor)
    worker = worker_page(robin, name)
    look(robin, "a worker")
    for form in ("change", "renew", "lost", "leave"):
        go(robin, f"{worker}{form}/")
        look(robin, form)
        if form in ("change", "renew"):
            empty_and_send(robin)
            look(robin, f"{form} with mistakes")

    # When their device is lost, what is asked is turned down, and they leave
    go(robin, f"{worker}lost/")
    save(robin)
    ask_about(robin, worker, "renew")
    look(robin, "a worker, while something waits")
    open_request(noor)
    press(noor, 'main button[value="refuse"]')
    look(noor, "requests, one answered")
    press(noor, noor.locator('main a[href^="/requests/0"]').first)
    look(noor, "a request that was turned down")
    go(robin, f"{worker}leave/")
    save(robin)
    look(robin, "after somebody has left")
    go(robin, worker)
    look(robin, "somebody who has left")

    # Then their supervisor is asked to hand their files on
    sam = as_persona("sam", language=language)
    go(sam, "/notices/")
    look(sam, "what needs a supervisor")
    go(sam, worker.replace("/administration/workers/", "/hand-over/"))
    look(sam, "nothing to hand on")

    # And they may be let back
    go(robin, f"{worker}back/")
    look(robin, "letting somebody back")
    ask_about(robin, worker, "back")
    agree(noor)
    expect(noor.locator("main code")).to_be_visible()


def test_files_to_hand_on(as_persona, new_page, language, look):
    # Given somebody who was put on a team, and left
    name = f"Yarrow {language.upper()} Pretend"
    robin, noor, sam = (as_persona(who, language=language) for who in ("robin", "noor", "sam"))
    ask_to_take_on(robin, name, language)
    agree(noor)
    wren = as_persona("wren")
    wren.goto("/people/")
    file = str(wren.locator('main a[href^="/people/0"]').first.get_attribute("href"))
    go(sam, f"{file}team/")
    field(sam, "worker").select_option(label=name)
    save(sam)
    worker = worker_page(robin, name)
    go(robin, f"{worker}leave/")
    save(robin)

    # Then the file is there, with who could take it
    go(sam, worker.replace("/administration/workers/", "/hand-over/"))
    expect(sam.locator(f'main a[href="{file}"]')).to_be_visible()
    look(sam, "a file to hand on")


def test_a_rule_is_changed_by_two(as_persona, language, look):
    # Given a row that an administrator asks to change, differently in each language
    robin, lise = (as_persona(who, language=language) for who in ("robin", "lise"))
    key = "guardian" if language == "en" else "community"
    go(robin, "/rules/")
    look(robin, "the rules")
    go(robin, f"/rules/missing_steps/{key}/")
    empty_and_send(robin)
    look(robin, "asking to change a rule, with mistakes")
    answer(robin, what="time")
    fill(robin, number="90", reason="What we promise here.")
    save(robin)
    assert at(robin) == "/rules/"
    asked = str(robin.locator('main a[href^="/rules/changes/"]').first.get_attribute("href"))
    go(robin, asked)
    look(robin, "a change of one's own")

    # When the privacy officer agrees
    go(lise, asked)
    look(lise, "a change to agree to")
    press(lise, 'main button[value="agree"]')

    # Then it stands against the shipped text, and what to do is a page that prints
    expect(lise.locator("main")).to_contain_text("90 minutes")
    look(lise, "the rules with a change")
    go(lise, "/what-to-do/now/")
    look(lise, "what to do now")


def test_what_to_do_stays_on_a_device_where_somebody_keeps_it(worker, look):
    # Given a worker who keeps the page
    go(worker, "/what-to-do/today/")
    worker.locator("[data-on]").click()
    expect(worker.locator('[data-told="on"]')).to_be_visible()
    look(worker, "what to do, kept")

    # When there is no network
    worker.context.set_offline(True)
    worker.goto("/what-to-do/now/")

    # Then it opens, with a number to call and nobody's name
    expect(worker.locator('main a[href="tel:911"]').first).to_be_visible()
    assert "Example" not in worker.content()
    look(worker, "what to do, without a network")

    # And at one press it is gone
    worker.locator("[data-off]").click()
    expect(worker.locator('[data-told="off"]')).to_be_visible()
    assert worker.evaluate("caches.keys().then((all) => all.length)") == 0
    worker.context.set_offline(False)
    go(worker, "/what-to-do/now/")
    expect(worker.locator("[data-on]")).to_be_visible()


def test_an_administrators_own_page_and_home(as_persona, language, look):
    robin = as_persona("robin", language=language)
    look(robin, "the home of an administrator")
    worker_page(robin, "Robin Pretend")
    look(robin, "an administrator's own page")
    # The dock of a phone offers only what they may do, and so nothing.
    robin.set_viewport_size({"width": 390, "height": 844})
    expect(robin.locator(".dock")).to_have_count(0)


def test_what_my_space_looks_like_and_where_leaving_leads(as_persona, language, look):
    robin = as_persona("robin", language=language)
    go(robin, "/administration/")
    go(robin, str(robin.locator('main a[href$="/my-space/"]').get_attribute("href")))
    look(robin, "choosing what my space looks like")
    # Nothing is changed here: everybody who leaves in these tests would land elsewhere.
    for each in robin.locator('main input[type="checkbox"]').all():
        each.uncheck()
    save(robin)
    expect(robin.locator(".govuk-error-summary")).to_be_visible()
    look(robin, "choosing nothing for my space")
