"""How long the words of a copy are kept, and that what goes cannot be read again."""

import datetime as dt
import json

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from leeward.access.actors import actor_for
from leeward.accounts.factories import WorkerFactory
from leeward.audit.models import AuditRow
from leeward.core.agency_time import today
from leeward.disclosures import actions
from leeward.disclosures.factories import kept, received
from leeward.disclosures.models import Received, ReceivedEvent
from leeward.disclosures.queries import received_by
from leeward.disclosures.rules import BY_LAW, BY_ORDER, ENDED, Facts, is_open, kept_as, state_of
from leeward.people.actions import index_names
from leeward.people.factories import ConflictLockFactory, YoungPersonFactory
from leeward.sealing import keyring
from leeward.sealing.codec import DoesNotOpen

DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
LATER = st.one_of(st.none(), DAYS)


# --- Pure -----------------------------------------------------------------------------------


@given(DAYS, st.booleans(), LATER, LATER, LATER, DAYS)
def test_no_words_are_counted_as_over_while_a_consent_still_opens_them(
    given_on, by_law, until, withdrawn, kept_on, on
):
    facts = Facts(
        given_on=given_on,
        authority="protection" if by_law else "",
        until=None if by_law else until or given_on,
        withdrawn_on=withdrawn,
        kept_on=kept_on,
        kept_under="kept-for-police" if kept_on else "",
    )
    found, since = kept_as(facts)
    assert found == (BY_LAW if by_law or kept_on else ENDED)
    if not by_law:
        happened = {"withdrawn"} if withdrawn and withdrawn <= on else set()
        still = is_open(state_of(happened, facts.until, on))
        assert not still or since >= on


@given(DAYS, LATER)
def test_what_a_court_ordered_is_of_a_class_without_an_end(given_on, withdrawn):
    facts = Facts(given_on, "", given_on, withdrawn, given_on, "kept-by-order")
    assert kept_as(facts)[0] == BY_ORDER


# --- What goes, and what stays --------------------------------------------------------------

pytestmark = pytest.mark.django_db
TEXT = "Xylograph"


@pytest.fixture
def police():
    return WorkerFactory(role="police_partner")


@pytest.fixture
def dispose(capsys, django_capture_on_commit_callbacks):
    def run():
        with django_capture_on_commit_callbacks(execute=True):
            call_command("dispose")
        return capsys.readouterr().out

    return run


def ago(days):
    return today() - dt.timedelta(days=days)


def given_long_ago(row, years=7):
    long_ago = dt.datetime.now(dt.UTC) - dt.timedelta(days=366 * years)
    Received.objects.filter(pk=row.pk).update(given_at=long_ago)
    return row


def test_the_words_go_for_good_when_their_time_is_over_and_the_facts_stay(police, dispose):
    by = actor_for(police)
    old = received(police, text=TEXT, until=ago(30), about="Ilo Pretend")
    held = json.dumps([old.about, old.items, old.blind, old.digest, old.until.isoformat()])
    lies = Received.objects.values_list("content", flat=True).get(pk=old.pk)
    stay = [
        received(police, text=TEXT, until=ago(29)),
        received(police, text=TEXT, until=ago(-9)),
        received(police, text=TEXT),
    ]
    kept(old_and_kept := received(police, text=TEXT, until=ago(300)), police)
    said = dispose()
    assert "received_ended: the time of 1 was over." in said
    assert "received_by_law" not in said
    row = Received.objects.get(pk=old.pk)
    assert row.content is None
    stays = json.dumps([row.about, row.items, row.blind, row.digest, row.until.isoformat()])
    assert stays == held
    # Not in an older copy of the data either: the key that opened them is no more.
    assert not keyring.has_key(old.pk)
    old.__dict__["content"] = lies
    with pytest.raises(DoesNotOpen):
        old.content  # noqa: B018
    assert AuditRow.objects.get(action="disclosure.expire").subject_id == old.pk
    for each in (*stay, old_and_kept):
        assert TEXT in str(Received.objects.get(pk=each.pk).content)

    # It stands in the list, closed, and nothing brings it back.
    copy = actions.read_received(by=by, received_id=old.pk)
    assert (copy.state, copy.open) == ("gone", False)
    law = {"received_id": old.pk, "authority": "kept-by-order", "reason": "order 1"}
    with pytest.raises(actions.WordsGone):
        actions.keep_by_law(by=by, **law)
    assert "received" not in dispose()
    # And whoever is locked out here still finds no trace of it.
    there = YoungPersonFactory(agency=police.agency, opened_by=police, name_used="Ilo Pretend")
    index_names(there)
    ConflictLockFactory(person=there, worker=police)
    assert received_by(by) == []


def test_a_row_that_an_older_backup_brought_back_opens_for_nobody_and_hides_no_other(
    police, dispose
):
    back, other = received(police, text=TEXT, until=ago(40)), received(police)
    keyring.destroy_key(back.pk)
    by = actor_for(police)
    assert received_by(by) == [other]
    assert actions.read_received(by=by, received_id=other.pk).open
    with pytest.raises(Received.DoesNotExist):
        actions.read_received(by=by, received_id=back.pk)
    assert "received" not in dispose()


def test_what_a_law_gave_or_keeps_goes_after_years_unless_a_court_ordered_it(police, dispose):
    by_law = given_long_ago(received(police, text=TEXT))
    fresh = given_long_ago(received(police, text=TEXT), years=6)
    ordered = given_long_ago(received(police, text=TEXT))
    kept(ordered, police)
    held = given_long_ago(received(police, text=TEXT, until=ago(366 * 7)))
    for row, days in ((held, 366 * 7), (ordered, 366 * 7)):
        law = "kept-by-order" if row is ordered else "kept-for-police"
        event = kept(row, police) if row is held else row.events.get()
        at = dt.datetime.now(dt.UTC) - dt.timedelta(days=days)
        ReceivedEvent.objects.filter(pk=event.pk).update(at=at, authority=law)
    assert "received_by_law: the time of 2 was over." in dispose()
    gone = {each.pk for each in Received.objects.filter(gone_at__isnull=False)}
    assert gone == {by_law.pk, held.pk}
    event = held.events.get()
    assert (event.authority, event.reason) == ("kept-for-police", "")
    assert TEXT in str(Received.objects.get(pk=fresh.pk).content)
    assert ordered.events.get().reason
