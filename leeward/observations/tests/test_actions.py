import datetime as dt
import uuid

import pytest
from django.utils import timezone

from leeward.access.actors import actor_for
from leeward.access.rules import NotAllowed
from leeward.audit.models import AuditRow
from leeward.core.agency_time import today
from leeward.observations.actions import (
    NothingSaid,
    NotYetHappened,
    Seen,
    UnknownSign,
    explain,
    give_opinion,
    pin,
    record_observation,
    resolve,
)
from leeward.observations.factories import (
    ObservationFactory,
    OpinionFactory,
    signs_of_one_stage,
)
from leeward.observations.models import Observation, Opinion
from leeward.observations.queries import current_model
from leeward.people.factories import YoungPersonFactory
from leeward.people.models import Strength

pytestmark = pytest.mark.django_db
SIGN, OTHER_SIGN = signs_of_one_stage(2)
DAY = dt.date(2025, 3, 12)


def record(actor, person, **answers):
    return record_observation(by=actor, person=person, seen=Seen(**answers))


def test_a_note_is_kept_as_it_was_given(actor, person):
    note = record(
        actor,
        person,
        text="She came by.  Twice.",
        on="2025-03",
        part_of_day="evening",
        source="youth",
        own_words="im ok",
        good_news=" back in art class ",
        findings={SIGN: "present", OTHER_SIGN: "unsure"},
    )
    kept = Observation.objects.get(pk=note.pk)
    assert (kept.text, kept.own_words, kept.good_news) == (
        "She came by.  Twice.",
        "im ok",
        "back in art class",
    )
    assert (kept.on, kept.part_of_day, kept.source) == ("2025-03", "evening", "youth")
    assert kept.sort_on == dt.date(2025, 3, 31)
    assert kept.findings == {SIGN: "present", OTHER_SIGN: "unsure"}
    assert kept.has_signs
    assert kept.harm is None


def test_a_day_that_is_not_known_is_never_made_up(actor, person):
    note = record(actor, person, text="Long ago", on="")
    assert note.on == ""
    assert note.sort_on == today()


def test_this_month_sorts_no_later_than_today(actor, person):
    note = record(actor, person, text="This month", on=f"{today():%Y-%m}")
    assert note.sort_on == today()


def test_sending_the_same_form_twice_records_it_once(actor, person):
    seen = Seen(text="On a slow line", strengths=["patient"])
    first = record_observation(by=actor, person=person, seen=seen)
    again = record_observation(by=actor, person=person, seen=seen)
    assert first == again
    assert Observation.objects.count() == Strength.objects.count() == 1
    assert AuditRow.objects.filter(action="observation.record").count() == 1


def test_an_id_taken_in_another_file_is_not_taken_over(actor, person, wren):
    other = YoungPersonFactory(agency=person.agency, opened_by=wren)
    taken = ObservationFactory(person=other)
    mine = record(actor, person, id=taken.pk, text="Mine")
    assert mine.pk != taken.pk
    assert Observation.objects.get(pk=taken.pk).text == taken.text


@pytest.mark.parametrize(
    "said",
    [{}, {"text": "  "}, {"strengths": ["", " "]}, {"source": "document", "harm": "now"}],
)
def test_a_note_says_at_least_one_thing(actor, person, said):
    with pytest.raises(NothingSaid):
        record(actor, person, **said)
    assert not Observation.objects.exists()


@pytest.mark.parametrize(
    "said",
    [
        {"own_words": "hi"},
        {"good_news": "a job"},
        {"strengths": ["brave"]},
        {"findings": {SIGN: "absent"}},
    ],
)
def test_any_one_thing_is_enough(actor, person, said):
    assert record(actor, person, **said).pk


def test_strengths_noticed_go_with_the_young_persons_strengths(actor, person):
    record(actor, person, text="Art night", strengths=["leads the small ones"])
    assert Strength.objects.get(person=person).text == "leads the small ones"


def test_what_has_not_happened_cannot_have_been_seen(actor, person):
    tomorrow = today() + dt.timedelta(days=1)
    for on in (tomorrow.isoformat(), str(today().year + 1)):
        with pytest.raises(NotYetHappened):
            record(actor, person, text="Tomorrow", on=on)


def test_late_in_the_evening_today_is_the_agencys_today(actor, person, monkeypatch):
    late = dt.datetime(2025, 3, 11, 2, 30, tzinfo=dt.UTC)  # 21:30 on the 10th in Winnipeg
    monkeypatch.setattr(timezone, "now", lambda: late)
    with timezone.override("America/Winnipeg"), pytest.raises(NotYetHappened):
        record(actor, person, text="Tomorrow", on="2025-03-11")


@pytest.mark.parametrize(
    "wrong",
    [
        {"findings": {"no-such-sign": "present"}},
        {"findings": {SIGN: "perhaps"}},
        {"harm": "later"},
    ],
)
def test_a_sign_the_model_does_not_have_is_refused(actor, person, wrong):
    with pytest.raises(UnknownSign):
        record(actor, person, text="A note", **wrong)


