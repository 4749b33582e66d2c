"""Check: the next person at the same browser finds nothing of the one before.

The attacker has the browser after a worker signed out, or was signed out: its history, what it
kept of pages, its storage, its cookies.
"""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

import leeward
from leeward.accounts import sessions
from leeward.practice_desk.typed_words import CARRIED

pytestmark = pytest.mark.django_db

PASSWORD = "an invented long password"
WORDS = "Words of a good length about somebody who is invented."
SCRIPTS = Path(leeward.__file__).parent / "core" / "static" / "leeward" / "js"
KEEPS = re.compile(r"localStorage|sessionStorage|indexedDB|caches\.open|document\.cookie")
COOKIE = "leeward_desk"


@pytest.fixture
def browser(client, wren, colleague):
    """Where Wren has signed in, and a colleague will."""
    colleague.set_password(PASSWORD)
    colleague.save()
    client.post(reverse("account_login"), {"login": "wren", "password": PASSWORD})
    return client


def pages(person):
    return [
        reverse("home"),
        reverse("people"),
        reverse("second_step"),
        *(
            reverse(name, kwargs={"person_id": person.pk})
            for name in ("overview", "record", "timeline", "plan", "about", "time_away")
        ),
    ]


def test_shared_browser(browser, person):
    before = {url: browser.get(url) for url in pages(person)}
    for url, page in before.items():
        assert page.status_code == 200, url
        assert page.headers["Cache-Control"] == "no-store, private", url
    old = browser.cookies[COOKIE].value
    gone = browser.post(reverse("account_logout"))
    assert gone.headers["Clear-Site-Data"] == '"cache", "storage"'
    browser.cookies[COOKIE] = old
    for url in before:
        back = browser.get(url)
        assert back.status_code == 302, url
        assert back.url.startswith(reverse("account_login")), url
        assert person.name_used not in back.content.decode()


def test_an_ended_session_clears_the_browser_too(browser):
    session = browser.session
    session[sessions.USED] -= 24 * 60 * 60
    session.save()
    ended = browser.get(reverse("home"))
    assert ended.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_refusals_and_forms_are_no_more_kept_than_pages(browser, person):
    nowhere = reverse("overview", kwargs={"person_id": "00000000-0000-7000-8000-000000000000"})
    record = reverse("record", kwargs={"person_id": person.pk})
    for answer in (browser.get(nowhere), browser.post(record, {}), Client().get(record)):
        assert "no-store" in answer.headers["Cache-Control"]


def test_the_next_worker_gets_none_of_the_words_of_the_one_before(browser, colleague, person):
    url = reverse("give_opinion", args=[person.pk])
    mark = re.search(r'name="written_by" value="([^"]+)"', browser.get(url).content.decode())[1]
    browser.post(reverse("account_logout"))
    typed = {"reasons": WORDS, "written_by": mark}
    waits = browser.post(url, typed, headers={"origin": "http://testserver"})
    page = waits.content.decode()
    assert waits.status_code == 401
    assert WORDS not in page
    carried = re.search(rf'name="{CARRIED}" value="([^"]+)"', page)[1]
    theirs = {"login": colleague.username, "password": PASSWORD, CARRIED: carried}
    answer = browser.post(reverse("account_login"), theirs)
    assert browser.session["_auth_user_id"] == str(colleague.pk)
    assert WORDS not in answer.content.decode()


def test_a_pending_second_step_is_not_the_next_persons_sign_in(browser, wren, settings):
    settings.LEEWARD_SECOND_FACTOR = True
    browser.post(reverse("account_logout"))
    browser.post(reverse("account_login"), {"login": "wren", "password": PASSWORD})
    for url in (reverse("home"), reverse("people")):
        assert browser.get(url).status_code == 302


# Keeps one page where somebody presses a button: what to do, which names nobody (ADR 65).
ASKED_TO_KEEP = "keep.js"


def test_no_script_keeps_anything_in_the_browser():
    own = [
        path
        for path in SCRIPTS.parent.rglob("*.js")
        if path.name not in {"htmx.min.js", "govuk.js"}
    ]
    assert len(own) >= 5
    found = {path.name: KEEPS.findall(path.read_text(encoding="utf-8")) for path in own}
    assert set(found.pop(ASKED_TO_KEEP)) == {"caches.open"}
    assert {name for name, words in found.items() if words} == set()


def test_no_page_lets_a_library_keep_history(browser, person):
    for url in pages(person):
        assert '"historyCacheSize":0' in browser.get(url).content.decode()


def test_cookies_tell_nothing_and_end_with_the_browser(browser):
    for name, cookie in browser.cookies.items():
        if name == COOKIE:
            assert cookie["httponly"]
            assert not cookie["expires"]
            assert not cookie["max-age"]
        assert cookie["samesite"] in {"Lax", "Strict"}
        assert "wren" not in cookie.value
