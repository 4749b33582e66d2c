"""How much one worker has searched and opened, counted from the audit. No name is kept for it."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from leeward.access.actors import Actor
from leeward.accounts.models import Worker
from leeward.audit.models import AuditRow
from leeward.audit.queries import OPENING
from leeward.people.covering.models import Cover
from leeward.people.models import Assignment, YoungPerson
from leeward.people.rules import share_a_surname
from leeward.people.standing.models import BreakGlass

AT_MOST = 100
DAYS_SHOWN = 7


def too_many_searches(worker_id: uuid.UUID) -> bool:
    """Whether this worker has made as many searches as LEEWARD_SEARCHES lets them, just now."""
    most, minutes = settings.LEEWARD_SEARCHES
    return _searches(worker_id, dt.timedelta(minutes=minutes)).count() >= int(most)


def _searches(worker_id: uuid.UUID, ago: dt.timedelta) -> QuerySet[AuditRow]:
    return AuditRow.objects.filter(
        actor_id=worker_id,
        at__gte=timezone.now() - ago,
        action="people.find",
        purpose="find",
        outcome=AuditRow.Outcome.DONE,
    )


def counted(worker: Worker, *, apart_from: QuerySet[YoungPerson] | None = None) -> dict[str, int]:
    """What LEEWARD_UNUSUAL looks at, each over its own hours: how often this worker did it.

    `apart_from` are the files that whoever asks must not know of.
    """
    kept = YoungPerson.objects.none() if apart_from is None else apart_from
    return _from_the_audit(worker, kept) | _from_emergencies(worker, kept)


def _since(signal: str) -> dt.datetime:
    _most, hours = settings.LEEWARD_UNUSUAL[signal]
    return timezone.now() - dt.timedelta(hours=hours)


def _from_the_audit(worker: Worker, kept: QuerySet[YoungPerson]) -> dict[str, int]:
    # One pass over the newest rows of one worker, which an index finds.
    since = {each: _since(each) for each in ("searches", "not_on_team", "closed", "not_theirs")}
    shut = YoungPerson.objects.filter(pk=OuterRef("subject_id"), state=YoungPerson.State.CLOSED)
    done, refused = AuditRow.Outcome.DONE, AuditRow.Outcome.REFUSED
    search = Q(action="people.find", purpose="find", outcome=done)
    opened = Q(action__in=OPENING, outcome=done) & _never_theirs(worker)
    rows = AuditRow.objects.filter(actor_id=worker.pk, at__gte=min(since.values()))
    return rows.exclude(subject_id__in=kept.values("pk")).aggregate(
        searches=Count("id", filter=search & Q(at__gte=since["searches"])),
        not_on_team=_files(opened & Q(at__gte=since["not_on_team"])),
        closed=_files(opened & Exists(shut) & Q(at__gte=since["closed"])),
        not_theirs=_files(Q(outcome=refused, at__gte=since["not_theirs"])),
    )


def _never_theirs(worker: Worker) -> Q:
    """Of a file whose team they were never on, and which they did not cover at that moment."""
    ever = Assignment.objects.filter(worker=worker, person=OuterRef("subject_id"))
    covered = Cover.objects.filter(
        worker=worker, person=OuterRef("subject_id"), since__lte=OuterRef("at")
    ).filter(until__gt=OuterRef("at"))
    # Over when it was ended, where that came first.
    in_time = covered.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=OuterRef("at")))
    return ~Exists(ever) & ~Exists(in_time)


def _files(which: Q) -> Count:
    return Count("subject_id", distinct=True, filter=which)


def _from_emergencies(worker: Worker, kept: QuerySet[YoungPerson]) -> dict[str, int]:
    rows = (
        BreakGlass.objects.filter(worker=worker).exclude(person__in=kept).select_related("person")
    )
    often = rows.filter(opened_at__gte=_since("emergencies")).count()
    kin = [
        row
        for row in rows.filter(opened_at__gte=_since("own_name"))
        if share_a_surname(
            worker.display_name, [row.person.name_used, *(row.person.other_names or [])]
        )
    ]
    return {"emergencies": often, "own_name": len(kin)}


def unusual(found: dict[str, int]) -> list[str]:
    """Which of these counts the privacy officer is asked to look at."""
    return [name for name, often in found.items() if often >= settings.LEEWARD_UNUSUAL[name][0]]


@dataclass(frozen=True)
class Opened:
    """One opening of a file by somebody who was never on its team."""

    at: dt.datetime
    person: YoungPerson
    in_emergency: bool


@dataclass(frozen=True)
class Activity:
    """What the privacy officer looks at: what is counted, and the files, without any that the
    officer must not know of."""

    worker: Worker
    found: dict[str, int]
    opened: list[Opened]


def activity_of(actor: Actor, worker: Worker) -> Activity:
    """One worker's counts, and the files of others that they opened in a week, newest first."""
    rows = AuditRow.objects.filter(
        actor_id=worker.pk,
        action__in=OPENING,
        outcome=AuditRow.Outcome.DONE,
        at__gte=timezone.now() - dt.timedelta(days=DAYS_SHOWN),
    ).filter(_never_theirs(worker))
    newest = list(rows.order_by("-at", "-id")[:AT_MOST])
    people = YoungPerson.objects.visible_to(actor, "opening.review").in_bulk(
        sorted({row.subject_id for row in newest if row.subject_id})
    )
    return Activity(
        worker=worker,
        found=counted(worker, apart_from=YoungPerson.objects.locked_to(actor)),
        opened=[
            Opened(row.at, people[row.subject_id], row.action == "file.break_glass")
            for row in newest
            if row.subject_id in people
        ],
    )


def watched_by(actor: Actor) -> QuerySet[Worker]:
    """The workers whose opening of files this actor may look into: their agency's, themselves
    left out."""
    return Worker.objects.filter(agency_id=actor.own_agency_id).exclude(pk=actor.author_id)
