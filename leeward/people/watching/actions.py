"""Asking the privacy officer to look into unusual opening of files, and their looking."""

import dataclasses
import datetime as dt
import uuid

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from leeward.access.actors import SYSTEM, Actor
from leeward.access.rules import check
from leeward.accounts.models import Worker
from leeward.audit import actions as audit
from leeward.audit.models import AuditRow
from leeward.notices.actions import settle_about, tell
from leeward.notices.models import Notice
from leeward.people.standing.kinds import UNUSUAL
from leeward.people.watching.queries import Activity, activity_of, counted, unusual, watched_by

# What has been looked into is not asked again at once.
QUIET = dt.timedelta(hours=24)


def raise_review(*, worker: Worker) -> bool:
    """Ask the privacy officer to look, if what this worker did of late is unusual. Part of a
    larger action, or of `watch_agency`; the worker is told nothing.

    Returns whether they were asked. While somebody is looking, and for a day, it is not asked
    again.
    """
    if not unusual(counted(worker)) or _asked_of_late(worker):
        return False
    # Not in the worker's name: it is no act of theirs.
    tell(
        by=dataclasses.replace(SYSTEM, agency_id=worker.agency_id),
        agency_id=worker.agency_id,
        kind=UNUSUAL.name,
        to_role=Worker.Role.PRIVACY_OFFICER,
        about=worker.pk,
        but_not=worker.pk,
        quietly=True,
    )
    return True


def _asked_of_late(worker: Worker) -> bool:
    waiting = Q(settled_at__isnull=True) | Q(made_at__gte=timezone.now() - QUIET)
    return Notice.objects.filter(waiting, kind=UNUSUAL.name, about=worker.pk).exists()


@transaction.atomic
def watch_agency(*, by: Actor, agency_id: uuid.UUID) -> int:
    """Look at everybody there who did anything since yesterday. Returns how many reviews were
    asked for.

    Searching and emergencies are looked at as they happen; this is for pages that are only read.
    """
    check(by.role, "opening.review")
    since = timezone.now() - dt.timedelta(days=1)
    lately = AuditRow.objects.filter(at__gte=since).values("actor_id")
    workers = Worker.objects.filter(pk__in=lately, agency_id=agency_id).order_by("pk")
    asked = sum(raise_review(worker=each) for each in workers)
    audit.record(by=by, action="opening.watch", subject=agency_id)
    return asked


@transaction.atomic
def read_activity(*, by: Actor, worker_id: uuid.UUID) -> Activity:
    """What one worker searched and opened of late, read and recorded as read.

    Raises NotAllowed, and Worker.DoesNotExist for another agency's and for oneself.
    """
    check(by.role, "opening.review")
    found = activity_of(by, watched_by(by).get(pk=worker_id))
    shown = sorted({each.person.pk for each in found.opened})
    audit.record(by=by, action="opening.review", subject=worker_id, shown=shown, purpose="opening")
    return found


@transaction.atomic
def settle_review(*, by: Actor, worker_id: uuid.UUID, outcome: str) -> Worker:
    """Say what came of looking: `outcome` is `in_order` or `taken_further`.

    Raises WrongOutcome, and Worker.DoesNotExist for another agency's and for oneself.
    """
    check(by.role, "opening.review")
    worker = watched_by(by).get(pk=worker_id)
    settle_about(by=by, kind=UNUSUAL.name, about=worker.pk, outcome=outcome)
    audit.record(by=by, action="opening.settle", subject=worker.pk)
    return worker
