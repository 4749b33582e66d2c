"""Coming in, staying in, and being kept out: by words and a number, and never told why not."""

import contextlib
import datetime as dt
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leeward.access.actors import young_person
from leeward.audit.models import AuditRow
from leeward.entry import actions, coming_in, rules
from leeward.entry.coming_in import NotIn, begin, come_in, look
from leeward.entry.factories import (
    OTHER_NUMBER,
    OWN_NUMBER,
    WORDS,
    EntryFactory,
    VisitFactory,
)
from leeward.entry.models import Entry, Signpost, Visit

pytestmark = pytest.mark.django_db

WRONG = "915273"


@pytest.fixture
def entry(person):
    """Noʔeli's way in, with both numbers chosen."""
    return EntryFactory(person=person)


def try_in(words=WORDS, number=OWN_NUMBER, *, borrowed=False):
    return come_in(words=words, number=number, borrowed=borrowed)


def earlier(row, **how_long):
    """Make it as if this row was written earlier, by its own moments."""
    for name, minutes in how_long.items():
        moment = timezone.now() - dt.timedelta(minutes=minutes)
        type(row).objects.filter(pk=row.pk).update(**{name: moment})


def test_words_and_number_open_what_is_their_own(entry, person):
    here = look(try_in(words="MAPLE, canoe lantern otter  september"))
    assert (here.actor.kind, here.actor.id) == ("young_person", person.pk)
    assert here.is_own
    row = AuditRow.objects.latest("id")
    assert (row.action, row.actor_kind, row.subject_id) == (
        "space.come_in",
        "young_person",
        person.pk,
    )


def test_the_second_number_opens_the_other_notebook_and_leaves_the_same_rows(entry):
    rows = []
    for number in (OWN_NUMBER, OTHER_NUMBER):
        with CaptureQueriesContext(connection) as asked:
            token = try_in(number=number)
        row = AuditRow.objects.latest("id")
        visit = Visit.objects.latest("began_at")
        rows.append(
            (
                len(asked),
                row.action,
                row.actor_id,
                row.purpose,
                len(token),
                len(bytes(vars(visit)["opens"])),
            )
        )
        Visit.objects.all().delete()
        Signpost.objects.exclude(lookup=entry.lookup).delete()
    assert rows[0] == rows[1]


def test_which_notebook_is_open_is_not_to_be_read_in_the_table(entry):
    for number in (OWN_NUMBER, OTHER_NUMBER):
        try_in(number=number)
    with connection.cursor() as cursor:
        cursor.execute("SELECT opens FROM entry_visit")
        sealed = [bytes(each) for (each,) in cursor.fetchall()]
    assert len({len(each) for each in sealed}) == 1
    assert not any(b"own" in each or b"other" in each for each in sealed)


def test_a_row_is_as_long_whether_or_not_a_second_number_was_chosen(entry, person):
    def lengths():
        with connection.cursor() as cursor:
            cursor.execute("SELECT numbers, lines FROM entry_entry")
            return [len(bytes(each)) for each in cursor.fetchone()]

    before = lengths()
    me = young_person(person.pk, person.agency_id)
    actions.choose_second(by=me, number="8350274", lines=["Call Auntie", "x" * 100])
    assert lengths() == before


REFUSED = {
    "a wrong number": {"number": WRONG},
    "words of nobody": {"words": "otter otter otter otter otter"},
    "no words": {"words": ""},
}


@pytest.mark.parametrize("how", REFUSED.values(), ids=REFUSED)
def test_whoever_does_not_get_in_leaves_a_row_and_no_visit(entry, how):
    with pytest.raises(NotIn):
        try_in(**how)
    row = AuditRow.objects.latest("id")
    assert (row.action, row.outcome, row.actor_kind) == ("space.come_in", "failed", "nobody")
    assert not Visit.objects.exists()


def test_after_five_wrong_numbers_even_the_right_one_waits(entry):
    for _ in range(rules.FREE_TRIES):
        with pytest.raises(NotIn):
            try_in(number=WRONG)
    with pytest.raises(NotIn):
        try_in()
    entry.refresh_from_db()
    assert entry.failures == rules.FREE_TRIES, "a try that waits is not counted"
    earlier(entry, failed_at=2)
    assert look(try_in()).is_own
    entry.refresh_from_db()
    assert entry.failures == 0


