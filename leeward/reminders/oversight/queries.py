"""The promises of several workers at once: in as many queries for one as for ten.

Everything is fetched for whoever looks, from files they reach themselves; what a lock keeps from
either of the two stands nowhere.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from leeward.access.actors import Actor
from leeward.access.rules import may
from leeward.accounts.models import Worker
from leeward.conferences.after.models import Decision, DecisionNews
from leeward.core.agency_time import today
from leeward.legal.models import Duty, DutyAnswer
from leeward.legal.queries import unanswered
from leeward.missing.models import ReturnTalk, StepNews
from leeward.people.covering.models import Cover
from leeward.people.covering.queries import standing_for
from leeward.people.models import Assignment, YoungPerson
from leeward.people.queries import not_seen_since
from leeward.people.standing.models import ConflictLock
from leeward.plans.models import ItemNews, ItemVersion, Sees
from leeward.reminders.models import PutOff
from leeward.reminders.oversight.rules import DAYS_BACK, PROMISES, is_late
from leeward.reminders.queries import GATHER, Reminder, Whose
from leeward.reminders.rules import place, rules
from leeward.requests.models import Answer
from leeward.sealing import keyring

# Of each kind, for a whole team: the longest waiting, and what was answered last.
AT_MOST = 500
# Whose it is to answer, where not everybody on a team may (roles.csv).
TAKES = {"duty": "duty.answer", "request": "request.answer"}


@dataclass(frozen=True)
class Answered:
    """A promise that somebody saw to: done, or said why not. `person` is nobody where it was about
    a child who has no file."""

    promise: str
    person: YoungPerson | None
    on: dt.date


@dataclass(frozen=True)
class OfWorker:
    """One worker, as their supervisor reads it and as they read it themselves."""

    worker: Worker
    late: list[Reminder] = field(default_factory=list)
    answered: list[Answered] = field(default_factory=list)
    not_seen: list[YoungPerson] = field(default_factory=list)
    covers: list[Cover] = field(default_factory=list)

    @property
    def shown(self) -> set[uuid.UUID]:
        """Whose names it shows."""
        named = [each.person for each in self.late] + [each.person for each in self.answered]
        covered = {each.person_id for each in self.covers}
        return {each.pk for each in (*named, *self.not_seen) if each} | covered


@dataclass(frozen=True)
class _Teams:
    """Who works with whom now, of those that whoever looks may see."""

    whose: Whose
    workers: dict[uuid.UUID, Worker]
    of_person: dict[uuid.UUID, set[uuid.UUID]]

    def all_on(self, person_id: uuid.UUID) -> set[uuid.UUID]:
        """Those of the workers who are on the team of this young person."""
        return self.of_person.get(person_id, set())


def of_those_i_supervise(actor: Actor) -> list[OfWorker]:
    """Everybody this actor supervises, in order of their names."""
    if not may(actor.role, "team.oversee"):
        return []
    rows = Worker.objects.filter(
        supervised_by=actor.id, agency_id=actor.own_agency_id, is_active=True
    )
    return _of(actor, rows, "team.oversee")


def of_myself(actor: Actor) -> OfWorker:
    """The same lines about one worker, for that worker."""
    rows = Worker.objects.filter(pk=actor.author_id).select_related("supervised_by")
    return _of(actor, rows, "file.open")[0]


def _of(actor: Actor, rows: QuerySet[Worker], action: str) -> list[OfWorker]:
    workers = {each.pk: each for each in rows}
    teams = _teams(actor, workers, action)
    found = {each.pk: OfWorker(each) for each in workers.values()}
    late = _late(teams)
    waits = _put_off(teams, late)
    for reminder in late:
        for worker_id in _whose(teams, reminder):
            wait = waits.get((worker_id, reminder.rule.id, reminder.about))
            found[worker_id].late.append(replace(reminder, waits=wait))
    for worker_id, answered in _answered(teams):
        if answered not in found[worker_id].answered:
            found[worker_id].answered.append(answered)
    for person in _not_seen(teams):
        for worker_id in teams.all_on(person.pk):
            found[worker_id].not_seen.append(person)
    for cover in standing_for(actor, teams.whose.workers, action):
        found[cover.away_id].covers.append(cover)
    keyring.warm(set().union(*(each.shown for each in found.values())))
    return sorted(found.values(), key=lambda each: _by_name(each.worker))


def _by_name(worker: Worker) -> tuple[str, uuid.UUID]:
    return worker.display_name.casefold(), worker.pk


def _teams(actor: Actor, workers: dict[uuid.UUID, Worker], action: str) -> _Teams:
    locks = ConflictLock.objects.standing().filter(
        person=OuterRef("person"), worker=OuterRef("worker")
    )
    rows = Assignment.objects.filter(
        ~Exists(locks),
        worker__in=workers,
        until__isnull=True,
        person__in=YoungPerson.objects.visible_to(actor, action),
    )
    of_person: defaultdict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    is_open = set()
    for person_id, worker_id, state in rows.values_list("person_id", "worker_id", "person__state"):
        of_person[person_id].add(worker_id)
        if state == YoungPerson.State.OPEN:
            is_open.add(person_id)
    whose = Whose(
        actor=actor,
        workers=sorted(workers),
        team=sorted(of_person),
        ids=sorted(is_open),
        at_most=AT_MOST,
    )
    return _Teams(whose, workers, dict(of_person))


def _late(teams: _Teams) -> list[Reminder]:
    """What is late, as “What needs you” has it: what cannot wait, then the longest late."""
    whose, now = teams.whose, timezone.now()
    found = list(_duties(whose))
    for names, gather in GATHER.items():
        if set(names) <= set(PROMISES) - {"duty"}:
            found += gather(whose)
    late = [each for each in found if is_late(each.rule.id, each.due, each.at, now, today())]
    return sorted(late, key=lambda each: place(each.rule, each.due, today()))


def _duties(whose: Whose) -> Iterable[Reminder]:
    theirs = Q(person__in=whose.team) | Q(person__isnull=True, asked_of__in=whose.workers)
    for duty in unanswered(whose.actor).filter(theirs)[: whose.at_most]:
        yield Reminder(rules()["duty"], duty.pk, duty.person, duty)


def _whose(teams: _Teams, each: Reminder) -> set[uuid.UUID]:
    """With whom it stands: whoever took it on or gave the opinion; else everybody on the team who
    may see to it."""
    if each.person is None:
        return {each.item.asked_of_id}
    on_team = teams.all_on(each.person.pk)
    if each.rule.id == "meeting-task":
        return on_team & {each.item.owner_id}
    if each.rule.id == "opinion":
        return on_team & {each.item.recorded_by_id}
    if each.by_name_alone:
        return set()
    takes = TAKES.get(each.rule.id)
    return {pk for pk in on_team if not takes or may(teams.workers[pk].role, takes)}


def _put_off(
    teams: _Teams, late: Sequence[Reminder]
) -> dict[tuple[uuid.UUID, str, uuid.UUID], PutOff]:
    """What was put off to a day that has not come: by whom, of which rule, about what."""
    abouts = [each.about for each in late if each.rule.may_wait]
    rows = PutOff.objects.filter(
        about__in=abouts, recorded_by__in=teams.whose.workers, until__gt=today()
    )
    rows = rows.order_by("recorded_at", "id")
    return {(row.recorded_by_id, row.kind, row.about): row for row in rows}


def _answered(teams: _Teams) -> Iterable[tuple[uuid.UUID, Answered]]:
    whose = teams.whose
    since = timezone.now() - dt.timedelta(days=DAYS_BACK)
    shared = ItemVersion.objects.newest().filter(item=OuterRef("item"), sees=Sees.TEAM)
    kinds: list[tuple[str, QuerySet[Any]]] = [
        ("duty", DutyAnswer.objects.filter(duty__in=Duty.objects.visible_to(whose.actor))),
        ("missing-step", StepNews.objects.all()),
        ("return-talk", ReturnTalk.objects.exclude(outcome=ReturnTalk.Outcome.LATER)),
        ("request", Answer.objects.all()),
        ("plan-step", ItemNews.objects.filter(Exists(shared))),
        (
            "meeting-task",
            DecisionNews.objects.filter(decision__in=Decision.objects.visible_to(whose.actor)),
        ),
    ]
    found = []
    for promise, of_kind in kinds:
        rows = of_kind.filter(
            Q(person__in=whose.team) | Q(person__isnull=True),
            recorded_by__in=whose.workers,
            recorded_at__gte=since,
        )
        for row in rows.select_related("person").order_by("-recorded_at", "-id")[:AT_MOST]:
            worker_id = row.recorded_by_id
            if row.person is None or worker_id in teams.all_on(row.person.pk):
                found.append((row.recorded_at, worker_id, promise, row.person))
    found.sort(key=lambda each: each[0], reverse=True)
    for moment, worker_id, promise, person in found:
        yield worker_id, Answered(promise, person, timezone.localdate(moment))


def _not_seen(teams: _Teams) -> QuerySet[YoungPerson]:
    """As on Home: open files, nobody met in person for so many days."""
    day = today() - dt.timedelta(days=settings.LEEWARD_NOT_SEEN_AFTER_DAYS)
    return not_seen_since(YoungPerson.objects.filter(pk__in=teams.whose.ids), day)
