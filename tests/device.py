"""A worker's device, as far as passkeys go: it makes one and answers with it as browsers do."""

import hashlib
import json
import os
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

FLAG = AuthenticatorData.FLAG
PRESENT, VERIFIED, ATTESTED = FLAG.UP, FLAG.UV, FLAG.AT


class Device:
    """Holds one passkey. `asks` is whether it asks for a finger, a face or a PIN first."""

    def __init__(self, origin: str = "https://testserver", *, asks: bool = True) -> None:
        self.origin, self.asks = origin, asks
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(32)
        self.user = b""
        self.site = ""

    def make(self, question: dict[str, Any]) -> str:
        """What `navigator.credentials.create` answers."""
        asked = question["publicKey"]
        self.user = websafe_decode(asked["user"]["id"])
        self.site = asked["rp"]["id"]
        public = ES256.from_cryptography_key(self.key.public_key())
        made = AttestedCredentialData.create(Aaguid(b"\0" * 16), self.id, public)
        data = AuthenticatorData.create(self._site(), self._flags() | ATTESTED, 0, bytes(made))
        held = AttestationObject.create("none", data, {})
        said = self._said("webauthn.create", asked["challenge"])
        return self._answer(clientDataJSON=said, attestationObject=bytes(held))

    def give(self, question: dict[str, Any]) -> str:
        """What `navigator.credentials.get` answers."""
        said = self._said("webauthn.get", question["publicKey"]["challenge"])
        data = bytes(AuthenticatorData.create(self._site(), self._flags(), 1))
        signed = self.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            clientDataJSON=said, authenticatorData=data, signature=signed, userHandle=self.user
        )

    def _said(self, kind: str, challenge: str) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin}
        return json.dumps(said | {"crossOrigin": False}).encode()

    def _answer(self, **response: bytes) -> str:
        name = websafe_encode(self.id)
        given = {part: websafe_encode(value) for part, value in response.items()}
        answer = {"id": name, "rawId": name, "type": "public-key", "response": given}
        return json.dumps(answer | {"clientExtensionResults": {"credProps": {"rk": True}}})

    def _site(self) -> bytes:
        return hashlib.sha256(self.site.encode()).digest()

    def _flags(self) -> AuthenticatorData.FLAG:
        return PRESENT | (VERIFIED if self.asks else FLAG(0))
