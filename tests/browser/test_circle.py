"""The circle, as a worker and a young person fill it in together."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import (
    SPEAKS,
    answer,
    at,
    field,
    fill,
    mistakes,
    open_file,
    open_noeli,
    press,
    save,
)

pytestmark = pytest.mark.browser

TEXTS_OF = "all => all.map(each => each.textContent.trim())"
# The boxes of all words of a picture as the browser draws them, and the frame they must keep to.
DRAWN = """svg => {
  const box = each => { const b = each.getBoundingClientRect();
    return [b.left, b.top, b.right, b.bottom, each.textContent]; };
  return {words: [...svg.querySelectorAll('text')].map(box), frame: box(svg)}; }"""


def add(page: Page, file: str, name: str, part: str = "", also: str = "", **chosen: str) -> None:
    """Put somebody in the circle."""
    page.goto(f"{file}circle/add/")
    fill(page, name=name, part=part)
    answer(page, **({"ring": "micro", "stands": "strong"} | chosen))
    if also:
        answer(page, also=also)
    save(page)


def titles(page: Page, which: str) -> list[str]:
    """What a picture says to whoever points or listens."""
    found: list[str] = page.locator(f".figure > {which} svg title").evaluate_all(TEXTS_OF)
    return found


def assert_apart(page: Page, which: str) -> None:
    """No two lines of words in a picture overlap, and none leaves it."""
    drawn = page.locator(f".figure > {which} svg").evaluate(DRAWN)
    left, top, right, bottom, _all = drawn["frame"]
    words = drawn["words"]
    for nth, one in enumerate(words):
        assert one[0] >= left - 1, one
        assert one[2] <= right + 1, one
        assert one[1] >= top - 2, one
        assert one[3] <= bottom + 2, one
        for other in words[nth + 1 :]:
            # The boxes of lines are taller than their letters by a few px.
            beside = one[2] <= other[0] + 1 or other[2] <= one[0] + 1
            over = one[3] <= other[1] + 4 or other[3] <= one[1] + 4
            assert beside or over, (one, other)


def test_the_circle_is_filled_in_together(worker, assert_accessible):
    # Given the file of somebody whose circle nobody has asked about
    page, file = worker, open_file(worker)
    press(page, '.tabs a[href$="/circle/"]')
    expect(page.locator("#find-anchor")).to_be_visible()

    # When they name the one they count on, then the suggestion is gone and the picture shows her
    add(page, file, "Auntie Pretend", "she opens the door", also="anchor")
    assert at(page) == f"{file}circle/"
    expect(page.locator("#find-anchor")).to_have_count(0)
    expect(page.locator(".only-wide .anchor-ring")).to_have_count(1)

    # And when someone else is named, there is still one
    add(page, file, "Nʔeli Exemple", also="anchor")
    expect(page.locator(".only-wide .anchor-ring")).to_have_count(1)
    expect(page.locator(".figure > .only-wide svg a")).to_have_count(2)
    assert_accessible(page)


def test_the_picture_the_list_and_the_table_say_the_same(worker):
    worker.goto(f"{open_noeli(worker)}circle/")
    said = titles(worker, ".only-wide")
    assert len(said) == 14
    assert titles(worker, ".only-tall") == said
    listed = worker.locator(".circ__words .tielist a").all_inner_texts()
    table = worker.locator("main table tbody th a").evaluate_all(TEXTS_OF)
    assert sorted(listed) == sorted(table)
    assert len(table) == len(said)
    for name, words in zip(table, said, strict=True):
        assert words.startswith(name)


@pytest.mark.parametrize("width", [1280, 390])
def test_words_stand_apart_as_the_browser_draws_them(as_persona, language, width):
    page = as_persona(SPEAKS[language], language=language, width=width)
    page.goto(f"{open_noeli(page)}circle/")
    page.evaluate("document.fonts.ready")
    assert_apart(page, ".only-wide" if width == 1280 else ".only-tall")


def test_the_circle_is_walked_back_through_without_javascript(without_javascript):
    # Given the circle as it is
    page = without_javascript
    file = open_noeli(page)
    page.goto(f"{file}circle/")
    now = titles(page, ".only-wide")

    # When one goes back, change by change, then it is as it was, and nothing can be changed there
    press(page, '.replay a[rel="prev"]')
    press(page, '.replay a[rel="prev"]')
    then = titles(page, ".only-wide")
    assert then != now
    expect(page.locator(".asof")).to_be_visible()
    expect(page.locator('a[href$="/circle/add/"]')).to_have_count(0)

    # And forward again, or straight to a day, or back to today
    press(page, '.replay a[rel="next"]')
    page.locator("#on").fill("2000-01-01")
    press(page, ".replay button")
    assert urlsplit(page.url).query == "on=2000-01-01"
    assert titles(page, ".only-wide") == []
    press(page, ".asof a")
    assert titles(page, ".only-wide") == now


def test_a_tie_is_changed_and_taken_out_without_javascript(without_javascript):
    page = without_javascript
    file = open_file(page)
    add(page, file, "Pat Fictional", "old friend", ring="meso")
    press(page, ".tielist a")
    press(page, 'main a[href$="/change/"]')
    expect(field(page, "part")).to_have_value("old friend")
    answer(page, stands="ended")
    save(page)
    expect(page.locator(".only-wide .tie--ended")).to_have_count(1)
    press(page, ".tielist a")
    press(page, 'main a[href$="/let-go/"]')
    save(page)
    expect(page.locator(".only-wide svg a")).to_have_count(0)
    expect(page.locator("#gone")).to_be_visible()


def test_a_tie_is_reached_by_keyboard(desk):
    desk.goto(f"{open_noeli(desk)}circle/")
    desk.locator(".replay button").focus()
    desk.keyboard.press("Tab")
    first = desk.locator(".figure > .only-wide svg a").first
    expect(first).to_be_focused()
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    expect(desk.locator("main h1")).to_be_visible()
    assert re.search(r"/circle/[0-9a-f-]{36}/$", at(desk))


def test_two_who_change_a_tie_see_both_and_lose_nothing(desk, as_persona):
    # Given one tie, open before two workers
    file = open_noeli(desk)
    desk.goto(f"{file}circle/")
    tie = desk.locator('.tielist a:has-text("Coach")').get_attribute("href")
    other = as_persona("odile", language="fr")
    for page in (desk, other):
        page.goto(f"{tie}change/")

    # When the second saves after the first
    fill(other, part="m’apprend les vélos")
    save(other)
    fill(desk, part="lends me the stand")
    save(desk)

    # Then both are there, and the second decides
    expect(mistakes(desk)).to_have_count(1)
    expect(desk.locator(".sidebyside")).to_contain_text("m’apprend les vélos")
    expect(desk.locator(".sidebyside")).to_contain_text("lends me the stand")
    expect(field(desk, "part")).to_have_value("lends me the stand")
    save(desk)
    assert at(desk) == f"{file}circle/"


def test_who_is_of_concern_is_on_the_page_and_never_in_its_title_or_picture(desk):
    file = open_file(desk)
    add(desk, file, "Dex Notreal", also="of_concern", stands="distance")
    expect(desk.locator("main")).to_contain_text("person of concern")
    assert "concern" not in desk.title()
    assert not any("concern" in said for said in titles(desk, ".only-wide"))
    # What is printed may be handed over: it never says so.
    desk.emulate_media(media="print")
    assert "concern" not in desk.locator("main").inner_text().casefold()
    desk.emulate_media(media="screen")
    press(desk, ".tielist a")
    assert "Dex" not in desk.title()


def test_what_weighs_is_pushed_against(worker):
    page, file = worker, open_file(worker)
    page.goto(f"{file}circle/add/")
    fill(page, name="Being watched in shops")
    answer(page, kind="system", ring="macro", stands="tense")
    field(page, "weighs").select_option("racism")
    save(page)
    press(page, ".pushes a.govuk-button")
    fill(page, what="Write to the store")
    save(page)
    press(page, ".pushes__task a")
    fill(page, words="They stopped")
    save(page)
    expect(page.locator(".pushes__task")).to_contain_text("They stopped")
    expect(page.locator(".pushes__task a")).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 390])
def test_forty_people_stand_apart_in_the_browser(
    as_persona, width, assert_accessible, assert_fits
):
    page = as_persona("wren", width=width)
    file = open_file(page)
    cookies = {each.get("name"): each.get("value", "") for each in page.context.cookies()}
    names = ("Auntie Pretend", "Zephyrine-Marguerite Made-Up", "ᓄᐁᓖ ᐃᓚᐃᓐᓇᖅ", "Nʔeli", "Jo Sample")
    rings, ways = (
        ("micro", "meso", "macro", "meso"),
        ("strong", "thin", "tense", "ended", "distance"),
    )
    for nth in range(40):
        page.request.post(
            f"{file}circle/add/",
            form={
                "name": f"{names[nth % 5]} {nth}",
                "part": "plays cards with me" if nth % 2 else "",
                "kind": ("person", "person", "place", "group")[nth % 4],
                "ring": rings[nth % 4],
                "stands": ways[nth * 3 % 5],
                "version": "0",
            },
            headers={"X-CSRFToken": str(cookies["leeward_desk_csrf"])},
        )
    page.goto(f"{file}circle/")
    page.evaluate("document.fonts.ready")
    which = ".only-wide" if width == 1280 else ".only-tall"
    assert len(titles(page, which)) == 40
    assert_apart(page, which)
    assert_accessible(page)
    assert_fits(page)


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("fr", 390)])
def test_a_family_is_placed_by_generations(as_persona, language, width, assert_fits):
    # Given two who are family, of whom it is not said how
    page = as_persona(SPEAKS[language], language=language, width=width)
    file = open_file(page)
    for name in ("Mum", "ᓄᐁᓖ ᐃᓚᐃᓐᓇᖅ Zephyrine-Marguerite Made-Up"):
        add(page, file, name, also="family")
    press(page, 'main a[href$="/circle/family/"]')
    expect(page.locator("main svg.pic-kin")).to_have_count(0)

    # When it is said of one, and of the other through her, then both are drawn and none is left
    for kin in ("mother", "grandmother"):
        press(page, '.tielist a[href$="/kin/"] >> nth=0')
        field(page, "kin").select_option(kin)
        if kin == "grandmother":
            field(page, "through").select_option(index=1)
        save(page)
        assert at(page) == f"{file}circle/family/"
    expect(page.locator("#unplaced")).to_have_count(0)
    expect(page.locator("main svg.pic-kin a")).to_have_count(2)
    assert_apart(page, ".scroll-x")
    assert_fits(page)

    # And a wide picture is one press from the young person
    page.locator('main a[href="#kin-me"]').click()
    expect(page.locator("#kin-me")).to_be_in_viewport()


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_every_page_of_the_circle(as_persona, language, width, assert_accessible, assert_fits):
    page = as_persona(SPEAKS[language], language=language, width=width)
    file = open_noeli(page)
    page.goto(f"{file}circle/")
    tie = page.locator(".tielist a").first.get_attribute("href")
    push = page.locator(".pushes a.govuk-button").first.get_attribute("href")
    task = page.locator(".pushes__task a").first.get_attribute("href")
    page.locator("main details summary").last.click()
    assert_accessible(page)
    family = (f"{file}circle/family/", f"{tie}kin/")
    of_tie = (tie, f"{tie}change/", f"{tie}let-go/")
    for address in (*family, *of_tie, push, task, f"{file}circle/add/"):
        page.goto(str(address))
        assert_accessible(page)
        assert_fits(page)
    save(page)
    expect(mistakes(page).first).to_be_visible()
    assert_accessible(page)
