"""A meeting from end to end: called, prepared with the young person, packed, decided, put on a
desk, released, and read in My space."""

import datetime as dt
import io

import pikepdf
import pytest
import vobject
from playwright.sync_api import Page, expect

from tests.browser import spaces
from tests.browser.looking import empty_and_send
from tests.browser.pages import SPEAKS, answer, at, field, fill, mistakes, open_noeli, press, save
from tests.browser.spaces import IN_EACH_PAIR, come_in, inside

pytestmark = pytest.mark.browser
width = spaces.width
assert_fits = spaces.assert_fits
# The pages of the desk that this journey looks at.
LOOKED_AT = {
    *("meetings", "meeting_call", "meeting", "meeting_prepare", "meeting_move"),
    *("meeting_call_off", "meeting_invite", "meeting_choose", "meeting_decide"),
    *("meeting_disagree", "meeting_went", "meeting_tell"),
}
MINE = "/notes/meetings/"
DAY = (dt.datetime.now(dt.UTC).date() + dt.timedelta(days=21)).isoformat()


def call(page: Page, file: str, purpose: str) -> str:
    """Call a meeting about somebody. Returns its address."""
    page.goto(f"{file}meetings/call/")
    fill(page, purpose=purpose, day=DAY, time="09:30", place="Example House")
    field(page, "zone").select_option("America/Winnipeg")
    save(page)
    return at(page)


def taken(page: Page, address: str) -> bytes:
    """The file behind an address, as this worker gets it."""
    response = page.request.get(address)
    assert response.ok, address
    return response.body()


def invite(page: Page, meeting: str, name: str) -> None:
    """Put somebody on the list, or try to."""
    page.goto(f"{meeting}ask/")
    fill(page, name=name, why="knows her well")
    field(page, "role").select_option("school")
    save(page)


def test_from_calling_a_meeting_to_reading_what_it_decided(
    as_persona, visit, language, width, look, assert_accessible, assert_fits
):
    worker = as_persona(SPEAKS[language], language=language)
    file = open_noeli(worker)
    purpose, task = f"The spring, {language}", f"Ask about the room, {language}"

    # Given a meeting that is called
    worker.goto(f"{file}meetings/call/")
    empty_and_send(worker)
    expect(mistakes(worker).first).to_be_visible()
    assert_accessible(worker)
    meeting = call(worker, file, purpose)
    worker.goto(f"{file}meetings/")
    look(worker)

    # Nothing goes out before the young person was asked
    invite(worker, meeting, "Morgan Sample")
    press(worker, '#asked ~ ul button[value="sent"]')
    expect(worker.locator(".govuk-error-summary")).to_be_visible()
    look(worker, "an invitation before she was asked")
    assert not worker.request.get(f"{meeting}calendar/en/").ok
    worker.goto(f"{meeting}first/")
    look(worker)
    answer(worker, asked="asked", presence="there", hears="room")
    fill(worker, words="Okay.", say=f"I like the mornings, {language}")
    save(worker)
    press(worker, '#asked ~ ul button[value="sent"]')
    expect(worker.locator('#asked ~ ul button[value="came"]')).to_be_visible()
    # They share one page: in French those with the most on them.
    forms = (
        ("choose", "tell")
        if language == "fr"
        else ("ask", "move", "off", "decide", "choose", "otherwise", "tell")
    )
    for page in forms:
        worker.goto(f"{meeting}{page}/")
        look(worker)

    # And the calendar says a meeting and a time, in its own clocks
    event = vobject.readOne(taken(worker, f"{meeting}calendar/{language}/").decode()).vevent
    assert event.dtstart.value.isoformat().startswith(f"{DAY}T09:30:00-0")
    assert "spring" not in event.serialize()

    # When a piece of the plan is chosen together
    worker.goto(f"{meeting}choose/")
    worker.locator('[name="chosen"]').first.check()
    save(worker)
    expect(mistakes(worker)).to_have_count(1)
    worker.locator('[name="together"]').check()
    save(worker)
    with pikepdf.open(io.BytesIO(taken(worker, f"{meeting}pack/{language}/"))) as pdf:
        assert len(pdf.pages) >= 1
        assert pdf.Root.MarkInfo.Marked

    # And something is decided by whoever is signed in
    worker.goto(f"{meeting}decide/")
    fill(worker, what=task, due_on=DAY)
    mine = worker.locator('[name="owner"] option', has_text=_first_name(language))
    field(worker, "owner").select_option(str(mine.get_attribute("value")))
    answer(worker, agrees="partly")
    save(worker)
    worker.goto(f"{meeting}otherwise/")
    fill(worker, who="Morgan Sample", what="Too early.")
    save(worker)
    press(worker, 'form[action$="/read/"] button')

    # Then it lies on the desk until it is said how it went
    worker.goto("/")
    press(worker, worker.locator("#tasks ~ ul a", has_text=task))
    look(worker)
    answer(worker, kind="not_done")
    save(worker)
    expect(mistakes(worker)).to_have_count(1)
    answer(worker, kind="done")
    save(worker)
    worker.goto("/")
    expect(worker.locator("#tasks ~ ul a", has_text=task)).to_have_count(0)

    # And she reads what was decided once it is released, and where nobody else reads along
    told = f"We ask about the room, {language}."
    page = visit(language=language, width=width)
    page.goto("/notes/?borrowed")
    come_in(page)
    page.goto(MINE)
    assert told not in page.content()
    worker.goto(f"{meeting}tell/")
    fill(worker, words=told)
    answer(worker, phone="no", tip_off="no", names="no")
    save(worker)
    look(worker, "a meeting that was told")
    page.goto(MINE)
    assert_accessible(page)
    assert_fits(page)
    leaf = page.locator(".leaf", has_text=told)
    press(page, leaf.locator('form[action$="/read/"] button'))
    press(page, leaf.locator('a[href$="/side/"]'))
    assert_accessible(page)
    assert_fits(page)
    page.locator("#id_words").fill("It was my idea.")
    press(page, "main form .btn--own")
    expect(leaf).to_contain_text("It was my idea.")
    worker.goto(meeting)
    expect(worker.locator("main")).to_contain_text("It was my idea.")


def _first_name(language: str) -> str:
    return SPEAKS[language].capitalize()


@IN_EACH_PAIR
def test_before_a_meeting_she_says_what_she_wants_and_who_hears_it(
    visit, language, width, assert_accessible, assert_fits
):
    page = inside(visit(language=language, width=width))
    page.goto(MINE)
    assert page.title() == "Notes"
    assert_accessible(page)
    assert_fits(page)
    # The phone may be watched: no day, and nothing of what was decided.
    expect(page.locator(".notice")).to_be_visible()
    expect(page.locator('a[href$="/side/"]')).to_have_count(0)
    press(page, page.locator('.leaf a[href$="/b/"]').first)
    assert_accessible(page)
    assert_fits(page)
    page.locator("#id_words").fill(f"My aunt, {language} {width}")
    press(page, "main form .btn--own")
    expect(page.locator(".leaf").first).to_contain_text(f"My aunt, {language} {width}")


def test_without_javascript_a_worker_calls_and_prepares_a_meeting(as_persona, new_page):
    worker = as_persona("wren", javascript=False)
    file = open_noeli(worker)
    meeting = call(worker, file, "Without scripts")
    worker.goto(f"{meeting}first/")
    answer(worker, asked="not_yet")
    fill(worker, why_not="She is at camp until Monday.")
    save(worker)
    expect(worker.locator("main")).to_contain_text("She is at camp until Monday.")
