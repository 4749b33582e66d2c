"""What needs a worker, and putting it off: who sees it, for how long, and what never waits."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leeward.access.actors import actor_for
from leeward.access.rules import NotAllowed
from leeward.accounts.factories import WorkerFactory
from leeward.audit.models import AuditRow
from leeward.concerns.factories import ConcernFactory
from leeward.conferences.factories import DecisionFactory, DecisionNewsFactory
from leeward.consents.factories import ConsentFactory
from leeward.core.agency_time import today
from leeward.legal.factories import DutyFactory
from leeward.missing.factories import EpisodeFactory, ReturnTalkFactory, StepNewsFactory
from leeward.observations.factories import OpinionFactory
from leeward.people.factories import AssignmentFactory, ConflictLockFactory, YoungPersonFactory
from leeward.plans.factories import ReaderFactory, SafetyReviewFactory, StepFactory
from leeward.reminders import actions
from leeward.reminders.factories import PutOffFactory
from leeward.reminders.models import PutOff
from leeward.reminders.queries import needed, needs_of, put_off_by_my_team
from leeward.reminders.register import erase
from leeward.requests.factories import FileRequestFactory

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def in_days(days):
    return today() + dt.timedelta(days=days)


def kinds(actor):
    return [each.rule.id for each in needed(actor)]


@pytest.fixture
def review(person):
    """They chose yesterday for looking at the safety plan again."""
    return SafetyReviewFactory(person=person, on=in_days(-1))


def put_off(actor, about, days=2, reason="He is with his aunt until then"):
    return actions.put_off(by=actor, about=about, until=in_days(days), reason=reason)


# --- What needs somebody --------------------------------------------------------------------


def test_everything_that_needs_a_worker_is_there_the_most_urgent_first(actor, person, wren):
    StepFactory(person_of=person, due_on=in_days(3))
    SafetyReviewFactory(person=person, on=in_days(-1))
    ConsentFactory(person=person, until=in_days(5))
    OpinionFactory(person=person, review_on=today())
    DutyFactory(observation__person=person)
    EpisodeFactory(person=person, since=today(), noticed_at=timezone.now() - dt.timedelta(hours=3))
    FileRequestFactory(person=person, days_ago=27)
    ConcernFactory(taken_by=wren, person=person)
    DecisionFactory(meeting__person=person, on_a_desk=True, due_on=None)
    found = needed(actor)
    assert [each.rule.id for each in found] == [
        "duty",
        *["missing-step"] * 3,
        "plan-review",
        "opinion",
        "concern",
        "meeting-task",
        "request",
        "plan-step",
        "consent",
    ]
    assert {each.person.pk for each in found} == {person.pk}
    assert [each.over_by is not None for each in found if each.at] == [True] * 3


def test_what_is_answered_needs_nobody(actor, person):
    SafetyReviewFactory(person=person, on=in_days(-3))
    SafetyReviewFactory(person=person, on=in_days(60))
    DecisionNewsFactory(decision=DecisionFactory(meeting__person=person, on_a_desk=True))
    ConsentFactory(person=person, until=in_days(5), said="refused")
    OpinionFactory(person=person, review_on=in_days(-9))
    OpinionFactory(person=person, review_on=None)
    assert kinds(actor) == []


def test_steps_are_asked_for_until_somebody_answers_and_after_they_are_back(actor, person):
    now = timezone.now()
    episode = EpisodeFactory(
        person=person,
        since=in_days(-1),
        noticed_at=now - dt.timedelta(hours=20),
        until=today(),
        back_at=now - dt.timedelta(hours=2),
    )
    for step in ("police", "society"):
        StepNewsFactory(episode=episode, step=step, done_at=now)
    assert kinds(actor) == ["missing-step", "return-talk"]
    StepNewsFactory(episode=episode, excused=True)
    ReturnTalkFactory(episode=episode)
    assert kinds(actor) == []


def test_what_ended_long_ago_asks_for_nothing(actor, person):
    EpisodeFactory(person=person, ended=True)
    assert kinds(actor) == []


def test_nobody_else_is_reminded_of_it(actor, person, review, colleague, supervisor, outsider):
    assert kinds(actor) == ["plan-review"]
    for other in (colleague, supervisor, outsider):
        assert kinds(actor_for(other)) == []
    ConflictLockFactory(person=person, worker_id=actor.id, set_by=supervisor)
    assert kinds(actor) == []
    with pytest.raises(actions.NotThere):
        put_off(actor, review.pk)


def test_as_many_queries_for_many_as_for_one(
    actor, agency, wren, person, django_assert_num_queries, django_assert_max_num_queries
):
    def more(who):
        SafetyReviewFactory(person=who, on=today())
        StepFactory(person_of=who, due_on=today())
        EpisodeFactory(person=who)
        DecisionFactory(meeting__person=who, on_a_desk=True)

    more(person)
    with django_assert_max_num_queries(60) as seen:
        needs_of(actor)
    for _each in range(3):
        other = YoungPersonFactory(agency=agency, opened_by=wren, team=[wren])
        more(other)
    with django_assert_num_queries(len(seen.captured_queries)):
        needs_of(actor)


# --- Putting off ----------------------------------------------------------------------------


def test_what_is_put_off_comes_back_on_its_day(actor, review, time_machine_to):
    row = put_off(actor, review.pk, days=3)
    assert kinds(actor) == []
    assert [each.waits for each in needs_of(actor).put_off] == [row]
    time_machine_to(3)
    assert kinds(actor) == ["plan-review"]
    assert needs_of(actor).put_off == []


@pytest.fixture
def time_machine_to(monkeypatch):
    """Move the day of the rules on."""
    now = today()

    def to(days):
        for module in ("queries", "actions"):
            monkeypatch.setattr(
                f"leeward.reminders.{module}.today", lambda: now + dt.timedelta(days=days)
            )

    return to


def test_it_is_recorded_and_sealed(actor, person, review):
    put_off(actor, review.pk)
    row = AuditRow.objects.get(action="reminder.put_off")
    assert (row.subject_id, row.purpose) == (person.pk, "plan-review")
    with connection.cursor() as cursor:
        cursor.execute("SELECT reason FROM reminders_putoff")
        assert b"aunt" not in bytes(cursor.fetchone()[0])


def test_another_worker_of_the_team_is_still_reminded(actor, person, review, colleague):
    AssignmentFactory(person=person, worker=colleague)
    put_off(actor, review.pk)
    assert kinds(actor_for(colleague)) == ["plan-review"]


@pytest.mark.parametrize("days", [-1, 0, 15])
def test_not_to_a_day_past_the_table_nor_to_one_that_has_come(actor, review, days):
    with pytest.raises(actions.TooLong):
        put_off(actor, review.pk, days=days)
    assert not PutOff.objects.exists()


def test_the_days_count_from_the_first_time(actor, review, time_machine_to):
    put_off(actor, review.pk, days=10)
    time_machine_to(10)
    with pytest.raises(actions.TooLong):
        actions.put_off(by=actor, about=review.pk, until=in_days(15), reason="again")
    actions.put_off(by=actor, about=review.pk, until=in_days(14), reason="again")
    time_machine_to(14)
    with pytest.raises(actions.CannotWait):
        actions.put_off(by=actor, about=review.pk, until=in_days(15), reason="again")


def test_a_consent_comes_back_before_its_last_day(actor, person):
    consent = ConsentFactory(person=person, until=in_days(4))
    with pytest.raises(actions.TooLong):
        put_off(actor, consent.pk, days=4)
    put_off(actor, consent.pk, days=3)


def test_what_never_waits_cannot_be_put_off_by_code_or_by_database(actor, person):
    duty = DutyFactory(observation__person=person)
    episode = EpisodeFactory(person=person)
    for about in (duty.pk, episode.pk, FileRequestFactory(person=person, days_ago=27).pk):
        with pytest.raises(actions.CannotWait):
            put_off(actor, about)
    for kind in ("duty", "missing-step"):
        with pytest.raises(IntegrityError), transaction.atomic():
            PutOffFactory(person=person, kind=kind)


def test_a_reason_is_asked_for(actor, review):
    with pytest.raises(actions.NothingWritten):
        put_off(actor, review.pk, reason="  ")


def test_a_role_that_works_with_nobody_puts_off_nothing(agency):
    analyst = actor_for(WorkerFactory(agency=agency, role="strategy_analyst"))
    with pytest.raises(NotAllowed):
        put_off(analyst, uuid.uuid4())


def test_a_supervisor_sees_what_was_put_off_and_nobody_else_does(
    actor, person, review, supervisor, outsider, colleague
):
    row = put_off(actor, review.pk)
    assert put_off_by_my_team(actor_for(supervisor)) == [row]
    for other in (outsider, colleague):
        assert put_off_by_my_team(actor_for(other)) == []
    assert put_off_by_my_team(actor) == []
    ConflictLockFactory(person=person, worker_id=supervisor.pk, set_by=colleague)
    assert put_off_by_my_team(actor_for(supervisor)) == []


def test_what_a_worker_of_another_supervisor_put_off_is_not_theirs_to_read(
    person, supervisor, colleague
):
    for worker in (supervisor, colleague):
        AssignmentFactory(person=person, worker=worker)
    put_off(actor_for(colleague), SafetyReviewFactory(person=person, on=in_days(-1)).pk)
    assert put_off_by_my_team(actor_for(supervisor)) == []


def test_a_step_shared_by_name_is_nothing_for_a_supervisor(actor, person, wren, supervisor, desk):
    step = StepFactory(person_of=person, due_on=today(), sees="named")
    ReaderFactory(version=step, worker=wren)
    page = desk.get(reverse("put_off", args=[step.pk])).content.decode()
    assert "becomes part of the file" in page
    assert "supervisor reads this" not in page
    put_off(actor, step.pk)
    assert put_off_by_my_team(actor_for(supervisor)) == []
    shared = StepFactory(person_of=person, due_on=today())
    put_off(actor, shared.pk)
    assert [each.about for each in put_off_by_my_team(actor_for(supervisor))] == [shared.pk]


def test_it_goes_with_the_file(person):
    PutOffFactory(person=person)
    assert erase(person.pk) == 1
    assert not PutOff.objects.exists()


# --- Pages ----------------------------------------------------------------------------------


def test_the_page_lists_it_puts_it_off_and_the_supervisor_reads_why(
    desk, client_of, supervisor, person, review
):
    page = desk.get(reverse("notices")).content.decode()
    assert "1 day late" in page
    address = reverse("put_off", args=[review.pk])
    assert address in page
    assert desk.get(address).status_code == 200
    answer = desk.post(address, {"until": in_days(20).isoformat(), "reason": "Too long"})
    assert answer.status_code == 422
    assert "Too long" in answer.content.decode()
    why = "The aunt is away"
    assert desk.post(address, {"until": in_days(4).isoformat(), "reason": why}).status_code == 302
    page = desk.get(reverse("notices")).content.decode()
    assert "Put off by you" in page
    assert why in page
    assert "Look at the safety plan again together" not in desk.get("/").content.decode()
    theirs = client_of(supervisor).get(reverse("notices")).content.decode()
    assert why in theirs
    assert "Put off by those you supervise" in theirs


@pytest.fixture
def client_of():
    """A browser of another worker."""

    def signed_in(worker):
        client = Client()
        client.force_login(worker)
        return client

    return signed_in


def test_what_never_waits_has_no_page_for_it(desk, person):
    duty = DutyFactory(observation__person=person)
    EpisodeFactory(person=person, since=today(), noticed_at=timezone.now())
    assert desk.get(reverse("put_off", args=[duty.pk])).status_code == 404
    page = desk.get(reverse("notices")).content.decode()
    assert reverse("duty", args=[duty.pk]) in page
    assert f"{person.name_used}: a step while missing · The police</a>" in page
    assert "put-off" not in page


def test_nothing_stands_on_home_twice(desk, person):
    duty = DutyFactory(observation__person=person)
    FileRequestFactory(person=person, days_ago=27)
    DecisionFactory(meeting__person=person, on_a_desk=True, what="Find an invented bus pass")
    page = desk.get(reverse("home")).content.decode()
    # The name and the button of a duty lead there; nothing else does.
    assert page.count(reverse("duty", args=[duty.pk])) == 2
    assert page.count("Find an invented bus pass") == 1
