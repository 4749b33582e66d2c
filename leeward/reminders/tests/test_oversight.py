"""What a supervisor reads of their team: promises and people, the same as each worker reads."""

import datetime as dt

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from leeward.access.actors import actor_for
from leeward.accounts.factories import WorkerFactory, supervise
from leeward.audit.models import AuditRow
from leeward.conferences.factories import DecisionFactory, DecisionNewsFactory
from leeward.core.agency_time import today
from leeward.legal.factories import DutyFactory
from leeward.missing.factories import EpisodeFactory, StepNewsFactory
from leeward.observations.factories import OpinionFactory
from leeward.people.factories import AssignmentFactory, ConflictLockFactory, YoungPersonFactory
from leeward.plans.factories import ReaderFactory, SafetyReviewFactory, StepFactory
from leeward.reminders.factories import PutOffFactory
from leeward.reminders.oversight.queries import of_myself, of_those_i_supervise
from leeward.reminders.oversight.rules import PROMISES, is_late
from leeward.reminders.rules import rules
from leeward.requests.factories import FileRequestFactory
from leeward.sealing import keyring
from leeward.sealing.router import KEYRING
from tests.cast import full_file

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def in_days(days):
    return today() + dt.timedelta(days=days)


@pytest.fixture
def robin(agency, supervisor):
    """A second worker of the same supervisor."""
    other = WorkerFactory(agency=agency, display_name="Robin Example")
    supervise(supervisor, other)
    return other


def lines(of):
    """What is read of one worker, without what it is read from."""
    return (
        [(each.rule.id, each.about, bool(each.waits)) for each in of.late],
        of.answered,
        [each.pk for each in of.not_seen],
    )


def read_by(supervisor):
    return {each.worker.pk: each for each in of_those_i_supervise(actor_for(supervisor))}


def late_with(supervisor, worker):
    return [each.rule.id for each in read_by(supervisor)[worker.pk].late]


def page(client, worker, name="my_team"):
    client.force_login(worker)
    return client.get(reverse(name))


# --- What is late ---------------------------------------------------------------------------


def test_every_promise_that_is_late_stands_with_its_worker(person, wren, supervisor):
    StepFactory(person_of=person, due_on=in_days(-3))
    SafetyReviewFactory(person=person, on=in_days(-1))
    OpinionFactory(person=person, recorded_by=wren, review_on=in_days(-2))
    DutyFactory(observation__person=person)
    EpisodeFactory(
        person=person, since=today(), noticed_at=timezone.now() - dt.timedelta(hours=30)
    )
    FileRequestFactory(person=person, days_ago=40)
    DecisionFactory(meeting__person=person, on_a_desk=True, due_on=in_days(-4))
    late = late_with(supervisor, wren)
    assert set(late) == set(PROMISES) - {"return-talk"}
    assert late[:2] == ["duty", "missing-step"]


def test_what_is_not_due_yet_or_was_answered_is_not_late(person, wren, supervisor):
    StepFactory(person_of=person, due_on=today())
    SafetyReviewFactory(person=person, on=in_days(2))
    DecisionFactory(meeting__person=person, on_a_desk=True, due_on=None)
    DecisionNewsFactory(
        decision=DecisionFactory(meeting__person=person, on_a_desk=True, due_on=in_days(-4))
    )
    assert late_with(supervisor, wren) == []


def test_what_a_team_shares_stands_with_everybody_on_it_and_what_is_ones_own_with_one(
    person, wren, robin, supervisor
):
    AssignmentFactory(person=person, worker=robin)
    SafetyReviewFactory(person=person, on=in_days(-1))
    OpinionFactory(person=person, recorded_by=wren, review_on=in_days(-2))
    assert late_with(supervisor, wren) == ["opinion", "plan-review"]
    assert late_with(supervisor, robin) == ["plan-review"]


def test_a_step_shared_by_name_alone_stands_nowhere(person, wren, supervisor):
    step = StepFactory(person_of=person, due_on=in_days(-3), sees="named")
    ReaderFactory(version=step, worker=supervisor)
    assert late_with(supervisor, wren) == []


def test_what_was_put_off_says_so_with_whom_put_it_off_alone(person, wren, robin, supervisor):
    AssignmentFactory(person=person, worker=robin)
    review = SafetyReviewFactory(person=person, on=in_days(-1))
    PutOffFactory(person=person, recorded_by=wren, kind="plan-review", about=review.pk)
    read = read_by(supervisor)
    assert read[wren.pk].late[0].waits
    assert not read[robin.pk].late[0].waits


@given(
    promise=st.sampled_from(PROMISES),
    due=st.none() | st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)),
)
def test_only_a_question_about_harm_is_late_without_a_day(promise, due):
    now = dt.datetime(2025, 3, 10, 12, tzinfo=dt.UTC)
    late = is_late(promise, due, None, now, now.date())
    assert late == (promise == "duty" or (due is not None and due < now.date()))


