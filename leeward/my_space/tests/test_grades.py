"""Whether a child can read it. `pytest -rP` on this file prints each grade, and the short pieces,
which no formula can tell about: read those."""

import sys

import pytest
from django.test import Client

from leeward.my_space.tests.grades import LONG, count, grade, is_plain, passages_of
from leeward.my_space.urls import urlpatterns
from leeward.plans.factories import WheelFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

# A page that may be harder, and why.
EXCEPTIONS: dict[tuple[str, str], str] = {}
# They answer no page of their own.
NO_PAGE = {"bare", "leave", "add", "kept", "offline", "people_paper"} | {
    *("phone_ask", "by_phone", "phones_ask"),
}
FOR_ANYBODY = {"front", "first", "help"}
PATHS = {
    each.name: "/" + str(each.pattern).replace("<face:face>", "notes")
    for each in urlpatterns
    if each.name not in NO_PAGE and "<" not in str(each.pattern).replace("<face:face>", "")
}


@pytest.fixture
def said(own, person):
    """`said("about", "fr")`: the passages of that page."""
    WheelFactory(person=person)

    def read(name, language):
        client = Client() if name in FOR_ANYBODY else own
        response = client.get(PATHS[name], {"lang": language})
        assert response.status_code == 200
        return passages_of(response.content.decode())

    return read


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_passage_of_a_hundred_words_is_easy_to_read(said, language):
    for name in PATHS:
        passages = said(name, language)
        assert passages[0], f"nothing was read on {name}"
        for each in passages:
            few = count(each) < LONG
            found = f"to be read by people: {each}" if few else grade(each, language)
            sys.stdout.write(f"{name} {language}, {count(each)} words, {found}\n")
        hard = [each for each in passages if count(each) >= LONG and not is_plain(each, language)]
        assert bool(hard) == ((name, language) in EXCEPTIONS), (name, hard)


def test_some_passages_are_long_enough_to_be_told_about(said):
    long = [name for name in PATHS if count(said(name, "en")[0]) >= LONG]
    assert {"about", "leaving"} <= set(long)


HARD = {
    "en": "Notwithstanding considerable administrative complications, organizations immediately"
    " communicate institutional responsibilities regarding confidentiality obligations.",
    "fr": "Nonobstant d’importantes complications administratives, les organisations communiquent"
    " immédiatement leurs responsabilités institutionnelles en matière de confidentialité.",
}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_measure_would_find_a_hard_one(language):
    assert not is_plain(HARD[language], language)


def test_what_they_wrote_themselves_and_forms_are_not_measured():
    page = (
        "<title>No</title><main><h1>My plan</h1><p>One.</p><form><p>Type<input></p></form>"
        '<p class="ownwords">Theirs<br></p><ul><li>Two</li></ul></main><p>After</p>'
    )
    assert passages_of(page) == ["My plan. One. Two."]
