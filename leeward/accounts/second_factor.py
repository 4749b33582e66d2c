"""The second factor: a passkey or a code, beside the password."""

import uuid

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from leeward.accounts import sessions
from leeward.accounts.models import Worker
from leeward.accounts.signing_in import SigningIn
from leeward.audit import actions as audit
from leeward.audit.models import AuditRow

PASSKEY, APP, PAPER = (
    Authenticator.Type.WEBAUTHN,
    Authenticator.Type.TOTP,
    Authenticator.Type.RECOVERY_CODES,
)
# Recovery codes stand in for one of these; alone they are none.
KINDS = (PASSKEY, APP)


class LastOne(Exception):
    """Without this one the worker would have no second factor."""


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Hooks of allauth's own pages for second factors, which are not used here."""

    def encrypt(self, text: str) -> str:
        """Secrets are sealed in `leeward.accounts.codes`, for a worker; nothing else keeps one."""
        raise TypeError("Seal it in leeward.accounts.codes.")

    def decrypt(self, encrypted_text: str) -> str:
        """As `encrypt`."""
        raise TypeError("Open it in leeward.accounts.codes.")

    def _get_site_name(self) -> str:
        # What a device shows beside the passkey.
        return "Leeward"


def is_missing(request: HttpRequest) -> bool:
    """Whether this session's worker still owes a second factor (LEEWARD_SECOND_FACTOR).

    Asked of every role: those that open no file look after the sign-ins of those that do.
    """
    return bool(settings.LEEWARD_SECOND_FACTOR) and not request.session.get(sessions.SECOND_FACTOR)


def has_one(worker: Worker) -> bool:
    """Whether a worker has set one up."""
    return bool(Authenticator.objects.filter(user=worker, type__in=KINDS).exists())


def of_worker(worker: Worker) -> list[Authenticator]:
    """A worker's passkeys and app, the oldest first."""
    found = Authenticator.objects.filter(user=worker, type__in=KINDS)
    return list(found.order_by("created_at", "pk"))


def kinds_of(worker: Worker) -> set[str]:
    """Which kinds a worker has set up, recovery codes among them."""
    return set(Authenticator.objects.filter(user=worker).values_list("type", flat=True))


def was_used(request: HttpRequest, worker: Worker) -> bool:
    """Whether this sign-in, perhaps still on its way, went through a second factor."""
    records = get_authentication_records(request, worker)
    return any(each.get("method") == "mfa" for each in records)


@transaction.atomic
def take_away(*, worker: Worker, number: int) -> None:
    """Remove one of a worker's passkeys, or their app.

    Raises Authenticator.DoesNotExist for another's, LastOne for the last.
    """
    Worker.objects.select_for_update().get(pk=worker.pk)
    chosen = Authenticator.objects.get(user=worker, type__in=KINDS, pk=number)
    if len(of_worker(worker)) == 1:
        raise LastOne
    chosen.delete()
    record(worker, f"worker.remove_{NAMES[chosen.type]}")


NAMES = {PASSKEY: "passkey", APP: "app", PAPER: "recovery_codes"}


def record(worker: Worker, action: str, *, outcome: AuditRow.Outcome | None = None) -> None:
    """Record what a worker did with a second factor: never the code itself."""
    who: uuid.UUID = worker.id
    audit.record(
        by=SigningIn(id=who, agency_id=worker.agency_id),
        action=action,
        subject=who,
        outcome=outcome or AuditRow.Outcome.DONE,
    )


def record_failure(worker: Worker) -> None:
    """Record that somebody who gave this worker's password did not get past the second step."""
    record(worker, "worker.second_step", outcome=AuditRow.Outcome.FAILED)
