"""How a copy closes, what stays, and that each side stands by itself."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from leeward.access.actors import young_person
from leeward.consents.actions import withdraw
from leeward.core.agency_time import today
from leeward.disclosures import actions
from leeward.disclosures.drafting import (
    NoAuthority,
)
from leeward.disclosures.factories import kept, received
from leeward.disclosures.models import Disclosure, Received, ReceivedEvent
from leeward.disclosures.queries import known_to, newly_received
from leeward.entry.factories import EntryFactory
from leeward.keeping.erasers import erase_all
from leeward.notices.models import Notice
from leeward.people.factories import AssignmentFactory
from leeward.sealing import keyring

pytestmark = pytest.mark.django_db
NO = {"phone": "no", "tip_off": "no", "names": "no"}


def read(piper, disclosure):
    return actions.read_received(by=piper, received_id=disclosure.received_id)


def on_day(monkeypatch, day):
    for name in ("models", "drafting"):
        monkeypatch.setattr(f"leeward.disclosures.{name}.today", lambda: day)


# --- How it closes --------------------------------------------------------------------------


def closed(piper, row):
    """Closed in its page, its lists on Home; what stays is there."""
    copy = read(piper, row)
    held = copy.received
    assert copy.content is None
    assert newly_received(piper, 14) == []
    assert held.digest == row.digest
    assert held.items == row.items
    return copy.state


def test_withdrawn_by_them_it_closes_at_once_and_the_worker_is_told(give, piper, person, wren):
    row = give("notes")
    own = young_person(person.pk, person.agency_id)
    withdraw(by=own, consent=row.consent)
    assert closed(piper, row) == "withdrawn"
    assert Disclosure.objects.get(pk=row.pk).state == "withdrawn"
    told = Notice.objects.get(kind="disclosures.stopped")
    assert (told.to_worker_id, told.about) == (wren.pk, person.pk)


def test_those_on_the_team_are_told_and_whoever_left_it_is_not(
    give, actor, person, wren, colleague, supervisor
):
    row = give("notes")
    person.team.filter(worker=wren).update(until=today(), ended_by=supervisor)
    AssignmentFactory(person=person, worker=colleague)
    withdraw(by=young_person(person.pk, person.agency_id), consent=row.consent)
    told = Notice.objects.filter(kind="disclosures.stopped")
    assert [each.to_worker_id for each in told] == [colleague.pk]


def test_over_it_closes_by_itself(give, piper, monkeypatch):
    row = give("notes")
    on_day(monkeypatch, row.until)
    assert read(piper, row).open
    on_day(monkeypatch, row.until + dt.timedelta(days=1))
    assert closed(piper, row) == "ended"


@pytest.mark.parametrize("first", ["kept", "withdrawn"])
def test_what_a_law_keeps_stays_open_and_both_sides_see_it(give, piper, person, actor, first):
    row = give("notes")
    law = {"by": piper, "received_id": row.received_id, "authority": "kept-by-order"}
    steps = [
        lambda: actions.keep_by_law(**law, reason="order 1"),
        lambda: withdraw(by=actor, consent=row.consent),
    ]
    for step in steps if first == "kept" else reversed(steps):
        step()
    assert read(piper, row).state == "kept"
    assert "She painted." in str(read(piper, row).content)
    kept_here = Disclosure.objects.get(pk=row.pk).events.get(kind="kept")
    assert kept_here.authority == "kept-by-order"
    assert kept_here.recorded_by is None
    with pytest.raises(actions.Closed):
        actions.keep_by_law(**law, reason="again")


@pytest.mark.parametrize(
    "wrong", [{"authority": "protection"}, {"authority": "nothing"}, {"reason": " "}]
)
def test_nothing_is_kept_without_a_section_and_a_reason(give, piper, wrong):
    law = {"by": piper, "received_id": give().received_id, "authority": "kept-by-order"}
    with pytest.raises(NoAuthority):
        actions.keep_by_law(**law | {"reason": "order 1"} | wrong)
    assert not ReceivedEvent.objects.exists()


def test_what_is_given_under_a_section_has_no_end(give, piper, police, monkeypatch):
    law = {"authority": "protection", "agency_id": police.agency_id, "purpose": "A search."}
    row = give("notes", consent_id=None, **law)
    on_day(monkeypatch, dt.date(2099, 1, 1))
    assert read(piper, row).open
    with pytest.raises(IntegrityError), transaction.atomic():
        Disclosure.objects.filter(pk=row.pk).update(until=today())
    with pytest.raises(IntegrityError), transaction.atomic():
        Received.objects.filter(pk=row.received_id).update(authority="")


def test_a_failure_on_the_other_side_undoes_the_withdrawal(give, actor, monkeypatch):
    row = give()

    def fails(**_given):
        raise IntegrityError("elsewhere")

    monkeypatch.setattr(ReceivedEvent.objects, "create", fails)
    with pytest.raises(IntegrityError):
        withdraw(by=actor, consent=row.consent)
    assert Disclosure.objects.get(pk=row.pk).state == "open"
    assert row.consent.state == "given"


# --- Each side by itself --------------------------------------------------------------------


def test_the_copy_is_sealed_under_the_receivers_keys_and_outlives_the_file(give, piper, person):
    row = give("notes")
    erase_all(person.pk)
    keyring.destroy_key(person.pk)
    assert not Disclosure.objects.exists()
    assert "She painted." in str(read(piper, row).content)


def test_the_file_outlives_the_copy(give, actor, person):
    row = give("notes")
    keyring.destroy_key(row.received_id)
    assert Disclosure.objects.get(pk=row.pk).purpose
    withdraw(by=actor, consent=row.consent)


def test_no_word_of_it_lies_open(give):
    give()
    with connection.cursor() as cursor:
        for model in (Disclosure, Received):
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')  # noqa: S608
            held = repr([bytes(each) if isinstance(each, memoryview) else each
                         for row in cursor.fetchall() for each in row])  # fmt: skip
            assert len(held) > 1000
            for word in ("painted", "Piper", "room", "strength", "window"):
                assert word not in held


# --- What the young person reads ------------------------------------------------------------


def test_they_read_of_it_only_once_it_is_released(give, actor, person):
    own = young_person(person.pk, person.agency_id)
    row = give("notes")
    with pytest.raises(actions.NotOffered):
        actions.let_know(by=actor, disclosure=row, answers=NO)
    EntryFactory(person=person)
    assert known_to(own, person) == []
    actions.let_know(by=actor, disclosure=row, answers=NO | {"phone": "unsure"})
    assert known_to(own, person) == []
    with pytest.raises(actions.NotReleased):
        actions.take_back(by=actor, disclosure=row)
    actions.let_know(by=actor, disclosure=row, answers=NO)
    (known,) = known_to(own, person)
    assert known.may_stop
    actions.take_back(by=actor, disclosure=row)
    assert known_to(own, person) == []
    with pytest.raises(ValueError, match="maybe"):
        actions.let_know(by=actor, disclosure=row, answers=NO | {"names": "maybe"})


def test_what_a_section_gives_they_cannot_stop(give, actor, person, police):
    EntryFactory(person=person)
    law = {"authority": "protection", "agency_id": police.agency_id, "purpose": "A search."}
    actions.let_know(by=actor, disclosure=give(consent_id=None, **law), answers=NO)
    (known,) = known_to(young_person(person.pk, person.agency_id), person)
    assert not known.may_stop


def test_the_factory_of_a_kept_copy_says_as_the_action_does(police, piper):
    row = received(police, until=today() - dt.timedelta(days=1))
    assert Received.objects.get(pk=row.pk).state == "ended"
    kept(row, police)
    assert Received.objects.get(pk=row.pk).state == "kept"
