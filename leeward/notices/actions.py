"""Telling somebody, and settling it. No words travel: a kind and opaque ids do."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils import timezone

from leeward.access.actors import Actor
from leeward.access.rules import check
from leeward.audit import actions as audit
from leeward.notices.delivery import nudge
from leeward.notices.kinds import kind_of
from leeward.notices.models import Notice


class ToNobody(ValueError):
    """A notice is to one worker or to one role, and not to both."""


class AnotherAgency(ValueError):
    """Nobody sends a notice to another agency."""


class WrongOutcome(ValueError):
    """This kind of notice does not end that way, or not by hand."""


@transaction.atomic
def tell(
    *,
    by: audit.WhoActs,
    agency_id: uuid.UUID,
    kind: str,
    to_worker: uuid.UUID | None = None,
    to_role: str = "",
    about: uuid.UUID | None = None,
    until: dt.datetime | None = None,
    but_not: uuid.UUID | None = None,
    quietly: bool = False,
) -> Notice:
    """Let a worker, or whoever has a role at the agency, know or do something, perhaps `until`.

    `about` is an opaque id that the kind's own page understands. `but_not` is the worker whom a
    notice to a role is about. Everybody's acts may give rise to one: there is no permission to
    ask for. `quietly`, no nudge leaves: whoever acts may see where nudges arrive, and must not
    learn that anybody was told. Raises UnknownKind, ToNobody and AnotherAgency.
    """
    notice = Notice(
        kind=kind,
        agency_id=agency_id,
        to_worker_id=to_worker,
        to_role=to_role,
        but_not_id=but_not,
        about=about,
        due_at=until,
        quietly=quietly,
    )
    _told(by, kind, [notice])
    if not quietly:
        transaction.on_commit(nudge)
    return notice


@transaction.atomic
def tell_or_seem_to(
    *,
    really: Collection[uuid.UUID],
    by: audit.WhoActs,
    agency_id: uuid.UUID,
    kind: str,
    to_role: str,
    about: Sequence[uuid.UUID],
    but_not: uuid.UUID | None = None,
) -> None:
    """Tell a role quietly, as `tell` does, about each that is in `really`; about every other do
    the very same work and leave nothing.

    For what the one who acts must not learn, neither from the time an answer takes nor from a
    nudge that arrives. Raises as `tell`.
    """
    given = {"agency_id": agency_id, "to_role": to_role, "but_not_id": but_not}
    notices = [Notice(kind=kind, about=each, quietly=True, **given) for each in about]
    for stays in (True, False):
        some = [each for each in notices if (each.about in really) == stays]
        if not some:
            continue
        point = transaction.savepoint()
        _told(by, kind, some)
        if stays:
            transaction.savepoint_commit(point)
        else:
            transaction.savepoint_rollback(point)


def _told(by: audit.WhoActs, kind: str, notices: Sequence[Notice]) -> None:
    kind_of(kind)
    if any((each.to_worker_id is None) == (not each.to_role) for each in notices):
        raise ToNobody(kind)
    if any(by.agency_id not in (None, each.agency_id) for each in notices):
        raise AnotherAgency(kind)
    Notice.objects.bulk_create(notices)
    told = [(each.pk, ()) for each in notices]
    audit.record_each(by=by, action="notice.tell", rows=told, purpose=kind)


@transaction.atomic
def see(*, by: Actor, notice_id: uuid.UUID) -> Notice:
    """Mark a notice as seen, the first time. Raises Notice.DoesNotExist when it is not theirs."""
    check(by.role, "notice.settle")
    notice = _held(by, notice_id)
    if notice.seen_at is None:
        notice.seen_at = timezone.now()
        Notice.objects.filter(pk=notice.pk).update(seen_at=notice.seen_at)
    audit.record(by=by, action="notice.see", subject=notice.pk, purpose=notice.kind)
    return notice


@transaction.atomic
def settle(*, by: Actor, notice: Notice, outcome: str) -> Notice:
    """End a notice that is for `by`, because what it asks for was done.

    `outcome` is one of its kind's. Raises WrongOutcome, and Notice.DoesNotExist when it is
    another's or was settled already.
    """
    check(by.role, "notice.settle")
    held = _held(by, notice.pk)
    if outcome not in kind_of(held.kind).outcomes:
        raise WrongOutcome(outcome)
    return _settled(by, held, outcome)


@transaction.atomic
def settle_by_hand(*, by: Actor, notice_id: uuid.UUID, outcome: str) -> Notice:
    """End a notice from the list. Raises as `settle` does, and WrongOutcome for a kind that only
    the deed it asks for can end."""
    check(by.role, "notice.settle")
    held = _held(by, notice_id)
    kind = kind_of(held.kind)
    if not kind.by_hand or outcome not in kind.outcomes:
        raise WrongOutcome(outcome)
    return _settled(by, held, outcome)


@transaction.atomic
def settle_about(*, by: Actor, kind: str, about: uuid.UUID, outcome: str) -> int:
    """End every open notice of one kind about one thing at `by`'s agency, whomever it was for,
    because the thing is done. Returns how many. The deed itself has asked whether `by` may.

    One that `by` is kept out of stays. Raises WrongOutcome.
    """
    check(by.role, "notice.settle")
    if outcome not in kind_of(kind).outcomes:
        raise WrongOutcome(outcome)
    waiting = (
        Notice.objects.open()
        .filter(agency_id=by.own_agency_id, kind=kind, about=about)
        .exclude(but_not_id=by.author_id)
        .select_for_update()
    )
    return len([_settled(by, each, outcome) for each in waiting])


def _held(by: Actor, notice_id: uuid.UUID) -> Notice:
    # Two who have the same role may press at once: the second waits, and finds it settled.
    return Notice.objects.for_(by).open().select_for_update().get(pk=notice_id)


def _settled(by: Actor, notice: Notice, outcome: str) -> Notice:
    now = timezone.now()
    notice.seen_at = notice.seen_at or now
    notice.settled_at, notice.settled_by_id, notice.outcome = now, by.author_id, outcome
    Notice.objects.filter(pk=notice.pk).update(
        seen_at=notice.seen_at, settled_at=now, settled_by_id=by.author_id, outcome=outcome
    )
    audit.record(by=by, action="notice.settle", subject=notice.pk, purpose=notice.kind)
    return notice
