"""Houses: one at a time, who is in tonight, and what nobody may learn from it."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from leeward.access.actors import actor_for
from leeward.access.rules import NotAllowed
from leeward.accounts.factories import WorkerFactory
from leeward.audit.models import AuditRow
from leeward.missing.factories import EpisodeFactory
from leeward.people.factories import AssignmentFactory, ConflictLockFactory, YoungPersonFactory
from leeward.plans.tests.copies import squashed, text_of
from leeward.residences import actions
from leeward.residences.factories import (
    ForShiftFactory,
    PresenceFactory,
    ResidenceFactory,
    StayFactory,
)
from leeward.residences.models import Residence, Stay
from leeward.residences.queries import board_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
DAY = dt.date(2025, 3, 10)


@pytest.fixture
def house(wren):
    return ResidenceFactory(opened_by=wren, name="Made-Up House")


@pytest.fixture
def stay(person, house):
    return StayFactory(person=person, residence=house)


def living(house, worker, **more):
    """One more of the house, whom this worker works with."""
    person = YoungPersonFactory(agency=house.agency, **more)
    AssignmentFactory(person=person, worker=worker)
    return StayFactory(person=person, residence=house)


def test_missing_comes_first_then_who_is_out_then_who_is_in(actor, wren, house, stay):
    inside, gone = living(house, wren), living(house, wren)
    PresenceFactory(stay=inside)
    PresenceFactory(stay=stay, out=True)
    PresenceFactory(stay=gone)
    EpisodeFactory(person=gone.person)
    assert [each.state for each in board_of(actor, house).rows] == ["missing", "out", "in"]


def test_the_newest_word_counts_and_being_late_is_said(actor, house, stay):
    PresenceFactory(stay=stay)
    soon = timezone.now() + dt.timedelta(minutes=10)
    PresenceFactory(stay=stay, out=True, back_by=soon)
    assert board_of(actor, house).rows[0].overdue is None
    PresenceFactory(stay=stay, out=True, back_by=soon - dt.timedelta(hours=1))
    assert board_of(actor, house).rows[0].overdue > dt.timedelta(minutes=49)
    actions.come_or_go(by=actor, person=stay.person, kind="in", where="x", back_by=soon)
    row = board_of(actor, house).rows[0]
    assert (row.state, row.presence.where, row.presence.back_by) == ("in", "", None)


def test_of_whoever_is_not_theirs_nothing_stands_there(actor, wren, house, stay, supervisor):
    hidden = YoungPersonFactory(agency=house.agency)
    StayFactory(person=hidden, residence=house)
    locked = living(house, wren)
    ConflictLockFactory(person=locked.person, worker=wren, set_by=supervisor)
    assert [each.person for each in board_of(actor, house).rows] == [stay.person]


def test_a_house_of_another_agency_is_not_there(house):
    other = actor_for(WorkerFactory())
    assert not Residence.objects.visible_to(other).exists()
    with pytest.raises(Residence.DoesNotExist):
        actions.read_board(by=other, residence_id=house.pk)


def test_one_house_at_a_time_and_every_stay_is_kept(actor, wren, house, stay):
    second = ResidenceFactory(opened_by=wren)
    with pytest.raises(actions.StartsTooEarly):
        actions.move_in(
            by=actor, person=stay.person, residence=second, since=DAY - dt.timedelta(days=1)
        )
    actions.move_in(by=actor, person=stay.person, residence=second, since=dt.date(2025, 4, 1))
    actions.move_in(by=actor, person=stay.person, residence=second, since=dt.date(2025, 4, 1))
    assert Stay.objects.count() == 2
    actions.move_out(by=actor, person=stay.person, on=dt.date(2025, 5, 1))
    for act in (
        lambda: actions.move_out(by=actor, person=stay.person, on=DAY),
        lambda: actions.come_or_go(by=actor, person=stay.person, kind="in"),
        lambda: actions.tell_next_shift(by=actor, person=stay.person, words="x"),
    ):
        with pytest.raises(actions.NotLivingHere):
            act()


def test_the_database_refuses_two_houses_at_once(stay):
    with pytest.raises(IntegrityError), transaction.atomic():
        StayFactory(person=stay.person)


def test_a_house_is_opened_once_by_who_may(actor, supervisor):
    with pytest.raises(NotAllowed):
        actions.open_residence(by=actor, name="Another")
    chief = actor_for(supervisor)
    actions.open_residence(by=chief, name=" Another ")
    with pytest.raises(actions.NameTaken):
        actions.open_residence(by=chief, name="Another")


def test_a_name_is_in_common_when_two_young_people_have_it(actor, wren, house, stay):
    other = living(house, wren)
    seen, since = {"with_whom": "Dex"}, timezone.localdate() - dt.timedelta(days=30)
    ends = since + dt.timedelta(days=1)
    for _twice in range(2):
        EpisodeFactory(person=stay.person, since=since, until=ends, seen=seen)
    assert board_of(actor, house).common == []
    EpisodeFactory(person=other.person, since=since, until=ends, seen={"with_whom": "DEX "})
    assert [name.casefold().strip() for name, _times in board_of(actor, house).common] == ["dex"]


@pytest.fixture
def desk(client, wren):
    client.force_login(wren)
    return client


def test_by_the_door_one_press_says_who_is_in(desk, stay, house):
    board = reverse("residence", args=[house.pk])
    assert "Nobody said yet" in desk.get(board).content.decode()
    assert desk.post(reverse("house_in", args=[stay.person_id])).url == board
    out = reverse("house_out", args=[stay.person_id])
    assert desk.post(out, {"where": " "}).status_code == 422
    assert "21 h 99" in desk.post(out, {"where": "x", "back": "21 h 99"}).content.decode()
    assert desk.post(out, {"where": "The skate park", "back": "23:59"}).url == board
    page = desk.get(board).content.decode()
    assert "The skate park" in page
    assert "23:59" in page


@pytest.mark.parametrize(("language", "words"), [("en", "Out"), ("fr", "Sortie")])
def test_the_paper_for_the_next_shift_is_traced(desk, stay, house, language, words):
    PresenceFactory(stay=stay, out=True)
    ForShiftFactory(stay=stay, words="A call at 19:00 was promised")
    paper = desk.get(reverse(f"handover_{language}", args=[house.pk]))
    text = text_of(paper.content)
    for each in (stay.person.name_used, words, "A call at 19:00 was promised"):
        assert squashed(each) in text
    row = AuditRow.objects.get(action="residence.handover")
    assert row.trace
    assert row.shown == [str(stay.person_id)]


def test_beds_are_what_staff_say(desk, house, stay):
    beds, board = (reverse(name, args=[house.pk]) for name in ("beds", "residence"))
    assert desk.post(beds, {"count": "many"}).status_code == 422
    desk.post(beds, {"count": "2"})
    assert "2 free" in desk.get(board).content.decode()


def test_moving_in_and_out_from_the_file(desk, person, house):
    at = reverse("house", args=[person.pk])
    assert desk.post(at, {"residence": "", "since": "2025-03-10"}).status_code == 422
    assert desk.post(at, {"residence": str(house.pk), "since": "2025-03-10"}).status_code == 302
    left = reverse("house_left", args=[person.pk])
    assert desk.post(left, {"on": "2025-03-01"}).status_code == 422
    assert desk.post(left, {"on": "2025-03-11"}).status_code == 302
    assert "do not live in a house" in desk.post(left, {"on": "2025-03-12"}).content.decode()
