"""Coming in as the role that serves pages, before which nothing of any agency is there."""

import pytest
from django.db import connection

from leeward.access.actors import young_person
from leeward.access.boundary import within
from leeward.entry import actions
from leeward.entry.coming_in import NotIn, come_in, look
from leeward.entry.factories import OTHER_NUMBER, OWN_NUMBER, WORDS, EntryFactory
from leeward.entry.models import Entry, Visit
from tests.two_agencies import served_as_app_role

pytestmark = pytest.mark.django_db(transaction=True)


def test_coming_in_and_leaving_need_no_more_than_the_pages_role_has(person):
    EntryFactory(person=person)
    if connection.vendor != "postgresql":
        assert connection.vendor == "sqlite"
        return
    with served_as_app_role(), within(None):
        assert not Entry.objects.exists()
        own = look(come_in(words=WORDS, number=OWN_NUMBER, borrowed=False))
        other = look(come_in(words=WORDS, number=OTHER_NUMBER, borrowed=False))
        assert own.is_own
        assert not other.is_own
        with pytest.raises(NotIn):
            come_in(words=WORDS, number="915273", borrowed=False)
        assert not Visit.objects.exists()
        with within(person.agency_id):
            me = young_person(person.pk, person.agency_id)
            actions.leave(by=me, visit_id=own.visit.pk)
            assert Visit.objects.count() == 1
