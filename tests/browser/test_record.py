import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import (
    answer,
    at,
    field,
    fill,
    find,
    mistakes,
    newest,
    open_file,
    press,
    record,
    save,
    show_sign,
)

pytestmark = pytest.mark.browser

SIGN = "ar-isolated"
QUOTES = {"en": "“I have a key now.”", "fr": "«\u00a0I have a key now.\u00a0»"}

FOCUS_IS_SEEN = """() => {
  const focused = document.activeElement;
  const ringed = (element, part) => {
    const style = getComputedStyle(element, part);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2)
      || style.boxShadow !== "none";
  };
  const label = focused.nextElementSibling;
  const box = focused.closest(".find");
  return ringed(focused) || (box && ringed(box))
    || (label && (ringed(label) || ringed(label, "::before")));
}"""


def tab_to(page: Page, name: str, key: str = "Tab") -> None:
    """Press Tab until `name` (a selector) has the focus, which is in sight all the way."""
    for _each in range(120):
        page.keyboard.press(key)
        assert page.evaluate(FOCUS_IS_SEEN), page.evaluate("document.activeElement.outerHTML")
        if page.evaluate("name => document.activeElement.matches(name)", name):
            return
    raise AssertionError(f"{name} is not reached by {key}")


def duties(page: Page) -> set[str]:
    """Addresses of the duties that head Home."""
    page.goto("/")
    links = page.locator("section.duty li > a").all()
    return {str(link.get_attribute("href")) for link in links}


def test_a_note_is_three_interactions(worker):
    # Given the record form of somebody
    file = open_file(worker)
    press(worker, ".top__record")
    assert at(worker) == f"{file}record/"

    # When the worker writes what they saw (1), says that no child was harmed (2), and saves (3)
    fill(worker, text="Came by after class, laughing.")
    answer(worker, harm="none")
    save(worker)

    # Then it heads the timeline
    assert at(worker) == f"{file}notes/"
    expect(newest(worker)).to_contain_text("Came by after class, laughing.")


def test_a_note_with_a_sign_puts_it_on_the_grid(worker):
    file = open_file(worker)
    record(worker, file, "Sat alone at lunch all week.", ar_isolated="present")
    expect(newest(worker).locator(".entry__signs li")).to_have_count(1)
    worker.goto(f"{file}signs/")
    expect(worker.locator(".figure > .only-wide svg .mk")).to_have_count(1)


def test_a_sign_can_be_looked_for_and_not_be_there(desk):
    file = open_file(desk)
    record(desk, file, "We talked about friends.", ar_isolated="absent")
    desk.goto(f"{file}record/")
    checked = show_sign(desk, SIGN).and_(desk.locator(":checked"))
    expect(checked).to_have_attribute("value", "")  # a new note asks anew
    desk.goto(f"{file}notes/")
    expect(newest(desk).locator('.entry__signs use[href$="#not-there"]')).to_have_count(1)


def test_their_exact_words_stand_in_quotation_marks(worker, language):
    file = open_file(worker)
    worker.goto(f"{file}record/")
    worker.locator("details.more summary").first.click()
    fill(worker, own_words="I have a key now.")
    answer(worker, harm="none", source="youth")
    save(worker)
    expect(newest(worker).locator(".pen")).to_have_text(QUOTES[language])
    worker.goto(file)
    expect(worker.locator(".own__said")).to_have_text(QUOTES[language])


def test_good_news_and_a_strength_are_as_easy_as_a_note(desk):
    file = open_file(desk)
    desk.goto(f"{file}record/")
    desk.locator("details.more summary").last.click()
    fill(desk, good_news="back in art class", strength="patience")
    answer(desk, harm="none")
    save(desk)
    expect(newest(desk)).to_contain_text("back in art class")
    desk.goto(f"{file}way/")
    expect(desk.locator(".figure > .only-wide svg .good").first).to_be_visible()
    desk.goto(file)
    expect(desk.locator(".gifts")).to_contain_text("patience")


def test_a_rough_time_is_kept_as_roughly_as_it_is_known(desk):
    file = open_file(desk)
    desk.goto(f"{file}record/")
    expect(field(desk, "on")).to_be_hidden()
    answer(desk, when="other", harm="none")
    fill(desk, text="Moved schools.", on="2025-03")
    save(desk)
    expect(newest(desk).locator(".moj-timeline__date")).to_have_text("2025-03")


def test_a_mistake_is_named_and_nothing_typed_is_lost(worker):
    file = open_file(worker)
    worker.goto(f"{file}record/")
    fill(worker, text="Slept on the couch.")
    save(worker)
    assert at(worker) == f"{file}record/"
    expect(worker.locator(".govuk-error-summary")).to_be_focused()
    expect(field(worker, "text")).to_have_value("Slept on the couch.")
    mistakes(worker).locator("a").first.click()
    expect(worker.locator('[name="harm"]').first).to_be_in_viewport()