def test_an_unknown_source_is_refused(actor, person):
    with pytest.raises(ValueError, match="rumour"):
        record(actor, person, text="A note", source="rumour")


def test_an_other_childs_age_is_kept_only_with_harm_to_another_child(actor, person):
    for_them = record(actor, person, text="A", harm="now", about="self", other_child_age=13)
    for_both = record(actor, person, text="B", harm="possible", about="both", other_child_age=13)
    assert for_them.harm == {"level": "now", "about": "self"}
    assert for_both.harm == {"level": "possible", "about": "both", "other_child_age": 13}


def test_a_correction_points_at_what_it_corrects_and_both_stay(actor, person):
    first = record(actor, person, text="She came at four")
    second = record(actor, person, text="She came at five", corrects=first)
    assert second.corrects == first
    assert Observation.objects.get(pk=first.pk).text == "She came at four"


def test_two_workers_correcting_one_note_lose_nothing(actor, person, supervisor):
    first = record(actor, person, text="At four")
    one = record(actor, person, text="At five", corrects=first)
    other = record(actor_for(supervisor), person, text="At six", corrects=first)
    assert one.corrects == first
    assert other.corrects == one
    assert Observation.objects.count() == 3


def test_a_note_in_another_file_cannot_be_corrected_from_this_one(actor, person, wren):
    other = ObservationFactory(person=YoungPersonFactory(agency=person.agency, opened_by=wren))
    with pytest.raises(Observation.DoesNotExist):
        record(actor, person, text="Crossed", corrects=other)


def test_an_explanation_answers_all_of_a_note_or_some_of_its_signs(actor, person):
    note = record(actor, person, findings={SIGN: "present", OTHER_SIGN: "present"})
    whole = explain(by=actor, observation=note, how="An aunt gave it", on=DAY)
    part = explain(by=actor, observation=note, how="Checked", on=DAY, indicators=[SIGN])
    assert whole.indicators is None
    assert part.indicators == [SIGN]


def test_an_explanation_needs_a_reason_and_a_sign_that_is_there(actor, person):
    note = record(actor, person, findings={SIGN: "present"})
    with pytest.raises(NothingSaid):
        explain(by=actor, observation=note, how=" ", on=DAY)
    with pytest.raises(UnknownSign):
        explain(by=actor, observation=note, how="Checked", on=DAY, indicators=[OTHER_SIGN])


def test_a_pin_says_why_and_can_be_taken_off(actor, person):
    note = ObservationFactory(person=person)
    with pytest.raises(NothingSaid):
        pin(by=actor, observation=note, why=" ")
    pin(by=actor, observation=note, why="the first time she asked for help")
    pin(by=actor, observation=note, why="", pinned=False)
    assert [each.pinned for each in note.pins.order_by("recorded_at")] == [True, False]


def test_an_opinion_is_kept_with_the_reading_of_its_day(actor, person):
    ObservationFactory(person=person, concerning=True, on=today().isoformat(), sort_on=today())
    stage = current_model().indicators[SIGN].stage
    given = give_opinion(
        by=actor, person=person, stage=stage, reasons="What I saw", confidence="fairly"
    )
    kept = Opinion.objects.get(pk=given.pk)
    assert (kept.stage, kept.reasons, kept.confidence) == (stage, "What I saw", "fairly")
    assert [each["stage"] for each in kept.reading["supported"]] == [stage]
    assert kept.reading["as_of"] == today().isoformat()


def test_no_stage_need_be_named(actor, person):
    given = give_opinion(
        by=actor, person=person, stage="", reasons="Too little", confidence="not_very"
    )
    assert Opinion.objects.get(pk=given.pk).stage == ""


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"reasons": " "}, NothingSaid),
        ({"stage": "doomed"}, UnknownSign),
        ({"confidence": "83 %"}, ValueError),
    ],
)
def test_an_opinion_gives_reasons_and_a_stage_of_the_model(actor, person, wrong, fault):
    given = {"stage": "", "reasons": "What I saw", "confidence": "fairly"} | wrong
    with pytest.raises(fault):
        give_opinion(by=actor, person=person, **given)
    assert not Opinion.objects.exists()


def test_a_supervisor_resolves_with_a_reason_and_both_opinions_stay(actor, person, supervisor):
    mine = OpinionFactory(person=person)
    theirs = OpinionFactory(person=person, recorded_by=supervisor, not_named=True)
    chief = actor_for(supervisor)
    with pytest.raises(NothingSaid):
        resolve(by=chief, opinion=mine, reason="")
    with pytest.raises(NotAllowed):
        resolve(by=actor, opinion=mine, reason="I am right")
    resolve(by=chief, opinion=mine, reason="Two of us saw it")
    assert set(Opinion.objects.all()) == {mine, theirs}
    assert mine.resolutions.get().reason == "Two of us saw it"


def test_ids_come_from_the_form_or_are_new(actor, person):
    given = uuid.uuid4()
    assert record(actor, person, id=given, text="One").pk == given
    assert record(actor, person, text="Two").pk != given
