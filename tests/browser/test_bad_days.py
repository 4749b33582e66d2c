"""My space in a browser on bad days: two devices, a visit that ended mid-sentence; and Listen."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from leeward.practice_desk.invented.my_space import NUMBER
from tests.browser import spaces
from tests.browser import test_my_space as door
from tests.browser.spaces import AWAY, by_button, come_in, inside

pytestmark = pytest.mark.browser
width = spaces.width
assert_fits = spaces.assert_fits


TYPED = "Something I only wrote here"
GONE = {
    "en": "What was not saved is not kept.",
    "fr": "Ce qui n’était pas enregistré n’est pas gardé.",
}
LISTEN = {"en": ("Listen", "Stop"), "fr": ("Écouter", "Arrêter")}
LOCAL = [
    {"name": "far", "lang": "en-CA", "localService": False},
    {"name": "far", "lang": "fr-CA", "localService": False},
    {"name": "near", "lang": "en_US", "localService": True},
    {"name": "near", "lang": "fr-FR", "localService": True},
]
FAR = [each for each in LOCAL if not each["localService"]]
# Stands where the browser's own speech would; says on the console what it is asked to do.
SPEECH = """
(() => {
  const fake = new EventTarget();
  fake.voices = VOICES;
  fake.asked = [];
  fake.getVoices = () => fake.voices;
  fake.speak = (one) => {
    fake.asked.push(one);
    console.debug(`speech: ${one.voice.name} ${one.voice.localService}: ${one.text}`);
  };
  fake.cancel = () => console.debug("speech: cancel");
  Object.defineProperty(window, "speechSynthesis", { value: fake, configurable: true });
  window.SpeechSynthesisUtterance = class {
    constructor(text) { this.text = text; }
  };
})();
"""


def with_voices(page: Page, voices: list[dict[str, Any]]) -> list[str]:
    """This page again, with these voices. Returns what speech is asked to do from now on."""
    asked: list[str] = []
    page.context.add_init_script(SPEECH.replace("VOICES", json.dumps(voices)))
    page.reload()
    page.on("console", lambda said: asked.extend([said.text] * said.text.startswith("speech")))
    return asked


@pytest.mark.parametrize("javascript", [True, False])
def test_after_the_end_nothing_typed_is_left_and_the_page_says_so(
    visit, language, width, javascript
):
    page = come_in(visit(language=language, width=width, javascript=javascript))
    page.goto("/notes/second/")
    page.locator("#id_lines").fill(TYPED)
    for field in ("#id_number", "#id_again"):
        page.locator(field).fill("8350274")
    other = come_in(visit(language=language))
    other.goto("/notes/where/")
    with other.expect_navigation():
        other.locator("main form button").click()
    assert other.locator("main form").count() == 0

    with page.expect_navigation():
        page.locator("main form button").click()
    expect(page.locator(".notice")).to_contain_text(GONE[language])
    for _ in range(3):
        page.go_back()
        assert TYPED not in page.content()
        assert TYPED not in page.evaluate(
            "[...document.querySelectorAll('input, textarea')].map((each) => each.value).join()"
        )


def test_a_new_number_puts_the_other_device_out(visit, width):
    page, other = (come_in(visit(width=width)) for _ in range(2))
    page.goto("/notes/number/")
    new = "8350274"
    for old, chosen in ((NUMBER, new), (new, NUMBER)):
        page.locator("#id_old").fill(old)
        page.locator("#id_number").fill(chosen)
        page.locator("#id_again").fill(chosen)
        with page.expect_navigation():
            page.locator("#id_again").press("Enter")
        expect(page.locator("[role=status]")).to_be_visible()
    other.goto("/notes/open/")
    assert other.url.endswith("/notes/")


def test_a_page_is_read_by_a_voice_of_this_device_and_no_other(visit, language):
    page = inside(visit(language=language))
    page.goto("/notes/about/")
    asked = with_voices(page, LOCAL)
    listen, stop = LISTEN[language]
    button = page.locator("button.listen")
    expect(button).to_have_text(listen)
    button.click()
    expect(button).to_have_text(stop)
    spoken = [each for each in asked if each != "speech: cancel"]
    assert all(each.startswith("speech: near true: ") for each in spoken)
    lines = [each.removeprefix("speech: near true: ") for each in spoken]
    assert lines[0] == page.locator("h1").inner_text()
    assert page.locator("main li").last.inner_text() in lines
    assert not {listen, stop} & set(lines)
    assert page.evaluate("new Set(speechSynthesis.asked.map((each) => each.lang)).size") == 1
    button.click()
    expect(button).to_have_text(listen)
    assert asked[-1] == "speech: cancel"


def test_reading_ends_by_itself_and_can_begin_again(visit):
    page = visit()
    with_voices(page, LOCAL)
    button = page.locator("button.listen")
    button.click()
    expect(button).to_have_text("Stop")
    page.evaluate("speechSynthesis.asked.at(-1).onend()")
    expect(button).to_have_text("Listen")
    button.click()
    expect(button).to_have_text("Stop")


@pytest.mark.parametrize("leave", [by_button, door.by_shift])
def test_leaving_stops_the_voice_before_all(visit, leave):
    page = inside(visit())
    asked = with_voices(page, LOCAL)
    page.locator("button.listen").click()
    assert asked[-1] != "speech: cancel"
    leave(page)
    page.wait_for_url(AWAY)
    assert asked[-1] == "speech: cancel"


def test_going_on_to_another_page_stops_the_voice(visit):
    page = inside(visit())
    asked = with_voices(page, LOCAL)
    page.locator("button.listen").click()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert asked[-1] == "speech: cancel"


def test_turning_to_something_else_stops_the_voice(visit):
    page = inside(visit())
    asked = with_voices(page, LOCAL)
    page.locator("button.listen").click()
    page.evaluate(
        "Object.defineProperty(document, 'hidden', { value: true });"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )
    assert asked[-1] == "speech: cancel"
    expect(page.locator("button.listen")).to_have_text("Listen")


@pytest.mark.parametrize("voices", [[], FAR, [LOCAL[3]]], ids=["none", "far", "another language"])
def test_without_a_voice_of_this_device_nothing_is_offered(visit, voices):
    page = visit()
    with_voices(page, voices)
    expect(page.locator("h1")).to_be_visible()
    assert page.locator("button.listen").count() == 0


def test_a_voice_that_is_known_late_is_offered_then(visit):
    page = visit()
    with_voices(page, [])
    assert page.locator("button.listen").count() == 0
    page.evaluate(
        "(voices) => { speechSynthesis.voices = voices;"
        " speechSynthesis.dispatchEvent(new Event('voiceschanged')); }",
        LOCAL,
    )
    expect(page.locator("button.listen")).to_have_count(1)


def test_without_a_script_nothing_is_offered(visit):
    page = visit(javascript=False)
    assert page.locator("button.listen").count() == 0


def test_the_button_is_accessible_and_leaving_still_comes_first(
    visit, language, assert_accessible, assert_fits
):
    page = inside(visit(language=language))
    with_voices(page, LOCAL)
    expect(page.locator("button.listen")).to_be_visible()
    assert_accessible(page)
    assert_fits(page)
    page.keyboard.press("Tab")
    expect(page.locator(".leave button")).to_be_focused()
