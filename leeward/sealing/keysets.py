"""Tink keysets: made, put into bytes, given another key. Nothing here is kept or cached."""

import json
from collections.abc import Callable
from typing import Any, TypeAlias

import tink
from tink import aead, json_proto_keyset_format, prf, proto_keyset_format, secret_key_access

aead.register()
prf.register()

Keyset: TypeAlias = tink.KeysetHandle

SEALING = aead.aead_key_templates.AES256_GCM
TOKENS = prf.prf_key_templates.HMAC_SHA256


class Fault(Exception):
    """A keyset did not open: another key sealed it, or it was changed."""


def make(template: object) -> Keyset:
    """A fresh keyset of one key; `template` is SEALING or TOKENS."""
    return tink.new_keyset_handle(template)


def primary(handle: Keyset) -> int:
    """The id of the key that seals from now on."""
    found: int = handle.keyset_info().primary_key_id
    return found


def key_ids(handle: Keyset) -> tuple[int, ...]:
    """The ids of every key in it, the oldest first. The last one seals: keys are only added."""
    return tuple(key.key_id for key in handle.keyset_info().key_info)


def key_that_sealed(sealed: bytes) -> int:
    """The id of the key a value was sealed under: tink writes it in front, after one byte."""
    return int.from_bytes(sealed[1:5], "big")


def as_text(handle: Keyset) -> str:
    """A keyset in the clear, on one line of JSON. For a key-encryption key alone."""
    text: str = json_proto_keyset_format.serialize(handle, secret_key_access.TOKEN)
    return json.dumps(json.loads(text), separators=(",", ":"))


def from_text(text: str) -> Keyset:
    """The keyset that `as_text` wrote. Raises Fault for anything else."""
    try:
        return json_proto_keyset_format.parse(text, secret_key_access.TOKEN)
    except (tink.TinkError, ValueError) as fault:
        raise Fault from fault


def as_bytes(handle: Keyset) -> bytes:
    """A keyset in the clear, as short as it gets. For a recovery copy alone."""
    held: bytes = proto_keyset_format.serialize(handle, secret_key_access.TOKEN)
    return held


def from_bytes(held: bytes) -> Keyset:
    """The keyset that `as_bytes` wrote. Raises Fault for anything else."""
    try:
        return proto_keyset_format.parse(held, secret_key_access.TOKEN)
    except (tink.TinkError, ValueError) as fault:
        raise Fault from fault


def wrap(handle: Keyset, under: aead.Aead, bound_to: bytes) -> bytes:
    """A keyset sealed under another key; it opens only with the same `bound_to`."""
    sealed: bytes = proto_keyset_format.serialize_encrypted(handle, under, bound_to)
    return sealed


def unwrap(sealed: bytes, under: aead.Aead, bound_to: bytes) -> Keyset:
    """What `wrap` sealed. Raises Fault otherwise."""
    try:
        return proto_keyset_format.parse_encrypted(sealed, under, bound_to)
    except (tink.TinkError, ValueError) as fault:
        raise Fault from fault


def with_new_primary(handle: Keyset, template: object) -> Keyset:
    """The same keys and a fresh one, which seals from now on; the older ones still open."""
    return _changed(handle, lambda held: _add(held, template))


def _changed(handle: Keyset, change: Callable[[dict[str, Any]], None]) -> Keyset:
    # This tink has no keyset manager in Python; its JSON form is public and stable.
    held = json.loads(as_text(handle))
    change(held)
    return from_text(json.dumps(held))


def _add(held: dict[str, Any], template: object) -> None:
    taken = {key["keyId"] for key in held["key"]}
    while True:
        fresh = json.loads(as_text(make(template)))["key"][0]
        if fresh["keyId"] not in taken:
            break
    held["key"].append(fresh)
    held["primaryKeyId"] = fresh["keyId"]
