"""The key-encryption key in a key service: the transit engine of HashiCorp Vault, or of OpenBao.

The key never leaves the service. It seals and opens the agencies' keysets there, each bound to
whose it is by associated data; keys of people and their words never travel. What comes back opened
is held for LEEWARD_KEYS_HELD_SECONDS: a service that is down longer closes every file.

The protocol: https://openbao.org/api-docs/secret/transit/
"""

import base64
import http.client
import json
import os
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any, Never

import tink
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from tink import aead

ANSWERS_WITHIN = 5.0
OWN_MACHINE = {"127.0.0.1", "::1", "localhost"}
KIND = "aes256-gcm96"
NOT_THERE, NOT_TAKEN = 404, 400


class Refused(Exception):
    """The service answered, and did not do it; `status` is its answer's."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """The token goes to the address that was set and nowhere else."""

    def redirect_request(self, *_given: Any) -> None:
        return None


# Nor to a proxy that the environment names.
_speak = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirects()).open


class KeyInVault:
    """A named key of the transit engine (LEEWARD_VAULT_URL, _KEY, _MOUNT, _TOKEN, _TOKEN_FILE)."""

    def __init__(self) -> None:
        self.name = urllib.parse.quote(settings.LEEWARD_VAULT_KEY, safe="")

    def exists(self) -> bool:
        """Whether the service has the key. Raises ImproperlyConfigured when it does not say."""
        return self._read() is not None

    def make(self) -> None:
        """Have the service make the key, which nobody can take out of it, unless it is there."""
        if self.exists():
            return
        try:
            asked("POST", f"keys/{self.name}", {"type": KIND})
        except Refused as fault:
            raise ImproperlyConfigured(
                f"The key service has no key {self.name} and did not make one ({fault.status})."
                f" Make it there: vault write transit/keys/{self.name} type={KIND}"
            ) from fault

    def version(self) -> int:
        """The newest version. Raises ImproperlyConfigured without a key."""
        told = self._read()
        if told is None:
            raise ImproperlyConfigured(
                f"The key service has no key {self.name}. Run `leeward migrate` the first time;"
                " later, put back what the service itself backed up."
            )
        return int(told.get("latest_version") or max(int(each) for each in told["keys"]))

    def turn(self) -> int:
        """Have the service add a version, which seals from now on."""
        try:
            asked("POST", f"keys/{self.name}/rotate", {})
        except Refused as fault:
            raise ImproperlyConfigured(
                f"The key service did not turn the key {self.name} over ({fault.status}). Its"
                f" policy must allow `update` on transit/keys/{self.name}/rotate."
            ) from fault
        return self.version()

    def aead(self) -> aead.Aead:
        """What seals and opens."""
        return _Transit(self.name)

    def _read(self) -> dict[str, Any] | None:
        try:
            return asked("GET", f"keys/{self.name}")
        except Refused as fault:
            if fault.status == NOT_THERE:
                return None
            _misconfigured(fault)


class _Transit(aead.Aead):  # type: ignore[misc]  # tink brings no types
    def __init__(self, name: str) -> None:
        self.name = name

    def encrypt(self, plaintext: bytes, associated_data: bytes) -> bytes:
        given = {"plaintext": _text(plaintext), "associated_data": _text(associated_data)}
        try:
            sealed: str = asked("POST", f"encrypt/{self.name}", given)["ciphertext"]
        except Refused as fault:
            _misconfigured(fault)
        self._check_bound(sealed.encode(), associated_data)
        return sealed.encode()

    def _check_bound(self, sealed: bytes, associated_data: bytes) -> None:
        # An older service ignores what it does not know: any agency's keys would open anywhere.
        try:
            self.decrypt(sealed, associated_data + b"?")
        except tink.TinkError:
            return
        raise ImproperlyConfigured(
            "The key service does not bind what it seals: it is older than `associated_data`, or"
            " the key is of another kind. Use a newer one."
        )

    def decrypt(self, ciphertext: bytes, associated_data: bytes) -> bytes:
        sealed = ciphertext.decode("ascii", errors="replace")
        given = {"ciphertext": sealed, "associated_data": _text(associated_data)}
        try:
            return base64.b64decode(asked("POST", f"decrypt/{self.name}", given)["plaintext"])
        except Refused as fault:
            if fault.status == NOT_TAKEN:
                raise tink.TinkError("it does not open") from fault
            _misconfigured(fault)


def asked(method: str, path: str, given: dict[str, str] | None = None) -> dict[str, Any]:
    """What the service answered; empty when it had nothing to say.

    Raises Refused, and ImproperlyConfigured when it cannot be asked. Neither holds what was sent.
    """
    request = urllib.request.Request(  # noqa: S310  # _address looked at the scheme
        f"{_address()}/v1/{settings.LEEWARD_VAULT_MOUNT.strip('/')}/{path}",
        data=None if given is None else json.dumps(given).encode(),
        headers={"X-Vault-Token": _token(), "X-Vault-Request": "true"},
        method=method,
    )
    try:
        with _speak(request, timeout=ANSWERS_WITHIN) as answer:
            said = answer.read()
        return dict((json.loads(said) if said else {}).get("data") or {})
    except urllib.error.HTTPError as fault:
        fault.close()
        raise Refused(fault.code) from None
    except (OSError, http.client.HTTPException, ValueError) as fault:
        raise ImproperlyConfigured(
            f"The key service at LEEWARD_VAULT_URL does not answer ({type(fault).__name__})."
            " No file opens until it does."
        ) from fault


def _address() -> str:
    told = urllib.parse.urlsplit(settings.LEEWARD_VAULT_URL)
    if told.scheme == "https" or (told.scheme == "http" and told.hostname in OWN_MACHINE):
        return str(settings.LEEWARD_VAULT_URL.rstrip("/"))
    raise ImproperlyConfigured(
        "LEEWARD_VAULT_URL must begin with https://, or be http:// on this machine."
    )


def _token() -> str:
    # Read each time: the service's agent renews the file.
    if path := settings.LEEWARD_VAULT_TOKEN_FILE:
        try:
            return Path(path).read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError) as fault:
            raise ImproperlyConfigured("LEEWARD_VAULT_TOKEN_FILE cannot be read.") from fault
    if token := os.environ.get("LEEWARD_VAULT_TOKEN"):
        return token
    raise ImproperlyConfigured("Set LEEWARD_VAULT_TOKEN_FILE, or LEEWARD_VAULT_TOKEN.")


def _misconfigured(fault: Refused) -> Never:
    why = {
        403: "it refuses the token, or its policy does not allow this",
        503: "it is sealed, or down",
    }.get(fault.status, "see its own log")
    raise ImproperlyConfigured(f"The key service answered {fault.status}: {why}.") from fault


def _text(held: bytes) -> str:
    return base64.b64encode(held).decode()
