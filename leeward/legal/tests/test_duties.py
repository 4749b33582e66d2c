import dataclasses
import datetime as dt

import pytest
from django.utils import timezone

from leeward.access.actors import actor_for
from leeward.accounts.models import Agency
from leeward.core.agency_time import today
from leeward.legal.actions import ReasonsMissing, answer_duty
from leeward.legal.factories import DutyFactory
from leeward.legal.models import Duty
from leeward.legal.queries import duties_about, unanswered
from leeward.observations.actions import Seen, record_observation
from leeward.observations.models import Observation
from leeward.observations.queries import reading_of, timeline

pytestmark = pytest.mark.django_db


def seen(**answers):
    return Seen(text="An invented note.", on=today().isoformat(), **answers)


@pytest.mark.parametrize(
    ("harm", "about", "asked"),
    [
        ("none", "self", set()),
        ("possible", "self", {"self"}),
        ("now", "self", {"self"}),
        ("now", "another_child", {"other"}),
        ("possible", "both", {"self", "other"}),
    ],
)
def test_a_note_opens_the_duties_it_asks_for(actor, person, harm, about, asked):
    record_observation(by=actor, person=person, seen=seen(harm=harm, about=about))
    opened = {"self" if duty.person_id else "other" for duty in Duty.objects.all()}
    assert opened == asked
    assert all(duty.asked_of_id == actor.id for duty in Duty.objects.all())


def test_no_note_is_kept_whose_duty_could_not_be_opened(actor, person, monkeypatch):
    def fails(*_args, **_kwargs):
        raise RuntimeError("the database went away")

    monkeypatch.setattr(Duty.objects, "create", fails)
    with pytest.raises(RuntimeError):
        record_observation(by=actor, person=person, seen=seen(harm="now"))
    assert not Observation.objects.exists()


def test_sending_a_note_twice_opens_one_duty(actor, person):
    note = seen(harm="now")
    for _n in range(2):
        record_observation(by=actor, person=person, seen=note)
    assert Duty.objects.count() == 1


def test_a_duty_about_another_child_has_no_link_to_the_file(actor, person):
    note = record_observation(
        by=actor,
        person=person,
        seen=seen(harm="now", about="another_child", other_child="a friend of about 13"),
    )
    duty = Duty.objects.get()
    held = {str(value) for value in Duty.objects.filter(pk=duty.pk).values()[0].values()}
    assert not held & {str(note.pk), str(person.pk), note.pk.hex, person.pk.hex}
    assert duty.child == "a friend of about 13"
    stored = Observation.objects.get(pk=note.pk)
    assert "13" not in f"{stored.text}{stored.own_words}{stored.good_news}{stored.harm}"
    assert duty not in duties_about(person)
    assert all(entry.item != duty for entry in timeline(person))


def test_a_duty_about_them_is_on_their_timeline_on_the_agencys_day(person):
    duty = DutyFactory(observation__person=person)
    late = dt.datetime(2025, 3, 11, 2, 30, tzinfo=dt.UTC)  # 22:30 the day before, in Toronto
    Duty.objects.filter(pk=duty.pk).update(asked_at=late)
    with timezone.override("America/Toronto"):
        entry = next(each for each in timeline(person) if each.kind == "duty")
    assert entry.on == dt.date(2025, 3, 10)


@pytest.mark.parametrize(
    ("about_another", "who", "sees"),
    [
        (False, "wren", True),
        (False, "colleague", False),
        (False, "supervisor", True),
        (False, "outsider", False),
        (True, "wren", True),
        (True, "colleague", False),
        (True, "supervisor", True),
        (True, "outsider", False),
    ],
)
def test_duties_are_seen_by_those_who_answer_them(person, request, about_another, who, sees):
    DutyFactory(observation__person=person, about_another_child=about_another)
    reader = actor_for(request.getfixturevalue(who))
    assert unanswered(reader).exists() is sees


def test_nobody_without_an_agency_sees_a_duty(person, actor):
    DutyFactory(observation__person=person)
    assert not unanswered(dataclasses.replace(actor, agency_id=None)).exists()


def test_a_team_mate_sees_no_duty_about_another_child_they_were_not_asked(person, supervisor):
    Agency.objects.filter(pk=person.agency_id).update(kind="residence")
    DutyFactory(observation__person=person, about_another_child=True)
    teammate = dataclasses.replace(actor_for(supervisor), role="worker")
    assert not unanswered(teammate).exists()


@pytest.mark.parametrize(
    "given",
    [
        {"outcome": "not_reported"},
        {"outcome": "not_reported", "reasons": "  "},
        {"outcome": "reported", "who": "me"},
        {"outcome": "reported", "society": "an invented society"},
        {"outcome": "reported", "who": " ", "society": "an invented society"},
    ],
)
def test_half_an_answer_is_no_answer(actor, person, given):
    duty = DutyFactory(observation__person=person)
    with pytest.raises(ReasonsMissing):
        answer_duty(by=actor, duty=duty, on=today(), **given)
    assert unanswered(actor).get() == duty


def test_an_unknown_outcome_is_refused(actor, person):
    duty = DutyFactory(observation__person=person)
    with pytest.raises(ValueError, match="forgotten"):
        answer_duty(by=actor, duty=duty, on=today(), outcome="forgotten", reasons="…")


def test_an_answered_duty_waits_no_longer_and_a_second_answer_stands_beside_it(actor, person):
    duty = DutyFactory(observation__person=person)
    answer_duty(by=actor, duty=duty, on=today(), outcome="not_reported", reasons="reported before")
    first = Duty.objects.get().answered_at
    answer_duty(
        by=actor, duty=duty, on=today(), outcome="reported", who="me", society="an invented one"
    )
    assert not unanswered(actor).exists()
    assert Duty.objects.get().answered_at == first
    assert [each.outcome for each in duty.answers.order_by("recorded_at")] == [
        "not_reported",
        "reported",
    ]


@pytest.mark.parametrize("about", ["self", "another_child", "both"])
def test_answers_reach_the_reading(actor, person, about):
    record_observation(by=actor, person=person, seen=seen(harm="now", about=about))
    asked = {prompt["id"] for prompt in reading_of(person, today())["prompts"]}
    assert "call-now" in asked
    for duty in Duty.objects.all():
        answer_duty(
            by=actor, duty=duty, on=today(), outcome="reported", who="me", society="invented"
        )
    assert reading_of(person, today())["prompts"] == []
    assert reading_of(person, today())["urgency"] == "routine"


def test_the_answer_about_one_child_does_not_answer_for_the_other(actor, person):
    record_observation(by=actor, person=person, seen=seen(harm="now", about="both"))
    about_them = Duty.objects.get(person=person)
    answer_duty(
        by=actor, duty=about_them, on=today(), outcome="reported", who="me", society="invented"
    )
    asked = {prompt["id"] for prompt in reading_of(person, today())["prompts"]}
    assert "report-other-child" in asked
    assert not asked & {"report-now", "report-may"}
