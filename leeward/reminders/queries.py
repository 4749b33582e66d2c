"""Gathering what needs a worker, from the apps that own it, and what was put off.

Whatever is listed here was fetched by its own app, for this actor: nothing is reached by an id.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from leeward.access.actors import Actor
from leeward.access.rules import may
from leeward.concerns.queries import waiting
from leeward.conferences.after.queries import tasks_of
from leeward.consents.queries import ending_soon
from leeward.core.agency_time import today
from leeward.legal.queries import unanswered
from leeward.missing.queries import still_to_do
from leeward.observations.models import Opinion
from leeward.people.covering.models import Cover
from leeward.people.models import YoungPerson
from leeward.people.queries import on_my_team
from leeward.plans.models import ItemNews, ItemVersion, SafetyReview, Sees
from leeward.reminders.models import PutOff
from leeward.reminders.rules import Rule, group_of, is_needed, last_day, place, rules, shown_until
from leeward.requests.queries import soon_due
from leeward.sealing import keyring

AT_MOST = 200
# For so long after somebody came back, what nobody has answered for still asks for an answer.
AFTER_RETURN = dt.timedelta(days=30)


@dataclass(frozen=True)
class Reminder:
    """One thing that needs a worker: by which rule, what it is about, by when.

    `at` is the moment it is due where that is known to the minute. `last` is the last day on which
    it may come back if it is put off today; None where it cannot be.
    """

    rule: Rule
    about: uuid.UUID
    person: YoungPerson | None
    item: Any
    due: dt.date | None = None
    at: dt.datetime | None = None
    last: dt.date | None = None
    waits: PutOff | None = None

    @property
    def group(self) -> str:
        """Under which heading it stands."""
        return group_of(self.rule, self.due, today())

    @property
    def by_name_alone(self) -> bool:
        """Whether it is a step that a young person shared by name: nothing for whoever
        supervises them."""
        return self.rule.id == "plan-step" and self.item.sees != Sees.TEAM

    @property
    def days_over(self) -> int:
        """How many days it is over its day; 0 while it is not."""
        return max(0, (today() - self.due).days) if self.due else 0

    @property
    def over_by(self) -> dt.timedelta | None:
        """Of what is due at a moment: how long that has been over."""
        if self.at is None or self.at >= timezone.now():
            return None
        return timezone.now() - self.at


@dataclass(frozen=True)
class Whose:
    """Who looks, and whose things: their own, or those of the workers they stand behind. With the
    files of those teams, open ones apart: worked out once, asked of by every app."""

    actor: Actor
    workers: list[uuid.UUID]
    team: list[uuid.UUID]
    ids: list[uuid.UUID]
    at_most: int
    # For whom the actor stands in, file by file: (young person, worker who is away).
    covered: frozenset[tuple[uuid.UUID, uuid.UUID]] = frozenset()


Found = Iterable[Reminder]


def _duties(mine: Whose) -> Found:
    rule = rules()["duty"]
    for duty in unanswered(mine.actor)[: mine.at_most]:
        yield Reminder(rule, duty.pk, duty.person, duty)


def _steps_of_episodes(mine: Whose) -> Found:
    step_rule, talk_rule = rules()["missing-step"], rules()["return-talk"]
    # Nobody stops being missing because a file is closed.
    for page in still_to_do(mine.team, timezone.now() - AFTER_RETURN):
        episode = page.episode
        for step in page.steps:
            if step.is_open:
                yield Reminder(
                    step_rule, episode.pk, episode.person, step, _day(step.due_at), step.due_at
                )
        if page.talk_due_at and not page.talks:
            yield Reminder(
                talk_rule,
                episode.pk,
                episode.person,
                page,
                _day(page.talk_due_at),
                page.talk_due_at,
            )


def _day(moment: dt.datetime | None) -> dt.date | None:
    return timezone.localdate(moment) if moment else None


def _requests(mine: Whose) -> Found:
    rule = rules()["request"]
    for each in soon_due(mine.actor)[: mine.at_most]:
        request = each.request
        yield Reminder(rule, request.pk, request.person, each, each.clock.due_on)


def _concerns(mine: Whose) -> Found:
    if not may(mine.actor.role, "concern.open"):
        return
    rule = rules()["concern"]
    for each in waiting(mine.actor)[: mine.at_most]:
        yield Reminder(rule, each.pk, each.person, each)


def _consents(mine: Whose) -> Found:
    rule = rules()["consent"]
    within = dt.timedelta(days=rule.days_before or 0)
    for each in ending_soon(mine.ids, within)[: mine.at_most]:
        yield Reminder(rule, each.pk, each.person, each, each.until)


def _opinions(mine: Whose) -> Found:
    rule = rules()["opinion"]
    newer = Opinion.objects.filter(
        person=OuterRef("person"),
        recorded_by=OuterRef("recorded_by"),
        recorded_at__gt=OuterRef("recorded_at"),
    )
    rows = Opinion.objects.filter(
        ~Exists(newer),
        person__in=mine.ids,
        recorded_by__in=mine.workers,
        review_on__lte=shown_until(rule, today()),
    )
    for each in rows.select_related("person").order_by("review_on", "id")[: mine.at_most]:
        yield Reminder(rule, each.pk, each.person, each, each.review_on)


def _plan_steps(mine: Whose) -> Found:
    rule = rules()["plan-step"]
    told = ItemNews.objects.filter(item=OuterRef("item"))
    rows = ItemVersion.objects.filter(
        ~Exists(told), person__in=mine.ids, due_on__lte=shown_until(rule, today())
    )
    rows = rows.newest().visible_to(mine.actor).select_related("person")
    for each in rows.order_by("due_on", "id")[: mine.at_most]:
        yield Reminder(rule, each.pk, each.person, each, each.due_on)


def _plan_reviews(mine: Whose) -> Found:
    rule = rules()["plan-review"]
    later = SafetyReview.objects.filter(
        Q(recorded_at__gt=OuterRef("recorded_at"))
        | Q(recorded_at=OuterRef("recorded_at"), pk__gt=OuterRef("pk")),
        person=OuterRef("person"),
    )
    rows = SafetyReview.objects.filter(
        ~Exists(later), person__in=mine.ids, on__lte=shown_until(rule, today())
    )
    for each in rows.select_related("person").order_by("on", "id")[: mine.at_most]:
        yield Reminder(rule, each.pk, each.person, each, each.on)


def _meeting_tasks(mine: Whose) -> Found:
    rule = rules()["meeting-task"]
    away = {worker for _person, worker in mine.covered}
    for each in tasks_of(mine.actor, mine.at_most, whose=[*mine.workers, *away]):
        if each.owner_id in mine.workers or (each.person_id, each.owner_id) in mine.covered:
            yield Reminder(rule, each.pk, each.person, each, each.due_on)


# What each app has to say, by the ids of reminders.csv that come of it.
GATHER: dict[tuple[str, ...], Callable[[Whose], Found]] = {
    ("duty",): _duties,
    ("missing-step", "return-talk"): _steps_of_episodes,
    ("request",): _requests,
    ("concern",): _concerns,
    ("consent",): _consents,
    ("opinion",): _opinions,
    ("plan-step",): _plan_steps,
    ("plan-review",): _plan_reviews,
    ("meeting-task",): _meeting_tasks,
}


def gathered(
    actor: Actor, *, but_not: Sequence[str] = (), at_most: int = AT_MOST
) -> list[Reminder]:
    """Everything that needs this worker, what was put off included; the most urgent first.

    `but_not` leaves out rules that the page shows otherwise.
    """
    files = list(on_my_team(actor).values_list("pk", "state"))
    mine = Whose(
        actor=actor,
        workers=[actor.author_id],
        team=[pk for pk, _state in files],
        ids=[pk for pk, state in files if state == YoungPerson.State.OPEN],
        at_most=at_most,
        covered=frozenset(Cover.objects.by(actor.author_id).values_list("person_id", "away_id")),
    )
    found = [
        each
        for names, gather in GATHER.items()
        if not set(names) <= set(but_not)
        for each in gather(mine)
        if each.rule.id not in but_not and is_needed(each.rule, each.due, today())
    ]
    found.sort(key=lambda each: (*place(each.rule, each.due, today()), each.at or _END))
    return _with_put_off(actor, found)


_END = dt.datetime.max.replace(tzinfo=dt.UTC)


def _with_put_off(actor: Actor, found: list[Reminder]) -> list[Reminder]:
    """Adds how long each may wait, and what this worker said of it before."""
    waits = [each.about for each in found if each.rule.may_wait]
    rows: defaultdict[tuple[str, uuid.UUID], list[PutOff]] = defaultdict(list)
    for row in PutOff.objects.filter(recorded_by_id=actor.id, about__in=waits).order_by(
        "recorded_at", "id"
    ):
        rows[row.kind, row.about].append(row)
    return [_one_with(each, rows.get((each.rule.id, each.about), [])) for each in found]


def _one_with(each: Reminder, rows: list[PutOff]) -> Reminder:
    first = min((row.on for row in rows), default=None)
    newest = rows[-1] if rows and rows[-1].until > today() else None
    return replace(each, last=last_day(each.rule, each.due, today(), first), waits=newest)


def needed(actor: Actor, *, but_not: Sequence[str] = (), at_most: int = AT_MOST) -> list[Reminder]:
    """What needs this worker now; not what they put off to a day that has not come."""
    return [each for each in gathered(actor, but_not=but_not, at_most=at_most) if not each.waits]


def put_off_by_my_team(actor: Actor) -> list[PutOff]:
    """What those whom this actor supervises have put off, and what day it comes back; newest
    first."""
    if not may(actor.role, "reminder.oversee"):
        return []
    # On the team of a file may be workers whom somebody else stands behind.
    rows = PutOff.objects.visible_to(actor).filter(recorded_by__supervised_by=actor.id)
    rows = rows.filter(until__gt=today()).select_related("person", "recorded_by")
    theirs = ItemVersion.objects.visible_to(actor, "reminder.oversee").filter(pk=OuterRef("about"))
    rows = rows.filter(~Q(kind="plan-step") | Exists(theirs))
    found = list(rows.order_by("-recorded_at", "-id")[:AT_MOST])
    keyring.warm(each.person_id for each in found)
    return found


@dataclass(frozen=True)
class Needs:
    """What needs a worker now, what they put off, and what their team did."""

    now: list[Reminder]
    put_off: list[Reminder]
    by_team: list[PutOff]

    def of(self, group: str) -> list[Reminder]:
        """What stands under one heading."""
        return [each for each in self.now if each.group == group]

    @property
    def shown(self) -> list[uuid.UUID]:
        """Whose names it shows."""
        ids = {each.person.pk for each in (*self.now, *self.put_off) if each.person}
        return sorted(ids | {each.person_id for each in self.by_team})


def needs_of(actor: Actor) -> Needs:
    """All of it. Whoever shows it records that, and whose names it showed."""
    found = gathered(actor)
    needs = Needs(
        now=[each for each in found if not each.waits],
        put_off=[each for each in found if each.waits],
        by_team=put_off_by_my_team(actor),
    )
    keyring.warm([*needs.shown, *(each.about for each in found if not each.person)])
    return needs
