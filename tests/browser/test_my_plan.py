"""My plan in My space, in a browser: written, shared, talked through, taken along."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import spaces
from tests.browser.pages import SPEAKS, answer, fill, open_noeli
from tests.browser.pages import save as save_at_desk
from tests.browser.spaces import AWAY, IN_EACH_PAIR, by_button, inside

pytestmark = pytest.mark.browser
width = spaces.width
assert_fits = spaces.assert_fits
PAGES = ("open", "more", "list", "way", "new", "new/a3", "new/a5", "copy", "keep")
COPIES = {"en": ("my-plan.pdf", "my-card.pdf"), "fr": ("mon-plan.pdf", "ma-carte.pdf")}


def save(page: Page) -> None:
    """Press the button that the page is about, by the keyboard alone."""
    button = page.locator("main form .btn--own").last
    button.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Page, section: str, words: str) -> None:
    """Write under a heading, for nobody else."""
    page.goto(f"/notes/new/{section}/")
    page.locator("#id_words").fill(words)
    save(page)


@pytest.mark.parametrize(
    ("language", "width", "javascript"),
    [("en", 320, False), ("fr", 1280, True), ("en", 1280, True), ("fr", 320, False)],
)
def test_they_write_share_and_unshare_by_keyboard(visit, language, width, javascript):
    page = inside(visit(language=language, width=width, javascript=javascript))

    # What is written is for nobody else, and the page says so at once
    write(page, "a3", "A shop with a blue door")
    expect(page.locator("#id_words")).to_have_value("A shop with a blue door")
    expect(page.locator("#id_sees_me")).to_be_checked()

    # Shared by name, it says who reads what
    page.locator("#id_sees_named").focus()
    page.keyboard.press("Space")
    first = page.locator("#id_named input").first
    first.focus()
    page.keyboard.press("Space")
    save(page)
    name = page.locator("#id_named label").first.inner_text()
    expect(page.locator(".notice")).to_contain_text(name)
    expect(page.locator(".notice .ownwords")).to_have_text("A shop with a blue door")

    # Taken back, it says that somebody may remember
    page.locator("#id_sees_me").focus()
    page.keyboard.press("Space")
    save(page)
    expect(page.locator(".notice p")).to_have_count(2)

    # And taken out, it is gone
    page.locator("[name=take_out]").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("main")).not_to_contain_text("A shop with a blue door")


def test_a_mistake_is_told_where_it_is_and_loses_nothing(visit, language, assert_accessible):
    page = inside(visit(language=language, width=320))
    page.goto("/notes/new/a5/")
    page.locator("#id_words").fill("Ask for a key")
    page.locator("#id_due_on").fill("soon")
    save(page)
    expect(page.locator(".errsum a")).to_have_count(1)
    expect(page.locator("#id_words")).to_have_value("Ask for a key")
    expect(page.locator("#id_due_on")).to_have_value("soon")
    assert_accessible(page)
    page.locator(".errsum a").click()
    expect(page.locator("#id_due_on")).to_be_focused()


@IN_EACH_PAIR
def test_a_step_is_done_and_stands_on_the_way(visit, language, width):
    page = inside(visit(language=language, width=width))
    bus = f"Try the {language} bus, {width}"
    write(page, "a5", bus)
    page.goto("/notes/open/")
    item = page.locator(".item").filter(has_text=bus)
    with page.expect_navigation():
        item.locator("button[value=did]").click()
    page.goto("/notes/way/")
    expect(page.locator(".way")).to_contain_text(bus)


@IN_EACH_PAIR
def test_talked_through_on_one_screen(visit, language, width):
    page = inside(visit(language=language, width=width))
    page.goto("/notes/new/?way=path")
    page.locator("#id_hopes").fill(f"A boat ({language} {width})")
    save(page)
    expect(page.locator("main")).to_contain_text(f"A boat ({language} {width})")


@IN_EACH_PAIR
def test_a_copy_and_a_card_have_names_that_say_nothing(visit, language, width):
    page = inside(visit(language=language, width=width))
    page.goto("/notes/copy/")
    for button, name in zip((".btn--own", ".btn--line"), COPIES[language], strict=True):
        with page.expect_download() as coming:
            page.locator(f"main form {button}").click()
        assert coming.value.suggested_filename == name


@IN_EACH_PAIR
def test_one_page_opens_without_a_line_and_is_gone_at_one_press(
    visit, language, width, assert_accessible
):
    # Given a page with one line about what helps, kept on this phone
    page = inside(visit(language=language, width=width))
    page.goto("/notes/keep/")
    page.locator("[name=line]").first.check()
    with page.expect_navigation():
        page.locator("main form .btn").last.click()
    line = page.locator(".notice .ownwords").first.inner_text()
    page.locator("[data-keep]").click()
    expect(page.locator("[data-told=keep]")).to_be_visible()
    assert_accessible(page)

    # When they leave, and the line is gone
    page.goto("/notes/open/")
    by_button(page)
    page.wait_for_url(AWAY)
    page.context.set_offline(True)
    page.goto("/notes/")

    # Then that page opens, and it alone
    expect(page.locator(".ownwords")).to_have_text([line])
    assert_accessible(page)
    assert page.title() == "Notes"
    assert "Noʔeli" not in page.content()
    page.goto("/notes/open/")
    expect(page.locator(".ownwords")).to_have_text([line])

    # And at one press it is gone
    page.locator("[data-away]").click()
    expect(page.locator("[data-told=away]")).to_be_visible()
    assert page.evaluate("caches.keys().then((all) => all.length)") == 0
    page.close()
    again = visit(language=language)
    assert again.evaluate("caches.keys().then((all) => all.length)") == 0


def test_every_page_of_the_plan_is_accessible_and_fits(
    visit, language, width, assert_accessible, assert_fits
):
    page = inside(visit(language=language, width=width))
    write(page, "b5", "I went back. Then I came home.")
    assert_accessible(page)
    assert_fits(page)
    for name in PAGES:
        page.goto(f"/notes/{name}/")
        assert_accessible(page)
        assert_fits(page)
        assert page.title() == "Notes"


def test_a_plan_in_four_parts_stands_where_they_asked_for_it(
    as_persona, visit, language, width, assert_accessible, assert_fits
):
    # Given a worker who wrote down that they asked
    worker = as_persona(SPEAKS[language], language=language)
    worker.goto(f"{open_noeli(worker)}plan/four-parts/")
    answer(worker, asked_by="them")
    fill(worker, said="As my auntie lays it out.")
    save_at_desk(worker)

    # When they name the parts
    page = inside(visit(language=language, width=width))
    page.goto("/notes/round/lay/")
    page.locator("#id_name_0").fill("Waabanong ᐙᐸᓄᖕ")
    page.locator("main select").first.select_option("0")
    assert_accessible(page)
    assert_fits(page)
    with page.expect_navigation():
        page.locator("main form .btn--own").click()

    # Then their plan stands in it, until they want it no more
    expect(page.locator("main")).to_contain_text("Waabanong ᐙᐸᓄᖕ")
    assert_accessible(page)
    assert_fits(page)
    page.goto("/notes/round/lay/")
    with page.expect_navigation():
        page.locator("main [name=end]").click()
    page.goto("/notes/round/")
    expect(page.locator("main")).not_to_contain_text("Waabanong")
