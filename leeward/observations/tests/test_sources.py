import datetime as dt

import pytest

from leeward.legal.factories import DutyFactory
from leeward.missing.factories import EpisodeFactory
from leeward.observations import sources
from leeward.observations.factories import ObservationFactory, OpinionFactory
from leeward.observations.queries import timeline
from leeward.plans.factories import ItemNewsFactory, StepFactory

pytestmark = pytest.mark.django_db


def test_registering_twice_adds_once():
    before = list(sources.timelines)
    for each in before:
        sources.register(timeline=each)
    assert sources.timelines == before


def test_registering_nothing_adds_nothing():
    before = [list(each) for each in (sources.duty_openers, sources.answers, sources.away)]
    sources.register()
    assert [sources.duty_openers, sources.answers, sources.away] == before


def test_every_app_has_told_what_it_knows():
    told = {each.__module__ for each in sources.timelines}
    apps = ("legal", "missing", "plans", "requests")
    # Who covers for whom lies below the timeline; `reminders` tells it.
    covering = {"leeward.reminders.register"}
    assert told == {f"leeward.{each}.queries" for each in apps} | covering
    assert len(sources.duty_openers) == len(sources.answers) == len(sources.away) == 1


def test_the_timeline_holds_what_every_app_knows(person):
    ObservationFactory(person=person)
    OpinionFactory(person=person)
    EpisodeFactory(person=person)
    DutyFactory(observation__person=person)
    ItemNewsFactory(item=StepFactory(person_of=person).item, on=dt.date(2025, 4, 1))
    found = timeline(person)
    assert {each.kind for each in found} == {"note", "opinion", "missing", "duty", "step"}
    assert [each.on for each in found] == sorted((each.on for each in found), reverse=True)
    assert all(each.author and each.recorded_at for each in found)


def test_the_timeline_costs_the_same_however_much_happened(person, django_assert_max_num_queries):
    for _n in range(8):
        ObservationFactory(person=person)
        OpinionFactory(person=person)
        DutyFactory(observation__person=person)
        EpisodeFactory(person=person, ended=True)
    with django_assert_max_num_queries(11):
        timeline(person)
