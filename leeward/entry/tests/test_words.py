"""Two workers make the words; what was open ends; what is private waits."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from leeward.access.actors import actor_for, young_person
from leeward.access.rules import NotAllowed
from leeward.accounts.factories import WorkerFactory
from leeward.entry import actions
from leeward.entry.actions import AlreadyAsked, MayNotAgree, NotOffered, ReasonMissing
from leeward.entry.codes import words_kept_as
from leeward.entry.coming_in import NotIn, begin, come_in, look
from leeward.entry.faces import FACES
from leeward.entry.factories import (
    OWN_NUMBER,
    WORDS,
    CodeRequestFactory,
    EntryFactory,
)
from leeward.entry.models import CodeRequest, Entry, Offer, Signpost
from leeward.entry.queries import private_is_open, standing
from leeward.entry.register import erase
from leeward.entry.rules import MOST_TRIES
from leeward.notices.models import Notice
from leeward.people.factories import AssignmentFactory, ConflictLockFactory

pytestmark = pytest.mark.django_db

SAID = {"face": "recipes", "language": "fr", "watched": "no", "where": "own"}


@pytest.fixture
def chief(supervisor):
    return actor_for(supervisor)


@pytest.fixture
def offered(actor, person):
    """It was offered, in French."""
    actions.offer(by=actor, person=person, **SAID)
    return person


def issue(actor, chief, person):
    """Two workers make words."""
    asked = actions.ask_for_words(by=actor, person=person, reason="the first")
    return actions.agree_to_words(by=chief, request_id=asked.pk).words


def test_an_offer_makes_the_entry_with_nothing_that_opens(actor, offered):
    entry = Entry.objects.get(person=offered)
    assert (entry.lookup, entry.begun_at) == (None, None)
    assert set(entry.numbers) == {"own", "other", "back"}
    assert entry.lines == FACES["recipes"].lines_in("fr")
    actions.offer(by=actor, person=offered, **SAID | {"face": "notes"})
    assert Entry.objects.count() == 1
    assert Offer.objects.count() == 2


def test_words_take_two_and_are_shown_to_whoever_agreed(actor, chief, offered):
    asked = actions.ask_for_words(by=actor, person=offered, reason="the first")
    with pytest.raises(MayNotAgree):
        actions.agree_to_words(by=actor, request_id=asked.pk)
    agreed = actions.agree_to_words(by=chief, request_id=asked.pk)
    assert Entry.objects.get().lookup == words_kept_as(agreed.words)
    assert look(begin(words=agreed.words, number="704196", borrowed=False)).is_own
    with pytest.raises(CodeRequest.DoesNotExist):
        actions.agree_to_words(by=chief, request_id=asked.pk)


def test_those_who_could_agree_are_told_and_nobody_else(actor, chief, offered, colleague):
    AssignmentFactory(person=offered, worker=colleague)
    police = WorkerFactory(agency=offered.agency, role="police_partner")
    AssignmentFactory(person=offered, worker=police)
    asked = actions.ask_for_words(by=actor, person=offered, reason="the first")
    told = Notice.objects.filter(kind="entry.code_asked")
    assert set(told.values_list("to_worker_id", flat=True)) == {chief.id, colleague.pk}
    actions.agree_to_words(by=chief, request_id=asked.pk)
    assert not told.filter(settled_at=None).exists()
    assert Notice.objects.get(kind="entry.code_answered").to_worker_id == actor.id


def test_nothing_is_asked_before_it_is_offered_or_without_a_reason_or_twice(actor, person):
    with pytest.raises(NotOffered):
        actions.ask_for_words(by=actor, person=person, reason="x")
    actions.offer(by=actor, person=person, **SAID)
    with pytest.raises(ReasonMissing):
        actions.ask_for_words(by=actor, person=person, reason=" ")
    actions.ask_for_words(by=actor, person=person, reason="x")
    with pytest.raises(AlreadyAsked):
        actions.ask_for_words(by=actor, person=person, reason="x")


def _leaves(worker, person):
    type(worker).objects.filter(pk=worker.pk).update(is_active=False)


def _is_locked_out(worker, person):
    ConflictLockFactory(person=person, worker=worker)


@pytest.mark.parametrize("what", [_leaves, _is_locked_out])
def test_what_a_worker_asked_falls_when_they_no_longer_stand_near(
    actor, chief, offered, wren, what
):
    asked = actions.ask_for_words(by=actor, person=offered, reason="x")
    what(wren, offered)
    with pytest.raises(MayNotAgree):
        actions.agree_to_words(by=chief, request_id=asked.pk)
    actions.refuse_words(by=chief, request_id=asked.pk)
    assert Entry.objects.get().lookup is None


def test_a_request_is_taken_back_by_whoever_asked_alone(actor, chief, offered):
    asked = actions.ask_for_words(by=actor, person=offered, reason="x")
    with pytest.raises(MayNotAgree):
        actions.take_back_words(by=chief, request_id=asked.pk)
    with pytest.raises(MayNotAgree):
        actions.refuse_words(by=actor, request_id=asked.pk)
    actions.take_back_words(by=actor, request_id=asked.pk)
    assert standing(chief, offered).waiting is None


def test_a_request_runs_out(chief, offered, person):
    late = CodeRequestFactory(person=person, ends_at=timezone.now() - dt.timedelta(minutes=1))
    with pytest.raises(CodeRequest.DoesNotExist):
        actions.agree_to_words(by=chief, request_id=late.pk)


def test_the_database_keeps_that_it_takes_two(person):
    asked = CodeRequestFactory(person=person)
    with pytest.raises(IntegrityError), transaction.atomic():
        CodeRequest.objects.filter(pk=asked.pk).update(
            answer="agreed", answered_by=asked.asked_by, answered_at=timezone.now()
        )
    with pytest.raises(TypeError):
        asked.save()


def test_another_agency_knows_of_no_request(person, outsider):
    asked = CodeRequestFactory(person=person)
    for does in (actions.agree_to_words, actions.refuse_words, actions.take_back_words):
        with pytest.raises(CodeRequest.DoesNotExist):
            does(by=actor_for(outsider), request_id=asked.pk)


def test_new_words_end_everything_and_close_what_is_private(actor, chief, person, settings):
    EntryFactory(person=person)
    token = come_in(words=WORDS, number=OWN_NUMBER, borrowed=False)
    words = issue(actor, chief, person)
    assert look(token) is None
    with pytest.raises(NotIn):
        come_in(words=WORDS, number=OWN_NUMBER, borrowed=False)
    with pytest.raises(NotIn):
        come_in(words=words, number=OWN_NUMBER, borrowed=False)
    assert look(begin(words=words, number="915273", borrowed=False)).is_own
    assert Signpost.objects.count() == 2
    entry = Entry.objects.get()
    assert not private_is_open(entry)
    hours = (entry.private_until - entry.made_at).total_seconds() / 3600
    assert round(hours) == settings.LEEWARD_PRIVATE_HOURS == 72
    entry.private_until = timezone.now()
    assert private_is_open(entry)


def test_the_words_for_coming_back_open_it_at_once(actor, chief, person):
    EntryFactory(person=person)
    me = young_person(person.pk, person.agency_id)
    back = actions.make_words_back(by=me)
    issue(actor, chief, person)
    assert not actions.give_words_back(by=me, words="otter otter")
    assert not private_is_open(Entry.objects.get())
    assert actions.give_words_back(by=me, words=back)
    assert private_is_open(Entry.objects.get())


def test_words_for_coming_back_are_not_guessed_for_long(person):
    entry = EntryFactory(person=person)
    me = young_person(person.pk, person.agency_id)
    token = come_in(words=WORDS, number=OWN_NUMBER, borrowed=False)
    for _ in range(MOST_TRIES):
        actions.give_words_back(by=me, words="otter otter")
    entry.refresh_from_db()
    assert entry.locked_at
    assert look(token) is None
    assert not actions.give_words_back(by=me, words=WORDS)


def test_the_first_words_close_nothing(actor, chief, offered):
    issue(actor, chief, offered)
    assert private_is_open(Entry.objects.get())


def test_a_worker_locks_it_and_every_visit_ends(actor, person):
    EntryFactory(person=person)
    token = come_in(words=WORDS, number=OWN_NUMBER, borrowed=False)
    actions.lock(by=actor, person=person)
    assert look(token) is None
    with pytest.raises(NotIn):
        come_in(words=WORDS, number=OWN_NUMBER, borrowed=False)


def test_a_police_partner_offers_and_asks_for_nothing(person):
    police = actor_for(WorkerFactory(agency=person.agency, role="police_partner"))
    with pytest.raises(NotAllowed):
        actions.offer(by=police, person=person, **SAID)
    with pytest.raises(NotAllowed):
        actions.ask_for_words(by=police, person=person, reason="x")


def test_the_second_number_is_another_and_its_lines_never_none(person):
    EntryFactory(person=person)
    me = young_person(person.pk, person.agency_id)
    with pytest.raises(actions.SameNumber):
        actions.choose_second(by=me, number=OWN_NUMBER, lines=[])
    kept = actions.choose_second(by=me, number="8350274", lines=[" ", ""]).lines
    assert kept
    with pytest.raises(actions.TooManyLines):
        actions.choose_second(by=me, number="8350274", lines=["ᓄᐁᓖ" * 40] * 40)


def test_a_line_that_is_added_makes_the_oldest_give_way(person):
    EntryFactory(person=person, lines=["first"])
    me = young_person(person.pk, person.agency_id)
    for number in range(60):
        entry = actions.add_line(by=me, line=f"ᓄᐁᓖ {number} " * 9)
    assert entry.lines[0].startswith("ᓄᐁᓖ 59")
    assert "first" not in entry.lines
    assert sum(len(each.encode()) + 3 for each in entry.lines) <= actions.MOST_BYTES


def test_everything_of_one_person_is_erased(actor, chief, person):
    EntryFactory(person=person)
    EntryFactory(lookup="of another")
    come_in(words=WORDS, number=OWN_NUMBER, borrowed=False)
    CodeRequestFactory(person=person)
    assert erase(person.pk) == 6
    assert erase(person.pk) == 0
    assert list(Signpost.objects.values_list("lookup", flat=True)) == ["of another"]
