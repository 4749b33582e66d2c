"""A meeting that was called, and who calls it."""

import datetime as dt

import pytest

from leeward.access.actors import actor_for, young_person
from leeward.conferences.before import actions
from leeward.conferences.before.actions import When

WHEN = When(dt.datetime(2026, 5, 5, 14, tzinfo=dt.UTC), 60, "America/Winnipeg", "Example House")


@pytest.fixture
def by(wren):
    return actor_for(wren)


@pytest.fixture
def own(person):
    return young_person(person.pk, person.agency_id)


@pytest.fixture
def meeting(by, person):
    return actions.call(by=by, person=person, shape="circle", purpose="the summer", when=WHEN)


def ask(by, meeting, version=0, **said):
    """Record that the young person was asked."""
    return actions.prepare(by=by, meeting=meeting, version=version, asked=True, **said)
