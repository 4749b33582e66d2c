"""The key-encryption key in a key service: what is asked of it, and what is said when it fails."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from leeward.people.models import YoungPerson
from leeward.sealing import keyring, keysets, state, turning
from leeward.sealing.providers import provider
from leeward.sealing.tests.transit import Transit, serving


@pytest.fixture
def transit(settings, monkeypatch):
    monkeypatch.setenv("LEEWARD_VAULT_TOKEN", "an-invented-token")
    settings.LEEWARD_KEY_PROVIDER = "vault"
    service = Transit()
    with serving(service) as address:
        settings.LEEWARD_VAULT_URL = address
        yield service


@pytest.fixture
def made(transit):
    provider().make()
    return transit


def wrapped(bound_to=b"agency"):
    handle = keysets.make(keysets.SEALING)
    return handle, keysets.wrap(handle, provider().aead(), bound_to)


def test_the_service_makes_the_key_once(transit):
    assert not provider().exists()
    provider().make()
    provider().make()
    assert provider().exists()
    assert provider().version() == 1
    assert transit.asked.count(("POST", "keys/leeward")) == 1


def test_what_it_seals_opens_for_whose_it_is_alone(made):
    handle, sealed = wrapped()
    assert sealed != keysets.as_bytes(handle)
    opened = keysets.unwrap(sealed, provider().aead(), b"agency")
    assert keysets.as_bytes(opened) == keysets.as_bytes(handle)
    for bound_to, held in ((b"another", sealed), (b"agency", sealed[:-4]), (b"agency", b"\xff")):
        with pytest.raises(keysets.Fault):
            keysets.unwrap(held, provider().aead(), bound_to)


def test_an_older_version_opens_after_it_was_turned_over(made):
    _handle, sealed = wrapped()
    assert provider().turn() == 2
    assert provider().version() == 2
    keysets.unwrap(sealed, provider().aead(), b"agency")
    assert b"vault:v2:" in wrapped()[1]


def test_a_service_that_does_not_bind_is_not_used(made):
    made.binds = False
    with pytest.raises(ImproperlyConfigured, match="does not bind"):
        wrapped()


@pytest.mark.parametrize(
    ("status", "words"),
    [(403, "refuses the token"), (503, "sealed, or down"), (500, "its own log"), (307, "307")],
)
def test_a_service_that_refuses_says_why_and_opens_nothing(made, status, words):
    _handle, sealed = wrapped()
    made.answers_with = status
    before = len(made.asked)
    for ask in (
        provider().exists,
        provider().version,
        wrapped,
        lambda: keysets.unwrap(sealed, provider().aead(), b"agency"),
    ):
        with pytest.raises(ImproperlyConfigured, match=words) as said:
            ask()
        assert "an-invented-token" not in str(said.value)
    # Sent on to nowhere: each was answered where it was asked.
    assert len(made.asked) == before


def test_a_key_that_it_may_not_make_is_asked_for_by_name(transit):
    transit.may_make = False
    with pytest.raises(ImproperlyConfigured, match=r"vault write transit/keys/leeward"):
        provider().make()
    with pytest.raises(ImproperlyConfigured, match="no key leeward"):
        provider().version()


def test_the_token_is_read_anew_each_time(made, settings, tmp_path):
    path = tmp_path / "token"
    settings.LEEWARD_VAULT_TOKEN_FILE = str(path)
    with pytest.raises(ImproperlyConfigured, match="TOKEN_FILE"):
        provider().version()
    path.write_text("an-older-token\n", encoding="ascii")
    with pytest.raises(ImproperlyConfigured, match="refuses"):
        provider().version()
    path.write_text("an-invented-token\n", encoding="ascii")
    assert provider().version() == 1


def test_nothing_is_asked_without_a_token_or_in_the_clear_over_a_network(
    made, settings, monkeypatch
):
    before = len(made.asked)
    monkeypatch.delenv("LEEWARD_VAULT_TOKEN")
    with pytest.raises(ImproperlyConfigured, match="LEEWARD_VAULT_TOKEN"):
        provider().version()
    monkeypatch.setenv("LEEWARD_VAULT_TOKEN", "an-invented-token")
    for address in ("http://vault.invalid:8200", "ftp://127.0.0.1", ""):
        settings.LEEWARD_VAULT_URL = address
        with pytest.raises(ImproperlyConfigured, match="https"):
            provider().version()
    assert len(made.asked) == before


def test_a_service_that_is_not_there_says_so(made, settings):
    settings.LEEWARD_VAULT_URL = "http://127.0.0.1:1"
    with pytest.raises(ImproperlyConfigured, match="does not answer"):
        provider().version()


@pytest.mark.django_db
def test_names_open_before_and_after_a_turn_and_not_without_the_service(made, request):
    keyring.let_go()
    person = request.getfixturevalue("person")
    for step in turning.steps(turning.begin(deep=False)):
        for _done in step.work:
            pass
    keyring.let_go()
    assert YoungPerson.objects.get(pk=person.pk).name_used == "Noʔeli"
    assert turning.status().version == 2
    assert turning.status().older_agencies == 0
    assert state.lost_keys() == ""
    made.answers_with = 503
    keyring.let_go()
    with pytest.raises(ImproperlyConfigured, match="sealed, or down"):
        str(YoungPerson.objects.get(pk=person.pk).name_used)
    made.answers_with = 0
    made.keys.clear()
    assert "provider vault" in state.lost_keys()