def test_every_promise_is_a_reminder():
    assert set(PROMISES) <= set(rules())


# --- Whom nobody met, and what was answered -------------------------------------------------


def test_whom_nobody_met_stands_there_while_their_file_is_open(agency, wren, supervisor):
    long_ago = YoungPersonFactory(agency=agency, opened_by=wren, team=[wren])
    closed = YoungPersonFactory(agency=agency, opened_by=wren, team=[wren], state="closed")
    type(long_ago).objects.update(opened_at=timezone.now() - 90 * DAY)
    assert closed.team.exists()
    assert read_by(supervisor)[wren.pk].not_seen == [long_ago]


def test_what_was_answered_stands_once_a_day_and_without_a_number(
    client, person, wren, supervisor
):
    episode = EpisodeFactory(person=person, since=in_days(-1), noticed_at=timezone.now() - DAY)
    for step in ("police", "society"):
        StepNewsFactory(episode=episode, step=step, done_at=timezone.now(), recorded_by=wren)
    [answered] = read_by(supervisor)[wren.pk].answered
    assert (answered.promise, answered.person, answered.on) == ("missing-step", person, today())
    assert "a step while missing" in page(client, supervisor).content.decode()


# --- Who reads it ---------------------------------------------------------------------------


def test_a_worker_reads_the_same_lines_about_themselves(person, wren, supervisor):
    full_file(person, wren, supervisor)
    DutyFactory(observation__person=person, about_another_child=True)
    mine = of_myself(actor_for(wren))
    assert mine.late
    assert mine.answered
    assert lines(mine) == lines(read_by(supervisor)[wren.pk])


def test_nobody_reads_of_workers_they_do_not_supervise(
    client, agency, person, wren, colleague, supervisor, outsider
):
    other = WorkerFactory(agency=agency, role="supervisor")
    SafetyReviewFactory(person=person, on=in_days(-1))
    assert person.name_used in page(client, supervisor).content.decode()
    for each in (colleague, wren):
        assert page(client, each).status_code == 403
    for each in (other, outsider):
        found = page(client, each)
        assert found.status_code == 200
        assert person.name_used not in found.content.decode()
        assert "You do not supervise anybody." in found.content.decode()
    for each in (colleague, outsider):
        mine = page(client, each, "seen_of_me").content.decode()
        assert person.name_used not in mine


@pytest.mark.parametrize("kept_from", ["wren", "supervisor"])
def test_a_file_locked_to_either_of_them_stands_nowhere(
    request, person, wren, colleague, supervisor, kept_from
):
    SafetyReviewFactory(person=person, on=in_days(-1))
    ConflictLockFactory(person=person, worker=request.getfixturevalue(kept_from), set_by=colleague)
    assert lines(read_by(supervisor)[wren.pk]) == ([], [], [])


def test_workers_stand_in_order_of_their_names_and_those_who_left_do_not(
    agency, wren, robin, supervisor
):
    WorkerFactory(agency=agency, supervised_by=supervisor, is_active=False)
    supervise(supervisor, WorkerFactory(agency=agency, display_name="ada Example"))
    names = [each.worker.display_name for each in of_those_i_supervise(actor_for(supervisor))]
    assert names == sorted(names, key=str.casefold)
    assert len(names) == 3


@pytest.mark.parametrize("name", ["my_team", "seen_of_me"])
def test_looking_is_recorded_with_whose_names_it_showed(
    assert_get_writes_only_audit, client, person, wren, supervisor, name
):
    SafetyReviewFactory(person=person, on=in_days(-1))
    client.force_login(supervisor if name == "my_team" else wren)
    assert_get_writes_only_audit(client, reverse(name))
    row = AuditRow.objects.filter(purpose="team").latest("at")
    assert row.shown == [str(person.pk)]


def test_a_team_is_asked_for_as_often_when_it_has_grown(agency, person, wren, supervisor):
    def asked(client):
        keyring.let_go()
        with (
            CaptureQueriesContext(connections["default"]) as data,
            CaptureQueriesContext(connections[KEYRING]) as keys,
        ):
            assert client.get(reverse("my_team")).status_code == 200
        return [each["sql"] for seen in (data, keys) for each in seen.captured_queries]

    full_file(person, wren, supervisor)
    client = Client()
    client.force_login(supervisor)
    asked(client)
    before = asked(client)
    for n in range(3):
        worker = WorkerFactory(agency=agency, display_name=f"New {n}")
        supervise(supervisor, worker)
        full_file(
            YoungPersonFactory(agency=agency, opened_by=worker, team=[worker]), worker, supervisor
        )
    after = asked(client)
    assert len(after) == len(before), "\n".join(sorted(set(after) - set(before)))
