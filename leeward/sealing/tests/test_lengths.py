"""What lies in the database tells nothing by its length, or by not being there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.legal.factories import DutyFactory
from leeward.legal.models import Duty, DutyAnswer
from leeward.observations.models import Observation, Opinion
from leeward.observations.queries import current_model
from leeward.people.models import Assignment, SafeContact, YoungPerson
from leeward.placements.models import Placement
from leeward.relationships.kin import kin
from leeward.relationships.models import TieVersion
from leeward.relationships.rules import ANYTHING, TOPICS, Facts
from leeward.sealing.codec import padded, unpadded

ABOUT_SOMEBODY_ELSE = {"about": "another_child", "other_child_age": 13}
HARM = [
    None,
    *(
        {"level": level, **about}
        for level in ("possible", "now")
        for about in ({"about": "self"}, {"about": "both"}, ABOUT_SOMEBODY_ELSE)
    ),
]
ANSWERS = {
    (Opinion, "stage"): ["", "at_risk", "transitioning_in", "entrenched", "transitioning_away"],
    (Opinion, "confidence"): ["", *Opinion.Confidence.values],
    (Observation, "harm"): HARM,
    (Observation, "findings"): [
        None,
        {"a-sign": "present"},
        {f"sign-{n}": "unsure" for n in range(9)},
    ],
    (DutyAnswer, "outcome"): DutyAnswer.Outcome.values,
    (SafeContact, "voicemail"): ["", "yes", "no"],
    (SafeContact, "watched"): ["", "yes", "maybe", "no"],
    (Assignment, "works_as"): Assignment.As.values,
    (Placement, "kind"): Placement.Kind.values,
    (TieVersion, "answers"): [
        Facts().as_json(),
        Facts(stands="distance", of_concern=True).as_json(),
        Facts(
            "system",
            "macro",
            "distance",
            True,
            "unpaid",
            "colonization",
            TOPICS,
            (*TOPICS, ANYTHING),
            True,
            True,
            max(kin(), key=len),
            "00000000-0000-0000-0000-000000000000",
        ).as_json(),
    ],
    (YoungPerson, "born_approximate"): [None, True],
    (Duty, "question"): [
        {"level": level, "on": on, **age}
        for level in ("possible", "now")
        for on in (None, "2025", "2025-03-10")
        for age in ({}, {"other_child_age": 13})
    ],
}


pytestmark = pytest.mark.django_db


def row_of(model, person, **values):
    """A row of a model about a young person, not saved."""
    whose = {"id": person.pk} if model is YoungPerson else {"person": person}
    return model(**whose, **values)


def kept(model, person, name, value):
    """The bytes of one value, as they would lie in the database."""
    return model._meta.get_field(name).pre_save(row_of(model, person, **{name: value}), add=True)


@pytest.mark.parametrize(
    ("column", "values"), ANSWERS.items(), ids=lambda each: str(getattr(each[0], "__name__", ""))
)
def test_every_answer_of_a_few_takes_the_same_room(person, column, values):
    model, name = column
    held = [kept(model, person, name, value) for value in values]
    assert None not in held
    assert len({len(each) for each in held}) == 1


@pytest.mark.parametrize(("column", "values"), ANSWERS.items())
def test_every_answer_of_a_few_comes_back(person, column, values):
    model, name = column
    for value in values:
        row = row_of(model, person, **{name: value})
        sealed = model._meta.get_field(name).pre_save(row, add=True)
        again = row_of(model, person, **{name: sealed})
        again.pk = row.pk
        assert getattr(again, name) == value


def test_every_stage_of_the_model_is_among_those_tried():
    assert set(current_model().stages) < set(ANSWERS[Opinion, "stage"])


@given(plain=st.binary(max_size=9000))
def test_what_is_padded_is_what_it_was(plain):
    assert unpadded(padded(plain)) == plain


@given(plain=st.binary(max_size=9000))
def test_only_a_few_lengths_are_ever_kept(plain):
    length = len(padded(plain))
    assert length > len(plain)
    assert length in (64, 128, 256) or length % 512 == 0
    assert length <= 4096 or length % 4096 == 0


def test_the_database_refuses_an_answer_that_is_not_there():
    row = DutyFactory().person
    with pytest.raises(Exception, match=r"(?i)null"):
        YoungPerson.objects.filter(pk=row.pk).update(born_approximate=None)
