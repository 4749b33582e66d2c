"""The second factor: a passkey or a code, beside the password."""

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from leeward.accounts import sessions
from leeward.accounts.models import Worker

# Recovery codes stand in for one of these; alone they are none.
KINDS = (Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP)


def is_missing(request: HttpRequest) -> bool:
    """Whether this session's worker still owes a second factor (LEEWARD_SECOND_FACTOR).

    Asked of every role: those that open no file look after the sign-ins of those that do.
    """
    return bool(settings.LEEWARD_SECOND_FACTOR) and not request.session.get(sessions.SECOND_FACTOR)


def has_one(worker: Worker) -> bool:
    """Whether a worker has set one up."""
    return bool(Authenticator.objects.filter(user=worker, type__in=KINDS).exists())


def was_used(request: HttpRequest, worker: Worker) -> bool:
    """Whether this sign-in, perhaps still on its way, went through a second factor."""
    records = get_authentication_records(request, worker)
    return any(each.get("method") == "mfa" for each in records)
