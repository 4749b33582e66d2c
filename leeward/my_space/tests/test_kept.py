"""The page that may be kept on a phone: lines they choose, help lines, and nothing else."""

import html

import pytest

from leeward.people.factories import AssignmentFactory
from leeward.plans.factories import ItemVersionFactory
from leeward.relationships.factories import TieVersionFactory

# What a page says is the same on any engine; what rows they may touch is tried below the door.
pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


def page(client, *chosen):
    response = client.post("/notes/keep/", {"line": [str(each) for each in chosen]})
    said = response.content.decode()
    held = said.partition("<textarea data-page hidden readonly>")[2].partition("</textarea>")[0]
    return said, html.unescape(held)


def test_it_holds_what_they_choose_and_numbers_for_help(own, person):
    one = ItemVersionFactory(person_of=person, section="helps", words="count <spokes>")
    ItemVersionFactory(person_of=person, section="calm", words="cold water")
    _said, kept = page(own, one.item_id)
    assert kept.startswith("<!doctype html>")
    assert "count &lt;spokes&gt;" in kept
    assert "cold water" not in kept
    assert "1-833-900-1010" in kept
    assert "csrf" not in kept
    assert "leeward" not in kept.casefold()


def test_it_never_holds_a_name_a_place_a_code_word_or_a_number(own, person, colleague):
    AssignmentFactory(person=person, worker=colleague)
    TieVersionFactory(tie__person=person, name="Auntie Pretend")
    for section, words in (("places", "The library"), ("words", "flat tire")):
        ItemVersionFactory(person_of=person, section=section, words=words)
    lines = ["Call auntie", "Sit in the library", "Say tire", "5 breaths", "Ask Jo Made-Up"]
    rows = [ItemVersionFactory(person_of=person, section="helps", words=each) for each in lines]
    said, kept = page(own, *(each.item_id for each in rows))
    for line in lines:
        assert line in said, "it says why"
        assert line not in kept


def test_nothing_else_of_the_plan_gets_in(own, person):
    other = ItemVersionFactory(person_of=person, section="hopes", words="a blue door")
    _said, kept = page(own, other.item_id, "rubbish")
    assert "a blue door" not in kept


@pytest.mark.parametrize("face", ["notes", "weather", "recipes"])
def test_what_opens_it_names_its_face_and_no_other_page(space, face):
    response = space.get(f"/{face}/offline.js")
    assert response.headers["Content-Type"].startswith("text/javascript")
    assert f'"/{face}/kept/"' in response.content.decode()


def test_the_longest_story_in_syllabics_is_taken(own, person):
    words = "ᓄᐁᓖ " * 5000
    given = {"words": words, "sees": "me"}
    assert own.post("/notes/new/a6/", given).status_code == 302
    assert person.plan_items.get().versions.get().words == words
