"""What a young person shares with nobody reaches no worker, anywhere.

It is typed in My space as they type it, and then looked for in every page of Practice for each
kind of role, in search, in print, in the log and in what the process says of itself.
"""

import logging

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from leeward.accounts.factories import WorkerFactory, supervise
from leeward.audit.models import AuditRow
from leeward.entry.factories import EntryFactory
from leeward.my_space.tests.conftest import come_in, settings_of_my_space
from leeward.people.factories import AssignmentFactory
from leeward.plans.models import ItemVersion
from leeward.plans.tests.copies import squashed, text_of
from tests.cast import full_file
from tests.doors import doors

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
ALONE, BEFORE = "Xylograph-for-me-alone", "Xylograph-shared-no-more"
SHARED = "Xylograph-for-the-team"
# Where each is typed, and with whom it is shared at the end.
TYPED = {ALONE: ("me", "me"), BEFORE: ("team", "me"), SHARED: ("me", "team")}


@pytest.fixture
def file(person, wren, supervisor):
    """A full file, in whose space three things are typed."""
    file = full_file(person, wren, supervisor)
    person.entry.delete()
    EntryFactory(person=person)
    with override_settings(**settings_of_my_space()):
        space = Client()
        assert come_in(space).status_code == 302
        for section in ("a1", "a5", "c3"):
            for words, (first, last) in TYPED.items():
                _type(space, section, words, first, last)
        for part, words in zip("abd", TYPED, strict=True):
            _say(space, f"/notes/meetings/{file.meeting.pk}/{part}/", words, *TYPED[words])
    return file


def _say(space, at, words, first, last):
    """The same before a meeting. What the full file holds of it was said first."""
    version = 1 if at.endswith("/a/") else 0
    for number, hears in enumerate((first, last), start=version):
        given = {"words": words, "hears": hears, "version": str(number)}
        assert space.post(at, given).status_code == 302
    assert words in space.get(at).content.decode()


def _type(space, section, words, first, last):
    at = space.post(
        f"/notes/new/{section}/", {"words": words, "sees": first, "due_on": "", "who": words}
    ).url
    number = ItemVersion.objects.filter(item=at.split("/")[3]).count()
    given = {"words": words, "sees": last, "version": str(number), "who": words}
    assert space.post(at, given).status_code == 302
    assert words in space.get(at).content.decode()


def everybody(person, wren):
    """Somebody of each kind of role, as near to the file as the role can be."""
    for role in ("supervisor", "survivor_peer", "privacy_officer", "agency_administrator"):
        worker = WorkerFactory(agency=person.agency, role=role)
        supervise(worker, wren)
        AssignmentFactory(person=person, worker=worker)
        yield worker
    yield wren


def text(response):
    if response.headers.get("Content-Type", "") == "application/pdf":
        return text_of(response.content)
    return response.getvalue().decode(errors="replace")


def test_private_words_stay_private(file, person, wren, caplog):
    caplog.set_level(logging.DEBUG)
    found, shown = [], 0
    for worker in everybody(person, wren):
        browser = Client()
        browser.force_login(worker)
        addresses = [door.address(file.ids()) for door in doors()]
        answers = [(each, browser.get(each)) for each in addresses]
        answers += [(word, browser.post(reverse("find"), {"q": word})) for word in TYPED]
        for address, response in answers:
            # What is looked for stands in the box of the search.
            said = text(response).replace(f'value="{address}"', "")
            found += [
                (worker.role, address, word)
                for word in (ALONE, BEFORE)
                if word in said or squashed(word) in squashed(said)
            ]
            shown += SHARED in said
    assert found == []
    # The search itself works: what is shared is read, by whoever may.
    assert shown > 0
    assert not [each for each in (ALONE, BEFORE, SHARED) if each in caplog.text]
    rows = " ".join(str(each) for each in AuditRow.objects.values_list())
    assert not [each for each in (ALONE, BEFORE, SHARED) if each in rows]


def test_the_page_of_a_meeting_says_nothing_of_how_much_is_hidden(file, desk):
    page = reverse("meeting", args=[file.person.pk, file.meeting.pk])
    before = desk.get(page).content
    with override_settings(**settings_of_my_space()):
        space = Client()
        come_in(space)
        at = f"/notes/meetings/{file.meeting.pk}/c/"
        space.post(at, {"words": "one more for me alone", "hears": "me", "version": "0"})
        assert b"one more for me alone" in space.get(at).content
    assert len(desk.get(page).content) == len(before)


def test_the_page_of_the_plan_says_nothing_of_how_much_is_hidden(file, person, desk):
    page = reverse("plan", args=[person.pk])
    before = desk.get(page).content
    with override_settings(**settings_of_my_space()):
        space = Client()
        come_in(space)
        space.post("/notes/new/a1/", {"words": "one more for me alone", "sees": "me"})
    assert len(desk.get(page).content) == len(before)
