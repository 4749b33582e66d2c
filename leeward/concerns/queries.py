"""Reading concerns. Every function starts from what the actor may see."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from leeward.access.actors import Actor
from leeward.concerns.models import Concern, ConcernNews, Referral
from leeward.concerns.rules import Reply, reply_to
from leeward.people.queries import locked_among
from leeward.sealing import keyring

# So many that were settled stand on the page of concerns.
SETTLED_SHOWN = 20


@dataclass(frozen=True)
class ConcernPage:
    """One concern, and what became of it."""

    concern: Concern
    news: list[ConcernNews]
    referrals: list[Referral]

    @property
    def is_waiting(self) -> bool:
        """Whether it still has to be settled."""
        return self.concern.state == Concern.State.WAITING


def shown_to(actor: Actor, found: Iterable[Concern]) -> list[Concern]:
    """Those of `found` that tell nothing of a file locked to this actor.

    One that is in no file yet may be about somebody whose file does not exist for them. Asked
    for everybody, in as many queries. What they took themselves they know already: if it went
    from their list, that would tell them.
    """
    rows = list(found)
    keyring.warm(row.pk for row in rows)
    loose = {
        row.pk: [row.name] for row in rows if not row.person_id and row.taken_by_id != actor.id
    }
    kept = locked_among(actor, loose)
    return [row for row in rows if row.pk not in kept]


def fetch(actor: Actor, concern_id: uuid.UUID, action: str = "concern.open") -> Concern:
    """One concern. Raises Concern.DoesNotExist alike for none and for one that is not theirs."""
    rows = Concern.objects.visible_to(actor, action).select_related("taken_by", "person")
    found = shown_to(actor, [rows.get(pk=concern_id)])
    if not found:
        raise Concern.DoesNotExist
    return found[0]


def waiting(actor: Actor) -> list[Concern]:
    """What waits to be settled, the longest waiting first."""
    rows = (
        Concern.objects.visible_to(actor)
        .waiting()
        .select_related("taken_by", "person")
        .order_by("taken_at", "id")
    )
    return shown_to(actor, rows)


def settled(actor: Actor) -> list[Concern]:
    """What was settled last, newest first."""
    rows = (
        Concern.objects.visible_to(actor)
        .filter(settled_at__lte=timezone.now())
        .select_related("taken_by", "person")
        .order_by("-settled_at", "-id")
    )
    return shown_to(actor, rows[:SETTLED_SHOWN])


def page_of(concern: Concern) -> ConcernPage:
    """A concern, its news, oldest first, and its referrals, newest first."""
    news = concern.news.select_related("recorded_by").order_by("recorded_at", "id")
    referrals = concern.referrals.select_related("recorded_by").order_by("-recorded_at", "-id")
    return ConcernPage(concern, list(news), list(referrals))


def reply_for(concern: Concern) -> Reply:
    """What whoever told it may be told as it stands now."""
    return reply_to(concern.state, concern.told_by.kind)
