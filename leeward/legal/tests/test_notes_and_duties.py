"""Notes, the duties they open, and the reading that sees both."""

import pytest

from leeward.core.agency_time import today
from leeward.legal.actions import answer_duty
from leeward.legal.models import Duty
from leeward.observations.actions import Seen, record_observation
from leeward.observations.factories import signs_of_one_stage
from leeward.observations.models import Observation
from leeward.observations.queries import reading_of

pytestmark = pytest.mark.django_db


def record(actor, person, **answers):
    return record_observation(by=actor, person=person, seen=Seen(**answers))


def test_other_words_under_an_id_already_used_are_a_note_of_their_own(actor, person):
    first = record(actor, person, text="Came by after class.")
    second = record(actor, person, id=first.pk, text="He hit her last night.", harm="now")
    assert second.pk != first.pk
    assert Observation.objects.count() == 2
    assert Duty.objects.filter(person=person).count() == 1


def test_signs_beside_harm_to_another_child_are_read_apart(actor, person):
    sign = signs_of_one_stage(1)[0]
    note = record(
        actor,
        person,
        text="x",
        findings={sign: "present"},
        harm="possible",
        about="another_child",
        other_child_age=13,
    )
    reading = reading_of(person, today())
    assert [each["id"] for each in reading["prompts"]] == ["report-other-child"]
    assert str(note.pk) in reading["harm"] + reading["vulnerability"] + reading["away_signs"]
    assert reading["urgency"] == "today"
    answer_duty(
        by=actor, duty=Duty.objects.get(), outcome="reported", on=today(), who="W", society="S"
    )
    assert reading_of(person, today())["urgency"] == "routine"


def test_dates_ahead_of_the_day_never_stop_a_reading(actor, person):
    person.born = "2999"
    person.save()
    note = record(actor, person, text="x", harm="possible")
    Observation.objects.filter(pk=note.pk).update(on="2999-01-01")
    reading = reading_of(person, today())
    assert reading["age"] is None
    assert [each["id"] for each in reading["prompts"]] == ["report-now"]


def test_correcting_a_typo_asks_the_harm_question_no_second_time(actor, person):
    first = record(actor, person, text="He hiy her.", harm="possible")
    second = record(actor, person, text="He hit her.", harm="possible", corrects=first)
    assert Duty.objects.count() == 1
    third = record(actor, person, text="He hits her now.", harm="now", corrects=second)
    assert third.harm["level"] == "now"
    assert Duty.objects.count() == 2
