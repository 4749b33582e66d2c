"""A plan in four parts: who asks, who lays it out, and what is kept."""

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from leeward.access.actors import actor_for, young_person
from leeward.access.rules import NotAllowed
from leeward.people.factories import YoungPersonFactory
from leeward.plans.factories import WheelFactory
from leeward.plans.models import Wheel
from leeward.plans.queries import asked_for_wheel, wheel_of
from leeward.plans.sections import sections
from leeward.plans.wheel import actions
from leeward.plans.wheel.layout import PARTS, Layout, Quarter

KEYS = list(sections())


@st.composite
def layouts(draw):
    """Any four names, and each heading in one part or in none."""
    names = [draw(st.text(max_size=60)) for _ in range(PARTS)]
    where = [draw(st.integers(0, PARTS)) for _ in KEYS]
    return Layout(
        tuple(
            Quarter(name, tuple(key for key, at in zip(KEYS, where, strict=True) if at == turn))
            for turn, name in enumerate(names)
        )
    )


@given(layouts())
def test_what_is_laid_out_comes_back_as_it_was_and_each_heading_is_somewhere(layout):
    assert Layout.from_json(layout.as_json(), KEYS) == layout
    placed = [key for each in layout.quarters for key in each.sections]
    assert sorted(placed + layout.beside(KEYS)) == sorted(KEYS)
    assert all(key in layout.quarters[layout.where(key)].sections for key in placed)


@pytest.mark.parametrize(
    "quarters", [[Quarter()] * 3, [Quarter(sections=("want",))] * 2 + [Quarter()] * 2]
)
def test_no_other_shape_is_a_layout(quarters):
    with pytest.raises(ValueError, match=r"3|one part"):
        Layout(tuple(quarters))


def test_a_heading_that_there_is_no_longer_is_left_out():
    kept = Layout((Quarter("A", ("gone", "want")), *[Quarter()] * 3)).as_json()
    assert Layout.from_json(kept, KEYS).quarters[0].sections == ("want",)


@pytest.fixture
def person(db):
    return YoungPersonFactory()


@pytest.fixture
def own(person):
    return young_person(person.pk, person.agency_id)


@pytest.fixture
def actor(person):
    return actor_for(person.opened_by)


def test_nobody_lays_out_what_nobody_asked_for(own, person):
    with pytest.raises(actions.NobodyAsked):
        actions.lay_out_wheel(by=own, person=person, version=0, layout=Layout())
    assert wheel_of(person) is None


def test_a_worker_writes_who_asked_and_never_how_it_is_laid_out(own, actor, person):
    actions.ask_for_wheel(by=actor, person=person, asked_by="community", said="As the elders do")
    with pytest.raises(NotAllowed):
        actions.lay_out_wheel(by=actor, person=person, version=1, layout=Layout())
    layout = Layout((Quarter("Waabanong", ("want",)), *[Quarter()] * 3))
    actions.lay_out_wheel(by=own, person=person, version=1, layout=layout)
    assert wheel_of(person).layout == layout
    assert asked_for_wheel(person).said == "As the elders do"


def test_ended_and_asked_for_again_it_is_as_they_left_it(own, actor, person):
    WheelFactory(person=person)
    layout = Layout((Quarter("One"), *[Quarter()] * 3))
    actions.lay_out_wheel(by=own, person=person, version=1, layout=layout)
    actions.end_wheel(by=own, person=person)
    assert wheel_of(person) is None
    assert asked_for_wheel(person) is None
    with pytest.raises(actions.NobodyAsked):
        actions.end_wheel(by=own, person=person)
    actions.ask_for_wheel(by=actor, person=person, asked_by="them")
    assert wheel_of(person).layout == layout
    assert Wheel.objects.count() == 4


def test_two_places_at_once_lose_nothing(own, person):
    WheelFactory(person=person)
    actions.lay_out_wheel(by=own, person=person, version=1, layout=Layout())
    with pytest.raises(actions.LaidOutMeanwhile) as meanwhile:
        actions.lay_out_wheel(by=own, person=person, version=1, layout=Layout())
    assert meanwhile.value.newest.number == 2


def test_nobody_else_touches_it(person):
    WheelFactory(person=person)
    other = YoungPersonFactory(agency=person.agency)
    stranger = young_person(other.pk, other.agency_id)
    for act in (
        lambda: actions.lay_out_wheel(by=stranger, person=person, version=1, layout=Layout()),
        lambda: actions.end_wheel(by=stranger, person=person),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_the_database_refuses_a_layout_that_a_worker_signs(person):
    with pytest.raises(IntegrityError), transaction.atomic():
        WheelFactory(person=person, kind="laid_out")
