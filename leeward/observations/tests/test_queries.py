import datetime as dt

import pytest
from django.utils import timezone

from leeward.access.actors import actor_for
from leeward.core.agency_time import today
from leeward.observations.actions import Seen, explain, give_opinion, record_observation
from leeward.observations.factories import (
    ExplanationFactory,
    ObservationFactory,
    OpinionFactory,
    signs_of_one_stage,
)
from leeward.observations.models import Explanation, Observation, Opinion
from leeward.observations.queries import (
    current_model,
    latest_words,
    may_see_reading,
    observations_of,
    opinions_of,
    reading_of,
    record_of,
    standing_opinions,
    timeline,
)
from leeward.people.actions import keep_own_words
from leeward.people.factories import StrengthFactory

pytestmark = pytest.mark.django_db
SIGN, OTHER_SIGN = signs_of_one_stage(2)
DAY = dt.date(2025, 3, 20)


def at(day, hour=12):
    return dt.datetime.combine(day, dt.time(hour), tzinfo=dt.UTC)


def recorded(row, day, hour=12):
    """The same row, as if it had been recorded on that day."""
    type(row).objects.filter(pk=row.pk).update(recorded_at=at(day, hour))
    return type(row).objects.get(pk=row.pk)


def supported(person, on):
    return [each["stage"] for each in reading_of(person, on)["supported"]]


def seen_signs(person, on=dt.date(2025, 3, 10), **given):
    note = ObservationFactory(
        person=person, on=on.isoformat(), sort_on=on, concerning=True, **given
    )
    return recorded(note, on)


def test_signs_in_several_threads_support_their_stage(person):
    seen_signs(person)
    assert supported(person, DAY) == [current_model().indicators[SIGN].stage]


def test_a_correction_replaces_what_it_corrects_in_the_reading(actor, person):
    note = seen_signs(person)
    record_observation(by=actor, person=person, seen=Seen(text="Not her at all", corrects=note))
    assert supported(person, today()) == []
    assert supported(person, DAY) == [current_model().indicators[SIGN].stage]


def test_an_explanation_ends_support_and_is_not_known_before_its_day(person):
    note = seen_signs(person)
    recorded(ExplanationFactory(observation=note, on=dt.date(2025, 3, 15)), dt.date(2025, 3, 15))
    assert supported(person, dt.date(2025, 3, 14)) != []
    assert supported(person, DAY) == []


def test_two_explanations_count_from_their_own_days(person):
    signs = signs_of_one_stage(3)
    note = seen_signs(person)
    for sign, day in zip(signs, (12, 15, 18), strict=True):
        on = dt.date(2025, 3, day)
        recorded(ExplanationFactory(observation=note, on=on, indicators=[sign]), on)
    assert supported(person, dt.date(2025, 3, 13)) != []
    assert supported(person, DAY) == []
    assert record_of(person, dt.date(2025, 3, 16))["observations"][0]["explained"][
        "indicators"
    ] == sorted(signs[:2])


def test_an_explanation_recorded_later_was_not_known_then(person):
    note = seen_signs(person)
    row = ExplanationFactory(observation=note, on=dt.date(2025, 3, 12))
    recorded(row, dt.date(2025, 3, 25))
    assert supported(person, DAY) != []
    assert supported(person, dt.date(2025, 3, 25)) == []


def test_what_was_recorded_later_was_not_known_then(person):
    note = seen_signs(person)
    recorded(note, dt.date(2025, 4, 1))
    assert record_of(person, DAY)["observations"] == []
    assert supported(person, DAY) == []


def test_the_day_something_was_recorded_is_the_agencys_day(person):
    note = seen_signs(person)
    Observation.objects.filter(pk=note.pk).update(
        recorded_at=dt.datetime(2025, 3, 11, 2, 30, tzinfo=dt.UTC)
    )
    with timezone.override("America/Toronto"):
        assert record_of(person, DAY)["observations"][0]["recorded"] == "2025-03-10"
        assert len(record_of(person, dt.date(2025, 3, 10))["observations"]) == 1


def test_a_record_holds_strengths_and_opinions_of_its_day(person):
    recorded(StrengthFactory(person=person, text="draws"), DAY)
    OpinionFactory(person=person, on=DAY)
    record = record_of(person, DAY)
    assert record["strengths"] == ["draws"]
    assert [each["on"] for each in record["opinions"]] == ["2025-03-20"]
    day_before = record_of(person, DAY - dt.timedelta(days=1))
    assert (day_before["strengths"], day_before["opinions"]) == ([], [])


