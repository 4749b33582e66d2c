"""My meetings: what they say before one, what was decided, and when any of it is shown."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from leeward.access.actors import actor_for
from leeward.conferences.after.actions import mark_read, take_back
from leeward.conferences.after.models import MeetingSide, Reading
from leeward.conferences.after.queries import minutes_of
from leeward.conferences.before.actions import call_off
from leeward.conferences.before.models import Saying
from leeward.conferences.before.queries import heard_by_team
from leeward.conferences.factories import (
    DecisionFactory,
    InvitationFactory,
    MeetingFactory,
    SayingFactory,
    TellingFactory,
)
from leeward.entry.factories import EntryFactory, OfferFactory
from leeward.my_space.tests.conftest import come_in

pytestmark = pytest.mark.django_db
MINE = "/notes/meetings/"
TOLD = "You get a <bus> pass."


def said(response):
    return response.content.decode()


@pytest.fixture
def meeting(person):
    """A meeting they were asked about."""
    return MeetingFactory(person=person, asked=True, purpose="Xylograph purpose")


@pytest.fixture
def told(meeting):
    """And what was decided at it, released."""
    return TellingFactory(meeting=meeting, words=TOLD).meeting


@pytest.fixture
def borrowed(door, entry):
    """A browser on a worker's device, in which their own notebook is open."""
    client = Client()
    assert come_in(client, borrowed="yes").status_code == 302
    return client


def write(client, meeting, part="a", **given):
    given = {"words": "I stay", "hears": "me", "version": 0} | given
    return client.post(f"{MINE}{meeting.pk}/{part}/", given)


def test_what_was_decided_stands_there_once_released_and_goes_when_taken_back(own, told, wren):
    assert "You get a &lt;bus&gt; pass." in said(own.get(MINE))
    take_back(by=actor_for(wren), meeting=told)
    page = said(own.get(MINE))
    assert "bus" not in page
    assert "Ask your worker what was decided." in page


def test_of_the_rest_of_a_meeting_nothing_is_shown(own, meeting):
    DecisionFactory(meeting=meeting, what="Xylograph decision")
    InvitationFactory(meeting=meeting, name="Xylograph Sample")
    page = said(own.get(MINE))
    assert "A meeting on 2025-04-02 at 10:00" in page
    for secret in ("Xylograph", "Example House", "case conference"):
        assert secret not in page


def test_a_meeting_they_were_not_asked_about_is_not_there(own, person):
    meeting = MeetingFactory(person=person)
    assert "No meeting is here yet." in said(own.get(MINE))
    assert own.get(f"{MINE}{meeting.pk}/a/").status_code == 404
    assert write(own, meeting).status_code == 404


@pytest.mark.parametrize("path", ["a/", "side/", "read/"])
def test_a_meeting_of_somebody_else_is_not_there(own, path):
    other = EntryFactory(lookup="another").person
    meeting = TellingFactory(meeting=MeetingFactory(person=other, asked=True)).meeting
    ask = own.post if path == "read/" else own.get
    assert ask(f"{MINE}{meeting.pk}/{path}").status_code == 404
    assert not Reading.objects.exists()


def test_what_they_want_to_say_is_kept_exactly_and_is_theirs_alone_until_they_share_it(
    own, meeting
):
    assert write(own, meeting, words="  I <stay>.\n").status_code == 302
    assert Saying.objects.get().words == "  I <stay>.\n"
    assert "I &lt;stay&gt;." in said(own.get(MINE))
    assert heard_by_team(meeting) == []
    write(own, meeting, words="I <stay>.", hears="team", version=1)
    assert [each.words for each in heard_by_team(meeting)] == ["I <stay>."]
    write(own, meeting, hears="team", version=2, take_out="yes")
    assert heard_by_team(meeting) == []
    assert Saying.objects.count() == 3


def test_two_windows_lose_nothing(own, meeting):
    write(own, meeting, words="First")
    response = write(own, meeting, words="Second")
    assert response.status_code == 422
    assert "First" in said(response)
    assert "Second" in said(response)


def test_a_saying_without_who_reads_it_is_sent_back_with_its_words(own, meeting):
    response = write(own, meeting, hears="")
    assert response.status_code == 422
    assert "I stay" in said(response)


@pytest.mark.parametrize("watched", ["yes", "unsure"])
def test_on_a_watched_phone_neither_the_day_nor_what_was_decided_is_shown(
    own, borrowed, told, person, watched
):
    OfferFactory(person=person, watched=watched)
    page = said(own.get(MINE))
    assert "Closed for now" in page
    assert "bus" not in page
    assert "2025-04-02" not in page
    assert own.get(f"{MINE}{told.pk}/side/").status_code == 302
    assert own.post(f"{MINE}{told.pk}/read/").status_code == 302
    assert not Reading.objects.exists()
    assert "bus" in said(borrowed.get(MINE))


def test_after_new_words_what_is_private_stays_closed(own, entry, told):
    SayingFactory(meeting=told, words="Mine alone")
    assert "Mine alone" in said(own.get(MINE))
    entry.private_until = timezone.now() + dt.timedelta(hours=72)
    entry.save()
    page = said(own.get(MINE))
    assert "Mine alone" not in page
    assert "bus" not in page
    assert write(own, told, words="x", version=1).status_code == 302
    assert own.get(f"{MINE}{told.pk}/a/").status_code == 302
    assert Saying.objects.count() == 1


def test_they_say_that_they_have_read_it_and_see_who_else_has(own, told, wren):
    mark_read(by=actor_for(wren), meeting=told)
    assert own.post(f"{MINE}{told.pk}/read/").status_code == 302
    page = said(own.get(MINE))
    assert "A worker" in page
    assert wren.display_name not in page
    assert "Me, " in page


def test_their_side_is_kept_and_their_team_reads_it(own, told):
    side = f"{MINE}{told.pk}/side/"
    assert "You get a &lt;bus&gt; pass." in said(own.get(side))
    assert own.post(side, {"words": " ", "version": 0}).status_code == 422
    assert own.post(side, {"words": "My <idea>", "version": 0}).status_code == 302
    assert own.post(side, {"words": "Late", "version": 0}).status_code == 422
    assert MeetingSide.objects.get().words == "My <idea>"
    assert minutes_of(told).side.words == "My <idea>"
    assert "My &lt;idea&gt;" in said(own.get(MINE))


def test_a_meeting_that_was_called_off_says_so(own, meeting, wren):
    call_off(by=actor_for(wren), meeting=meeting, version=1, why="Xylograph")
    page = said(own.get(MINE))
    assert "It was called off." in page
    assert "Xylograph" not in page
