"""Reading duties, and the rules as an agency applies them."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from leeward.access.actors import Actor
from leeward.access.rules import may
from leeward.accounts.models import Worker
from leeward.administration.queries import tied_to
from leeward.law.changes import AgencyRules, fault, with_changes
from leeward.legal.models import Duty, RuleChange, origin_of
from leeward.observations.sources import Entry
from leeward.people.models import YoungPerson
from leeward.sealing import keyring


def unanswered(actor: Actor) -> QuerySet[Duty]:
    """What this actor, or their team, still has to answer; the longest waiting first."""
    return (
        Duty.objects.visible_to(actor)
        .unanswered()
        .select_related("person", "asked_of")
        .order_by("asked_at", "id")
    )


def duties_about(person: YoungPerson) -> QuerySet[Duty]:
    """Duties about this person themselves, newest first, with their answers."""
    return (
        Duty.objects.filter(person=person)
        .select_related("asked_of")
        .prefetch_related("answers__recorded_by")
        .order_by("-asked_at", "-id")
    )


def answers_by_observation(
    agency_id: uuid.UUID,
    observation_ids: Sequence[uuid.UUID],
) -> dict[uuid.UUID, list[dict[str, Any]]]:
    """The answers given, in the shape a reading takes, by the observation that asked."""
    origins = {origin_of(each, agency_id): each for each in observation_ids}
    found: dict[uuid.UUID, list[dict[str, Any]]] = {}
    duties = list(
        Duty.objects.filter(origin__in=origins)
        .prefetch_related("answers")
        .order_by("asked_at", "id")
    )
    keyring.warm(duty.person_id or duty.pk for duty in duties)
    for duty in duties:
        about = "self" if duty.person_id else "another_child"
        for answer in sorted(duty.answers.all(), key=lambda each: (each.on, each.recorded_at)):
            found.setdefault(origins[duty.origin], []).append(
                {
                    "on": answer.on.isoformat(),
                    "about": about,
                    "outcome": answer.outcome,
                    "reasons": answer.reasons,
                }
            )
    return found


def as_entries(person: YoungPerson) -> list[Entry]:
    """Duties about this person as lines of the timeline. One about another child is not theirs."""
    return [
        Entry(
            on=timezone.localdate(duty.asked_at),
            recorded_at=duty.asked_at,
            kind="duty",
            author_id=duty.asked_of_id,
            author=duty.asked_of.display_name,
            item=duty,
        )
        for duty in duties_about(person)
    ]


def agreed_changes(agency_id: uuid.UUID) -> list[RuleChange]:
    """What an agency changed of the rules, the oldest first; who asked and agreed with it."""
    return list(
        RuleChange.objects.filter(agency_id=agency_id)
        .agreed()
        .select_related("asked_by", "answered_by")
    )


def rules_at(changes: Iterable[RuleChange], moment: dt.datetime | None = None) -> AgencyRules:
    """The rules with these changes as they were at a moment; without one, as they are now.

    A time that is made longer later never makes something look as if it had been done in time.
    """
    return with_changes(
        each.as_law()
        for each in changes
        if moment is None or (each.answered_at is not None and each.answered_at <= moment)
    )


def in_force(changes: Iterable[RuleChange]) -> dict[str, list[RuleChange]]:
    """The changes that hold now, by the row they change; one of a kind, the newest."""
    found: dict[str, dict[str, RuleChange]] = {}
    for each in changes:
        if fault(each.as_law()):
            continue
        if each.what == RuleChange.What.SHIPPED:
            found.pop(each.rule, None)
        else:
            found.setdefault(each.rule, {})[each.what] = each
    return {rule: list(rows.values()) for rule, rows in found.items()}


def rules_of(agency_id: uuid.UUID) -> AgencyRules:
    """The rules as an agency applies them now."""
    return rules_at(agreed_changes(agency_id))


def may_agree_to_change(actor: Actor, change: RuleChange) -> bool:
    """Whether this actor could agree: not who asked, nor an administrator tied to who asked."""
    if not may(actor.role, "rules.agree") or actor.id == change.asked_by_id:
        return False
    if actor.role != Worker.Role.AGENCY_ADMINISTRATOR:
        return True
    return change.asked_by_id not in tied_to(actor.id)
