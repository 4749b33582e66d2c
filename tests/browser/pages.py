"""What a worker does on the desk, in the words of the work.

Everything goes by addresses, field names and roles, never by what a button says, so that one
journey reads the same in English and in French. A file is named by its address: `/people/…/`.
"""

import re
from dataclasses import dataclass
from dataclasses import field as field_of
from itertools import count
from urllib.parse import urlsplit

from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import Locator, Page, expect

# Every button of the demo, by the name one signs in with.
PERSONAS = (
    *("wren", "odile", "sam", "robin", "noor", "lise"),
    *("tala", "ada", "kai", "june", "elio"),
    "piper",
)
SPEAKS = {"en": "wren", "fr": "odile"}
# The file that the demo tells in full; Wren and Odile are both on its team.
NOELI = "Noʔeli"
_given = count(1)
# With no more codes on paper than this, new ones are made.
FEW = 4


@dataclass(frozen=True)
class Somebody:
    """A worker with a name and a password, and codes on paper once they have set up an app."""

    login: str
    password: str
    paper: list[str] = field_of(default_factory=list)


# --- Coming in --------------------------------------------------------------------------------


def sign_in_as(page: Page, persona: str) -> Page:
    """Press a persona's button on the sign-in page."""
    page.goto("/sign-in/")
    with page.expect_navigation():
        page.locator(f'[data-persona="{persona}"]').click()
    assert urlsplit(page.url).path == "/", f"{persona} did not get in: {page.url}"
    return page


def read_in(page: Page, language: str) -> None:
    """Read in this language from now on."""
    if page.locator("html").get_attribute("lang") != f"{language}-CA":
        press(page, "a.lang")


def go(page: Page, path: str) -> None:
    """Go to a page, and say once more who one is where it asks."""
    page.goto(path)
    if at(page) == "/sign-in/again/":
        press(page, 'main button[name="persona"]')
    assert at(page) == urlsplit(path).path, f"{path} led to {page.url}"


def give_password(page: Page, who: Somebody) -> None:
    """Type a name and a password on the sign-in page, and send them."""
    page.goto("/sign-in/")
    page.locator("#id_login").fill(who.login)
    page.locator("#id_password").fill(who.password)
    with page.expect_navigation():
        page.locator("#id_password").press("Enter")


def sign_in_by_name(page: Page, who: Somebody) -> Page:
    """Type a name and a password, and take the second step."""
    give_password(page, who)
    if at(page) == "/second-step/":
        set_up_app(page, who)
    elif at(page) == "/sign-in/code/":
        page.locator("#id_code").fill(who.paper.pop())
        press(page, "main .govuk-button:visible")
        if len(who.paper) <= FEW:
            page.goto("/second-step/")
            press(page, 'form[action="/second-step/codes/"] button')
            keep_paper(page, who)
    return page


def set_up_app(page: Page, who: Somebody) -> None:
    """Set up codes from an app, and keep the ones on paper."""
    press(page, 'a[href="/second-step/app/"]')
    secret = page.locator("main code").inner_text().replace(" ", "")
    counter = list(totp.yield_hotp_counters_from_time())[1]
    page.locator("#id_code").fill(totp.format_hotp_value(totp.hotp_value(secret, counter)))
    press(page, "main button.govuk-button")
    keep_paper(page, who)


def keep_paper(page: Page, who: Somebody) -> None:
    """Write down the codes that are shown this once, and go Home."""
    who.paper[:] = page.locator("main code").all_inner_texts()
    assert all(re.fullmatch(r"[2-9a-z]{5}-[2-9a-z]{5}", each) for each in who.paper)
    press(page, "main a.govuk-button")


# --- Any page ---------------------------------------------------------------------------------


def at(page: Page) -> str:
    """The path of the page one is on."""
    return urlsplit(page.url).path


def press(page: Page, what: Locator | str) -> None:
    """Press a link or button that leads to another page, and be there."""
    with page.expect_navigation():
        (page.locator(what) if isinstance(what, str) else what).click()


def field(page: Page, name: str) -> Locator:
    """A field of the page's own form, by its name."""
    return page.locator(f'main [name="{name}"]')


def fill(page: Page, **typed: str) -> None:
    """Type into fields, by name."""
    for name, text in typed.items():
        field(page, name).fill(text)


def answer(page: Page, **chosen: str) -> None:
    """Choose one of the answers that are all in sight, by the name of the question."""
    for name, value in chosen.items():
        page.locator(f'main input[name="{name}"][value="{value}"]').check()


def save(page: Page) -> None:
    """Press the button of the page's own form."""
    forms = 'main form[method="post"]:not([role], .inline, dialog form)'
    press(page, page.locator(f"{forms} :is(button.govuk-button)").first)


