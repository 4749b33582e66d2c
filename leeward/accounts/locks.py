"""Locks: after a few wrong tries a name waits at one address, longer after each further one.

By name and address together. By the name alone, anybody could keep a worker out of their work; by
the address alone, one mistyping colleague could keep out a whole office. It stands on django-axes:
its backend asks before a password is looked at, its signals tell what went wrong, and its table,
which every process shares, holds the count. What was typed may be a password in the wrong box: of
a name only a keyed hash is kept, and of the rest of the form nothing.
"""

import datetime as dt
import ipaddress
from typing import Any

from axes.handlers.base import AbstractAxesHandler, AxesBaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from leeward.accounts.models import Worker

# Wrong tries before the first wait; the wait doubles from a minute to an hour.
FREE_TRIES = 5
FIRST_WAIT, LONGEST_WAIT = dt.timedelta(minutes=1), dt.timedelta(hours=1)
FORGOTTEN_AFTER = dt.timedelta(days=1)
# One house, one lock: a household is given this much of the newer kind of address.
HOUSE_PREFIX = 64
PASSWORD, CODE = "password", "code"
# For tries that count wherever they come from.
ANYWHERE = "0.0.0.0"  # noqa: S104  # nosec B104  # an address to count under, not to listen on


def wait_after(failures: int) -> dt.timedelta:
    """How long a name waits after its latest of so many failures in a row."""
    over = failures - FREE_TRIES
    if over < 0:
        return dt.timedelta(0)
    doubled: dt.timedelta = FIRST_WAIT * 2 ** min(over, 10)
    return min(doubled, LONGEST_WAIT)


def address_of(request: HttpRequest) -> str:
    """Where a request came from, as locks count it.

    Behind LEEWARD_PROXIES proxies, what the outermost of them saw; whatever a browser says of
    itself comes before that and is not believed.
    """
    found = request.META.get("REMOTE_ADDR", "")
    told = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    hops: int = settings.LEEWARD_PROXIES
    if 0 < hops <= len(told):
        found = told[-hops].strip()
    try:
        address = ipaddress.ip_address(found)
    except ValueError:
        return ANYWHERE
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        house = ipaddress.ip_network((address, HOUSE_PREFIX), strict=False)
        return str(house.network_address)
    return str(address)


def kept_as(purpose: str, name: str) -> str:
    """What is kept of a name. Names that the database takes for one count as one."""
    same = name.strip().upper().casefold()
    return salted_hmac(f"leeward.accounts.locks.{purpose}", same, algorithm="sha256").hexdigest()


@transaction.atomic
def is_locked(purpose: str, name: str, address: str, *, most: int = 0) -> bool:
    """Whether to refuse this try unseen. `most` tries in a day, or by the growing wait.

    Tries under one name from one address wait for each other here, so that many at once are not
    each the first.
    """
    row, _new = AccessAttempt.objects.select_for_update().get_or_create(
        username=kept_as(purpose, name),
        ip_address=address,
        user_agent="",
        defaults={"failures_since_start": 0},
    )
    since = timezone.now() - row.attempt_time
    if since > FORGOTTEN_AFTER:
        AccessAttempt.objects.filter(pk=row.pk).update(failures_since_start=0)
        return False
    failures: int = row.failures_since_start
    return failures >= most if most else since < wait_after(failures)


@transaction.atomic
def count_failure(purpose: str, name: str, address: str) -> None:
    """One more failure; those of another day are forgotten."""
    now = timezone.now()
    AccessAttempt.objects.filter(attempt_time__lt=now - FORGOTTEN_AFTER).delete()
    AccessAttempt.objects.filter(
        username=kept_as(purpose, name), ip_address=address, user_agent=""
    ).update(failures_since_start=F("failures_since_start") + 1, attempt_time=now)


def forget(purpose: str, name: str, address: str) -> None:
    """Whoever got in starts again at none."""
    AccessAttempt.objects.filter(username=kept_as(purpose, name), ip_address=address).delete()


class LockHandler(AxesBaseHandler, AbstractAxesHandler):  # type: ignore[misc]
    """What django-axes asks and tells about passwords."""

    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        """Whether this name waits at this address."""
        return is_locked(PASSWORD, _name(credentials), address_of(request))

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """How often this name has failed at this address since it last got in."""
        which = {
            "username": kept_as(PASSWORD, _name(credentials)),
            "ip_address": address_of(request),
        }
        found = AccessAttempt.objects.filter(**which).values_list("failures_since_start")
        return sum(each for (each,) in found)

    def user_login_failed(
        self,
        sender: Any,
        credentials: dict[str, Any],
        request: HttpRequest | None = None,
        **kwargs: Any,
    ) -> None:
        """Count it. A try that was refused unseen makes no wait longer."""
        if request is not None and not was_refused(request):
            count_failure(PASSWORD, _name(credentials), address_of(request))

    def user_logged_in(
        self, sender: Any, request: HttpRequest, user: Worker, **kwargs: Any
    ) -> None:
        """Start again at none."""
        forget(PASSWORD, user.username, address_of(request))

    def user_logged_out(self, sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
        """Nothing to count."""

    def post_save_access_attempt(self, instance: AccessAttempt, **kwargs: Any) -> None:
        """Nothing rests on a count but the lock itself."""

    def post_delete_access_attempt(self, instance: AccessAttempt, **kwargs: Any) -> None:
        """As when it was saved."""


def was_refused(request: HttpRequest) -> bool:
    """Whether a lock refused this request's password without looking at it."""
    return bool(getattr(request, "axes_locked_out", False))


def _name(credentials: dict[str, Any] | None) -> str:
    return str((credentials or {}).get("username", ""))
