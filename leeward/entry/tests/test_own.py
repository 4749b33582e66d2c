"""Another first number, where else they are in, and what two devices do to each other."""

import datetime as dt

import pytest
from django.utils import timezone

from leeward.access.actors import actor_for, young_person
from leeward.access.rules import NotAllowed
from leeward.audit.models import AuditRow
from leeward.entry import rules
from leeward.entry.actions import SameNumber
from leeward.entry.coming_in import NotIn, come_in, look
from leeward.entry.factories import (
    OTHER_NUMBER,
    OWN_NUMBER,
    WORDS,
    EntryFactory,
    VisitFactory,
)
from leeward.entry.models import Signpost, Visit
from leeward.entry.own import actions
from leeward.entry.queries import elsewhere

pytestmark = pytest.mark.django_db

NEW, WRONG = "8350274", "915273"


@pytest.fixture
def entry(person):
    """Noʔeli's way in, with both numbers chosen."""
    return EntryFactory(person=person)


@pytest.fixture
def me(person):
    """Noʔeli, who has come in."""
    return young_person(person.pk, person.agency_id)


@pytest.fixture
def here(entry, person):
    """The visit by which she acts."""
    return VisitFactory(person=person, token="here")


def change(me, here, old=OWN_NUMBER, number=NEW):
    return actions.change_number(by=me, old=old, number=number, visit_id=here.pk)


def is_in(number):
    try:
        return look(come_in(words=WORDS, number=number, borrowed=False)).is_own
    except NotIn:
        return None


def test_the_new_number_opens_and_the_old_does_not(me, here):
    assert change(me, here)
    assert is_in(NEW) is True
    assert is_in(OWN_NUMBER) is None
    assert is_in(OTHER_NUMBER) is False


def test_a_new_number_ends_every_visit_but_the_one_it_is_made_in(me, here, person):
    VisitFactory(person=person, token="there")
    VisitFactory(person=person, token="the second notebook", other=True)
    stranger = VisitFactory(token="of another")
    change(me, here)
    assert look("here").is_own
    assert look("there") is look("the second notebook") is None
    assert look("of another").visit == stranger


def test_a_wrong_old_number_changes_nothing_and_says_so_in_the_log(me, here, person):
    VisitFactory(person=person, token="there")
    assert not change(me, here, old=WRONG)
    assert is_in(OWN_NUMBER) is True
    assert look("there") is not None
    row = AuditRow.objects.filter(action="space.number").get()
    assert (row.outcome, row.subject_id) == ("failed", person.pk)


def test_guessing_the_old_number_waits_and_then_locks_as_at_the_front(me, here, entry):
    for _ in range(rules.FREE_TRIES):
        assert not change(me, here, old=WRONG)
    assert not change(me, here), "the right one waits too"
    entry.refresh_from_db()
    assert entry.failures == rules.FREE_TRIES
    for _ in range(rules.MOST_TRIES - rules.FREE_TRIES):
        type(entry).objects.update(failed_at=timezone.now() - dt.timedelta(days=1))
        assert not change(me, here, old=WRONG)
    entry.refresh_from_db()
    assert entry.locked_at
    assert look("here") is None


def test_pressed_twice_it_is_done_once_and_no_wrong_try_is_counted(me, here, entry):
    assert change(me, here)
    assert change(me, here)
    entry.refresh_from_db()
    assert entry.failures == 0
    assert is_in(NEW) is True


def test_a_right_old_number_forgets_the_wrong_ones(me, here, entry):
    change(me, here, old=WRONG)
    change(me, here)
    entry.refresh_from_db()
    assert (entry.failures, entry.failed_at) == (0, None)


@pytest.mark.parametrize("taken", [OWN_NUMBER, OTHER_NUMBER])
def test_a_number_that_opens_something_already_is_not_taken(me, here, taken):
    with pytest.raises(SameNumber):
        change(me, here, number=taken)
    assert is_in(OWN_NUMBER) is True
    assert is_in(OTHER_NUMBER) is False


def test_where_else_tells_of_what_is_still_open_and_of_nobody_else(me, here, person):
    there = VisitFactory(person=person, token="there", other=True)
    VisitFactory(person=person, token="over", ends_at=timezone.now())
    VisitFactory(person=person, token="idle", used_at=timezone.now() - dt.timedelta(hours=1))
    VisitFactory(token="of another")
    assert elsewhere(me, here) == [there]


def test_leaving_elsewhere_ends_those_and_takes_their_signposts_down(me, here, entry, person):
    VisitFactory(person=person, token="there")
    actions.leave_elsewhere(by=me, visit_id=here.pk)
    assert Visit.objects.get() == here
    kept = set(Signpost.objects.values_list("lookup", flat=True))
    assert kept == {here.lookup, entry.lookup}


def test_no_worker_looks_when_they_are_in_or_ends_it_so(actor, colleague, here):
    assert not Visit.objects.visible_to(actor).exists()
    for by in (actor, actor_for(colleague)):
        with pytest.raises(NotAllowed):
            actions.leave_elsewhere(by=by, visit_id=here.pk)
        with pytest.raises(NotAllowed):
            change(by, here)
