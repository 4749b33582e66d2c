"""What is asked of a phone, and whether its answer is right (WebAuthn level 2, by `fido2`).

What was asked travels back in a cookie, signed: nothing is kept for whoever only looks. It holds a
few minutes. A passkey says by itself that whoever holds the phone unlocked it.
"""

import datetime as dt
import hashlib
import json
import secrets
from dataclasses import dataclass
from typing import Any

from django.core import signing
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticatorAttachment,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

ASKED_FOR = dt.timedelta(minutes=5)
_REQUIRED = UserVerificationRequirement.REQUIRED
_SALT = "leeward.entry.passkeys"


class NotRight(Exception):
    """An answer to another question, from elsewhere, too late, or not by that phone."""


@dataclass(frozen=True)
class Site:
    """Where it is asked: `https://name` or, on this very machine, `http://localhost:port`."""

    origin: str
    title: str

    @property
    def server(self) -> Fido2Server:
        """What asks and checks for this site, and for no other."""
        name = self.origin.partition("://")[2].partition(":")[0]
        entity = PublicKeyCredentialRpEntity(id=name, name=self.title)
        return Fido2Server(entity, verify_origin=lambda origin: bool(origin == self.origin))


@dataclass(frozen=True)
class Asked:
    """A question for the phone, and the mark by which its answer is known again."""

    question: dict[str, Any]
    mark: str


@dataclass(frozen=True)
class Made:
    """A passkey as a phone made it: its hashed name, and what its answers are checked with."""

    lookup: str
    public: str


def ask_to_make(site: Site, about: str) -> Asked:
    """Ask a phone to make one. On its list it is called as the face is, and names nobody.

    `about` ties the answer to whoever asked.
    """
    user = PublicKeyCredentialUserEntity(
        id=secrets.token_bytes(32), name=site.title, display_name=site.title
    )
    question, state = site.server.register_begin(
        user,
        user_verification=_REQUIRED,
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        authenticator_attachment=AuthenticatorAttachment.PLATFORM,
    )
    return Asked(dict(question), _mark(state, about))


def made(site: Site, answer: str, mark: str, about: str) -> Made:
    """What the phone made. Raises NotRight."""
    state, _at = _state(mark, about)
    try:
        given = RegistrationResponse.from_dict(json.loads(answer))
        data = site.server.register_complete(state, given).credential_data
    # The library raises what its parsing and its cryptography raise: there is no one name for it.
    except Exception as fault:
        raise NotRight from fault
    if data is None:
        raise NotRight
    return Made(_kept_as(data.credential_id), websafe_encode(bytes(data)))


def ask_to_open(site: Site) -> Asked:
    """Ask a phone for any passkey of this site that it has. The question is for nobody's."""
    question, state = site.server.authenticate_begin(user_verification=_REQUIRED)
    return Asked(dict(question), _mark(state, ""))


def named_in(answer: str) -> str:
    """The hashed name of the passkey that answers. Raises NotRight."""
    try:
        return _kept_as(websafe_decode(json.loads(answer)["rawId"]))
    except (ValueError, KeyError, TypeError, RecursionError) as fault:
        raise NotRight from fault


def check_answer(site: Site, answer: str, mark: str, public: str) -> dt.datetime:
    """When the question was asked that this passkey answered rightly. Raises NotRight."""
    state, asked_at = _state(mark, "")
    try:
        data = AttestedCredentialData(websafe_decode(public))
        site.server.authenticate_complete(state, [data], json.loads(answer))
    except Exception as fault:
        raise NotRight from fault
    return asked_at


def may(about: str) -> str:
    """A mark that whoever this is about gave their number just now."""
    return signing.dumps(about, salt=f"{_SALT}.may")


def may_still(mark: str, about: str) -> bool:
    """Whether `may` made this mark for them, a few minutes ago at most."""
    try:
        return bool(signing.loads(mark, salt=f"{_SALT}.may", max_age=ASKED_FOR) == about)
    except signing.BadSignature:
        return False


def _kept_as(name: bytes) -> str:
    # Random and long, as a cookie: nothing slow is needed.
    return hashlib.sha256(name).hexdigest()


def _mark(state: Any, about: str) -> str:
    at = dt.datetime.now(dt.UTC).isoformat()
    return signing.dumps({"state": state, "about": about, "at": at}, salt=_SALT)


def _state(mark: str, about: str) -> tuple[Any, dt.datetime]:
    try:
        told = signing.loads(mark, salt=_SALT, max_age=ASKED_FOR)
    except signing.BadSignature as fault:
        raise NotRight from fault
    if told["about"] != about:
        raise NotRight
    return told["state"], dt.datetime.fromisoformat(told["at"])
