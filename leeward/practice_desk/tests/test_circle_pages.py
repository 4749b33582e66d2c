"""The circle on the desk: read, replayed, changed, and nothing typed lost."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from django.urls import reverse

from leeward.access.actors import actor_for, young_person
from leeward.core.agency_time import today
from leeward.drafts.models import Draft
from leeward.relationships.actions import Told, add_tie, change_tie, let_go, push_back
from leeward.relationships.factories import AdvocacyFactory, TieVersionFactory
from leeward.relationships.models import AdvocacyNews, TieVersion
from leeward.relationships.queries import anchor_of
from leeward.relationships.rules import Facts

DAY = dt.date(2025, 3, 10)
FILLED = {
    "name": "Auntie Pretend",
    "part": "she opens the door",
    "kind": "person",
    "ring": "micro",
    "stands": "strong",
    "paid": "unpaid",
    "also": ["family", "anchor"],
    "may": ["well", "where"],
    "must_not": ["harm"],
    "weighs": "",
    "on": DAY.isoformat(),
    "version": "0",
}


def page_of(desk, person, query=""):
    return desk.get(reverse("circle", args=[person.pk]) + query).content.decode()


def pictures(page):
    return re.findall(r"<svg class=\"pic pic-circle.*?</svg>", page, re.DOTALL)


@pytest.fixture
def dex(wren, person):
    told = Told("Dex Notreal", "someone I knew", Facts(of_concern=True))
    return add_tie(by=actor_for(wren), person=person, told=told, on=DAY).tie


def test_somebody_is_put_in_the_circle_with_all_answers(desk, person):
    answer = desk.post(reverse("add_tie", args=[person.pk]), FILLED)
    assert answer.headers["Location"] == reverse("circle", args=[person.pk])
    row = TieVersion.objects.get()
    assert (row.name, row.part, row.on) == ("Auntie Pretend", "she opens the door", DAY)
    assert row.facts == Facts(
        family=True, paid="unpaid", may=("well", "where"), must_not=("harm",)
    )
    assert anchor_of(person).tie_id == row.tie_id


def test_the_picture_the_list_and_the_table_say_the_same(desk, person, wren):
    by = actor_for(wren)
    told = Told("Auntie Pretend", "my aunt", Facts(family=True), anchor=True)
    add_tie(by=by, person=person, told=told, on=DAY)
    shops = Facts(kind="system", ring="macro", stands="tense", weighs="racism")
    add_tie(by=by, person=person, told=Told("Being watched", facts=shops), on=DAY)
    page = page_of(desk, person)
    said = [
        "Auntie Pretend (my aunt): my person (anchor), strong; close to me",
        "Being watched (racism): tense; the wider world",
    ]
    wide, tall = pictures(page)
    assert re.findall("<title>(.*?)</title>", wide) == said
    assert re.findall("<title>(.*?)</title>", tall) == said
    table = page[page.index("<tbody>") : page.index("</tbody>")]
    listed = page[page.index('class="tielist"') : page.index("<table")]
    for words in ("Auntie Pretend", "my person (anchor), strong", "Being watched", "tense"):
        assert words in table
        assert words in listed


def test_the_circle_is_seen_as_it_stood_on_a_day(desk, person, wren):
    later = DAY + dt.timedelta(days=20)
    by = actor_for(wren)
    tie = add_tie(by=by, person=person, told=Told("Pat Fictional"), on=DAY).tie
    change_tie(
        by=by, tie=tie, version=1, told=Told("Pat F.", facts=Facts(stands="ended")), on=later
    )
    then = page_of(desk, person, f"?on={DAY}")
    assert "Pat Fictional" in then
    assert f"?on={later}" in then
    assert reverse("add_tie", args=[person.pk]) not in then
    now = page_of(desk, person)
    assert "Pat Fictional" not in now
    assert f"?on={later}" in now


@pytest.mark.parametrize("asked", ["tomorrow", "2999-01-01", "", "2025-02-31"])
def test_a_day_that_makes_no_sense_is_today(desk, person, wren, asked):
    add_tie(by=actor_for(wren), person=person, told=Told("Jo Sample"))
    assert "Jo Sample" in page_of(desk, person, f"?on={asked}")


def test_finding_an_anchor_is_suggested_until_there_is_one(desk, person):
    assert "Find an anchor" in page_of(desk, person)
    desk.post(reverse("add_tie", args=[person.pk]), FILLED)
    assert "Find an anchor" not in page_of(desk, person)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": " "}, "Write a name"),
        ({"ring": ""}, "Choose how near"),
        ({"weighs": "poverty"}, "Only a system can weigh"),
        ({"stands": "distance"}, "nobody they want distance"),
        ({"on": "2999-01-01"}, "has not come yet"),
    ],
)
def test_a_mistake_keeps_everything_typed(desk, person, wrong, said):
    typed = FILLED | {"part": "she <b>opens</b> the door"} | wrong
    answer = desk.post(reverse("add_tie", args=[person.pk]), typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "she &lt;b&gt;opens&lt;/b&gt; the door" in page
    assert not TieVersion.objects.exists()


def test_two_who_change_a_tie_lose_no_words(desk, person, wren):
    # Given a form that was opened before somebody else saved
    by = actor_for(wren)
    tie = add_tie(by=by, person=person, told=Told("Mum", "loud"), on=DAY).tie
    change_tie(by=by, tie=tie, version=1, told=Told("Mum", "we talk on Sundays"), on=DAY)
    url = reverse("change_tie", args=[person.pk, tie.pk])
    mine = FILLED | {"name": "Mum", "part": "it is calmer", "version": "1", "also": []}

    # When it is sent, both are shown and nothing is saved
    answer = desk.post(url, mine)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "it is calmer" in page
    assert "we talk on Sundays" in page
    assert "that they are okay; where they live or stay" in page
    assert 'name="version" value="2"' in page

    # And sent again, it stands
    assert desk.post(url, mine | {"version": "2"}).status_code == 302
    assert tie.versions.get(number=3).part == "it is calmer"


def test_a_change_before_the_last_is_refused_beside_its_day(desk, person, wren):
    tie = add_tie(by=actor_for(wren), person=person, told=Told("Mum"), on=today()).tie
    url = reverse("change_tie", args=[person.pk, tie.pk])
    answer = desk.post(url, FILLED | {"version": "1"})
    assert answer.status_code == 422
    assert "Choose that day or after" in answer.content.decode()


def test_a_tie_opens_filled_with_how_it_stands(desk, person, dex):
    page = desk.get(reverse("change_tie", args=[person.pk, dex.pk])).content.decode()
    assert 'value="Dex Notreal"' in page
    assert re.search(r'value="of_concern"[^>]* checked', page)
    assert 'name="version" value="1"' in page


def test_whoever_is_taken_out_stays_on_the_record_and_can_come_back(desk, person, dex):
    url = reverse("let_go", args=[person.pk, dex.pk])
    assert 'name="version" value="1"' in desk.get(url).content.decode()
    assert desk.post(url, {"version": "1", "on": ""}).status_code == 302
    page = page_of(desk, person)
    assert "No longer in the circle" in page
    assert pictures(page)[0].count("Dex") == 0
    assert "Bring back" in desk.get(reverse("tie", args=[person.pk, dex.pk])).content.decode()
    again = desk.post(url, {"version": "1", "on": ""})
    assert (again.status_code, dex.versions.count()) == (422, 2)


def test_a_tie_says_how_it_stood_before(desk, person, wren, dex):
    told = Told("Dex N.", "no", replace(Facts(), stands="distance", of_concern=True))
    change_tie(by=actor_for(wren), tie=dex, version=1, told=told)
    page = desk.get(reverse("tie", args=[person.pk, dex.pk])).content.decode()
    assert "someone I knew" in page
    assert "I want distance" in page


def test_who_is_of_concern_stands_in_no_title_address_or_picture(desk, person, dex):
    for url in (reverse("circle", args=[person.pk]), reverse("tie", args=[person.pk, dex.pk])):
        page = desk.get(url).content.decode()
        assert "Person of concern" in page
        title = page[page.index("<title>") : page.index("</title>")]
        assert not re.search("concern|Dex", title + url)
        assert not any("concern" in picture for picture in pictures(page))


def test_what_weighs_carries_a_task_until_it_is_told_of(desk, person, wren):
    tie = TieVersionFactory(tie__person=person, weighing=True).tie
    url = reverse("push_back", args=[person.pk, tie.pk])
    assert "Being watched in shops" in desk.get(url).content.decode()
    assert desk.post(url, {"what": "Write to the store", "due_on": ""}).status_code == 302
    assert "Write to the store" in page_of(desk, person)
    task = tie.advocacy.get()
    done = reverse("pushed_back", args=[person.pk, task.pk])
    assert done in page_of(desk, person)
    assert desk.post(done, {"words": "It stopped", "on": ""}).status_code == 302
    assert "It stopped" in page_of(desk, person)
    assert done not in page_of(desk, person)
    assert desk.get(done).status_code == 404
    assert AdvocacyNews.objects.count() == 1


def test_nothing_is_pushed_against_a_person(desk, person, dex):
    url = reverse("push_back", args=[person.pk, dex.pk])
    assert desk.get(url).status_code == 404
    assert desk.post(url, {"what": "a letter"}).status_code == 404


@pytest.mark.parametrize("name", ["tie", "change_tie", "let_go", "push_back"])
def test_a_tie_of_another_file_is_not_there(desk, person, name):
    other = TieVersionFactory(weighing=True).tie
    assert desk.get(reverse(name, args=[person.pk, other.pk])).status_code == 404
    if name != "tie":
        assert desk.post(reverse(name, args=[person.pk, other.pk]), {}).status_code == 404


def test_a_task_of_another_file_is_not_there(desk, person):
    url = reverse("pushed_back", args=[person.pk, AdvocacyFactory().pk])
    assert desk.get(url).status_code == 404
    assert desk.post(url, {"on": "never"}).status_code == 404


def test_what_the_young_person_wrote_says_so(desk, person):
    tie = TieVersionFactory(tie__person=person, recorded_by=None).tie
    page = desk.get(reverse("tie", args=[person.pk, tie.pk])).content.decode()
    assert "as they wrote themselves" in page


def test_a_crowded_circle_takes_the_whole_width(desk, person, wren):
    for nth in range(40):
        ring = ("micro", "meso", "macro")[nth % 3]
        TieVersionFactory(
            tie__person=person, name=f"Somebody {nth} Pretend", answers={"ring": ring}
        )
    page = page_of(desk, person)
    assert "circ--crowded" in page
    assert pictures(page)[0].count("<title>") == 40


def test_let_go_before_the_last_change_is_refused_beside_its_day(desk, person, dex, wren):
    let_go(by=actor_for(wren), tie=dex, version=1)
    url = reverse("let_go", args=[person.pk, dex.pk])
    answer = desk.post(url, {"version": "2", "on": DAY.isoformat()})
    assert "Choose that day or after" in answer.content.decode()


def test_what_is_half_typed_of_a_tie_is_there_again_and_goes_once_saved(desk, person, dex):
    for name, page, data in (
        ("circle", reverse("add_tie", args=[person.pk]), FILLED),
        (f"tie-{dex.pk}", reverse("change_tie", args=[person.pk, dex.pk]), FILLED),
    ):
        half = data | {"part": "half a thou", "ring": "", "version": "1"}
        kept = desk.post(reverse("draft", args=[person.pk, name]), half | {"draft_version": "0"})
        assert kept.status_code == 204
        again = desk.get(page).content.decode()
        assert "half a thou" in again
        assert "There is a problem" not in again
        assert page in desk.get(reverse("home")).content.decode()
        assert desk.post(page, data | {"version": "1"}).status_code == 302
        assert not Draft.objects.exists()


def test_a_draft_is_kept_while_there_is_a_mistake_and_can_be_thrown_away(desk, person):
    page, url = reverse("add_tie", args=[person.pk]), reverse("draft", args=[person.pk, "circle"])
    desk.post(url, FILLED | {"draft_version": "0"})
    assert desk.post(page, FILLED | {"name": ""}).status_code == 422
    assert Draft.objects.exists()
    assert desk.post(url, {"throw_away": "yes"}).headers["Location"] == page
    assert not Draft.objects.exists()


def test_home_says_what_to_push_back_against_until_it_is_done(desk, person, wren):
    tie = TieVersionFactory(tie__person=person, weighing=True).tie
    own = young_person(person.pk, person.agency_id)
    asked = push_back(by=own, tie=tie, what="come along to the store")
    AdvocacyFactory(what="of another file")
    home = desk.get(reverse("home")).content.decode()
    assert "come along to the store" in home
    assert "asks this of you" in home
    assert "of another file" not in home
    assert "They asked for it themselves" in page_of(desk, person)
    desk.post(reverse("pushed_back", args=[person.pk, asked.pk]), {"words": "We went"})
    assert "come along to the store" not in desk.get(reverse("home")).content.decode()