@pytest.mark.parametrize("harm", ["now", "possible"])
def test_which_child_is_asked_whenever_a_child_could_be_harmed(desk, harm):
    file = open_file(desk)
    desk.goto(f"{file}record/")
    expect(desk.locator("#which-child")).to_be_hidden()
    answer(desk, harm=harm)
    expect(desk.locator("#which-child")).to_be_visible()
    expect(desk.locator("#other-child")).to_be_hidden()
    for about in ("another_child", "both"):
        answer(desk, about=about)
        expect(desk.locator("#other-child")).to_be_visible()
    answer(desk, harm="none")
    expect(desk.locator("#which-child")).to_be_hidden()


def test_harm_to_another_child_heads_home_until_it_is_answered(worker):
    # Given what waits for an answer already
    file = open_file(worker)
    before = duties(worker)

    # When a note says that another child could have been harmed
    worker.goto(f"{file}record/")
    fill(worker, text="Says a younger girl was there too.")
    answer(worker, harm="possible", about="another_child")
    fill(worker, other_child_age="13", other_child="A girl at the yellow house.")
    save(worker)
    assert at(worker) == "/duties/"

    # Then it heads Home, and what is known of that child stands in no file
    (asked,) = duties(worker) - before
    expect(worker.locator("main > section, main > h1 ~ *").first).to_have_class("duty")
    worker.goto(f"{file}notes/")
    expect(worker.locator("main")).not_to_contain_text("yellow house")

    # When it is answered
    worker.goto(asked)
    expect(worker.locator("main")).to_contain_text("yellow house")
    answer(worker, outcome="reported")
    fill(worker, society="Made-Up Shore", reference="M. Sample, intake")
    save(worker)

    # Then it is gone from Home
    assert asked not in duties(worker)


def test_not_reporting_needs_reasons(desk):
    file = open_file(desk)
    before = duties(desk)
    record(desk, file, "A bruise, from hockey she says.", harm="possible")
    (asked,) = duties(desk) - before
    desk.goto(asked)
    answer(desk, outcome="not_reported")
    save(desk)
    expect(mistakes(desk)).to_have_count(1)
    fill(desk, reasons="Her coach saw the fall and called me himself.")
    save(desk)
    assert asked not in duties(desk)


def test_a_note_is_recorded_without_javascript(without_javascript):
    # Given a page that runs no script, reached by Find
    page = without_javascript
    open_file(page, "Wilhelmine Made-Up")
    press(page, find(page, "wilhelmine").locator("a").first)
    press(page, ".top__record")

    # Then every question is in sight
    for name in ("on", "other_child_age", "other_child"):
        expect(field(page, name)).to_be_visible()

    # When a note is written and saved
    fill(page, text="Waved from the bus.")
    answer(page, harm="none")
    save(page)

    # Then it heads the timeline
    expect(newest(page)).to_contain_text("Waved from the bus.")


def test_a_note_is_recorded_by_keyboard_alone(worker):
    # Given a file, and nothing but a keyboard
    file = open_file(worker)
    worker.goto(file)
    keys = worker.keyboard

    # When the worker goes to Record, types, answers a sign and the harm question, and saves
    tab_to(worker, ".top__record")
    with worker.expect_navigation():
        keys.press("Enter")
    tab_to(worker, '[name="text"]')
    keys.type("Walked the dog together.")
    tab_to(worker, '[name="harm"]')
    keys.press("ArrowUp")
    expect(worker.locator('[name="harm"][value="none"]')).to_be_checked()
    tab_to(worker, "#thread-friends summary")
    keys.press("Enter")
    tab_to(worker, f'[name="sign-{SIGN}"]')
    keys.press("ArrowRight")
    expect(worker.locator(f'[name="sign-{SIGN}"][value="present"]')).to_be_checked()
    tab_to(worker, "#record button[type=submit]:not([name])", "Shift+Tab")
    with worker.expect_navigation():
        keys.press("Space")

    # Then it heads the timeline, with its sign
    expect(newest(worker)).to_contain_text("Walked the dog together.")
    expect(newest(worker).locator(".entry__signs li")).to_have_count(1)


def test_a_note_is_recorded_on_a_phone(phone):
    # Given the overview on a phone
    open_file(phone, "Perpetua Made-Up")
    expect(phone.locator(".idbar__name")).to_have_text("Perpetua Made-Up")

    # When the worker presses Record beneath, writes, answers and saves with the button beneath
    press(phone, ".dock a[href$='/record/']")
    fill(phone, text="Texted back within the hour.")
    answer(phone, harm="none")
    press(phone, ".dock button")

    # Then it heads the timeline
    expect(newest(phone)).to_contain_text("Texted back within the hour.")