def test_after_ten_it_is_locked_until_a_worker_unlocks_it(entry, person, actor):
    for _ in range(rules.MOST_TRIES):
        earlier(entry, failed_at=60 * 24)
        with pytest.raises(NotIn):
            try_in(number=WRONG)
    earlier(entry, failed_at=60 * 24 * 365)
    for number in (OWN_NUMBER, OTHER_NUMBER):
        with pytest.raises(NotIn):
            try_in(number=number)
    actions.unlock(by=actor, person=person)
    assert look(try_in()).is_own


def test_the_same_is_hashed_whatever_was_typed(entry, monkeypatch):
    checked = []
    monkeypatch.setattr(
        coming_in, "check_password", lambda number, kept: checked.append(kept) or False
    )
    for how in ({"number": WRONG}, {"words": "otter otter otter otter otter"}):
        with pytest.raises(NotIn):
            try_in(**how)
    assert len(checked) == 4


def test_no_answer_comes_sooner_than_the_least_time(entry, settings):
    settings.LEEWARD_ENTRY_SECONDS = 0.4
    for how in ({}, {"number": WRONG}, {"words": "nobody"}):
        started = time.monotonic()
        with contextlib.suppress(NotIn):
            try_in(**how)
        assert time.monotonic() - started >= 0.4


def test_words_that_were_never_used_ask_for_a_number_first(person):
    EntryFactory(person=person, unused=True)
    with pytest.raises(NotIn):
        try_in()
    assert look(begin(words=WORDS, number="7041967", borrowed=False)).is_own
    assert look(try_in(number="7041967")).is_own
    for again in (WORDS, "otter otter otter otter otter"):
        with pytest.raises(NotIn):
            begin(words=again, number=WRONG, borrowed=False)
    assert look(try_in(number="7041967")).is_own


def test_words_that_ran_out_begin_nothing(person):
    entry = EntryFactory(person=person, unused=True)
    earlier(entry, begin_by=1)
    with pytest.raises(NotIn):
        begin(words=WORDS, number=WRONG, borrowed=False)


@pytest.mark.parametrize(
    ("borrowed", "moments"),
    [(False, {"used_at": 11}), (True, {"used_at": 6}), (False, {"ends_at": 1})],
)
def test_a_visit_ends_by_itself_and_is_gone(entry, borrowed, moments):
    token = try_in(borrowed=borrowed)
    earlier(Visit.objects.get(), **moments)
    assert look(token) is None
    assert not Visit.objects.exists()
    assert Signpost.objects.count() == 1


def test_a_visit_on_a_device_that_is_not_theirs_is_short(entry):
    try_in(borrowed=True)
    assert Visit.objects.get().ends_at <= timezone.now() + dt.timedelta(minutes=20)


def test_whoever_is_on_no_device_is_always_on_a_borrowed_one(person):
    EntryFactory(person=person, offer__on_no_device=True)
    try_in()
    assert Visit.objects.get().borrowed


def test_leaving_ends_it_on_the_server_and_here_alone(entry, person):
    one, other = try_in(), try_in()
    here = look(one)
    actions.leave(by=here.actor, visit_id=here.visit.pk)
    assert look(one) is None
    assert look(other) is not None


def test_a_cookie_of_nobody_opens_nothing():
    assert look("") is None
    assert look("invented") is None


def test_two_devices_at_once_are_two_visits(entry):
    assert look(try_in()).visit.pk != look(try_in(borrowed=True)).visit.pk


@pytest.mark.parametrize("years", [16, 18])
def test_a_birthday_ends_nothing(entry, person, years):
    today = timezone.localdate()
    token = try_in()
    person.born = today.replace(year=today.year - years, day=min(today.day, 28)).isoformat()
    person.save()
    assert look(token).is_own
    assert look(try_in()).is_own


def test_nobody_elses_words_or_cookie_reach_this_entry(entry):
    VisitFactory(token="of another")
    assert look("of another").actor.id != entry.person_id
    assert Entry.objects.visible_to(look("of another").actor).count() == 0
