"""Steps while somebody is missing: told in time or late, never to whom they must not be told."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from leeward.access.actors import actor_for
from leeward.missing import actions, rules
from leeward.missing.actions import came_back, take_step, talk_on_return, went_missing, write_down
from leeward.missing.factories import EpisodeFactory, EpisodeNoteFactory
from leeward.missing.models import StepNews
from leeward.missing.queries import page_of, pattern_of
from leeward.people.factories import YoungPersonFactory
from leeward.placements.factories import PlacementFactory
from leeward.relationships.factories import TieVersionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
NOTICED = dt.datetime(2025, 2, 10, 22, 15, tzinfo=dt.UTC)
DAY = dt.date(2025, 2, 10)
CONCERN = {"of_concern": True}


@pytest.fixture
def person():
    return YoungPersonFactory(communities="")


@pytest.fixture
def actor(person):
    return actor_for(person.opened_by)


@pytest.fixture
def episode(person):
    return EpisodeFactory(person=person)


def states(episode, minutes):
    """How each step stands so long after it was noticed."""
    page = page_of(episode, now=NOTICED + dt.timedelta(minutes=minutes))
    return {each.rule.id: each.state for each in page.steps}


def told(actor, episode, minutes, step="police", who="Constable Sample"):
    at = NOTICED + dt.timedelta(minutes=minutes)
    return take_step(by=actor, episode=episode, step=step, done_at=at, told=who)


def test_a_step_waits_is_late_and_is_done_in_time_or_after(actor, episode):
    assert states(episode, 60) == dict.fromkeys(("police", "society", "guardian"), "waiting")
    assert states(episode, 61)["police"] == "late"
    told(actor, episode, 290)
    assert states(episode, 300)["police"] == "done_late"
    told(actor, episode, 20, "society", "the worker on call")
    assert states(episode, 300)["society"] == "in_time"


def test_why_not_is_an_answer_and_telling_them_later_stands_over_it(actor, episode):
    take_step(by=actor, episode=episode, step="guardian", done_at=None, why_not="She asks us not")
    assert states(episode, 500)["guardian"] == "not_done"
    told(actor, episode, 90, "guardian", "Auntie Pretend")
    assert states(episode, 500)["guardian"] == "in_time"
    assert StepNews.objects.count() == 2


def test_where_they_live_and_their_community_bring_steps(actor, person, episode):
    PlacementFactory(person=person, kind="residence")
    person.communities = "Invented First Nation"
    person.save()
    assert {"serious-occurrence", "community"} <= set(states(episode, 0))


def test_of_somebody_whose_whereabouts_are_known_the_police_are_not_told(person):
    known = EpisodeFactory(person=person, whereabouts="known")
    assert "police" not in states(known, 0)
    EpisodeNoteFactory(episode=known, kind="unknown")
    assert "police" in states(known, 0)


def test_nobody_tells_a_person_of_concern_however_the_name_is_written(actor, person, episode):
    TieVersionFactory(tie__person=person, name="Déx Pretend", answers=CONCERN)
    for who in ("dex pretend", "Wren told DEX  PRETEND at home"):
        with pytest.raises(actions.OfConcern):
            told(actor, episode, 10, "guardian", who)
    told(actor, episode, 10, "guardian", "Dexter Pretender")


@pytest.mark.parametrize("gone", [True, False])
def test_also_one_who_was_let_go_of_stays_of_concern(actor, person, episode, gone):
    tie = TieVersionFactory(tie__person=person, name="Dex", answers=CONCERN).tie
    TieVersionFactory(tie=tie, number=2, name="Dex", answers=CONCERN | {"gone": gone})
    with pytest.raises(actions.OfConcern):
        told(actor, episode, 10, "guardian", "Dex")


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"done_at": NOTICED, "told": " "}, actions.NobodyTold),
        ({"done_at": None, "told": "x"}, actions.NobodyTold),
        ({"done_at": timezone.now() + dt.timedelta(hours=1), "told": "x"}, actions.NotYet),
        ({"done_at": NOTICED, "told": "x", "step": "return-talk"}, KeyError),
    ],
)
def test_what_cannot_be_is_refused(actor, episode, more, error):
    with pytest.raises(error):
        take_step(**{"by": actor, "episode": episode, "step": "police"} | more)
    assert not StepNews.objects.exists()


def test_an_episode_from_before_the_clocks_pretends_to_none(person):
    assert page_of(EpisodeFactory(person=person, noticed_at=None)).steps == []


def test_clocks_stop_when_they_are_back(actor, person, episode):
    came_back(by=actor, person=person, on=DAY, back_at=NOTICED + dt.timedelta(minutes=30))
    episode.refresh_from_db()
    assert states(episode, 10_000) == dict.fromkeys(("police", "society", "guardian"), "waiting")


def test_back_before_it_was_noticed_is_refused(actor, person, episode):
    with pytest.raises(actions.EndsBeforeItStarts):
        came_back(by=actor, person=person, on=DAY, back_at=NOTICED - dt.timedelta(minutes=1))


def test_after_they_are_back_only_a_demand_of_the_police_is_written_down(actor, person):
    ended = EpisodeFactory(person=person, ended=True)
    common = {"by": actor, "episode": ended, "at": NOTICED, "words": "They asked"}
    with pytest.raises(actions.NotMissing):
        write_down(**common, kind="tried")
    write_down(**common, kind="demand", given="The date, by Wren")
    with pytest.raises(actions.NothingSaid):
        write_down(**common | {"words": " "}, kind="demand")


def test_the_talk_comes_after_and_they_may_say_no(actor, person, episode):
    said = {"by": actor, "outcome": "declined", "on": DAY}
    with pytest.raises(actions.StillAway):
        talk_on_return(episode=episode, **said)
    ended = EpisodeFactory(person=YoungPersonFactory(agency=person.agency), ended=True)
    own = actor_for(ended.person.opened_by)
    with pytest.raises(actions.StillAway):
        talk_on_return(episode=ended, **said | {"by": own})
    later = said | {"by": own, "on": dt.date(2025, 2, 12)}
    with pytest.raises(actions.NothingSaid):
        talk_on_return(episode=ended, **later | {"outcome": "held"})
    assert page_of(ended).talk_is_late
    talk_on_return(episode=ended, **later)
    assert not page_of(ended).talk_is_late
    assert page_of(ended).talk.outcome == "declined"


def test_going_missing_keeps_what_was_seen_and_no_moment_to_come(actor, person):
    now = timezone.now()
    with pytest.raises(actions.NotYet):
        went_missing(by=actor, person=person, since=DAY, noticed_at=now + dt.timedelta(hours=1))
    seen = {"wearing": " a coat ", "phone": "", "shoe size": "7"}
    assert went_missing(by=actor, person=person, since=DAY, seen=seen).seen == {
        "wearing": "a coat"
    }


def test_the_pattern_holds_facts_of_this_person_alone(person):
    common = {"person": person, "seen": {"with_whom": "Dex"}}
    one = EpisodeFactory(**common, since=dt.date(2025, 1, 5), until=dt.date(2025, 1, 7))
    two = EpisodeFactory(**common, since=DAY, until=DAY, last_seen="the mall")
    PlacementFactory(person=person, since=dt.date(2025, 2, 8))
    EpisodeFactory(seen={"with_whom": "Dex"}, last_seen="the mall")
    found = pattern_of(person, [one, two], dt.date(2025, 3, 1))
    assert found.in_common == [("Dex", 2)]
    assert [episode for episode, _before in found.before] == [two]
    assert [month.first for month in found.calendar] == [dt.date(2025, 1, 1), dt.date(2025, 2, 1)]


days = st.dates(dt.date(2025, 1, 1), dt.date(2025, 12, 31))


@given(st.lists(st.tuples(days, st.integers(0, 20)), max_size=6), days)
def test_every_day_away_of_the_last_year_stands_on_the_calendar_once(spans, today):
    away = [rules.Away(first, first + dt.timedelta(days=long), None, ()) for first, long in spans]
    months = rules.calendar_of(away, today)
    shown = [day for month in months for week in month.weeks for day in week if day]
    assert all(month.away.intersection(d for w in month.weeks for d in w) for month in months)
    assert len(shown) == len(set(shown))
    assert all(len(week) == 7 for month in months for week in month.weeks)
    start = dt.date(today.year - (today.month != 12), today.month % 12 + 1, 1)
    end = (dt.date(today.year, today.month, 1) + dt.timedelta(days=31)).replace(day=1)
    assert {day for each in away for day in each.days(today) if start <= day < end} <= set(shown)