def test_a_reading_needs_only_a_few_queries_however_long_the_file(
    person, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12):
        for n in range(3):
            seen_signs(person, dt.date(2025, 3, 1 + n))
    for count in (3, 12):
        while Observation.objects.count() < count:
            ExplanationFactory(observation=seen_signs(person, danger_now=True))
        with django_assert_max_num_queries(10):
            reading_of(person, DAY)


def test_nobody_sees_the_reading_before_their_own_opinion(actor, person):
    assert not may_see_reading(actor, person)
    OpinionFactory(person=person)
    assert may_see_reading(actor, person)


def test_somebody_elses_opinion_opens_no_reading(actor, person, supervisor):
    OpinionFactory(person=person, recorded_by=supervisor)
    assert not may_see_reading(actor, person)
    assert may_see_reading(actor_for(supervisor), person)


def test_a_new_sign_or_explanation_asks_for_a_new_opinion(actor, person):
    note = recorded(ObservationFactory(person=person, concerning=True), dt.date(2025, 3, 1))
    recorded(OpinionFactory(person=person), dt.date(2025, 3, 2))
    assert may_see_reading(actor, person)
    explain(by=actor, observation=note, how="An aunt gave it", on=DAY)
    assert not may_see_reading(actor, person)
    recorded(Explanation.objects.get(), dt.date(2025, 3, 1))
    assert may_see_reading(actor, person)
    record_observation(by=actor, person=person, seen=Seen(findings={SIGN: "present"}))
    assert not may_see_reading(actor, person)
    give_opinion(by=actor, person=person, stage="", reasons="Looked again", confidence="fairly")
    assert may_see_reading(actor, person)


def test_good_news_without_signs_asks_for_nothing(actor, person):
    recorded(OpinionFactory(person=person), dt.date(2025, 3, 2))
    record_observation(by=actor, person=person, seen=Seen(good_news="back in art class"))
    assert may_see_reading(actor, person)


def test_the_newest_opinion_of_each_worker_stands(person, supervisor):
    old = OpinionFactory(person=person, on=dt.date(2025, 1, 1))
    new = OpinionFactory(person=person, on=dt.date(2025, 3, 1))
    theirs = OpinionFactory(person=person, recorded_by=supervisor, on=dt.date(2025, 2, 1))
    assert opinions_of(person) == [new, theirs, old]
    assert standing_opinions(opinions_of(person)) == [new, theirs]
    assert Opinion.objects.count() == 3


def test_the_newest_own_words_are_found_wherever_they_were_written(actor, person):
    assert latest_words(person) is None
    keep_own_words(by=actor, person=person, text="at the start", said_on=dt.date(2025, 3, 1))
    assert latest_words(person) == ("at the start", dt.date(2025, 3, 1), "Wren Example")
    later = ObservationFactory(person=person, own_words="later on")
    assert latest_words(person)[0] == "later on"
    ObservationFactory(person=person, own_words="what she really said", corrects=later)
    assert latest_words(person)[0] == "what she really said"


def test_the_timeline_is_newest_first_and_marks_kinds(person):
    old = ObservationFactory(person=person, on="2025-03-01", sort_on=dt.date(2025, 3, 1))
    good = ObservationFactory(
        person=person, hopeful=True, on="2025-03-05", sort_on=dt.date(2025, 3, 5)
    )
    opinion = OpinionFactory(person=person, on=dt.date(2025, 3, 9))
    found = timeline(person)
    assert [entry.item for entry in found] == [opinion, good, old]
    assert [entry.kind for entry in found] == ["opinion", "good_news", "note"]


def test_a_timeline_entry_knows_its_threads(person):
    ObservationFactory(person=person, concerning=True)
    threads = {current_model().indicators[each].thread for each in signs_of_one_stage(3)}
    assert timeline(person)[0].threads == threads


def test_a_note_brings_its_author_explanations_and_pins_along(person, django_assert_num_queries):
    for _n in range(4):
        ExplanationFactory(observation=ObservationFactory(person=person))
    with django_assert_num_queries(3):
        for row in observations_of(person):
            assert row.recorded_by.display_name
            assert list(row.explanations.all())
            assert not list(row.pins.all())


def test_nobody_elses_notes_are_among_a_persons(person):
    ObservationFactory()
    assert not observations_of(person).exists()
    assert timeline(person) == []
    assert OTHER_SIGN not in str(record_of(person, DAY))
