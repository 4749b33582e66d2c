import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from leeward.observations.queries import timeline
from leeward.plans.actions import (
    ChangedMeanwhile,
    StepMissing,
    add_step,
    tell_how_it_went,
    write_plan,
)
from leeward.plans.factories import PlanFactory, PlanVersionFactory, StepFactory, StepNewsFactory
from leeward.plans.models import Plan, PlanVersion
from leeward.plans.queries import as_entries, next_step, plan_of

pytestmark = pytest.mark.django_db
WORDS = {"matters": "my brother", "good_at": "drawing", "want": "a door", "anchor": "Auntie"}
DAY = dt.date(2025, 4, 1)


def test_nobody_has_started_a_plan(person):
    page = plan_of(person)
    assert (page.plan, page.words, page.open_steps, page.versions) == (None, None, [], [])
    assert next_step(person) is None


def test_words_are_kept_exactly_and_every_version_stays(actor, person):
    said = "  i want\n\nto sleep  "
    write_plan(by=actor, person=person, version=0, words=WORDS)
    write_plan(by=actor, person=person, version=1, words=WORDS | {"want": said})
    page = plan_of(person)
    assert (page.words.number, page.words.want) == (2, said)
    assert [(each.number, each.want) for each in page.versions] == [(2, said), (1, "a door")]
    assert page.plan.version == 2


def test_saving_the_same_words_makes_no_version(actor, person):
    first = write_plan(by=actor, person=person, version=0, words=WORDS)
    assert write_plan(by=actor, person=person, version=1, words=WORDS) == first
    assert PlanVersion.objects.count() == 1


def test_two_people_writing_at_once_lose_nothing(actor, person):
    write_plan(by=actor, person=person, version=0, words=WORDS)
    with pytest.raises(ChangedMeanwhile) as held:
        write_plan(by=actor, person=person, version=0, words=WORDS | {"want": "a window"})
    assert held.value.newest.want == "a door"
    assert plan_of(person).words.want == "a door"


def test_words_that_are_left_out_are_empty(actor, person):
    row = write_plan(by=actor, person=person, version=0, words={"want": "a door", "other": "x"})
    assert (row.matters, row.good_at, row.anchor) == ("", "", "")


def test_there_is_one_plan_per_young_person(person):
    PlanFactory(person=person)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanFactory(person=person)


def test_two_versions_never_share_a_number(person):
    version = PlanVersionFactory(plan__person=person)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanVersionFactory(plan=version.plan)


def test_a_step_may_come_before_any_words(actor, person):
    step = add_step(by=actor, person=person, what="visit the art room", who="me")
    page = plan_of(person)
    assert (page.words, page.open_steps) == (None, [step])
    assert Plan.objects.count() == 1


@pytest.mark.parametrize("what", ["", "   "])
def test_a_step_says_what_happens(actor, person, what):
    with pytest.raises(StepMissing):
        add_step(by=actor, person=person, what=what)
    assert not Plan.objects.exists()


def test_dated_steps_come_first_and_when_i_am_ready_after_them(person):
    plan = PlanFactory(person=person)
    ready = StepFactory(plan=plan)
    may = StepFactory(plan=plan, dated=True)
    april = StepFactory(plan=plan, due_on=DAY)
    assert plan_of(person).open_steps == [april, may, ready]
    assert next_step(person) == april


@pytest.mark.parametrize("kind", ["done", "celebrated", "let_go"])
def test_a_step_with_news_is_open_no_longer(actor, person, kind):
    step = add_step(by=actor, person=person, what="visit")
    tell_how_it_went(by=actor, step=step, kind=kind, words="it was loud", on=DAY)
    page = plan_of(person)
    assert (page.open_steps, page.done_steps) == ([], [step])


def test_a_step_done_may_be_celebrated_later(actor, person):
    step = add_step(by=actor, person=person, what="visit")
    for kind in ("done", "celebrated"):
        tell_how_it_went(by=actor, step=step, kind=kind)
    assert [each.kind for each in step.news.order_by("recorded_at")] == ["done", "celebrated"]


def test_news_of_an_unknown_kind_is_refused(actor, person):
    step = add_step(by=actor, person=person, what="visit")
    with pytest.raises(ValueError, match="failed"):
        tell_how_it_went(by=actor, step=step, kind="failed")


def test_steps_done_are_good_news_and_steps_let_go_are_not(person):
    plan = PlanFactory(person=person)
    done = StepNewsFactory(step__plan=plan, celebrated=True)
    StepNewsFactory(step__plan=plan, kind="let_go")
    assert [entry.item for entry in as_entries(person)] == [done]
    assert [entry.kind for entry in timeline(person)] == ["step"]


def test_a_plan_page_costs_the_same_however_many_steps(person, django_assert_num_queries):
    plan = PlanVersionFactory(plan__person=person).plan
    for _n in range(6):
        StepNewsFactory(step=StepFactory(plan=plan))
    with django_assert_num_queries(4):
        assert len(plan_of(person).done_steps) == 6
