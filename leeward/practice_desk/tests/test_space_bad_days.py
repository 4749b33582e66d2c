"""Bad days around My space: a worker goes, a file closes, a birthday comes, a phone is taken."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leeward.access.actors import actor_for
from leeward.administration import actions as administration
from leeward.administration.factories import AdministratorFactory
from leeward.core.agency_time import today
from leeward.entry import actions
from leeward.entry.coming_in import NotIn, come_in, look
from leeward.entry.factories import OWN_NUMBER, WORDS, CodeRequestFactory, EntryFactory
from leeward.entry.models import CodeRequest, Entry
from leeward.people.actions import close_file
from leeward.people.factories import AssignmentFactory, ConflictLockFactory
from leeward.people.models import Assignment
from leeward.people.standing.actions import end_assignment

pytestmark = pytest.mark.django_db

PAGES = ("space", "space_offer", "space_words", "space_lock")


@pytest.fixture
def entry(person):
    """Noʔeli's way in, in use."""
    return EntryFactory(person=person)


@pytest.fixture
def at(person):
    """`at("space")`: that page of Noʔeli's file."""
    return lambda name, **more: reverse(name, kwargs={"person_id": person.pk, **more})


def is_in():
    return look(come_in(words=WORDS, number=OWN_NUMBER, borrowed=False)).is_own


def taken_off(person, worker, by):
    end_assignment(by=actor_for(by), assignment=person.team.get(worker=worker), until=today())


@pytest.mark.parametrize("name", PAGES)
def test_whoever_is_taken_off_the_team_stands_where_they_never_were_on_it(
    desk, entry, at, person, wren, supervisor, colleague, name
):
    assert desk.get(at(name)).status_code == 200
    taken_off(person, wren, supervisor)
    stranger = Client()
    stranger.force_login(colleague)
    for method in ("get", "post"):
        answers = [
            (each.status_code, each.headers.get("Location"))
            for each in (getattr(client, method)(at(name)) for client in (desk, stranger))
        ]
        assert answers[0] == answers[1]
        assert answers[0][0] != 200


def test_whoever_is_taken_off_the_team_gets_no_words_any_more(
    desk, entry, at, person, wren, supervisor, colleague
):
    AssignmentFactory(person=person, worker=colleague)
    asked = CodeRequestFactory(person=person, asked_by=colleague)
    taken_off(person, wren, supervisor)
    response = desk.post(at("space_answer", words_id=asked.pk), {"answer": "agree"})
    assert response.status_code != 200
    assert Entry.objects.get().made_at == entry.made_at
    assert CodeRequest.objects.get().answer == ""
    with pytest.raises(CodeRequest.DoesNotExist):
        actions.agree_to_words(by=actor_for(wren), request_id=asked.pk)


def test_whoever_is_kept_from_the_file_finds_no_such_pages(desk, entry, at, person, wren):
    ConflictLockFactory(person=person, worker=wren)
    assert {desk.get(at(name)).status_code for name in PAGES} == {404}


def test_when_the_last_worker_goes_it_stays_open_and_none_of_theirs_ends(
    entry, person, wren, supervisor
):
    token = come_in(words=WORDS, number=OWN_NUMBER, borrowed=False)
    taken_off(person, wren, supervisor)
    assert not Assignment.objects.filter(person=person, until__isnull=True).exists()
    assert look(token).is_own
    assert is_in()


def test_when_a_worker_leaves_the_agency_what_they_asked_falls_and_it_stays_open(
    desk, entry, at, person, wren, colleague
):
    asked = CodeRequestFactory(person=person, asked_by=wren)
    AssignmentFactory(person=person, worker=colleague)
    AdministratorFactory(agency=person.agency)
    administrator = AdministratorFactory(agency=person.agency)
    administration.leave(by=actor_for(administrator), worker=wren)
    assert desk.get(at("space")).status_code != 200
    with pytest.raises(actions.MayNotAgree):
        actions.agree_to_words(by=actor_for(colleague), request_id=asked.pk)
    assert is_in()


def test_a_file_that_closes_takes_nothing_from_them(entry, person, actor):
    token = come_in(words=WORDS, number=OWN_NUMBER, borrowed=False)
    close_file(by=actor, person=person, reason="They moved on")
    assert look(token).is_own
    assert is_in()


@pytest.mark.parametrize("years", [16, 18])
def test_a_birthday_changes_no_page_of_either_side(desk, entry, at, person, years):
    day = today()
    for days in (1, -1):
        born = dt.date(day.year - years, day.month, min(day.day, 28)) + dt.timedelta(days=days)
        person.born = born.isoformat()
        person.save()
        assert {desk.get(at(name)).status_code for name in PAGES} == {200}
        assert is_in()


def test_a_phone_that_was_taken_is_locked_mid_sentence_and_stays_so(desk, entry, at):
    token = come_in(words=WORDS, number=OWN_NUMBER, borrowed=False)
    desk.post(at("space_lock"), {"was": "open"})
    assert look(token) is None
    Entry.objects.update(failed_at=timezone.now() - dt.timedelta(days=400))
    with pytest.raises(NotIn):
        is_in()
