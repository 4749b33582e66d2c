"""Invitations: by a link that works once, in the first browser where its button is pressed.

A message with a link is opened by more than its reader: preview robots, mail scanners, whoever
looks over a shoulder. So looking at the link does nothing and tells nothing; a button binds it to
one browser; and to any other browser it is the same as a link that never was.
"""

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from leeward.accounts.models import Invitation, Worker
from leeward.accounts.signing_in import SigningIn
from leeward.audit import actions as audit


class NoSuchInvitation(LookupError):
    """Unknown, used, ended, taken back, or bound to another browser: one answer for all."""


@dataclass(frozen=True)
class Bound:
    """An invitation that is this browser's: the secret it keeps, and until when it is good."""

    browser_secret: str
    ends_at: dt.datetime


def new_secret() -> str:
    """256 random bits for an address or a cookie."""
    return secrets.token_urlsafe(32)


def kept_as(secret: str) -> str:
    """What is kept of a secret. It is random: no salt is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def open_until() -> dt.datetime:
    """When an invitation made now ends (LEEWARD_INVITATION_HOURS)."""
    return timezone.now() + dt.timedelta(hours=settings.LEEWARD_INVITATION_HOURS)


def _open(**which: str) -> Invitation:
    """The open invitation with this hash. Raises NoSuchInvitation."""
    found = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("worker__agency")
        .filter(closed_at=None, ends_at__gt=timezone.now(), worker__is_active=True, **which)
        .first()
    )
    if found is None:
        raise NoSuchInvitation
    return found


@transaction.atomic
def bind_invitation(*, link_secret: str, browser_secret: str = "") -> Bound:
    """Bind a link to this browser. `browser_secret` is what its cookie holds, if anything.

    Pressed again in the same browser, the same binding. Raises NoSuchInvitation in any other.
    """
    invitation = _open(link_hash=kept_as(link_secret))
    if invitation.browser_hash:
        if kept_as(browser_secret) != invitation.browser_hash:
            raise NoSuchInvitation
        return Bound(browser_secret, invitation.ends_at)
    bound = Bound(new_secret(), invitation.ends_at)
    invitation.browser_hash = kept_as(bound.browser_secret)
    invitation.save(update_fields=["browser_hash"])
    audit.record(by=_worker(invitation), action="worker.open_invitation", subject=invitation.id)
    return bound


def invited_here(browser_secret: str) -> Worker:
    """Whom this browser's invitation is for. Raises NoSuchInvitation."""
    if not browser_secret:
        raise NoSuchInvitation
    with transaction.atomic():
        return _open(browser_hash=kept_as(browser_secret)).worker


@transaction.atomic
def accept_invitation(*, browser_secret: str, password: str | None) -> Worker:
    """Use the invitation up, and give its worker the password they chose.

    The password has passed the validators; without one, the worker has chosen another way to sign
    in. Raises NoSuchInvitation.
    """
    if not browser_secret:
        raise NoSuchInvitation
    invitation = _open(browser_hash=kept_as(browser_secret))
    invitation.closed_at = timezone.now()
    invitation.save(update_fields=["closed_at"])
    worker = invitation.worker
    if password is not None:
        worker.set_password(password)
        worker.save(update_fields=["password"])
    audit.record(by=_worker(invitation), action="worker.accept_invitation", subject=worker.id)
    return worker


@transaction.atomic
def accept_by_provider(
    *, browser_secret: str, agency: str, provider: str, number: str
) -> SocialAccount:
    """Use the invitation up by linking its worker to their `number` at their agency's provider.

    Raises NoSuchInvitation, also for an invitation of another agency than the provider's.
    """
    if invited_here(browser_secret).agency.name != agency:
        raise NoSuchInvitation
    worker = accept_invitation(browser_secret=browser_secret, password=None)
    return SocialAccount.objects.create(user=worker, provider=provider, uid=number)


def _worker(invitation: Invitation) -> SigningIn:
    return SigningIn(id=invitation.worker_id, agency_id=invitation.worker.agency_id)
