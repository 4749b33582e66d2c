"""Reading duties."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from leeward.access.actors import Actor
from leeward.legal.models import Duty, origin_of
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
