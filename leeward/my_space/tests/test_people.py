"""My people, to the one whose they are: seen, replayed, changed; never what a worker marked."""

import datetime as dt
import re
import uuid

import pytest

from leeward.access.actors import Actor, actor_for
from leeward.access.rules import NotAllowed
from leeward.audit.models import AuditRow
from leeward.core.agency_time import today
from leeward.my_space.circle_words import BEHIND, HOW, MAY_KNOW
from leeward.my_space.tests.conftest import come_in
from leeward.my_space.urls import ONE, urlpatterns
from leeward.people.factories import YoungPersonFactory
from leeward.plans.people_printing import people_copy
from leeward.plans.tests.copies import text_of
from leeward.relationships.actions import (
    Told,
    add_tie,
    change_tie,
    push_back,
    pushed_back,
    say_kin,
)
from leeward.relationships.factories import TieVersionFactory
from leeward.relationships.models import Advocacy, Stands, Tie, TieVersion
from leeward.relationships.queries import anchor_of, circle_as_they_see, newest_of
from leeward.relationships.rules import STANDS, TOPICS, WEIGHTS, Facts

# What a page says is the same on any engine; what rows they may touch is tried below the door.
pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
DAY = dt.date(2025, 3, 10)
NEAR = {
    "name": "Auntie Pretend",
    "part": "she opens the door",
    "kind": "person",
    "ring": "micro",
    "stands": "strong",
    "paid": "unpaid",
    "family": "yes",
    "version": "0",
}
PUSH = {"name": "Rent", "weighs": "poverty", "ring": "macro", "stands": "tense", "version": "0"}
OF_ONE = ["", "change/", "know/", "out/"]
WORKERS_WORD = re.compile("concern|préoccup|of_concern|flag|danger for")


@pytest.fixture
def themselves(person):
    return Actor("young_person", person.pk, person.agency_id, "young_person")


@pytest.fixture
def auntie(themselves, person):
    return add_tie(by=themselves, person=person, told=Told("Auntie", "my aunt"), on=DAY).tie


@pytest.fixture
def rent(themselves, person):
    facts = Facts(kind="system", ring="macro", stands="tense", weighs="poverty")
    return add_tie(by=themselves, person=person, told=Told("Rent", facts=facts), on=DAY).tie


def text(client, path="", status=200):
    response = client.get(f"/notes/people/{path}")
    assert response.status_code == status
    return response.content.decode()


def send(client, path, data, status=302):
    response = client.post(f"/notes/people/{path}", data)
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def pictures(page):
    return re.findall(r"<svg class=\"pic pic-circle.*?</svg>", page, re.DOTALL)


# --- Seen -----------------------------------------------------------------------------------


def test_the_picture_the_list_and_the_table_say_the_same(own, auntie, rent):
    page = text(own)
    said = [
        "Auntie (my aunt): strong; close to me",
        "Rent (poverty): tense; the wider world",
    ]
    wide, tall = pictures(page)
    assert re.findall("<title>(.*?)</title>", wide) == said
    assert re.findall("<title>(.*?)</title>", tall) == said
    table = page[page.index("<tbody>") : page.index("</tbody>")]
    listed = page[page.index('id="ring-1"') : page.index("<table")]
    for words in ("Auntie", "my aunt", "strong", "Rent", "poverty", "tense"):
        assert words in table
        assert words in listed


def test_in_french_too(own, auntie):
    page = own.get("/notes/people/?lang=fr").content.decode()
    assert "<h1>Mes gens</h1>" in page
    assert "Auntie (my aunt)\u00a0:" in pictures(page)[0]


def test_they_stand_as_they_stood_on_a_day_and_nothing_is_changed_there(own, themselves, auntie):
    later = DAY + dt.timedelta(days=20)
    told = Told("Auntie P.", facts=Facts(stands="ended"))
    change_tie(by=themselves, tie=auntie, version=1, told=told, on=later)
    then = text(own, f"?on={DAY}")
    assert "my aunt" in then
    assert f"?on={later}" in then
    assert "/people/add/" not in then
    now = text(own)
    assert "my aunt" not in now
    assert "Auntie P." in now
    assert "my aunt" in text(own, f"{auntie.pk}/")


