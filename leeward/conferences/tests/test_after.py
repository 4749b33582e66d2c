"""What meetings come to: decided, told, answered; who sees it; what the database refuses."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from leeward.access.actors import actor_for
from leeward.accounts.factories import WorkerFactory
from leeward.conferences.after import actions as after
from leeward.conferences.after.models import Decision
from leeward.conferences.after.queries import minutes_of, my_meetings, tasks_of
from leeward.conferences.before import actions
from leeward.conferences.before.models import Meeting
from leeward.conferences.before.queries import (
    called,
    meetings_of,
)
from leeward.conferences.factories import (
    DecisionFactory,
    InvitationFactory,
    MeetingFactory,
    SayingFactory,
    TellingFactory,
)
from leeward.conferences.tests.conftest import ask
from leeward.entry.factories import EntryFactory
from leeward.people.factories import AssignmentFactory, BreakGlassFactory, ConflictLockFactory
from leeward.people.models import Assignment
from leeward.releases.rules import NO, QUESTIONS

pytestmark = pytest.mark.django_db

NOBODY_ASKED = dict.fromkeys(QUESTIONS, NO)


# --- What was decided --------------------------------------------------------------------------


def decide(by, meeting, **said):
    return after.decide(by=by, meeting=meeting, decided=after.Decided("A bus pass", **said))


def test_a_decision_of_a_worker_lies_on_their_desk_until_they_say_how_it_went(by, wren, meeting):
    row = decide(by, meeting, owner=wren, due_on=dt.date(2026, 5, 9), agrees="partly")
    assert tasks_of(by) == [row]
    with pytest.raises(after.NothingWritten):
        after.how_it_went(by=by, decision=row, kind="not_done")
    after.how_it_went(by=by, decision=row, kind="not_done", words="no money left")
    assert tasks_of(by) == []
    with pytest.raises(after.AlreadySaid):
        after.how_it_went(by=by, decision=row, kind="done")


def test_of_somebody_elses_task_only_they_or_a_supervisor_say_how_it_went(
    by, wren, meeting, colleague, supervisor
):
    AssignmentFactory(person=meeting.person, worker=colleague)
    row = decide(by, meeting, owner=colleague)
    with pytest.raises(after.NotTheirs):
        after.how_it_went(by=by, decision=row, kind="done")
    assert after.how_it_went(by=actor_for(supervisor), decision=row, kind="done")


@pytest.mark.parametrize("gone", ["off the team", "locked"])
def test_a_task_leaves_the_desk_of_whoever_may_not_read_the_file(by, wren, meeting, gone):
    decide(by, meeting, owner=wren)
    if gone == "locked":
        ConflictLockFactory(person=meeting.person, worker=wren)
    else:
        Assignment.objects.filter(person=meeting.person, worker=wren).update(
            until=dt.date(2026, 1, 1), ended_by=wren
        )
    assert tasks_of(by) == []


def test_an_owner_from_elsewhere_is_kept_as_text(by, meeting, colleague):
    assert decide(by, meeting, owner_name="Robin Sample").owned_by == "Robin Sample"
    with pytest.raises(after.NothingWritten):
        decide(by, meeting)
    with pytest.raises(after.NotOnTheTeam):
        decide(by, meeting, owner=colleague)


@pytest.mark.parametrize("owners", [{"owner_name": ""}, {"owner_name": "Robin", "both": True}])
def test_the_database_refuses_a_decision_of_nobody_or_of_two(by, meeting, owners):
    owner = by.id if owners.pop("both", None) else None
    with pytest.raises(IntegrityError), transaction.atomic():
        DecisionFactory(meeting=meeting, owner_id=owner, **owners)


def test_disagreement_stays_beside_what_was_decided(by, meeting):
    decide(by, meeting, owner_name="Robin Sample")
    after.disagree(by=by, meeting=meeting, who="Her aunt", what="It is too far.")
    found = minutes_of(meeting)
    assert [(each.who, each.what) for each in found.disagreements] == [
        ("Her aunt", "It is too far.")
    ]
    assert found.decisions


# --- Told, read, answered ----------------------------------------------------------------------


def test_only_a_plain_no_to_all_three_lets_them_read_it(by, own, meeting):
    ask(by, meeting)
    told = {"by": by, "meeting": meeting, "words": "You get a bus pass."}
    with pytest.raises(after.NotOffered):
        after.tell(**told, answers=NOBODY_ASKED)
    EntryFactory(person=meeting.person)
    after.tell(**told, answers=NOBODY_ASKED | {"tip_off": "unsure"})
    assert my_meetings(own, meeting.person, private=True)[0].telling is None
    after.tell(**told, answers=NOBODY_ASKED)
    assert my_meetings(own, meeting.person, private=True)[0].telling.words == told["words"]
    after.take_back(by=by, meeting=meeting)
    assert my_meetings(own, meeting.person, private=True)[0].telling is None


def test_they_read_and_answer_only_what_was_released(by, own, meeting):
    ask(by, meeting)
    side = {"by": own, "meeting": meeting, "version": 0, "words": "My idea"}
    with pytest.raises(after.NotReleased):
        after.mark_read(by=own, meeting=meeting)
    with pytest.raises(after.NotReleased):
        after.write_meeting_side(**side)
    TellingFactory(meeting=meeting)
    after.mark_read(by=own, meeting=meeting)
    after.mark_read(by=by, meeting=meeting)
    assert after.write_meeting_side(**side).words == "My idea"
    found = my_meetings(own, meeting.person, private=True)[0]
    assert [who for who, _day in found.readers] == ["", "A worker"]
    with pytest.raises(actions.ChangedMeanwhile):
        after.write_meeting_side(**side | {"words": "Another"})


def test_ten_meetings_ask_the_database_as_often_as_one(
    by, own, meeting, person, django_assert_num_queries
):
    ask(by, meeting)

    def grow():
        more = MeetingFactory(person=person, asked=True)
        SayingFactory(meeting=more)
        TellingFactory(meeting=more)

    grow()
    with CaptureQueriesContext(connection) as before:
        my_meetings(own, person, private=True)
    for _ in range(4):
        grow()
    with django_assert_num_queries(len(before)):
        assert len(my_meetings(own, person, private=True)) == 6


# --- Who sees it -------------------------------------------------------------------------------


def test_the_young_person_sees_the_meetings_they_were_asked_about(by, own, meeting, person):
    assert meetings_of(own, person) == []
    ask(by, meeting)
    assert [each.pk for each in meetings_of(own, person)] == [meeting.pk]


def test_who_sees_a_meeting(by, meeting, colleague, supervisor, agency):
    outsider = WorkerFactory()
    on_break_glass = WorkerFactory(agency=agency)
    BreakGlassFactory(person=meeting.person, worker=on_break_glass)
    invited_by_name = WorkerFactory(agency=agency)
    InvitationFactory(meeting=meeting, worker=invited_by_name)
    officer = WorkerFactory(agency=agency, role="privacy_officer")
    police = WorkerFactory(agency=agency, role="police_partner")
    for worker in (by, actor_for(supervisor)):
        assert Meeting.objects.visible_to(worker).get() == meeting
    for worker in (outsider, colleague, on_break_glass, invited_by_name, officer, police):
        assert not Meeting.objects.visible_to(actor_for(worker)).exists()
        assert not Decision.objects.visible_to(actor_for(worker)).exists()
    ConflictLockFactory(person=meeting.person, worker_id=by.id)
    assert not Meeting.objects.visible_to(by).exists()


def test_a_meeting_stands_in_its_own_clocks(meeting):
    assert called(meeting).starts.isoformat() == "2026-05-05T09:00:00-05:00"
