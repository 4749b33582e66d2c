"""Making agencies and workers; letting a worker in, and ending what they have open."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from leeward.accounts.invitations import kept_as, new_secret, open_until
from leeward.accounts.models import Agency, Invitation, Session, Worker
from leeward.audit import actions as audit
from leeward.sealing import keyring


@transaction.atomic
def found_agency(
    *, by: audit.WhoActs, name: str, kind: str, time_zone: str, invented: bool = False
) -> Agency:
    """Add an agency. `kind` is one of Agency.Kind, `time_zone` an IANA name."""
    agency = Agency(name=name, kind=kind, time_zone=time_zone, invented=invented)
    keyring.make_agency(agency.id)
    agency.save()
    audit.record(by=by, action="agency.found", subject=agency.id)
    return agency


@transaction.atomic
def take_on_worker(
    *,
    by: audit.WhoActs,
    agency: Agency,
    username: str,
    display_name: str,
    role: str,
    password: str | None,
    works_as: str = "",
    language: str = "en",
    supervised_by: Worker | None = None,
) -> Worker:
    """Add somebody who may sign in. Without a password they cannot, until they are given one.

    Their supervisor sees the files they are on; without one, nobody sees them for that alone.
    """
    worker = Worker(
        agency=agency,
        username=username,
        display_name=display_name,
        role=role,
        works_as=works_as,
        language=language,
        supervised_by=supervised_by,
    )
    worker.set_password(password)
    worker.save()
    audit.record(by=by, action="worker.take_on", subject=worker.id)
    return worker


@transaction.atomic
def invite(*, by: audit.WhoActs, worker: Worker) -> str:
    """Make a link's secret by which `worker` chooses how to sign in. It is told this once.

    The page is at the address named `start_link`. An earlier invitation that is still open ends.
    """
    _close_invitations(worker)
    secret = new_secret()
    Invitation.objects.create(worker=worker, link_hash=kept_as(secret), ends_at=open_until())
    audit.record(by=by, action="worker.invite", subject=worker.id)
    return secret


@transaction.atomic
def end_all_sessions(*, by: audit.WhoActs, worker: Worker) -> None:
    """Sign `worker` out everywhere, at their next request, and take back an open invitation.

    For whoever leaves, or has lost a device. To let them in again, `invite` them afterwards.
    """
    Worker.objects.filter(pk=worker.pk).update(session_epoch=F("session_epoch") + 1)
    worker.refresh_from_db(fields=["session_epoch"])
    # The epoch ends those that a request has in hand at this moment; the rest go with their rows.
    Session.objects.filter(worker_id=worker.pk).delete()
    _close_invitations(worker)
    audit.record(by=by, action="worker.end_sessions", subject=worker.id)


@transaction.atomic
def reset_sign_in(*, by: audit.WhoActs, worker: Worker) -> str:
    """Take away every way in that a worker has, sign them out, and invite them anew.

    Answers the new link's secret, as `invite` does. Whoever calls this has seen to it that two
    people agreed.
    """
    worker.set_unusable_password()
    worker.save(update_fields=["password"])
    Authenticator.objects.filter(user=worker).delete()
    SocialAccount.objects.filter(user=worker).delete()
    end_all_sessions(by=by, worker=worker)
    audit.record(by=by, action="worker.reset_sign_in", subject=worker.id)
    return invite(by=by, worker=worker)


def _close_invitations(worker: Worker) -> None:
    Invitation.objects.filter(worker=worker, closed_at=None).update(closed_at=timezone.now())