@pytest.mark.parametrize("asked", ["tomorrow", "2999-01-01", "", "2025-02-31"])
def test_a_day_that_makes_no_sense_is_today(own, auntie, asked):
    assert "Auntie" in text(own, f"?on={asked}")


def test_an_empty_page_asks_whom_to_add(own):
    page = text(own)
    assert "Nobody is here yet" in page
    assert not pictures(page)


def test_nobody_else_s_people_are_there(own, auntie, person):
    stranger = TieVersionFactory(tie__person=YoungPersonFactory(agency=person.agency)).tie
    for path in (*OF_ONE, "ask/"):
        text(own, f"{stranger.pk}/{path}", 404)
        send(own, f"{stranger.pk}/{path}", NEAR, 405 if not path else 404)
    send(own, f"{stranger.pk}/mine/", {"version": "1"}, 404)
    assert "Auntie Example" not in text(own)
    assert TieVersion.objects.filter(tie=stranger).count() == 1


def test_by_a_role_alone_nobody_writes_in_the_circle_of_another(themselves, person):
    another = YoungPersonFactory(agency=person.agency)
    with pytest.raises(NotAllowed):
        add_tie(by=themselves, person=another, told=Told("Dex"))
    unknown = Actor("young_person", person.pk, person.agency_id, "nobody")
    with pytest.raises(NotAllowed):
        add_tie(by=unknown, person=person, told=Told("Dex"))


# --- Changed --------------------------------------------------------------------------------


def test_somebody_is_put_there_in_their_own_words(own, person):
    send(own, "add/", NEAR)
    row = TieVersion.objects.get()
    assert (row.name, row.part, row.on) == ("Auntie Pretend", "she opens the door", today())
    assert row.facts == Facts(family=True, paid="unpaid")
    assert row.recorded_by is None
    audit = AuditRow.objects.get(action="circle.add")
    assert (audit.actor_kind, audit.subject_id) == ("young_person", person.pk)


def test_something_to_push_against_is_a_system(own):
    send(own, "push/", PUSH)
    facts = TieVersion.objects.get().facts
    assert (facts.kind, facts.weighs, facts.ring) == ("system", "poverty", "macro")


@pytest.mark.parametrize("path", ["add/", "push/"])
@pytest.mark.parametrize(
    "wrong", [{"name": " "}, {"ring": ""}, {"stands": "loud"}, {"version": "x"}]
)
def test_a_mistake_keeps_everything_typed(own, path, wrong):
    good = (NEAR if path == "add/" else PUSH) | {"part": "a long story <of mine>"}
    page = send(own, path, good | wrong, 422)
    assert 'role="alert"' in page
    assert "a long story &lt;of mine&gt;" in page
    assert not Tie.objects.exists()


def test_a_change_is_filled_in_and_keeps_what_it_does_not_ask(own, themselves, person):
    facts = Facts(may=("where",), must_not=("harm",), paid="paid")
    tie = add_tie(by=themselves, person=person, told=Told("Pat", "old", facts), on=DAY).tie
    page = text(own, f"{tie.pk}/change/")
    assert 'value="Pat"' in page
    assert re.search(r'value="paid" checked', page)
    send(own, f"{tie.pk}/change/", NEAR | {"name": "Pat", "stands": "distance", "version": "1"})
    now = newest_of(tie).facts
    assert (now.stands, now.may, now.must_not) == ("distance", ("where",), ("harm",))


def test_whoever_is_taken_out_can_be_brought_back(own, auntie):
    assert "Take Auntie out?" in text(own, f"{auntie.pk}/out/")
    send(own, f"{auntie.pk}/out/", {"version": "1"})
    page = text(own)
    assert "Not in my circle any more" in page
    assert not pictures(page)
    assert "Bring back" in text(own, f"{auntie.pk}/")
    for path in ("know/", "out/"):
        text(own, f"{auntie.pk}/{path}", 404)
    send(own, f"{auntie.pk}/change/", NEAR | {"version": "2"})
    assert len(pictures(text(own))) == 2


