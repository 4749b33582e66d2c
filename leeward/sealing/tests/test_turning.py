"""Keys are turned over beside everybody, and a run that was killed is gone on with."""

import threading
from itertools import islice
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection, connections, transaction

from leeward.accounts.factories import AgencyFactory
from leeward.core.boundary import within
from leeward.observations.factories import ObservationFactory
from leeward.people.factories import YoungPersonFactory
from leeward.people.models import Strength, YoungPerson
from leeward.sealing import keyring, keysets, resealing, turning
from leeward.sealing.fields import SealedField, holder_of
from leeward.sealing.models import AgencyKeyset, DataKey, KeyTurn
from leeward.sealing.providers import KeyFile, provider

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_key_of_this_test(settings, tmp_path):
    """Turned over without touching that of other tests."""
    settings.LEEWARD_KEYSET_FILE = tmp_path / "keyset.json"
    KeyFile().make()
    keyring.let_go()


def done(turn):
    """A turn from where it is to its end; how much each step did."""
    return {step.name: sum(step.work) for step in turning.steps(turn, sleep=lambda _s: None)}


def under_older_keys():
    """Sealed values anywhere that do not lie under their holder's newest key."""
    left = []
    for model, fields in resealing.sealed_models().items():
        for row in model._base_manager.all():
            newest = keyring.holder_keys(holder_of(row)).ids[-1]
            left += [
                (row, field.name)
                for field in fields
                if (held := row.__dict__[field.attname]) is not None
                and keysets.key_that_sealed(held) != newest
            ]
    return left


def words_of(person):
    person = YoungPerson.objects.get(pk=person.pk)
    return person.name_used, [each.text for each in person.observations.all()]


def test_a_turn_gives_new_keys_to_what_wraps_and_changes_no_row(agency, person):
    ObservationFactory(person=person, text="Invented words")
    before = {row.holder: bytes(row.sealed) for row in DataKey.objects.all()}
    version, words = provider().version(), words_of(person)
    raw = YoungPerson.objects.get(pk=person.pk).__dict__["name_used"]
    turn = turning.begin(deep=False)
    told = done(turn)
    assert told == {"agencies": 1, "keys": len(before)}
    assert provider().version() == turn.version != version
    assert set(AgencyKeyset.objects.values_list("under", flat=True)) == {turn.version}
    newest = keyring.agency_keys(agency.pk).ids[-1]
    assert set(DataKey.objects.values_list("under", flat=True)) == {newest}
    assert all(bytes(row.sealed) != before[row.holder] for row in DataKey.objects.all())
    assert YoungPerson.objects.get(pk=person.pk).__dict__["name_used"] == raw
    assert words_of(person) == words
    assert turning.unfinished() is None


def test_the_old_key_encryption_key_alone_opens_no_keyring_that_was_turned_over(agency, settings):
    older = settings.LEEWARD_KEYSET_FILE.read_bytes()
    done(turning.begin(deep=False))
    settings.LEEWARD_KEYSET_FILE.unlink()
    settings.LEEWARD_KEYSET_FILE.write_bytes(older)
    keyring.let_go()
    with pytest.raises(keysets.Fault):
        keyring.agency_keys(agency.pk)


def test_a_deep_turn_seals_everything_again(agency, person):
    ObservationFactory(person=person, text="Invented words", own_words="Mine")
    elsewhere = YoungPersonFactory(agency=AgencyFactory())
    words, theirs = words_of(person), words_of(elsewhere)
    held = {row.holder: keyring.holder_keys(row.holder).ids for row in DataKey.objects.all()}
    done(turning.begin(deep=True))
    assert words_of(person) == words
    assert words_of(elsewhere) == theirs
    for holder, ids in held.items():
        assert keyring.holder_keys(holder).ids[:-1] == ids
    assert under_older_keys() == []


def test_every_model_with_sealed_words_is_sealed_again():
    named = {
        model
        for model in apps.get_models()
        if any(isinstance(field, SealedField) for field in model._meta.concrete_fields)
    }
    assert set(resealing.sealed_models()) == named
    assert len(named) > 15


@pytest.mark.parametrize("killed_after", range(8))
def test_a_turn_killed_between_batches_is_gone_on_with(agency, killed_after, monkeypatch):
    monkeypatch.setattr(turning, "WRAPPED_AT_ONCE", 2)
    monkeypatch.setattr(turning, "HOLDERS_AT_ONCE", 2)
    people = [YoungPersonFactory(agency=agency) for _n in range(4)]
    words = [words_of(person) for person in people]
    turn = turning.begin(deep=True)
    batches = (
        (step.name, done)
        for step in turning.steps(turn, sleep=lambda _s: None)
        for done in step.work
    )
    first = list(islice(batches, killed_after))
    del batches
    keyring.let_go()
    assert [words_of(person) for person in people] == words
    again = turning.unfinished()
    if again is None:
        assert killed_after > len(first)
    else:
        second = done(again)
        agencies = sum(number for name, number in first if name == "agencies")
        assert agencies + second.get("agencies", 0) == 1
        keys = sum(number for name, number in first if name == "keys")
        assert keys + second.get("keys", 0) == DataKey.objects.count()
    assert turning.unfinished() is None
    assert under_older_keys() == []
    assert [words_of(person) for person in people] == words
    assert {len(keyring.holder_keys(each.pk).ids) for each in people} == {2}


