"""The genogram on the desk: drawn, said in a table, walked back through, and filled in."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from leeward.access.actors import actor_for
from leeward.core.agency_time import today
from leeward.relationships.actions import Told, add_tie, change_tie, say_kin
from leeward.relationships.factories import TieVersionFactory
from leeward.relationships.queries import newest_of
from leeward.relationships.rules import Facts

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
DAY = dt.date(2025, 3, 10)


@pytest.fixture
def relative(person, wren):
    """Somebody of the family: the tie."""

    def add(name, kin="", through=None, **facts):
        by, facts = actor_for(wren), Facts(family=True, **facts)
        tie = add_tie(by=by, person=person, told=Told(name, facts=facts), on=DAY).tie
        if kin:
            say_kin(by=by, tie=tie, version=1, kin=kin, through=through)
        return tie

    return add


def page_of(desk, person, query=""):
    return desk.get(reverse("genogram", args=[person.pk]) + query).content.decode()


def picture(page):
    return re.search(r"<svg class=\"pic pic-kin.*?</svg>", page, re.DOTALL)[0]


def test_the_picture_and_the_table_say_the_same(desk, person, relative):
    mum = relative("Mum", "mother", stands="tense")
    relative("Gran Pretend", "grandmother", mum, stands="ended")
    page = page_of(desk, person)
    said = re.findall("<title>(.*?)</title>", picture(page))
    assert said == [
        f"{person.name_used}, the young person",
        "Mum: mother; tie: tense",
        "Gran Pretend: grandmother, through Mum; tie: ended",
    ]
    table = page[page.index("<table") : page.index("</table>")]
    assert re.findall(r'rowgroup"[^>]*>([^<]*)', table) == [
        "Grandparents’ generation",
        "Parents’ generation",
    ]
    rows = re.findall(r'<tr><th scope="row">.*?</tr>', table)
    cells = [[re.sub("<[^>]*>", "", each) for each in re.findall("<t[hd].*?</t[hd]>", row)]
             for row in rows]  # fmt: skip
    assert cells == [
        ["Gran Pretend", "grandmother", "Mum", "not said", "ended"],
        ["Mum", "mother", "—", "not said", "tense"],
    ]
    assert f'href="{reverse("tie", args=[person.pk, mum.pk])}"' in picture(page)


def test_in_french_too(desk, person, relative):
    relative("Mum", "mother")
    page = page_of(desk, person, "?lang=fr")
    assert "Mum\u00a0: mère\u00a0; lien\u00a0: fort" in picture(page)
    assert "lien\u00a0: fort" not in re.sub("<title>.*?</title>", "", picture(page))
    assert "Génération des parents" in page


def test_whoever_is_not_placed_stands_in_a_list_and_is_never_guessed(desk, person, relative):
    biscuit = relative("Biscuit")
    TieVersionFactory(tie__person=person, name="Pat Fictional")
    page = page_of(desk, person)
    assert "<svg class=\"pic pic-kin" not in page  # fmt: skip
    unplaced = page[page.index('id="unplaced"') :]
    assert "Biscuit" in unplaced
    assert reverse("say_kin", args=[person.pk, biscuit.pk]) in unplaced
    # A friend is no family, so stands nowhere here.
    assert "Pat Fictional" not in page


def test_an_empty_family_says_what_to_ask(desk, person):
    assert "Ask them who their family is" in page_of(desk, person)


def test_the_family_stands_as_it_stood_on_a_day_and_nothing_is_changed_there(
    desk, person, relative
):
    relative("Mum", "mother")
    then = page_of(desk, person, f"?on={DAY}")
    assert 'id="unplaced"' in then
    assert "pic-kin" not in then
    assert "/kin/" not in then
    assert "This is the circle as it stood on" in then
    assert reverse("genogram", args=[person.pk]) in then
    assert "pic-kin" in page_of(desk, person, f"?on={today()}")


def test_a_mark_of_concern_stands_in_the_table_alone(desk, person, relative):
    relative("Dex Notreal", "uncle", of_concern=True)
    page = page_of(desk, person)
    assert re.search('Dex Notreal</a> <span class="[^"]*noprint">Person of concern', page)
    assert "concern" not in picture(page).casefold()
    assert "concern" not in re.search("<title>.*?</title>", page)[0].casefold()


def test_how_somebody_is_related_is_said_on_a_form_of_its_own(desk, person, relative):
    mum, gran = relative("Mum", "mother"), relative("Gran")
    url = reverse("say_kin", args=[person.pk, gran.pk])
    form = desk.get(url).content.decode()
    assert '<optgroup label="Grandparents’ generation">' in form
    assert "Mum (mother)" in form
    assert "Gran (" not in form
    said = {"kin": "grandmother", "through": str(mum.pk), "version": "1"}
    assert desk.post(url, said).headers["Location"] == reverse("genogram", args=[person.pk])
    tie = desk.get(reverse("tie", args=[person.pk, gran.pk])).content.decode()
    assert "grandmother, through Mum" in tie
    filled = desk.get(url).content.decode()
    assert 'value="grandmother" selected' in filled
    assert f'value="{mum.pk}" selected' in filled


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"kin": "cousin", "through": "mum"}, "These two do not go together"),
        ({"kin": "", "through": "mum"}, "Choose how they are related"),
        ({"kin": "aunt", "through": "aunt"}, "already related through this one"),
    ],
)
def test_a_mistake_says_how_to_mend_it_and_keeps_what_was_chosen(
    desk, person, relative, said, words
):
    gran = relative("Gran", "aunt")
    ties = {"mum": relative("Mum", "mother"), "aunt": relative("Auntie", "aunt", gran)}
    through = str(ties[said["through"]].pk)
    url = reverse("say_kin", args=[person.pk, gran.pk])
    answer = desk.post(url, said | {"through": through, "version": "2"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert f'value="{through}" selected' in page
    assert newest_of(gran).number == 2


def test_whoever_is_no_family_is_first_made_so(desk, person):
    tie = TieVersionFactory(tie__person=person).tie
    answer = desk.post(
        reverse("say_kin", args=[person.pk, tie.pk]), {"kin": "aunt", "version": "1"}
    )
    assert answer.status_code == 422
    assert "Ask the young person" in answer.content.decode()
    page = desk.get(reverse("tie", args=[person.pk, tie.pk])).content.decode()
    assert reverse("say_kin", args=[person.pk, tie.pk]) not in page


def test_two_who_say_it_at_once_see_both(desk, person, relative, wren):
    mum = relative("Mum", "mother")
    told = Told("Mum", facts=Facts(family=True, stands="tense"))
    change_tie(by=actor_for(wren), tie=mum, version=2, told=told)
    url = reverse("say_kin", args=[person.pk, mum.pk])
    answer = desk.post(url, {"kin": "adoptive_mother", "version": "2"})
    page = answer.content.decode()
    assert answer.status_code == 422
    both = page[page.index('class="sidebyside') :]
    assert "mother by adoption" in both
    assert "<dd>mother</dd>" in re.sub(r"</?p>", "", both)
    assert 'name="version" value="3"' in page
    assert desk.post(url, {"kin": "adoptive_mother", "version": "3"}).status_code == 302


@pytest.mark.parametrize("send", ["get", "post"])
def test_a_tie_of_another_file_is_not_there(desk, person, send):
    other = TieVersionFactory(related=True).tie
    url = reverse("say_kin", args=[person.pk, other.pk])
    assert getattr(desk, send)(url, {}).status_code == 404
