"""Signing with Ed25519, so that others can tell that a statement is this installation's.

The keyset is a file of its own, apart from what seals: whoever may sign opens no file with it.
Signatures are plain Ed25519, so that any other tool can check them against the public key.
"""

import base64
import binascii
import json
import os
from functools import lru_cache
from pathlib import Path

import tink
from django.core.exceptions import ImproperlyConfigured
from tink import json_proto_keyset_format, secret_key_access, signature
from tink.proto import ed25519_pb2, tink_pb2

signature.register()

# What an Ed25519 public key begins with in a PEM file (RFC 8410).
_PEM_START = bytes.fromhex("302a300506032b6570032100")
_PEM_HEAD, _PEM_FOOT = "-----BEGIN PUBLIC KEY-----", "-----END PUBLIC KEY-----"
_PUBLIC_TYPE = "type.googleapis.com/google.crypto.tink.Ed25519PublicKey"
_LENGTH = 32


class NotAKey(ValueError):
    """Text that is no Ed25519 public key in PEM."""


def _template() -> "tink_pb2.KeyTemplate":
    # Tink's own template puts five bytes before each signature, which no other tool expects.
    template = tink_pb2.KeyTemplate()
    template.CopyFrom(signature.signature_key_templates.ED25519)
    template.output_prefix_type = tink_pb2.RAW
    return template


def make_signing_key(path: Path) -> None:
    """Write a fresh signing keyset to `path`, mode 0600; nothing when one is there already."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = tink.new_keyset_handle(_template())
    text = json_proto_keyset_format.serialize(handle, secret_key_access.TOKEN)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text + "\n")


@lru_cache(maxsize=4)
def _handle(path: Path) -> "tink.KeysetHandle":
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as fault:
        raise ImproperlyConfigured(
            f"No signing key at {path}. Run `leeward migrate`, or put it back from its backup."
        ) from fault
    return json_proto_keyset_format.parse(text, secret_key_access.TOKEN)


def sign(path: Path, data: bytes) -> bytes:
    """The 64 bytes that sign `data`. Raises ImproperlyConfigured when there is no key."""
    made: bytes = _handle(path).primitive(signature.PublicKeySign).sign(data)
    return made


def public_key(path: Path) -> str:
    """The public key in PEM, to be kept elsewhere. Raises ImproperlyConfigured without a key."""
    text = json_proto_keyset_format.serialize_without_secret(_handle(path).public_keyset_handle())
    value = base64.b64decode(json.loads(text)["key"][0]["keyData"]["value"])
    held = _PEM_START + ed25519_pb2.Ed25519PublicKey.FromString(value).key_value
    return f"{_PEM_HEAD}\n{base64.b64encode(held).decode()}\n{_PEM_FOOT}\n"


@lru_cache(maxsize=8)
def _verifier(pem: str) -> "signature.PublicKeyVerify":
    body = "".join(pem.strip().removeprefix(_PEM_HEAD).removesuffix(_PEM_FOOT).split())
    try:
        held = base64.b64decode(body, validate=True)
    except binascii.Error as fault:
        raise NotAKey(pem) from fault
    key = held.removeprefix(_PEM_START)
    if len(held) != len(_PEM_START) + _LENGTH or len(key) != _LENGTH:
        raise NotAKey(pem)
    value = ed25519_pb2.Ed25519PublicKey(version=0, key_value=key).SerializeToString()
    data = {"typeUrl": _PUBLIC_TYPE, "value": base64.b64encode(value).decode()}
    one = {"keyData": data | {"keyMaterialType": "ASYMMETRIC_PUBLIC"}, "status": "ENABLED"}
    keyset = {"primaryKeyId": 1, "key": [one | {"keyId": 1, "outputPrefixType": "RAW"}]}
    handle = json_proto_keyset_format.parse_without_secret(json.dumps(keyset))
    return handle.primitive(signature.PublicKeyVerify)


def signed_by(pem: str, made: bytes, data: bytes) -> bool:
    """Whether `made` signs `data` under the public key `pem`. Raises NotAKey for another text."""
    try:
        _verifier(pem).verify(made, data)
    except tink.TinkError:
        return False
    return True
