"""Where the key-encryption key comes from, and what is said when it is not there."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from leeward.sealing import keysets
from leeward.sealing.providers import KeyFile, provider


def sealed_by(key):
    return key.aead().encrypt(b"keys", b"agency")


def test_a_key_file_is_made_once_and_readable_by_its_owner_alone(tmp_path):
    key = KeyFile(tmp_path / "keys" / "keyset.json")
    assert not key.exists()
    key.make()
    first = key.path.read_bytes()
    key.make()
    assert key.exists()
    assert key.path.read_bytes() == first
    assert key.path.stat().st_mode & 0o777 == 0o600
    assert key.path.parent.stat().st_mode & 0o777 == 0o700


def test_a_missing_key_file_says_what_to_do(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="leeward migrate"):
        KeyFile(tmp_path / "none.json").aead()


@pytest.mark.parametrize("text", ["", "{}", "half a key", '{"primaryKeyId": 1}\n{"key": []}\n'])
def test_a_file_that_is_no_key_says_what_to_do_and_not_what_it_holds(tmp_path, text):
    path = tmp_path / "keyset.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ImproperlyConfigured, match="no key-encryption key") as said:
        KeyFile(path).aead()
    assert text == "" or text not in str(said.value)


def test_a_key_turned_over_opens_what_was_sealed_before_and_seals_anew(tmp_path):
    key = KeyFile(tmp_path / "keyset.json")
    key.make()
    before, sealed = key.version(), sealed_by(key)
    after = key.turn()
    assert key.version() == after != before
    assert key.aead().decrypt(sealed, b"agency") == b"keys"
    assert sealed_by(key)[1:5] == after.to_bytes(4, "big")
    assert key.path.stat().st_mode & 0o777 == 0o600
    assert {path.name for path in tmp_path.iterdir()} == {"keyset.json", "keyset.json.lock"}


def test_a_turn_that_was_cut_off_is_no_hindrance(tmp_path):
    key = KeyFile(tmp_path / "keyset.json")
    key.make()
    (tmp_path / "keyset.json.new").write_text("half", encoding="utf-8")
    assert key.turn() == key.version()


def test_the_key_from_the_environment_is_on_no_disk(settings, monkeypatch):
    settings.LEEWARD_KEY_PROVIDER = "environment"
    monkeypatch.delenv("LEEWARD_KEY", raising=False)
    assert not provider().exists()
    with pytest.raises(ImproperlyConfigured, match="leeward keys new"):
        provider().make()
    text = keysets.as_text(keysets.make(keysets.SEALING))
    monkeypatch.setenv("LEEWARD_KEY", text)
    provider().make()
    sealed = sealed_by(provider())
    turned = keysets.with_new_primary(keysets.from_text(text), keysets.SEALING)
    monkeypatch.setenv("LEEWARD_KEY", keysets.as_text(turned))
    assert provider().turn() == keysets.primary(turned) != keysets.primary(keysets.from_text(text))
    assert provider().aead().decrypt(sealed, b"agency") == b"keys"


def test_half_a_key_in_the_environment_is_never_said_again(settings, monkeypatch):
    settings.LEEWARD_KEY_PROVIDER = "environment"
    monkeypatch.setenv("LEEWARD_KEY", "c2VjcmV0")
    with pytest.raises(ImproperlyConfigured) as said:
        provider().aead()
    assert "c2VjcmV0" not in str(said.value)


def test_a_provider_nobody_knows_is_named_with_those_that_are(settings):
    settings.LEEWARD_KEY_PROVIDER = "drawer"
    with pytest.raises(ImproperlyConfigured, match=r"drawer.*environment, file"):
        provider()


def test_the_newest_key_of_a_keyset_seals_and_the_older_ones_stay():
    first = keysets.make(keysets.SEALING)
    turned = keysets.with_new_primary(first, keysets.SEALING)
    assert keysets.key_ids(turned) == (keysets.primary(first), keysets.primary(turned))
