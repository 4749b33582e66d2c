"""Signatures hold for their own words and key alone, and are plain Ed25519."""

import base64

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django.core.exceptions import ImproperlyConfigured

from leeward.sealing.signing import NotAKey, make_signing_key, public_key, sign, signed_by


@pytest.fixture
def key(tmp_path):
    path = tmp_path / "keys" / "signing.json"
    make_signing_key(path)
    return path


def test_a_signature_holds_for_its_words_and_key_alone(key, tmp_path):
    other = tmp_path / "other.json"
    make_signing_key(other)
    made = sign(key, b"size 7")
    assert len(made) == 64
    assert signed_by(public_key(key), made, b"size 7")
    assert not signed_by(public_key(key), made, b"size 8")
    assert not signed_by(public_key(other), made, b"size 7")
    assert not signed_by(public_key(key), made[:-1], b"size 7")


def test_another_library_reads_the_public_key_and_agrees(key):
    pem = public_key(key)
    theirs = load_pem_public_key(pem.encode())
    assert theirs.verify(sign(key, b"words"), b"words") is None


def test_the_key_is_made_once_for_the_service_alone(key):
    before = key.read_bytes()
    make_signing_key(key)
    assert key.read_bytes() == before
    assert key.stat().st_mode & 0o777 == 0o600


def test_without_a_key_it_says_what_to_do(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="leeward migrate"):
        sign(tmp_path / "none.json", b"")


@pytest.mark.parametrize("text", ["", "no key", base64.b64encode(b"x" * 44).decode()])
def test_what_is_no_key_is_refused(text):
    with pytest.raises(NotAKey):
        signed_by(text, b"", b"")
