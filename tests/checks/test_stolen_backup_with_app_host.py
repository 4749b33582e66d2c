"""Check: the database and everything on the server's disk open nothing without the provider's
secret, which is in neither.

The thief holds the data, the keyring, the program and every file of the data folder.
"""

import pytest
from django.core.exceptions import ImproperlyConfigured
from tink import aead

from leeward.people.models import YoungPerson
from leeward.sealing import keyring, keysets
from leeward.sealing.models import AgencyKeyset, DataKey
from leeward.sealing.providers import KeyFile, provider

pytestmark = pytest.mark.django_db

SECRET = keysets.as_text(keysets.make(keysets.SEALING))


@pytest.fixture
def host(settings, monkeypatch, tmp_path):
    """A server whose key comes from its environment: nothing of it is on the disk."""
    settings.LEEWARD_KEY_PROVIDER = "environment"
    settings.LEEWARD_KEYSET_FILE = tmp_path / "keys" / "keyset.json"
    monkeypatch.setenv("LEEWARD_KEY", SECRET)
    keyring.let_go()
    return tmp_path


@pytest.fixture
def taken(host, person, monkeypatch):
    """What was carried off: the server is not running, and its environment is gone."""
    assert YoungPerson.objects.get(pk=person.pk).name_used == "Noʔeli"
    monkeypatch.delenv("LEEWARD_KEY")
    keyring.let_go()
    return person


def wrapped(person):
    """Each wrapped key on the disk, with what it is bound to."""
    agency = AgencyKeyset.objects.get(agency_id=person.agency_id)
    for part in ("sealing", "tokens"):
        yield bytes(getattr(agency, part)), keyring.of_agency(person.agency_id, part)
    for row in DataKey.objects.all():
        yield bytes(row.sealed), keyring.of_holder(row.holder, row.agency_id)


def test_stolen_backup_with_app_host(taken, monkeypatch):
    """Nothing unwraps and nothing opens; with the secret given back, the same steps succeed."""
    with pytest.raises(ImproperlyConfigured):
        keyring.agency_keys(taken.agency_id)
    with pytest.raises(ImproperlyConfigured):
        _name = YoungPerson.objects.get(pk=taken.pk).name_used
    monkeypatch.setenv("LEEWARD_KEY", SECRET)
    keyring.let_go()
    assert keyring.agency_keys(taken.agency_id).ids
    assert YoungPerson.objects.get(pk=taken.pk).name_used == "Noʔeli"


def test_no_key_that_a_thief_makes_unwraps_anything(taken):
    mine = keysets.make(keysets.SEALING).primitive(aead.Aead)
    for sealed, bound_to in wrapped(taken):
        with pytest.raises(keysets.Fault):
            keysets.unwrap(sealed, mine, bound_to)
        for other in (b"", *(each for _sealed, each in wrapped(taken))):
            with pytest.raises(keysets.Fault):
                keysets.unwrap(sealed, mine, other)


def test_nothing_in_the_keyring_is_a_key_in_the_clear(taken):
    for sealed, _bound_to in wrapped(taken):
        for reader in (keysets.from_bytes, lambda held: keysets.from_text(held.decode("latin-1"))):
            with pytest.raises(keysets.Fault):
                reader(sealed).primitive(aead.Aead)


def test_the_server_wrote_its_secret_to_no_file(host, person):
    provider().make()
    assert not KeyFile().exists()
    value = SECRET.split('"value":"')[1].split('"')[0]
    for path in host.rglob("*"):
        assert not path.is_file() or value not in path.read_text(errors="replace")