def test_this_is_my_person_and_no_longer(own, auntie, person):
    assert "Who is your person?" in text(own)
    send(own, f"{auntie.pk}/mine/", {"version": "1"})
    assert anchor_of(person).tie_id == auntie.pk
    page = text(own)
    assert "Who is your person?" not in page
    assert "my person, strong" in page
    # A change of something else leaves it; distance ends it.
    send(own, f"{auntie.pk}/change/", NEAR | {"version": "1"})
    assert anchor_of(person)
    send(own, f"{auntie.pk}/mine/", {"version": "2", "no_more": "yes"})
    assert anchor_of(person) is None
    send(own, f"{auntie.pk}/mine/", {"version": "2"})
    send(own, f"{auntie.pk}/change/", NEAR | {"version": "2", "stands": "distance"})
    assert anchor_of(person) is None
    assert "Your person is" in send(own, f"{auntie.pk}/mine/", {"version": "3"}, 422)


def test_what_somebody_may_know_is_said_and_seen(own, auntie):
    asked = dict.fromkeys(TOPICS, "ask")
    said = asked | {"where": "yes", "harm": "no", "version": "1"}
    send(own, f"{auntie.pk}/know/", said)
    facts = newest_of(auntie).facts
    assert (facts.may, facts.must_not) == (("where",), ("harm",))
    page = text(own, "know/")
    where = page[page.index("Where I live") :]
    assert where.index("Auntie") < where.index("Must not know")
    nothing = dict.fromkeys(TOPICS, "no") | {"version": "2"}
    send(own, f"{auntie.pk}/know/", nothing)
    assert newest_of(auntie).facts.must_not == ("anything",)
    assert "Choose one of these" in send(own, f"{auntie.pk}/know/", {"version": "3"}, 422)


def test_of_whom_they_want_distance_from_nothing_is_a_question(own, themselves, person):
    told = Told("K.", facts=Facts(stands="distance"))
    tie = add_tie(by=themselves, person=person, told=told, on=DAY).tie
    page = text(own, f"{tie.pk}/know/")
    assert 'value="ask"' not in page
    assert len(re.findall(r'value="no" checked', page)) == len(TOPICS)


def test_a_worker_is_asked_to_push_back(own, rent, wren):
    send(own, f"{rent.pk}/ask/", {"what": " "}, 422)
    send(own, f"{rent.pk}/ask/", {"what": "come along to the landlord"})
    task = Advocacy.objects.get()
    assert (task.what, task.recorded_by) == ("come along to the landlord", None)
    assert "come along to the landlord" in text(own)
    pushed_back(by=actor_for(wren), advocacy=task, words="They were rude about her")
    page = text(own)
    assert "Ask your worker how it went" in page
    assert "rude" not in page


def test_nobody_is_pushed_back_against(own, auntie):
    text(own, f"{auntie.pk}/ask/", 404)
    send(own, f"{auntie.pk}/ask/", {"what": "shout"}, 404)


@pytest.mark.parametrize("path", ["change/", "know/", "out/", "mine/"])
def test_whoever_is_slower_sees_what_stands_and_loses_nothing(own, wren, auntie, path):
    change_tie(by=actor_for(wren), tie=auntie, version=1, told=Told("Auntie of Wren"))
    typed = NEAR | {"part": "mine"} | dict.fromkeys(TOPICS, "no") | {"version": "1"}
    page = send(own, f"{auntie.pk}/{path}", typed, 422)
    assert "Someone changed this" in page
    assert "Auntie of Wren" in page
    assert "Wren Example" not in page
    if path == "change/":
        assert 'value="Auntie Pretend"' in page
    assert 'name="version" value="2"' in page
    send(own, f"{auntie.pk}/{path}", typed | {"version": "2"})


def test_every_answer_there_is_has_its_words():
    assert tuple(HOW) == STANDS == tuple(Stands.values)
    assert tuple(MAY_KNOW) == TOPICS
    assert tuple(BEHIND) == ("", *WEIGHTS)


# --- What workers marked --------------------------------------------------------------------


def everything(client, ties, **more):
    """Every page of My space that can be read, with how each answered, and no chance in it."""
    found = {}
    for each in urlpatterns:
        path = "/" + str(each.pattern).replace("<face:face>", "notes")
        for tie in ties if "tie_id" in path else ties[:1]:
            response = client.get(path.replace("<uuid:tie_id>", str(tie.pk)), more)
            found[path, tie.pk] = (response.status_code, bare(response))
    return found


def bare(response):
    chance = rb'name="csrfmiddlewaretoken" value="[^"]*"|<!--[0-9a-f]*-->'
    return re.sub(chance, b"", response.content)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("anchor", [False, True])
