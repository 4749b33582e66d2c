"""Keys come, open for their holder alone, and go."""

from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.db import connections
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from leeward.accounts.factories import AgencyFactory
from leeward.sealing import keyring, keysets
from leeward.sealing.codec import DoesNotOpen, Place, open_sealed, seal
from leeward.sealing.held import Held
from leeward.sealing.models import AgencyKeyset, DataKey
from leeward.sealing.providers import KeyFile
from leeward.sealing.router import KEYRING, KeyringRouter

pytestmark = pytest.mark.django_db
HERE = Place("people_youngperson", "name_used", "1")


def asked():
    """What the keyring's database is asked meanwhile."""
    return CaptureQueriesContext(connections[KEYRING])


def made(agency, number=1):
    """So many holders with keys."""
    holders = [uuid4() for _n in range(number)]
    keyring.make_keys((holder, agency.pk) for holder in holders)
    return holders


def test_a_key_is_made_once(agency):
    (holder,) = made(agency)
    before = bytes(DataKey.objects.get(holder=holder).sealed)
    keyring.make_key(holder, agency.pk)
    assert bytes(DataKey.objects.get(holder=holder).sealed) == before
    assert keyring.has_key(holder)


def test_an_agency_keeps_its_keys(agency):
    before = bytes(AgencyKeyset.objects.get(agency_id=agency.pk).sealing)
    keyring.make_agency(agency.pk)
    assert bytes(AgencyKeyset.objects.get(agency_id=agency.pk).sealing) == before
    assert keyring.has_key(agency.pk)


def test_no_key_is_made_where_the_agency_has_none():
    with pytest.raises(keyring.NoKey):
        keyring.make_key(uuid4(), uuid4())


def test_many_keys_are_made_in_few_queries(agency):
    with asked() as seen:
        made(agency, keyring.BATCH + 1)
    assert len(seen) <= 8
    assert DataKey.objects.filter(agency_id=agency.pk).count() == keyring.BATCH + 2


def test_warming_opens_many_in_one_query(agency):
    holders = made(agency, 20)
    sealed = [seal(b"x", HERE, holder=holder) for holder in holders]
    keyring.let_go()
    keyring.agency_keys(agency.pk)
    with asked() as seen:
        keyring.warm(holders)
        keyring.warm(holders)
        for holder, each in zip(holders, sealed, strict=True):
            assert open_sealed(each, HERE, holder=holder) == b"x"
    assert len(seen) == 1


def test_a_destroyed_key_opens_nothing_from_then_on(agency):
    holder, other = made(agency, 2)
    mine, theirs = (seal(b"words", HERE, holder=each) for each in (holder, other))
    keyring.destroy_key(holder)
    keyring.destroy_key(holder)
    assert not keyring.has_key(holder)
    with pytest.raises(DoesNotOpen):
        open_sealed(mine, HERE, holder=holder)
    assert open_sealed(theirs, HERE, holder=other) == b"words"


def test_a_key_made_again_is_another_key(agency):
    (holder,) = made(agency)
    sealed = seal(b"words", HERE, holder=holder)
    keyring.destroy_key(holder)
    keyring.make_key(holder, agency.pk)
    with pytest.raises(DoesNotOpen):
        open_sealed(sealed, HERE, holder=holder)


def test_a_key_destroyed_elsewhere_stops_opening_when_its_time_is_up(agency, settings):
    settings.LEEWARD_KEYS_HELD_SECONDS = 0
    keyring.let_go()
    (holder,) = made(agency)
    sealed = seal(b"words", HERE, holder=holder)
    DataKey.objects.filter(holder=holder).delete()
    with pytest.raises(DoesNotOpen):
        open_sealed(sealed, HERE, holder=holder)


def test_a_data_key_moved_to_another_holder_or_agency_does_not_open(agency):
    holder, other = made(agency, 2)
    stolen = DataKey.objects.get(holder=holder)
    DataKey.objects.filter(holder=other).update(sealed=stolen.sealed)
    elsewhere = AgencyFactory()
    DataKey.objects.filter(holder=holder).update(agency_id=elsewhere.pk)
    for row in DataKey.objects.filter(holder__in=[holder, other]):
        with pytest.raises(keysets.Fault):
            keyring.opened(row)


def test_an_agency_s_keyset_moved_to_another_agency_does_not_open(agency):
    elsewhere = AgencyFactory()
    stolen = AgencyKeyset.objects.get(agency_id=agency.pk)
    AgencyKeyset.objects.filter(agency_id=elsewhere.pk).update(
        sealing=stolen.sealing, tokens=stolen.tokens
    )
    keyring.let_go()
    with pytest.raises(keysets.Fault):
        keyring.agency_keys(elsewhere.pk)


def test_the_keyring_opens_under_its_own_key_alone(agency, settings, tmp_path):
    (holder,) = made(agency)
    sealed = seal(b"words", HERE, holder=holder)
    settings.LEEWARD_KEYSET_FILE = tmp_path / "another.json"
    KeyFile().make()
    keyring.let_go()
    with pytest.raises(DoesNotOpen):
        open_sealed(sealed, HERE, holder=holder)


def test_no_key_lies_open_in_the_keyring(agency):
    (holder,) = made(agency)
    row = DataKey.objects.get(holder=holder)
    held = keysets.as_text(keyring.opened(row))
    assert '"value":' in held
    with pytest.raises(keysets.Fault):
        keysets.from_text(bytes(row.sealed).decode("latin-1"))


def test_keys_lie_in_the_keyring_and_nothing_else_does():
    tables = {alias: connections[alias].introspection.table_names() for alias in connections}
    keys = {AgencyKeyset._meta.db_table, DataKey._meta.db_table}
    assert keys <= set(tables[KEYRING])
    assert not keys & set(tables["default"])
    assert all(name.startswith(("sealing_", "django_migr")) for name in tables[KEYRING])


@given(app=st.text(), database=st.sampled_from(["default", KEYRING]))
def test_the_router_keeps_the_two_apart(app, database):
    assert KeyringRouter().allow_migrate(database, app) == (
        (database == KEYRING) == (app == "sealing")
    )


def test_the_keyring_takes_part_in_no_transaction_of_a_page():
    assert not django_settings.DATABASES[KEYRING].get("ATOMIC_REQUESTS")


# --- What is held in memory -----------------------------------------------------------------


def test_what_is_held_is_let_go_after_its_time_however_often_it_is_used():
    now = [0.0]
    held = Held(10, 5.0, clock=lambda: now[0])
    held.put("a", 1)
    for now[0] in (1.0, 2.0, 4.9):
        assert held.get("a") == 1
    now[0] = 5.0
    assert held.get("a") is None
    assert len(held) == 0


@given(st.lists(st.tuples(st.sampled_from(["put", "get", "drop"]), st.integers(0, 9))))
def test_no_more_is_held_than_was_said_and_the_least_used_goes_first(moves):
    held, told = Held(3, 60.0, clock=lambda: 0.0), []
    for move, key in moves:
        if move == "put":
            held.put(key, str(key))
        elif move == "drop":
            held.drop(key)
        else:
            assert held.get(key) == (str(key) if key in told else None)
        if move == "put" or (move == "get" and key in told):
            told = [*[each for each in told if each != key], key][-3:]
        elif move == "drop":
            told = [each for each in told if each != key]
        assert len(held) == len(told)