def mistakes(page: Page) -> Locator:
    """What the page says is still to be mended."""
    return page.locator(".govuk-error-summary__list li")


# --- Finding somebody, and opening a file -----------------------------------------------------


def find(page: Page, name: str) -> Locator:
    """Look for a name from wherever one is; the people found, the likest first."""
    box = page.locator("#find-top")
    if not box.is_visible():
        press(page, '.dock a[href="/find/"]')
        box = page.locator("#id_q")
    box.fill(name)
    with page.expect_navigation():
        box.press("Enter")
    return page.locator(".results > li")


def ask_to_open(page: Page, name: str) -> None:
    """None of those found is the person: ask for a new file, with the name as it was typed."""
    find(page, name)
    press(page, ".noneofthese button")


def open_file(page: Page, name: str = "", **details: str) -> str:
    """Go to the new file of somebody who was not here before. Returns its address.

    Straight to the desk, without its pages: how a file is opened has journeys of its own.
    """
    typed = {"name_used": name or f"Zephyrine {next(_given)} Made-Up", "strengths": "drawing"}
    cookies = {each.get("name"): each.get("value", "") for each in page.context.cookies()}
    opened = page.request.post(
        "/people/new/",
        form={**typed, **details, "none_of_these": "yes"},
        headers={"X-CSRFToken": str(cookies["leeward_desk_csrf"])},
    )
    page.goto(opened.url)
    assert at(page).startswith("/people/0"), f"no file was opened: {page.url}"
    return at(page)


def open_noeli(page: Page) -> str:
    """The address of the file that the demo tells in full."""
    press(page, find(page, NOELI).locator("a").first)
    return at(page)


# --- Emergencies ------------------------------------------------------------------------------

WHY_NOW = "A call from the hospital: she is there alone and asks for us."


def open_in_emergency(page: Page, name: str) -> str:
    """Find somebody one does not work with, and open their file now. Returns its address."""
    press(page, find(page, name).locator('a[href$="/open-now/"]').first)
    fill(page, reason=WHY_NOW)
    save(page)
    return at(page)


def open_notice(page: Page, leads_to: str, says: str) -> str:
    """Open one notice after another, the newest first, until one leads where it should."""
    opens = page.locator('main form[action$="/open/"] button')
    go(page, "/notices/")
    for nth in reversed(range(opens.count())):
        press(page, opens.nth(nth))
        if at(page).startswith(leads_to) and says in page.locator("main").inner_text():
            return at(page)
        go(page, "/notices/")
    raise AssertionError(f"no notice leads to {leads_to} about {says}")


# --- Notes ------------------------------------------------------------------------------------


def show_sign(page: Page, sign: str) -> Locator:
    """The answers to one sign on the record form, with its thread opened."""
    answers = page.locator(f'input[name="sign-{sign}"]')
    thread = page.locator("details.thread").filter(has=answers)
    if thread.get_attribute("open") is None:
        thread.locator("summary").click()
    return answers


def record(page: Page, file: str, text: str, harm: str = "none", **signs: str) -> None:
    """Record a note with signs (`ti_friends="present"`), and save it."""
    page.goto(f"{file}record/")
    fill(page, text=text)
    for sign, found in signs.items():
        show_sign(page, sign.replace("_", "-"))
        answer(page, **{f"sign-{sign.replace('_', '-')}": found})
    answer(page, harm=harm)
    save(page)


def newest(page: Page) -> Locator:
    """The entry that stands first on the timeline."""
    return page.locator(".moj-timeline__item").first


def open_newest(page: Page, file: str) -> str:
    """Open the newest note of a file. Returns its address."""
    page.goto(f"{file}notes/")
    press(page, page.locator('.moj-timeline__title a[href*="/notes/"]').first)
    return at(page)


def draft_line(page: Page) -> Locator:
    """The line that says whether what is typed is kept; its `data-state` says it in one word."""
    return page.locator("[data-draft-status]")


def expect_draft(page: Page, state: str) -> None:
    """Wait until the draft is `saved`, `unsaved`, asks to `signin`, or is in `conflict`."""
    expect(draft_line(page)).to_have_attribute("data-state", state)


# --- Opinions ---------------------------------------------------------------------------------


def reading(page: Page) -> Locator:
    """What the reading says; nothing of it is on the page while it is hidden."""
    return page.locator(".arranged .fau, .arranged .big")


def give_opinion(page: Page, file: str, stage: str, why: str) -> str:
    """Give one's own opinion. Returns the address it is kept at."""
    page.goto(f"{file}opinions/new/")
    answer(page, stage=stage, confidence="fairly")
    fill(page, reasons=why)
    save(page)
    return at(page)
