"""Where the keyset comes from: one file, made once, readable by the service alone."""

import os
from functools import lru_cache
from pathlib import Path

import tink
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from tink import aead, json_proto_keyset_format, prf, secret_key_access

aead.register()
prf.register()

# Two keysets in one file, one a line: what seals, and what makes search tokens.
_TEMPLATES = (aead.aead_key_templates.AES256_GCM, prf.prf_key_templates.HMAC_SHA256)


def make_keyset(path: Path) -> None:
    """Write a fresh keyset to `path`, mode 0600; does nothing when one is there already.

    Losing this file loses every sealed word: the README says how to keep a copy apart.
    """
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handles = (tink.new_keyset_handle(template) for template in _TEMPLATES)
    lines = [_serialize(handle) for handle in handles]
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def _serialize(handle: "tink.KeysetHandle") -> str:
    text: str = json_proto_keyset_format.serialize(handle, secret_key_access.TOKEN)
    return " ".join(text.split())


@lru_cache(maxsize=4)
def _handles(path: str) -> tuple["tink.KeysetHandle", "tink.KeysetHandle"]:
    try:
        lines = Path(path).read_text(encoding="utf-8").split("\n")
    except OSError as fault:
        raise ImproperlyConfigured(
            f"No keyset at {path}. Run `leeward migrate`, or set LEEWARD_KEYSET_FILE."
        ) from fault
    sealing, tokens = (
        json_proto_keyset_format.parse(line, secret_key_access.TOKEN) for line in lines[:2]
    )
    return sealing, tokens


@lru_cache(maxsize=4)
def sealing_primitive(path: str | None = None) -> "aead.Aead":
    """The AEAD that seals and opens. Raises ImproperlyConfigured when there is no keyset."""
    return _handles(path or str(settings.LEEWARD_KEYSET_FILE))[0].primitive(aead.Aead)


@lru_cache(maxsize=64)
def token_key(purpose: str) -> bytes:
    """A 32-byte key for search tokens of one purpose, derived so that purposes never mix."""
    prf_set = _handles(str(settings.LEEWARD_KEYSET_FILE))[1].primitive(prf.PrfSet)
    key: bytes = prf_set.primary().compute(purpose.encode(), 32)
    return key
