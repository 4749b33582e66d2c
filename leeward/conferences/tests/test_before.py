"""Meetings as they are called, prepared, asked to and packed; and what the database refuses."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from leeward.access.actors import young_person
from leeward.access.rules import NotAllowed
from leeward.conferences.after.queries import my_meetings
from leeward.conferences.before import actions
from leeward.conferences.before.actions import When, Who
from leeward.conferences.before.models import Pack, Preparation, Saying, Sitting
from leeward.conferences.before.queries import (
    asked_to,
    heard_by_team,
    heard_in_the_room,
    may_be_chosen,
    never_names,
    packed,
)
from leeward.conferences.factories import (
    MeetingFactory,
    SayingFactory,
)
from leeward.conferences.tests.conftest import WHEN, ask
from leeward.people.factories import AssignmentFactory, ConflictLockFactory
from leeward.plans.factories import ItemVersionFactory
from leeward.plans.models import ItemVersion
from leeward.relationships.factories import TieFactory, TieVersionFactory

pytestmark = pytest.mark.django_db


def invited(by, meeting, name="Robin Sample", **said):
    return actions.invite(by=by, meeting=meeting, who=Who(name, "school", "teaches her"), **said)


# --- The young person first --------------------------------------------------------------------


def test_no_invitation_goes_out_before_the_young_person_was_asked(by, meeting):
    invitation = invited(by, meeting)
    with pytest.raises(actions.NotAskedFirst):
        actions.tell_of(by=by, invitation=invitation, kind="sent")
    ask(by, meeting, presence="there")
    assert actions.tell_of(by=by, invitation=invitation, kind="sent").kind == "sent"


def test_or_it_was_said_why_they_were_not_asked_yet(by, meeting):
    invitation = invited(by, meeting)
    said = {"by": by, "meeting": meeting, "version": 0, "asked": False}
    with pytest.raises(actions.NothingWritten):
        actions.prepare(**said, why_not=" ")
    actions.prepare(**said, why_not="away until Monday")
    assert actions.tell_of(by=by, invitation=invitation, kind="sent")


@pytest.mark.parametrize("bad", [{"asked": False}, {"number": 1}])
def test_the_database_refuses_a_not_yet_without_its_reason_and_two_of_a_number(by, meeting, bad):
    ask(by, meeting)
    row = {"asked": True, "number": 2, "person": meeting.person, "meeting": meeting} | bad
    with pytest.raises(IntegrityError), transaction.atomic():
        Preparation.objects.create(recorded_by_id=by.id, **row)


def test_two_who_prepare_at_once_lose_nothing(by, meeting):
    ask(by, meeting, words="one")
    with pytest.raises(actions.ChangedMeanwhile):
        ask(by, meeting, words="other")


# --- Moved and called off ----------------------------------------------------------------------


def test_a_meeting_is_moved_and_called_off_and_every_sitting_stays(by, meeting):
    later = When(WHEN.starts_at + dt.timedelta(days=7), 90, "America/Toronto")
    actions.move(by=by, meeting=meeting, version=1, when=later, why="the bus does not go")
    actions.call_off(by=by, meeting=meeting, version=2, why="she is away")
    rows = list(meeting.sittings.order_by("number"))
    assert [each.kind for each in rows] == ["set", "moved", "called_off"]
    assert [each.starts_at for each in rows] == [WHEN.starts_at, later.starts_at, later.starts_at]
    assert [each.place for each in rows] == ["Example House", "", ""]
    with pytest.raises(actions.CalledOff):
        actions.move(by=by, meeting=meeting, version=3, when=WHEN, why="after all")
    with pytest.raises(actions.CalledOff):
        invited(by, meeting)


def test_whoever_moves_it_second_is_told(by, meeting):
    actions.move(by=by, meeting=meeting, version=1, when=WHEN, why="the bus")
    with pytest.raises(actions.ChangedMeanwhile):
        actions.move(by=by, meeting=meeting, version=1, when=WHEN, why="the train")


@pytest.mark.parametrize(
    "bad",
    [
        {"kind": "set", "number": 2},
        {"kind": "moved", "number": 2, "why": ""},
        {"kind": "moved", "number": 1},
        {"kind": "moved", "number": 2, "minutes": 1},
    ],
)
def test_the_database_refuses_a_sitting_that_cannot_be(by, meeting, bad):
    row = {"why": "x", "minutes": 60, "zone": "America/Toronto", "starts_at": WHEN.starts_at} | bad
    with pytest.raises(IntegrityError), transaction.atomic():
        Sitting.objects.create(meeting=meeting, person=meeting.person, recorded_by_id=by.id, **row)


def test_a_meeting_called_off_sends_no_invitation(by, meeting):
    ask(by, meeting)
    invitation = invited(by, meeting)
    actions.call_off(by=by, meeting=meeting, version=1, why="ill")
    with pytest.raises(actions.CalledOff):
        actions.tell_of(by=by, invitation=invitation, kind="sent")


# --- Who is never asked ------------------------------------------------------------------------

NEVER = [
    {"of_concern": True},
    {"must_not": ["where"]},
    {"must_not": ["anything"]},
    {"stands": "distance"},
    {"gone": True},
]


@pytest.mark.parametrize("answers", NEVER)
def test_whoever_the_circle_keeps_away_is_refused_however_sure_somebody_is(by, meeting, answers):
    TieVersionFactory(tie__person=meeting.person, name="Dale Pretend", answers=answers)
    for name in ("Dale Pretend", "PRETEND, dale"):
        with pytest.raises(actions.NeverInvited):
            invited(by, meeting, name, sure=True)


def test_the_refusal_is_the_same_whatever_the_mark_was(by, meeting):
    for nth, answers in enumerate(NEVER):
        TieVersionFactory(tie__person=meeting.person, name=f"Dale {'Q' * nth}", answers=answers)
    said = set()
    for nth in range(len(NEVER)):
        with pytest.raises(actions.NeverInvited) as fault:
            invited(by, meeting, f"Dale {'Q' * nth}")
        said.add((type(fault.value), fault.value.args))
    assert len(said) == 1


def test_a_caregiver_who_is_implicated_is_never_asked_under_any_name_they_had(by, meeting):
    tie = TieFactory(person=meeting.person)
    TieVersionFactory(tie=tie, name="Mum Pretend")
    TieVersionFactory(tie=tie, number=2, name="Terry", answers={"of_concern": True})
    for name in ("Mum Pretend", "Terry"):
        with pytest.raises(actions.NeverInvited):
            invited(by, meeting, name, sure=True)


def test_a_mark_taken_back_lets_them_be_asked(by, meeting):
    tie = TieFactory(person=meeting.person)
    TieVersionFactory(tie=tie, name="Auntie Example", answers={"of_concern": True})
    TieVersionFactory(tie=tie, number=2, name="Auntie Example")
    assert never_names(meeting.person) == ()
    assert invited(by, meeting, "Auntie Example")


def test_a_worker_whom_a_lock_keeps_away_is_never_asked(by, meeting, colleague):
    ConflictLockFactory(person=meeting.person, worker=colleague)
    AssignmentFactory(person=meeting.person, worker=colleague)
    for who in (
        Who(colleague.display_name, "police", "x"),
        Who("", "police", "x", colleague),
    ):
        with pytest.raises(actions.NeverInvited):
            actions.invite(by=by, meeting=meeting, who=who, sure=True)


def test_a_name_that_is_alike_waits_for_an_answer(by, meeting):
    TieVersionFactory(
        tie__person=meeting.person, name="Dale Pretend", answers={"of_concern": True}
    )
    for name in ("Dael Pretend", "Dale", "Officer Dale"):
        with pytest.raises(actions.IsThatSomebodyElse):
            invited(by, meeting, name)
    assert invited(by, meeting, "Dael Pretend", sure=True)


def test_what_is_marked_after_the_list_was_made_stops_the_invitation(by, meeting):
    ask(by, meeting)
    invitation = invited(by, meeting, "Dale Pretend")
    TieVersionFactory(
        tie__person=meeting.person, name="Dale Pretend", answers={"of_concern": True}
    )
    assert [each.stopped for each in asked_to(meeting)] == [True]
    with pytest.raises(actions.NeverInvited):
        actions.tell_of(by=by, invitation=invitation, kind="sent")


def test_a_worker_who_is_asked_is_on_the_team(by, meeting, colleague):
    who = Who("", "health", "x", colleague)
    with pytest.raises(actions.NotOnTheTeam):
        actions.invite(by=by, meeting=meeting, who=who)


def test_each_thing_comes_to_an_invitation_once(by, meeting):
    ask(by, meeting)
    invitation = invited(by, meeting)
    for kind in ("sent", "came"):
        actions.tell_of(by=by, invitation=invitation, kind=kind)
    for kind in ("sent", "came", "stayed_away", "taken_back"):
        with pytest.raises(actions.AlreadySo):
            actions.tell_of(by=by, invitation=invitation, kind=kind)


# --- What they say -----------------------------------------------------------------------------


def test_what_they_keep_to_themselves_no_worker_reads(by, own, meeting):
    ask(by, meeting)
    row = actions.say(by=own, meeting=meeting, kind="say", version=0, words="I stay", hears="team")
    assert [each.words for each in heard_by_team(meeting)] == ["I stay"]
    actions.say(by=own, meeting=meeting, kind="say", version=row.number, words="I go", hears="me")
    assert heard_by_team(meeting) == heard_in_the_room(meeting) == []
    shown = my_meetings(own, meeting.person, private=True)[0].sayings
    assert [each.words for each in shown] == ["I go"]
    assert my_meetings(own, meeting.person, private=False)[0].sayings == []


def test_a_worker_writes_beside_what_they_typed_and_never_over_it(by, own, meeting):
    actions.say(by=own, meeting=meeting, kind="who", version=0, words="My aunt", hears="me")
    ask(by, meeting, said={"who": "Robin too"}, hears="room")
    assert [each.words for each in heard_in_the_room(meeting)] == ["Robin too"]
    ask(by, meeting, 1, said={"who": "Robin too"}, hears="room")
    assert Saying.objects.filter(meeting=meeting).count() == 2
    ask(by, meeting, 2, said={"who": ""}, hears="room")
    assert heard_by_team(meeting) == []


def test_the_database_refuses_private_words_that_a_worker_signs(by, meeting):
    row = SayingFactory(meeting=meeting, hears="me")
    with pytest.raises(IntegrityError), transaction.atomic():
        Saying.objects.filter(pk=row.pk).update(recorded_by_id=by.id)


def test_nobody_else_says_it_for_them(by, meeting, other_person):
    for actor in (by, young_person(other_person.pk, other_person.agency_id)):
        with pytest.raises(NotAllowed):
            actions.say(by=actor, meeting=meeting, kind="say", version=0, words="x", hears="team")


@pytest.fixture
def other_person(agency, wren):
    return MeetingFactory(person__agency=agency, person__opened_by=wren).person


# --- The pack ----------------------------------------------------------------------------------


def test_nothing_of_the_plan_is_packed_unless_it_was_chosen(by, meeting, person):
    chosen, _left = (ItemVersionFactory(person_of=person) for _ in range(2))
    assert packed(by, meeting) == []
    pack = {"by": by, "meeting": meeting}
    with pytest.raises(actions.NotTogether):
        actions.choose_pack(**pack, version=0, chosen=[chosen.pk], together=False)
    actions.choose_pack(**pack, version=0, chosen=[chosen.pk], together=True)
    assert packed(by, meeting) == [chosen]


def test_what_they_do_not_want_to_be_asked_again_and_what_is_theirs_alone_is_never_packed(
    by, meeting, person
):
    never = [
        ItemVersionFactory(person_of=person, section="not_again"),
        ItemVersionFactory(person_of=person, section="words"),
        ItemVersionFactory(person_of=person, alone=True),
        ItemVersionFactory(person_of=person, sees="named"),
        ItemVersionFactory(),
    ]
    assert may_be_chosen(by, person) == []
    for each in never:
        with pytest.raises(actions.NotForAPack):
            actions.choose_pack(by=by, meeting=meeting, version=0, chosen=[each.pk], together=True)


def test_a_piece_that_was_changed_or_unshared_since_drops_out(by, meeting, person):
    one = ItemVersionFactory(person_of=person)
    actions.choose_pack(by=by, meeting=meeting, version=0, chosen=[one.pk], together=True)
    ItemVersion.objects.create(
        person=person, item=one.item, number=2, sees="team", words="Other words"
    )
    assert packed(by, meeting) == []


def test_the_database_refuses_a_pack_that_was_not_chosen_together(by, meeting):
    with pytest.raises(IntegrityError), transaction.atomic():
        Pack.objects.create(
            person=meeting.person, meeting=meeting, recorded_by_id=by.id, number=1, together=False
        )
