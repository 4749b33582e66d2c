"""A page asks the database as often for a long file as for a short one."""

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from leeward.people.factories import YoungPersonFactory
from leeward.sealing import keyring
from leeward.sealing.router import KEYRING
from tests.cast import full_file, grow

pytestmark = pytest.mark.django_db

OF_A_FILE = (
    "overview timeline signs way circle genogram plan about who_opened time_away record"
    " give_opinion details assign safe_contact plan_copy_en circle_copy_en file_requests meetings"
).split()
OF_MANY = "home people duties record_for_whom asked seen_of_me covering".split()


def asked(client, url):
    """What the second look at a page asks: the first may fill a cache. Every key is asked for
    anew, as by a process that has opened none of them."""
    client.get(url)
    keyring.let_go()
    with (
        CaptureQueriesContext(connections["default"]) as data,
        CaptureQueriesContext(connections[KEYRING]) as keys,
    ):
        assert client.get(url).status_code == 200
    return [each["sql"] for seen in (data, keys) for each in seen.captured_queries]


@pytest.mark.parametrize("name", OF_A_FILE)
def test_a_page_of_a_file_asks_as_often_when_the_file_has_grown(
    client, person, wren, supervisor, name
):
    full_file(person, wren, supervisor)
    client.force_login(supervisor)
    url = reverse(name, kwargs={"person_id": person.pk})
    before = asked(client, url)
    grow(person, 6)
    after = asked(client, url)
    assert len(after) == len(before), "\n".join(sorted(set(after) - set(before)))


@pytest.mark.parametrize("name", OF_MANY)
def test_a_list_asks_as_often_when_there_are_more_people(desk, person, wren, supervisor, name):
    full_file(person, wren, supervisor)
    url = reverse(name)
    before = asked(desk, url)
    for _n in range(4):
        other = YoungPersonFactory(agency=person.agency, opened_by=wren, team=[wren])
        full_file(other, wren, supervisor)
    after = asked(desk, url)
    assert len(after) == len(before), "\n".join(sorted(set(after) - set(before)))


def test_a_search_asks_as_often_when_more_are_alike(desk, agency, wren, person):
    def found():
        keyring.let_go()
        with (
            CaptureQueriesContext(connections["default"]) as data,
            CaptureQueriesContext(connections[KEYRING]) as keys,
        ):
            page = desk.post(reverse("find"), {"q": "Noeli"})
        assert page.status_code == 200
        return len(data) + len(keys)

    found()
    before = found()
    for _n in range(5):
        YoungPersonFactory(agency=agency, opened_by=wren, team=[wren])
    assert found() == before
