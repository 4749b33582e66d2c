"""A worker covers for another: at chosen files, from a day to a day, and never past a lock."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from leeward.access.actors import actor_for
from leeward.access.rules import NotAllowed
from leeward.accounts.factories import WorkerFactory, supervise
from leeward.accounts.models import Worker
from leeward.audit.models import AuditRow
from leeward.core.agency_time import today
from leeward.entry.queries import could_agree
from leeward.notices.models import Notice
from leeward.observations.queries import timeline
from leeward.people.covering import actions, rules
from leeward.people.covering.actions import Given
from leeward.people.covering.kinds import AWAY, COVERS
from leeward.people.covering.models import Cover
from leeward.people.covering.queries import covers_at
from leeward.people.factories import (
    HOUR,
    AssignmentFactory,
    ConflictLockFactory,
    CoverFactory,
    YoungPersonFactory,
)
from leeward.people.models import YoungPerson
from leeward.people.queries import on_my_team
from leeward.people.standing import actions as standing
from leeward.people.watching.queries import counted
from leeward.practice_desk.notice_pages import address_of
from leeward.requests.actions import _to_be_told

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
ZONES = [ZoneInfo("America/Toronto"), ZoneInfo("America/Winnipeg")]


@pytest.fixture
def noor(agency):
    """Who covers: a worker with another supervisor."""
    worker = WorkerFactory(agency=agency, display_name="Noor Sample")
    supervise(WorkerFactory(agency=agency, supervisor=True), worker)
    return worker


@pytest.fixture
def chief(supervisor):
    return actor_for(supervisor)


def arranged(chief, wren, noor, *people, days=3, begins=0, first=""):
    return actions.arrange(
        by=chief,
        away=wren,
        starts_on=today() + begins * DAY,
        ends_on=today() + (begins + days) * DAY,
        given=[Given(each, noor, first) for each in people],
    )


def opens(worker, person, action="file.open"):
    return YoungPerson.objects.visible_to(actor_for(worker), action).filter(pk=person.pk).exists()


# --- When -----------------------------------------------------------------------------------

days = st.dates(dt.date(2024, 1, 1), dt.date(2030, 12, 31))


@given(first=days, length=st.integers(0, 29), zone=st.sampled_from(ZONES), data=st.data())
def test_it_is_live_on_its_days_and_on_no_other_by_the_clock_on_the_wall(
    first, length, zone, data
):
    last = first + length * DAY
    since, until = rules.window(first, last, zone)
    tick = dt.timedelta(microseconds=1)
    now = data.draw(
        st.sampled_from([since - tick, since, until - tick, until])
        | st.datetimes(
            dt.datetime.combine(first - 2 * DAY, dt.time.min),
            dt.datetime.combine(last + 3 * DAY, dt.time.min),
            timezones=st.just(zone),
        )
    )
    # By way of UTC: a time that the clocks leave out is no moment of its own.
    day = now.astimezone(dt.UTC).astimezone(zone).date()
    assert rules.is_live(since, until, None, now.astimezone(dt.UTC)) == (first <= day <= last)
    assert rules.last_day(until, zone) == last
    assert not rules.is_live(since, until, since, now)


@pytest.mark.parametrize("zone", ZONES, ids=str)
@pytest.mark.parametrize(("day", "hours"), [("2026-03-08", 23), ("2026-11-01", 25)])
def test_a_day_on_which_clocks_change_is_covered_whole(zone, day, hours):
    since, until = rules.window(*[dt.date.fromisoformat(day)] * 2, zone)
    assert until - since == dt.timedelta(hours=hours)


def test_it_ends_at_midnight_of_each_zone_and_not_of_another():
    day = dt.date(2026, 1, 15)
    (_, east), (_, west) = (rules.window(day, day, zone) for zone in ZONES)
    assert west - east == dt.timedelta(hours=1)


@given(first=days, length=st.integers(-40, 60), now=days)
def test_days_are_refused_that_are_over_turned_round_or_too_many(first, length, now):
    found = rules.fault(first, first + length * DAY, now)
    if first < now:
        assert found == rules.PAST
    elif length < 0:
        assert found == rules.ORDER
    else:
        assert found == (rules.LONG if length >= rules.MOST_DAYS else "")


# --- What it opens --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "live"),
    [({}, True), ({"over": True}, False), ({"ahead": True}, False), ({"ended": True}, False)],
)
def test_the_database_and_the_rule_agree_and_the_file_opens_only_while_it_is_live(
    person, wren, noor, said, live
):
    cover = CoverFactory(person=person, worker=noor, away=wren, **said)
    assert cover.is_live == live
    for action in ("file.open", "file.write", "file.print", "duty.answer"):
        assert opens(noor, person, action) == live
    assert on_my_team(actor_for(noor)).filter(pk=person.pk).exists() == live
    # Whoever is away keeps what they have.
    assert opens(wren, person)


def test_it_begins_and_ends_at_its_very_moment(person, wren, noor, monkeypatch):
    cover = CoverFactory(person=person, worker=noor, away=wren)
    tick = dt.timedelta(microseconds=1)
    for now, live in [
        (cover.since - tick, False),
        (cover.since, True),
        (cover.until - tick, True),
        (cover.until, False),
    ]:
        monkeypatch.setattr(timezone, "now", lambda now=now: now)
        assert opens(noor, person) == live


def test_it_opens_that_file_alone_and_to_that_worker_alone(
    agency, person, wren, noor, colleague, outsider
):
    CoverFactory(person=person, worker=noor, away=wren)
    other = YoungPersonFactory(agency=agency, opened_by=wren, team=[wren])
    assert not opens(noor, other)
    assert not opens(colleague, person)
    assert not opens(noor.supervised_by, person)
    # Not even a row of another agency opens anything there.
    CoverFactory(person=person, worker=outsider, away=wren)
    assert not opens(outsider, person)


@pytest.mark.parametrize("role", Worker.Role.values)
def test_no_role_that_covers_wins_over_a_lock(person, wren, noor, role):
    CoverFactory(person=person, worker=noor, away=wren)
    ConflictLockFactory(person=person, worker=noor, set_by=wren)
    noor.role = role
    assert not opens(noor, person)


def test_whoever_has_left_covers_nothing(person, wren, noor):
    CoverFactory(person=person, worker=noor, away=wren)
    Worker.objects.filter(pk=noor.pk).update(is_active=False)
    assert not opens(noor, person)
    assert covers_at(person) == []


def test_a_role_that_opens_no_file_opens_none_by_covering(person, wren, noor):
    CoverFactory(person=person, worker=noor, away=wren)
    Worker.objects.filter(pk=noor.pk).update(role="police_partner")
    noor.refresh_from_db()
    assert not opens(noor, person)


# --- Arranging ------------------------------------------------------------------------------


def test_nothing_is_covered_but_what_was_chosen(agency, chief, person, wren, noor):
    other = YoungPersonFactory(agency=agency, opened_by=wren, team=[wren])
    [row] = arranged(chief, wren, noor, person, first="Call on Tuesday")
    assert (row.starts_on, row.ends_on) == (today(), today() + 3 * DAY)
    assert [each.words for each in row.words.all()] == ["Call on Tuesday"]
    assert opens(noor, person)
    assert not opens(noor, other)
    # What is given to her later is hers alone.
    later = YoungPersonFactory(agency=agency, opened_by=wren, team=[wren])
    assert not opens(noor, later)
    with pytest.raises(actions.NothingChosen):
        arranged(chief, wren, noor)


def test_each_of_them_is_told_once_and_led_to_what_matters_first(chief, person, wren, noor):
    arranged(chief, wren, noor, person)
    for worker, kind in ((noor, COVERS), (wren, AWAY)):
        (notice,) = Notice.objects.for_(actor_for(worker))
        assert (notice.kind, notice.about) == (kind.name, None)
        assert address_of(notice) == reverse("covering")


@pytest.mark.parametrize(("days", "begins"), [(-1, 0), (30, 0), (1, -1)])
def test_wrong_days_are_refused(chief, person, wren, noor, days, begins):
    with pytest.raises(actions.WrongDays):
        arranged(chief, wren, noor, person, days=days, begins=begins)


def test_only_for_somebody_one_supervises_and_by_somebody_who_could(
    agency, chief, actor, person, wren, noor, outsider
):
    with pytest.raises(NotAllowed):
        arranged(actor, wren, noor, person)
    for away, by in ((noor, wren), (wren, outsider), (wren, wren)):
        with pytest.raises(Worker.DoesNotExist):
            arranged(chief, away, by, person)
    for told in ({"role": "police_partner"}, {"is_active": False}):
        with pytest.raises(Worker.DoesNotExist):
            arranged(chief, wren, WorkerFactory(agency=agency, **told), person)
    assert not Cover.objects.exists()


def test_only_a_file_that_is_theirs_to_give(agency, chief, person, wren, noor, supervisor):
    foreign = YoungPersonFactory(agency=agency, team=[noor])
    closed = YoungPersonFactory(agency=agency, opened_by=wren, team=[wren], closed=True)
    kept = YoungPersonFactory(agency=agency, opened_by=wren, team=[wren])
    ConflictLockFactory(person=kept, worker=supervisor, set_by=wren)
    for each in (foreign, closed, kept):
        with pytest.raises(YoungPerson.DoesNotExist):
            arranged(chief, wren, noor, person, each)
    assert not Cover.objects.exists()


@pytest.mark.parametrize("why", ["locked", "on the team", "covers already"])
def test_what_cannot_be_covered_is_refused_alike_and_nothing_is_kept(
    agency, chief, person, wren, noor, why
):
    other = YoungPersonFactory(agency=agency, opened_by=wren, team=[wren])
    if why == "locked":
        ConflictLockFactory(person=person, worker=noor, set_by=wren)
    elif why == "on the team":
        AssignmentFactory(person=person, worker=noor)
    else:
        arranged(chief, wren, noor, person, days=1, begins=2)
    before = Cover.objects.count()
    with pytest.raises(actions.CannotCover) as refused, transaction.atomic():
        arranged(chief, wren, noor, other, person, days=2)
    assert refused.value.people == [person]
    assert str(refused.value) == ""
    assert Cover.objects.count() == before


def test_one_after_the_other_is_fine(chief, person, wren, noor):
    arranged(chief, wren, noor, person, days=1)
    arranged(chief, wren, noor, person, days=1, begins=2)
    assert Cover.objects.count() == 2


def test_the_database_refuses_what_makes_no_sense(person, wren, noor):
    now = timezone.now()
    CoverFactory(person=person, worker=noor, away=wren, since=now)
    for said in (
        {"worker": wren},
        {"worker": noor, "since": now},
        {"worker": noor, "until": now - 72 * HOUR},
        {"worker": noor, "ended_at": now},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            CoverFactory(**{"person": person, "away": wren} | said)


# --- Ending ---------------------------------------------------------------------------------


def test_it_is_ended_early_once_and_what_was_arranged_stays(chief, person, wren, noor):
    [row] = arranged(chief, wren, noor, person)
    ended = actions.end_cover(by=chief, cover=row)
    assert not opens(noor, person)
    assert actions.end_cover(by=chief, cover=row).ended_at == ended.ended_at
    assert (ended.until, ended.ended_by_id) == (row.until, chief.id)
    assert AuditRow.objects.filter(action="cover.end").count() == 1
    with pytest.raises(actions.IsOver):
        actions.say_first(by=chief, cover=row, words="Too late")


@pytest.mark.parametrize("end", ["taken off", "transferred", "locked", "who is away is locked"])
def test_it_ends_with_the_place_on_the_team_and_with_a_lock(chief, person, wren, noor, end):
    arranged(chief, wren, noor, person)
    if end == "taken off":
        standing.end_assignment(by=chief, assignment=person.team.get(worker=wren), until=today())
    elif end == "transferred":
        to = WorkerFactory(agency=person.agency)
        standing.transfer_file(by=chief, person=person, to=to, reason="leave")
    else:
        who = noor if end == "locked" else wren
        standing.lock_out(by=chief, person=person, worker=who, why="kin")
    assert not Cover.objects.standing().exists()
    assert Cover.objects.get().ended_by_id == chief.id
    assert not opens(noor, person)


def test_what_matters_first_is_added_by_whoever_writes_in_the_file(chief, actor, person, noor):
    cover = CoverFactory(person=person, worker=noor)
    actions.say_first(by=actor, cover=cover, words=" Call on Tuesday ")
    actions.say_first(by=chief, cover=cover, words="Her aunt knows")
    said = [each.words for each in cover.words.order_by("recorded_at")]
    assert said == ["Call on Tuesday", "Her aunt knows"]
    with pytest.raises(actions.NothingWritten):
        actions.say_first(by=actor, cover=cover, words="  ")


# --- What else follows ----------------------------------------------------------------------


def test_whoever_covers_is_told_what_the_team_is_told_and_may_agree_to_words(person, wren, noor):
    assert noor.pk not in _to_be_told(person)
    CoverFactory(person=person, worker=noor, away=wren)
    assert noor.pk in _to_be_told(person)
    assert noor.supervised_by_id not in _to_be_told(person)
    assert noor in could_agree(person, wren)


def test_opening_what_one_covers_is_not_unusual_and_opening_it_after_is(person, wren, noor):
    cover = CoverFactory(person=person, worker=noor, away=wren)
    AuditRow.objects.create(
        agency_id=person.agency_id,
        actor_kind="worker",
        actor_id=noor.pk,
        action="file.open",
        subject_id=person.pk,
        outcome="done",
    )
    assert counted(noor)["not_on_team"] == 0
    for over in (
        {"until": timezone.now() - HOUR},
        {"until": cover.until, "ended_at": cover.since},
    ):
        by = wren if "ended_at" in over else None
        Cover.objects.update(**over, ended_by=by)
        assert counted(noor)["not_on_team"] == 1


def test_it_stands_on_the_timeline(person, wren, noor):
    cover = CoverFactory(person=person, worker=noor, away=wren)
    assert [each.item for each in timeline(person) if each.kind == "cover"] == [cover]
