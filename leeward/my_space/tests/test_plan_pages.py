"""My plan: they write it, say who reads each part, and take or leave what is suggested."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from leeward.access.actors import actor_for
from leeward.audit.models import AuditRow
from leeward.my_space.tests.conftest import come_in
from leeward.people.covering.models import Cover
from leeward.people.factories import AssignmentFactory, CoverFactory, YoungPersonFactory
from leeward.plans.actions import Said, TheirOwnWords, change, suggest, tell_how_it_went
from leeward.plans.factories import ItemVersionFactory, StepFactory, SuggestionFactory
from leeward.plans.models import ItemNews, ItemVersion, SafetyReview, SuggestionAnswer
from leeward.plans.queries import plan_of
from leeward.plans.tests.copies import opened, squashed, text_of

pytestmark = pytest.mark.django_db


def said(response):
    return response.content.decode()


def words_for(worker, person, part="plan"):
    plan = plan_of(actor_for(worker), person, part)
    return {each.words for section in plan.sections for each in section.items}


def write(client, section="a3", **given):
    return client.post(f"/notes/new/{section}/", {"words": "my own door", "sees": "me", **given})


def test_what_they_write_is_theirs_alone_until_they_say_so(own, person, wren):
    # When they write without choosing anything else than what the page begins with
    assert 'value="me" checked' in said(own.get("/notes/new/a3/"))
    page = own.get(write(own).url)

    # Then it says at once that nobody reads it, and nobody does
    assert "Only you." in said(page)
    assert words_for(wren, person) == set()

    # When they share it
    row = ItemVersion.objects.get()
    address = f"/notes/item/{row.item_id}/"
    shared = {"words": row.words, "sees": "team", "version": "1"}
    page = own.get(own.post(address, shared).url)

    # Then it says who reads what
    assert "Your team reads this:" in said(page)
    assert wren.display_name in said(page)
    assert words_for(wren, person) == {"my own door"}

    # When they take it back
    page = own.get(own.post(address, shared | {"sees": "me", "version": "2"}).url)
    assert "They may remember it." in said(page)
    assert words_for(wren, person) == set()


def test_whoever_fills_in_stands_among_those_who_read_it_while_they_do(own, person, colleague):
    address = write(own, sees="team").url
    for past in ({"over": True}, {"ahead": True}, {"ended": True}):
        CoverFactory(person=person, worker=colleague, **past)
        assert colleague.display_name not in said(own.get(address))
    cover = CoverFactory(person=person, worker=colleague)
    assert colleague.display_name in said(own.get(address))
    assert words_for(colleague, person) == {"my own door"}
    Cover.objects.filter(pk=cover.pk).update(until=timezone.now())
    assert colleague.display_name not in said(own.get(address))


def test_shared_by_name_it_says_who(own, person, wren, colleague):
    AssignmentFactory(person=person, worker=colleague)
    page = own.get(write(own, sees="named", named=[str(colleague.pk)]).url)
    assert f"{colleague.display_name} reads this:" in said(page)
    assert (words_for(colleague, person), words_for(wren, person)) == ({"my own door"}, set())


@pytest.mark.parametrize(
    ("given", "tells"),
    [
        ({"words": "   "}, "Write something first."),
        ({"sees": ""}, "Choose who can read this."),
        ({"sees": "named"}, "Choose who, or choose"),
        ({"sees": "named", "named": [str(uuid.uuid4())]}, "Select a valid choice"),
        ({"due_on": "soon"}, "Write the day like this"),
    ],
)
def test_a_mistake_is_told_and_nothing_typed_is_lost(own, given, tells):
    response = write(own, "a5", **{"words": "open <an> account", "who": "me & Jo"} | given)
    assert response.status_code == 422
    assert tells in said(response)
    assert "me &amp; Jo" in said(response)
    if "words" not in given:
        assert "open &lt;an&gt; account" in said(response)
    assert not ItemVersion.objects.exists()


def test_words_come_back_exactly(own):
    words = "\n  two\n\n  lines  ᓄᐁᓖ "
    write(own, words=words)
    # As a form sends lines, and not a space less.
    assert ItemVersion.objects.get().words == words


def test_a_heading_that_is_not_there(own):
    assert own.get("/notes/new/zz/").status_code == 404


def test_two_places_at_once_lose_nothing(own, person):
    row = ItemVersionFactory(person_of=person, own=True, words="first")
    address = f"/notes/item/{row.item_id}/"
    form = {"sees": "team", "version": "1"}
    own.post(address, form | {"words": "from the phone"})
    late = own.post(address, form | {"words": "from the library"})
    assert late.status_code == 422
    assert "from the phone" in said(late)
    assert "from the library" in said(late)
    assert own.post(address, form | {"words": "both", "version": "2"}).status_code == 302


def test_taking_it_out(own, person, wren):
    row = ItemVersionFactory(person_of=person, words="not any more")
    own.post(f"/notes/item/{row.item_id}/", {"take_out": "yes"})
    assert "not any more" not in said(own.get("/notes/open/"))
    assert words_for(wren, person) == set()
    assert own.get(f"/notes/item/{row.item_id}/").status_code == 404


def test_nobody_reaches_a_piece_of_another_plan(own):
    other = YoungPersonFactory()
    row, suggestion = ItemVersionFactory(person_of=other), SuggestionFactory(person=other)
    for address in (f"/notes/item/{row.item_id}/", f"/notes/item/{row.item_id}/went/"):
        given = {"went": "did", "words": "x", "sees": "me", "version": "1"}
        assert own.post(address, given).status_code == 404
    assert own.post(f"/notes/answer/{suggestion.pk}/", {"take": "yes"}).status_code == 404
    assert ItemVersion.objects.count() == 1
    assert not ItemNews.objects.exists()
    assert not SuggestionAnswer.objects.exists()


@pytest.mark.parametrize("way", ["", "?way=maps", "?way=path", "?way=page", "?part=safe"])
def test_talked_through_on_one_screen_in_any_order(own, person, wren, way):
    key = "helps" if "safe" in way else "matters" if "path" in way else "good_at"
    page = own.get(f"/notes/new/{way}")
    assert f'name="{key}"' in said(page)
    empty = own.post(f"/notes/new/{way}", {"sees": "team"})
    assert empty.status_code == 422
    assert "Write something first" in said(empty)
    done = own.post(f"/notes/new/{way}", {key: "my playlist", "sees": "team"})
    assert done.url == ("/notes/list/" if "safe" in way else "/notes/open/")
    assert words_for(wren, person, "safe" if "safe" in way else "plan") == {"my playlist"}


def test_a_suggestion_is_taken_or_left(own, person, actor):
    for words in ("to paint a wall", "to wake up early"):
        suggest(by=actor, person=person, section="hopes", words=words, why="You told me.")
    page = said(own.get("/notes/open/"))
    assert f"{actor.name} suggests" in page
    taken, left = person.suggestions.order_by("recorded_at")
    own.post(f"/notes/answer/{taken.pk}/", {"take": "yes"})
    own.post(f"/notes/answer/{left.pk}/", {"leave": "yes"})
    page = said(own.get("/notes/open/"))
    assert "to paint a wall" in page
    assert "to wake up early" not in page
    assert "suggests" not in page
    assert own.post(f"/notes/answer/{left.pk}/", {"take": "yes"}).status_code == 404


@pytest.mark.parametrize(("pressed", "kind"), [("did", "done"), ("not_now", "let_go")])
def test_how_a_step_went_stands_on_the_way(own, person, pressed, kind):
    row = StepFactory(person_of=person, words="visit the art room")
    own.post(f"/notes/item/{row.item_id}/went/", {"went": pressed})
    assert ItemNews.objects.get().kind == kind
    assert "visit the art room" in said(own.get("/notes/way/"))


def test_a_press_that_says_nothing_is_none(own, person):
    row = StepFactory(person_of=person)
    assert own.post(f"/notes/item/{row.item_id}/went/", {}).status_code == 404
    assert not ItemNews.objects.exists()


def test_the_way_holds_their_own_words_alone(own, person, actor):
    step = StepFactory(person_of=person, words="a bank account").item
    tell_how_it_went(by=actor, item=step, kind="celebrated", words="They said yes!")
    write(own, "b5", words="I went back for a week. Then I came home.")
    page = said(own.get("/notes/way/"))
    for words in ("a bank account", "They said yes!", "I went back for a week."):
        assert words in page


def test_while_it_is_not_sure_who_reads_what_is_private_is_closed(own, person, entry, wren):
    alone = ItemVersionFactory(person_of=person, alone=True, words="for me alone")
    ItemVersionFactory(person_of=person, words="for all")
    entry.private_until = timezone.now() + dt.timedelta(hours=1)
    entry.save()
    pages = [said(own.get(f"/notes/{each}/")) for each in ("open", "list", "way", "copy")]
    assert "for all" in pages[0]
    assert not [each for each in pages if "for me alone" in each]
    assert own.get(f"/notes/item/{alone.item_id}/").status_code == 404
    # Asked for by hand, it is left out of the copy too.
    copy = own.post("/notes/copy/", {"private": "yes"})
    assert squashed("for me alone") not in text_of(copy.content)


def test_a_copy_holds_what_they_choose_and_names_nobody(own, person, agency):
    ItemVersionFactory(person_of=person, alone=True, words="for me alone")
    ItemVersionFactory(person_of=person, section="helps", words="count the spokes")
    plain, whole = (
        own.post("/notes/copy/", given) for given in ({}, {"private": "yes", "name": "yes"})
    )
    assert plain.headers["Content-Disposition"] == 'attachment; filename="my-plan.pdf"'
    assert "no-store" in plain.headers["Cache-Control"]
    for response, there in ((plain, False), (whole, True)):
        text = text_of(response.content)
        assert squashed("count the spokes") in text
        assert (squashed("for me alone") in text) is there
        assert (squashed(person.name_used) in text) is there
        told = text + str(opened(response.content).docinfo) + str(response.headers)
        assert squashed(agency.name) not in squashed(told)
        assert "leeward" not in told.casefold()
    assert AuditRow.objects.filter(action="plan.copy", actor_kind="young_person").count() == 2


def test_the_day_to_look_again(own, person):
    wrong = own.post("/notes/list/", {"on": "next month"})
    assert wrong.status_code == 422
    assert "next month" in said(wrong)
    assert own.post("/notes/list/", {"on": "2026-12-01"}).status_code == 302
    assert "2026-12-01" in said(own.get("/notes/list/"))
    assert SafetyReview.objects.get().recorded_by is None


def test_a_worker_who_wrote_it_down_first_finds_it_changed(own, person, actor, wren):
    row = ItemVersionFactory(person_of=person, words="as told to Wren")
    own.post(
        f"/notes/item/{row.item_id}/",
        {"words": "as I say it", "sees": "team", "version": "1"},
    )
    assert words_for(wren, person) == {"as I say it"}
    with pytest.raises(TheirOwnWords):
        change(by=actor, item=row.item, version=2, said=Said("as Wren says it"))


def test_no_page_of_the_plan_opens_in_the_second_notebook(other, person):
    row = ItemVersionFactory(person_of=person)
    for name in ("list", "way", "new", "new/a3", "copy", f"item/{row.item_id}"):
        assert other.get(f"/notes/{name}/").url == "/notes/open/"


@pytest.mark.parametrize("page", ["copy", "keep"])
def test_nothing_stays_on_a_device_that_is_not_theirs(space, entry, person, page):
    ItemVersionFactory(person_of=person, section="helps", words="count the spokes")
    come_in(space, borrowed="on")
    answer = said(space.get(f"/notes/{page}/"))
    assert "Ask your worker for a c" in answer
    assert '<form method="post"' not in answer.partition("<main")[2]
    assert space.post(f"/notes/{page}/", {"private": "yes"}).url == f"/notes/{page}/"
    assert not AuditRow.objects.filter(action="plan.copy").exists()


def test_a_copy_has_the_cover_they_chose_and_a_wrong_one_is_said_back(own):
    made = own.post("/notes/copy/", {"cover": "stars", "cover_words": "All mine"})
    assert squashed("All mine") in text_of(made.content)
    back = own.post("/notes/copy/", {"cover": "stars", "cover_words": "w" * 121})
    assert back.status_code == 422
    assert "w" * 121 in said(back)
