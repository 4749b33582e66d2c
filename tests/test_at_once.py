"""Eight people press one button at one moment: nothing doubles, nothing fails.

On PostgreSQL the eight run at the same time. On SQLite writers queue (IMMEDIATE), so there they
run one after another: what is left to prove is that the second press changes nothing.
"""

import contextvars
import datetime as dt
import threading

import pytest
from django.core import mail
from django.db import connection, connections

from leeward.access.actors import young_person
from leeward.drafts.actions import NewerDraft, keep_draft
from leeward.drafts.models import Draft
from leeward.entry.coming_in import come_in, look
from leeward.entry.factories import OWN_NUMBER, WORDS, EntryFactory, VisitFactory
from leeward.entry.models import Entry, Visit
from leeward.entry.own.actions import change_number
from leeward.missing.actions import AlreadyMissing, NotMissing, came_back, went_missing
from leeward.missing.factories import EpisodeFactory
from leeward.notices.factories import NoticeFactory
from leeward.people.actions import (
    NewerAnswers,
    SomebodyAlike,
    confirm_safe_contact,
    open_file,
)
from leeward.people.models import YoungPerson
from leeward.placements.actions import move
from leeward.placements.factories import PlacementFactory
from leeward.reminders.channels.models import Sending
from leeward.reminders.channels.sending import send_due
from leeward.reminders.factories import ChannelFactory

pytestmark = pytest.mark.django_db(transaction=True)
DAY = dt.date(2025, 3, 10)
TIMES = 8


def at_once(act):
    """What each of eight calls of `act` came to: "done", or the exception it raised."""
    came_to = []
    gate = threading.Barrier(TIMES if connection.vendor == "postgresql" else 1)

    def press(number):
        try:
            gate.wait(timeout=20)
            act(number)
            came_to.append("done")
        except Exception as fault:  # noqa: BLE001
            came_to.append(type(fault))

    if connection.vendor != "postgresql":
        for number in range(TIMES):
            press(number)
        return came_to

    def alone(number):
        try:
            press(number)
        finally:
            connections.close_all()

    # A thread starts within no agency; these start where the test stands.
    threads = [
        threading.Thread(target=contextvars.copy_context().run, args=[alone, number])
        for number in range(TIMES)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came_to


def test_one_move_pressed_eight_times_is_one_place(actor, person):
    PlacementFactory(person=person, since=DAY - dt.timedelta(days=9))
    came_to = at_once(lambda _: move(by=actor, person=person, kind="residence", since=DAY))
    assert came_to == ["done"] * TIMES
    assert person.placements.count() == 2


def test_a_first_place_pressed_eight_times_is_one_place(actor, person):
    came_to = at_once(lambda _: move(by=actor, person=person, kind="residence", since=DAY))
    assert came_to == ["done"] * TIMES
    assert person.placements.count() == 1


def test_gone_missing_pressed_eight_times_is_one_episode(actor, person):
    came_to = at_once(lambda _: went_missing(by=actor, person=person, since=DAY))
    assert sorted(map(str, came_to)) == sorted(map(str, ["done"] + [AlreadyMissing] * 7))
    assert person.episodes.count() == 1


def test_back_pressed_eight_times_ends_one_episode_once(actor, person):
    EpisodeFactory(person=person, since=DAY)
    came_to = at_once(lambda _: came_back(by=actor, person=person, on=DAY))
    assert sorted(map(str, came_to)) == sorted(map(str, ["done"] + [NotMissing] * 7))


@pytest.mark.parametrize("about_somebody", [True, False])
def test_a_first_draft_from_eight_windows_is_one_draft(actor, person, about_somebody):
    subject = person.pk if about_somebody else None
    came_to = at_once(
        lambda number: keep_draft(
            by=actor, form="record", subject_id=subject, typed={"text": [str(number)]}, version=0
        )
    )
    assert sorted(map(str, came_to)) == sorted(map(str, ["done"] + [NewerDraft] * 7))
    assert Draft.objects.get().version == 1


def test_a_file_opened_eight_times_is_one_file(actor):
    came_to = at_once(lambda _: open_file(by=actor, name_used="Zedekiah"))
    assert sorted(map(str, came_to)) == sorted(map(str, ["done"] + [SomebodyAlike] * 7))
    assert YoungPerson.objects.count() == 1


def test_eight_safe_contacts_from_one_page_leave_one_in_use(actor, person):
    came_to = at_once(
        lambda number: confirm_safe_contact(by=actor, person=person, channel=f"way {number}")
    )
    assert sorted(map(str, came_to)) == sorted(map(str, ["done"] + [NewerAnswers] * 7))
    assert person.safe_contacts.count() == 1


def test_a_number_changed_eight_times_at_once_is_changed_once(person):
    EntryFactory(person=person)
    me = young_person(person.pk, person.agency_id)
    here = VisitFactory(person=person, token="here")
    VisitFactory(person=person, token="there")
    new = "8350274"
    came_to = at_once(lambda _: change_number(by=me, old=OWN_NUMBER, number=new, visit_id=here.pk))
    assert came_to == ["done"] * TIMES
    assert Visit.objects.get() == here
    assert Entry.objects.get().failures == 0
    assert look(come_in(words=WORDS, number=new, borrowed=False)).is_own


def test_eight_runs_at_once_send_one_letter(wren):
    ChannelFactory(worker=wren)
    NoticeFactory(to=wren)
    assert at_once(lambda _: send_due("https://desk.example.org/")) == ["done"] * TIMES
    assert len(mail.outbox) == 1
    assert Sending.objects.get().sent_at
