"""Reading one's own notices."""

import uuid

from django.db.models import F, QuerySet

from leeward.access.actors import Actor
from leeward.access.rules import check
from leeward.notices.models import Notice


def waiting_for(actor: Actor, *kinds: str) -> QuerySet[Notice]:
    """What this actor has not settled: what has a day to be done by first, then the oldest first.

    With `kinds`, only those.
    """
    found = Notice.objects.for_(actor).open()
    if kinds:
        found = found.filter(kind__in=kinds)
    return found.order_by(F("due_at").asc(nulls_last=True), "made_at", "id")


def to_nudge(actor: Actor) -> QuerySet[Notice]:
    """What a nudge to this actor's own address may be about: not seen yet, not told quietly."""
    return waiting_for(actor).filter(seen_at__isnull=True, quietly=False)


def notice_for(actor: Actor, notice_id: uuid.UUID) -> Notice:
    """One open notice of this actor's. Raises Notice.DoesNotExist alike when it is another's,
    settled, or not there."""
    check(actor.role, "notice.read")
    return waiting_for(actor).get(pk=notice_id)
