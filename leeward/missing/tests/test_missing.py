import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from leeward.missing.actions import (
    AlreadyMissing,
    EndsBeforeItStarts,
    NotMissing,
    came_back,
    went_missing,
)
from leeward.missing.factories import EpisodeFactory
from leeward.missing.queries import as_away, as_entries, episodes, open_episode
from leeward.observations.queries import record_of, timeline

pytestmark = pytest.mark.django_db
GONE, BACK = dt.date(2025, 2, 10), dt.date(2025, 2, 12)


def test_an_episode_is_open_until_they_are_back(actor, person):
    went_missing(by=actor, person=person, since=GONE, last_seen="at the bus stop")
    assert open_episode(person).last_seen == "at the bus stop"
    ended = came_back(by=actor, person=person, on=BACK, how="tired, asked for soup")
    assert (ended.until, ended.on_return) == (BACK, "tired, asked for soup")
    assert open_episode(person) is None


def test_only_one_episode_is_ever_open(actor, person):
    went_missing(by=actor, person=person, since=GONE)
    with pytest.raises(AlreadyMissing):
        went_missing(by=actor, person=person, since=BACK)
    assert len(episodes(person)) == 1


def test_the_database_itself_keeps_one_open_episode(person):
    EpisodeFactory(person=person)
    with pytest.raises(IntegrityError), transaction.atomic():
        EpisodeFactory(person=person)


def test_another_may_begin_after_the_first_has_ended(actor, person):
    EpisodeFactory(person=person, ended=True)
    went_missing(by=actor, person=person, since=dt.date(2025, 3, 1))
    assert [each.until for each in episodes(person)] == [BACK, None]


def test_nobody_comes_back_who_is_not_missing(actor, person):
    with pytest.raises(NotMissing):
        came_back(by=actor, person=person, on=BACK)


def test_nobody_is_back_before_they_went(actor, person):
    EpisodeFactory(person=person, since=BACK)
    with pytest.raises(EndsBeforeItStarts):
        came_back(by=actor, person=person, on=GONE)
    assert open_episode(person) is not None


def test_the_database_refuses_an_episode_that_ends_before_it_starts(person):
    with pytest.raises(IntegrityError), transaction.atomic():
        EpisodeFactory(person=person, since=BACK, until=GONE)


def test_a_reading_and_the_timeline_are_told(person):
    ended = EpisodeFactory(person=person, ended=True)
    still = EpisodeFactory(person=person, since=dt.date(2025, 3, 1))
    assert as_away(person) == [
        {"from": "2025-02-10", "to": "2025-02-12"},
        {"from": "2025-03-01", "to": None},
    ]
    assert record_of(person, dt.date(2025, 2, 20))["away"] == [
        {"from": "2025-02-10", "to": "2025-02-12"}
    ]
    assert [entry.on for entry in as_entries(person)] == [BACK, still.since]
    assert {entry.item for entry in timeline(person)} == {ended, still}