def test_no_page_tells_that_a_worker_marked_somebody(
    own, themselves, person, wren, auntie, rent, language, anchor
):
    told = Told("Dex", "someone I knew", Facts(family=True, may=("where",)), anchor=anchor)
    dex = add_tie(by=themselves, person=person, told=told, on=DAY).tie
    ties = [dex, auntie, rent]
    before = everything(own, ties, lang=language)
    facts = Facts(family=True, may=("where",), of_concern=True)
    marked = Told("Dex", "someone I knew", facts, anchor=anchor)
    change_tie(by=actor_for(wren), tie=dex, version=1, told=marked)
    say_kin(by=actor_for(wren), tie=dex, version=2, kin="half_brother")
    push_back(by=actor_for(wren), tie=rent, what="Warn the police about Dex")
    assert newest_of(dex).facts.of_concern
    after = everything(own, ties, lang=language)
    # To the letter: no word, no day, no number and no missing button gives it away.
    assert after == before
    assert not [path for path, (_status, page) in after.items() if WORKERS_WORD.search(str(page))]


def test_every_form_works_as_if_nobody_had_been_marked(own, themselves, person, wren):
    told = Told("Dex", facts=Facts(family=True))
    dex = add_tie(by=themselves, person=person, told=told, on=DAY).tie
    marked = Told("Dex", facts=Facts(family=True, of_concern=True))
    change_tie(by=actor_for(wren), tie=dex, version=1, told=marked)
    say_kin(by=actor_for(wren), tie=dex, version=2, kin="half_brother")
    send(own, f"{dex.pk}/mine/", {"version": "1"})
    assert "my person, strong" in text(own)
    send(own, f"{dex.pk}/know/", dict.fromkeys(TOPICS, "yes") | {"version": "1"})
    send(own, f"{dex.pk}/change/", NEAR | {"name": "Dex", "version": "2"})
    send(own, f"{dex.pk}/out/", {"version": "3"})
    assert newest_of(dex).facts.of_concern
    # What a worker said of how they are related is lost by nothing that they do.
    assert newest_of(dex).facts.kin == "half_brother"


def test_the_walk_over_all_pages_reaches_every_page_of_people(own, auntie, rent):
    reached = everything(own, [auntie, rent])
    names = {each.name for each in urlpatterns if each.name and each.name.startswith("people")}
    assert len(names) >= 10
    shown = {path for (path, _tie), (status, _page) in reached.items() if status == 200}
    paths = {"/" + str(each.pattern).replace("<face:face>", "notes") for each in urlpatterns}
    of_one = {path for path in paths if path.startswith("/" + ONE.replace("<face:face>", "notes"))}
    assert {path for path in of_one if not path.endswith("mine/")} <= shown


def test_an_id_that_is_nobodys_is_not_there(own):
    text(own, f"{uuid.uuid4()}/", 404)


# --- On paper -------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "file"), [("en", "my-people.pdf"), ("fr", "mes-gens.pdf")])
def test_it_is_taken_away_on_paper_under_a_neutral_name(own, auntie, person, language, file):
    response = own.get(f"/notes/people/paper/?lang={language}")
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{file}"'
    assert "no-store" in response.headers["Cache-Control"]
    said = text_of(response.content)
    assert "Auntie" in said
    assert person.name_used not in said
    row = AuditRow.objects.latest("id")
    assert (row.action, row.purpose) == ("space.read", "people_paper")


def test_it_stays_on_no_device_that_is_not_theirs(space, entry, auntie):
    come_in(space, borrowed="on")
    assert "Your worker can print it" in text(space)
    assert "/people/paper/" not in text(space)
    assert space.get("/notes/people/paper/").url == "/notes/people/"


def test_the_copy_that_a_worker_prints_is_theirs_to_the_letter(themselves, person, wren):
    dex = add_tie(by=themselves, person=person, told=Told("Dex"), on=DAY).tie
    before = people_copy(circle_as_they_see(person, today(), today()), language="en", on=DAY)
    marked = Told("Dex", facts=Facts(of_concern=True))
    change_tie(by=actor_for(wren), tie=dex, version=1, told=marked)
    after = people_copy(circle_as_they_see(person, today(), today()), language="en", on=DAY)
    assert before == after