def test_a_process_that_holds_older_keys_reads_what_another_sealed_since(person):
    stale = keyring.holder_keys(person.pk)
    agencies = keyring.agency_keys(person.agency_id)
    done(turning.begin(deep=True))
    # As in another process: what it holds is from before the turn.
    keyring.let_go()
    keyring._holders().put(person.pk, stale)
    keyring._agencies().put(person.agency_id, agencies)
    assert YoungPerson.objects.get(pk=person.pk).name_used == "Noʔeli"
    assert keyring.holder_keys(person.pk).ids[:-1] == stale.ids


def test_a_key_made_under_an_older_agency_key_meanwhile_still_opens(person):
    agencies = keyring.agency_keys(person.agency_id)
    done(turning.begin(deep=False))
    keyring.let_go()
    keyring._agencies().put(person.agency_id, agencies)
    late = uuid4()
    keyring.make_key(late, person.agency_id)
    keyring.let_go()
    assert keyring.holder_keys(late).ids
    assert turning.status().older_holders == 1
    done(turning.begin(deep=False))
    assert turning.status().older_holders == 0


def test_a_key_destroyed_while_keys_are_turned_over_does_not_come_back(person, monkeypatch):
    wrap = keysets.wrap

    def wrap_and_destroy(handle, under, bound_to):
        if bound_to == keyring.of_holder(person.pk, person.agency_id):
            DataKey.objects.filter(holder=person.pk).delete()
        return wrap(handle, under, bound_to)

    monkeypatch.setattr(keysets, "wrap", wrap_and_destroy)
    done(turning.begin(deep=True))
    assert not keyring.has_key(person.pk)


def test_a_key_that_opens_for_nobody_holds_up_nobody_else(agency, person):
    broken = uuid4()
    keyring.make_key(broken, agency.pk)
    DataKey.objects.filter(holder=broken).update(sealed=b"\x01 not a key at all")
    done(turning.begin(deep=True))
    assert turning.unfinished() is None
    assert turning.status().older_holders == 1
    assert words_of(person)[0] == "Noʔeli"


def test_a_value_that_opens_for_nobody_stays_as_it_is(person):
    moved = Strength.objects.create(person=person, recorded_by=person.opened_by, text="Chess")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_strength SET text = %s", [b"\x01not sealed at all"])
    done(turning.begin(deep=True))
    assert Strength.objects.get(pk=moved.pk).__dict__["text"] == b"\x01not sealed at all"


def test_status_counts_what_is_left_and_the_newest_turn(agency, person):
    whole = turning.status()
    assert (whole.older_agencies, whole.older_holders, whole.turned_at) == (0, 0, None)
    turn = turning.begin(deep=False)
    list(next(turning.steps(turn)).work)
    half = turning.status()
    assert half.unfinished == turn
    assert (half.older_agencies, half.older_holders) == (0, whole.holders)
    done(turn)
    after = turning.status()
    assert (after.older_holders, after.unfinished) == (0, None)
    assert after.turned_at == KeyTurn.objects.get().done_at


# --- Beside others who write ----------------------------------------------------------------


class Writer(threading.Thread):
    """Another worker, who changes names and adds strengths all the while."""

    def __init__(self, people, opened_by):
        super().__init__()
        self.people, self.opened_by = people, opened_by
        self.enough, self.wrote, self.number = threading.Event(), {}, 0

    def run(self):
        try:
            # A thread stands inside nobody's boundary until it says so.
            with within(self.opened_by.agency_id):
                while not self.enough.is_set() or self.number < 20:
                    self.write()
        finally:
            connections.close_all()

    def write(self):
        self.number += 1
        pk = self.people[self.number % len(self.people)]
        with transaction.atomic():
            person = YoungPerson.objects.select_for_update().get(pk=pk)
            person.name_used = f"Invented {self.number}"
            person.save()
            Strength.objects.create(
                person=person, recorded_by=self.opened_by, text=str(self.number)
            )
        self.wrote.setdefault(pk, []).append(self.number)


def turned_beside(writer, times):
    """Deep turns while somebody writes: at the same time on PostgreSQL, between batches on
    SQLite, where writers queue."""
    at_once = connection.vendor == "postgresql"
    if at_once:
        writer.start()
    for _time in range(times):
        for step in turning.steps(turning.begin(deep=True), sleep=lambda _s: None):
            for _done in step.work:
                if not at_once and step.name != "seconds":
                    writer.write()
    writer.enough.set()
    if at_once:
        writer.join()


@pytest.mark.django_db(transaction=True)
def test_nothing_written_beside_a_deep_turn_is_lost(agency, wren, monkeypatch):
    monkeypatch.setattr(turning, "HOLDERS_AT_ONCE", 2)
    people = [YoungPersonFactory(agency=agency, opened_by=wren).pk for _n in range(6)]
    writer = Writer(people, wren)
    turned_beside(writer, times=3)
    keyring.let_go()
    assert len(writer.wrote) == len(people)
    for pk, numbers in writer.wrote.items():
        person = YoungPerson.objects.get(pk=pk)
        assert person.name_used == f"Invented {numbers[-1]}"
        assert sorted(int(each.text) for each in person.strengths.all()) == numbers
    done(turning.begin(deep=True))
    assert under_older_keys() == []
