"""A worker's own sign-ins, wherever they are open: seeing them, and ending the others."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from leeward.accounts import sessions
from leeward.accounts.models import Session, Worker
from leeward.accounts.session_store import SessionStore, kept_as
from leeward.accounts.signing_in import SigningIn
from leeward.audit import actions as audit


@dataclass(frozen=True)
class OpenSession:
    """One sign-in. `ref` is what the database calls it, and opens nothing."""

    ref: str
    device: str
    began: dt.datetime
    used: dt.datetime
    here: bool


def sessions_of(worker: Worker, own_key: str | None) -> list[OpenSession]:
    """Those that are open, this one first, then the last used first."""
    own = kept_as(own_key or "")
    rows = Session.objects.filter(worker_id=worker.pk, expire_date__gt=timezone.now())
    found = [_as_open(row, own, worker.role) for row in rows]
    here = [each for each in found if each is not None]
    return sorted(here, key=lambda each: (not each.here, -each.used.timestamp()))


def _as_open(row: Session, own: str, role: str) -> OpenSession | None:
    data = SessionStore().decode(row.session_data)
    # One that lay unused for too long has its row until the browser comes back with it.
    if sessions.BEGAN not in data or sessions.is_over(data, role):
        return None
    return OpenSession(
        ref=row.session_key,
        device=str(data.get(sessions.DEVICE, "")),
        began=dt.datetime.fromtimestamp(data[sessions.BEGAN], dt.UTC),
        used=dt.datetime.fromtimestamp(data[sessions.USED], dt.UTC),
        here=row.session_key == own,
    )


@transaction.atomic
def end_other_sessions(*, worker: Worker, own_key: str | None, ref: str = "") -> int:
    """Sign `worker` out everywhere else; with `ref`, at that one alone. Returns how many ended."""
    others = Session.objects.filter(worker_id=worker.pk).exclude(
        session_key=kept_as(own_key or "")
    )
    if ref:
        others = others.filter(session_key=ref)
    ended, _by_model = others.delete()
    audit.record(
        by=SigningIn(id=worker.id, agency_id=worker.agency_id),
        action="worker.end_other_sessions",
        subject=worker.id,
    )
    return ended
