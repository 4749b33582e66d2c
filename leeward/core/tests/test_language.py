import datetime as dt

import pytest
from django.http import HttpResponse
from django.template import Context, Template
from django.utils import timezone, translation

from leeward.core.middleware import LanguageMiddleware, NoStoreMiddleware


@pytest.fixture
def answer(rf):
    """`answer(path, **headers)`: the response of a page that says which language it is in."""

    def get(path, cookie="", **headers):
        request = rf.get(path, headers=headers)
        if cookie:
            request.COOKIES["leeward_language"] = cookie
        page = LanguageMiddleware(lambda _request: HttpResponse(translation.get_language()))
        with translation.override("en"):
            return page(request)

    return get


@pytest.mark.parametrize(
    ("path", "cookie", "browser", "language"),
    [
        ("/", "", "", "en"),
        ("/", "", "fr-CA,fr;q=0.9", "fr"),
        ("/", "en", "fr-CA", "en"),
        ("/", "fr", "en-CA", "fr"),
        ("/?lang=fr", "en", "en-CA", "fr"),
        ("/?lang=en", "fr", "fr-CA", "en"),
        ("/?lang=xx", "fr", "", "fr"),
        ("/?lang=<script>", "", "", "en"),
    ],
)
def test_the_address_then_the_cookie_then_the_browser_choose(
    answer, path, cookie, browser, language
):
    response = answer(path, cookie, **({"accept-language": browser} if browser else {}))
    assert response.content.decode() == language
    assert response.headers["Content-Language"] == language


def test_a_language_asked_for_is_remembered_and_no_other(answer):
    assert answer("/?lang=fr").cookies["leeward_language"].value == "fr"
    assert answer("/?lang=fr").cookies["leeward_language"]["httponly"]
    assert "leeward_language" not in answer("/").cookies
    assert "leeward_language" not in answer("/?lang=xx").cookies


def test_no_page_stays_in_a_browser(rf):
    page = NoStoreMiddleware(lambda _request: HttpResponse("a name"))
    assert page(rf.get("/")).headers["Cache-Control"] == "no-store, private"


AT = dt.datetime(2025, 3, 11, 3, 5, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("filtered", "language", "shown"),
    [
        ("at|clock", "en", "23:05"),
        ("at|clock", "fr", "23\u00a0h\u00a005"),
        ("words|quoted", "en", "“ok”"),
        ("words|quoted", "fr", "«\u00a0ok\u00a0»"),
        ("nothing|clock", "en", ""),
        ("nothing|day", "fr", ""),
        ("'Noʔeli de l’Exemple'|initials", "en", "NL"),
        ("'ᓄᐁᓖ'|initials", "fr", "ᓄ"),
    ],
)
def test_times_and_words_are_written_as_each_language_does(filtered, language, shown):
    template = Template("{% load leeward %}{{ " + filtered + " }}")
    with translation.override(language), timezone.override("America/Toronto"):
        assert template.render(Context({"at": AT, "words": "ok", "nothing": None})) == shown


def test_a_day_is_the_agencys_day():
    with timezone.override("America/Toronto"):
        assert ">2025-03-10<" in Template("{% load leeward %}{{ at|day }}").render(
            Context({"at": AT})
        )


def test_words_are_escaped_wherever_they_are_quoted():
    drawn = Template("{% load leeward %}{{ words|quoted }}{{ words|day }}").render(
        Context({"words": "<script>"})
    )
    assert "<script>" not in drawn
