"""What needs a worker, put off with a reason, as its supervisor reads it."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.looking import empty_and_send
from tests.browser.pages import answer, field, fill, go, press, save

pytestmark = pytest.mark.browser

LOOKED_AT = {
    *("put_off", "how_i_am_told", "my_team", "seen_of_me"),
    *("arrange_cover", "covering", "cover_first"),
}
WHY = {"en": "The bus runs again on Friday.", "fr": "L’autobus roule de nouveau vendredi."}


def test_something_is_put_off_and_the_supervisor_reads_why(as_persona, language, look):
    # Given something that may wait
    wren = as_persona("wren", language=language)
    go(wren, reverse("notices"))
    look(wren, "what needs a worker")

    # When she puts it off, with a reason
    press(wren, wren.locator('a[href^="/put-off/"]').first)
    look(wren, "putting something off")
    empty_and_send(wren)
    look(wren, "putting something off, with mistakes")
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    fill(wren, until=tomorrow.isoformat(), reason=WHY[language])
    save(wren)

    # Then it stands there with its reason, and her supervisor reads it
    expect(wren.locator("main")).to_contain_text(WHY[language])
    look(wren, "something was put off")
    sam = as_persona("sam", language=language)
    go(sam, reverse("notices"))
    expect(sam.locator("main")).to_contain_text(WHY[language])
    look(sam, "what a team put off")

    # And each reads of Wren what the other does
    for page, name in ((sam, "my_team"), (wren, "seen_of_me")):
        go(page, reverse(name))
        expect(page.locator("main h2").first).to_be_visible()
        look(page, name)


def test_somebody_covers_and_reads_what_matters_first(as_persona, language, look):
    # Given a supervisor who says who covers for a worker
    sam = as_persona("sam", language=language)
    go(sam, reverse("my_team"))
    press(sam, sam.locator('a[href$="/cover/"]').first)
    look(sam, "arranging cover")
    empty_and_send(sam)
    look(sam, "arranging cover, with mistakes")
    day = timezone.localdate().isoformat()
    fill(sam, starts_on=day, ends_on=day)
    field(sam, "worker").select_option(index=1)
    sam.locator('input[name="chosen"]').last.check()
    save(sam)
    expect(sam.locator("main h1")).to_be_visible()
    look(sam, "who covers for a team")

    # Then whoever covers reads what matters first, and may write it
    wren = as_persona("wren", language=language)
    go(wren, reverse("covering"))
    look(wren, "what is handed over")
    press(wren, wren.locator('main a[href*="/cover/"]').first)
    look(wren, "what matters first")
    empty_and_send(wren)
    fill(wren, words=WHY[language])
    save(wren)


def test_a_worker_says_where_and_when_she_is_told(as_persona, language, look):
    # Given a worker whom nothing is sent to
    wren = as_persona("wren", language=language)
    go(wren, reverse("how_i_am_told"))
    look(wren, "where one is told")

    # When she gives a mailbox that others read, it is not taken
    fill(wren, address="wren@example.org", quiet_from="18:00")
    answer(wren, reads="others", shows="not_known")
    save(wren)
    expect(wren.locator(".govuk-error-summary")).to_be_visible()
    look(wren, "where one is told, with mistakes")

    # Then one of her own is
    fill(wren, quiet_until="08:00")
    answer(wren, reads="me", shows="no")
    save(wren)
    go(wren, reverse("how_i_am_told"))
    expect(field(wren, "address")).to_have_value("wren@example.org")
