"""Passkeys: kept by a worker's own device, which asks for a finger, a face or a PIN each time.

So a passkey is two factors at once, and signs in without a password. Nothing secret of it is kept
here: the device keeps that, and shows it to this site's address alone.
"""

import json
from typing import Any

from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from leeward.accounts.invitations import accept_invitation, invited_here
from leeward.accounts.models import Worker
from leeward.accounts.second_factor import PASSKEY, record

# More than a person has devices; each must be looked through.
MOST = 12


class NotThisPasskey(Exception):
    """What came from the browser is no passkey of this worker's, or not for this question."""


def ask_to_make(worker: Worker) -> dict[str, Any]:
    """What a device is told to make a passkey, for `navigator.credentials.create`."""
    asked: dict[str, Any] = auth.begin_registration(worker, passwordless=True)
    return asked


@transaction.atomic
def add(*, worker: Worker, credential: str) -> Authenticator:
    """Keep the passkey that a device made. Raises NotThisPasskey."""
    Worker.objects.select_for_update().get(pk=worker.pk)
    if Authenticator.objects.filter(user=worker, type=PASSKEY).count() >= MOST:
        raise NotThisPasskey
    answer = _read(credential)
    try:
        auth.parse_registration_response(answer)
        made = auth.complete_registration(answer)
    except (ValidationError, ValueError, TypeError, KeyError) as fault:
        raise NotThisPasskey from fault
    if not made.is_user_verified():
        raise NotThisPasskey
    kept = auth.WebAuthn.add(worker, "", answer).instance
    record(worker, "worker.add_passkey")
    return kept


@transaction.atomic
def start_with(*, browser_secret: str, credential: str) -> Authenticator:
    """Keep an invited worker's first passkey; the invitation is used up, and needs no password.

    Raises NoSuchInvitation or NotThisPasskey.
    """
    kept = add(worker=invited_here(browser_secret), credential=credential)
    accept_invitation(browser_secret=browser_secret, password=None)
    return kept


def ask_for(worker: Worker | None) -> dict[str, Any]:
    """What a device is asked, for `navigator.credentials.get`; anybody's when `worker` is None."""
    asked: dict[str, Any] = auth.begin_authentication(worker)
    return asked


def whose(credential: str, worker: Worker | None = None) -> Authenticator:
    """The passkey that answered; it is `worker`'s, if one is named, and its worker has not left.

    Raises NotThisPasskey. A question is answered once.
    """
    answer = _read(credential)
    try:
        auth.parse_authentication_response(answer)
        named = worker or auth.extract_user_from_response(answer)
        found = auth.complete_authentication(named, answer)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError) as fault:
        raise NotThisPasskey from fault
    finally:
        auth.clear_state()
    if not found.user.is_active:
        raise NotThisPasskey
    return found


def note_use(request: HttpRequest, used: Authenticator, *, alone: bool = False) -> None:
    """Note in this sign-in that a second factor was used; `alone`, without a password."""
    post_authentication(request, used, passwordless=alone)


def _read(credential: str) -> dict[str, Any]:
    try:
        answer = json.loads(credential)
    except ValueError as fault:
        raise NotThisPasskey from fault
    if not isinstance(answer, dict):
        raise NotThisPasskey
    return answer
