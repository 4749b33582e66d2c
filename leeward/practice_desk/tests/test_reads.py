"""Before a note is saved: how it will read to the young person, with hints that stop nobody."""

import pytest
from django.urls import reverse

from leeward.audit.models import AuditRow
from leeward.observations.models import Observation
from leeward.practice_desk.reads import read_to_them
from leeward.practice_desk.tests.test_writing import FILLED

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
NOTE = {"text": "Noʔeli went AWOL <again>.", "own_words": "I was the victim here", "read": "1"}


@pytest.fixture
def at(person):
    return reverse("record", args=[person.pk])


def test_it_is_read_back_with_another_way_to_say_it_and_nothing_is_saved(desk, at):
    page = desk.post(at, NOTE)
    said = page.content.decode()
    assert page.status_code == 200
    assert "How it will read to Noʔeli" in said
    assert said.count("Noʔeli went AWOL &lt;again&gt;.") == 2  # in the form, and as they read it
    assert "<q>went AWOL</q>" in said
    assert "<q>victim</q>" not in said  # their own words are theirs
    assert "govuk-error-summary" not in said  # half written is not a mistake
    assert not Observation.objects.exists()


def test_what_is_hinted_at_is_saved_all_the_same(desk, at):
    given = FILLED | {"text": NOTE["text"]}
    assert desk.post(at, given).status_code == 302
    assert Observation.objects.get().text == NOTE["text"]


def test_an_empty_note_says_so(desk, at):
    assert "Write something first" in desk.post(at, {"read": "1"}).content.decode()


def test_whoever_may_not_write_reads_nothing_back(client, colleague, at):
    client.force_login(colleague)
    assert client.post(at, NOTE).status_code == 404
    assert "AWOL" not in repr(list(AuditRow.objects.values()))


def test_the_same_words_are_hinted_at_once_in_the_order_they_stand():
    reads = read_to_them({"text": "A client. AWOL.", "good_news": "The Client came, awol"}, "en")
    assert [each.words for each in reads.hints] == ["client", "AWOL"]
