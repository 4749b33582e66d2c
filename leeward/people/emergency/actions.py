"""Opening a file in an emergency, and reviewing it."""

import datetime as dt
import uuid
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from leeward.access.actors import Actor
from leeward.access.rules import check
from leeward.accounts.models import Worker
from leeward.audit import actions as audit
from leeward.audit.models import AuditRow
from leeward.notices.actions import settle_about, tell
from leeward.notices.models import Notice
from leeward.people.emergency.queries import (
    looked_at,
    person_in_emergency,
    reviewable_by,
    reviewers_of,
    unreviewed_by,
)
from leeward.people.models import YoungPerson
from leeward.people.queries import locked
from leeward.people.standing.kinds import GLASS_BROKEN, GLASS_FURTHER
from leeward.people.standing.models import BreakGlass
from leeward.people.watching.actions import raise_review


class TooLittleSaid(ValueError):
    """Why, in words that a supervisor can judge (LEEWARD_BREAK_GLASS_REASON)."""


class OpenAlready(Exception):
    """They may open this file without breaking anything."""


class NotReviewedYet(Exception):
    """This worker opened this file in an emergency before, and nobody has reviewed that."""


class ReviewedAlready(Exception):
    """Somebody else has reviewed it since."""


@transaction.atomic
def read_who_it_is(*, by: Actor, person_id: uuid.UUID) -> YoungPerson:
    """Whose file somebody is about to open in an emergency; that they saw the name is recorded.

    Raises NotAllowed, OpenAlready, NotReviewedYet, and YoungPerson.DoesNotExist for a file that is
    not there for them.
    """
    check(by.role, "file.break_glass")
    person = person_in_emergency(by, person_id)
    _check_closed(by, person)
    audit.record(by=by, action="people.find", shown=[person.pk], purpose="emergency")
    return person


@transaction.atomic
def break_glass(*, by: Actor, person_id: uuid.UUID, reason: str) -> BreakGlass:
    """Open a file for LEEWARD_BREAK_GLASS_HOURS. Supervisors are told at once, and review it.

    It stands in the record of who opened the file. The same person cannot do it again before it
    has been reviewed, so that nobody makes their own hours longer. Raises TooLittleSaid,
    OpenAlready, NotReviewedYet, and YoungPerson.DoesNotExist for a file that is locked to them,
    another agency's or not there.
    """
    check(by.role, "file.break_glass")
    person = locked(person_in_emergency(by, person_id))
    _check_closed(by, person)
    if len("".join(reason.split())) < settings.LEEWARD_BREAK_GLASS_REASON:
        raise TooLittleSaid
    row = BreakGlass.objects.create(
        person=person,
        worker_id=by.author_id,
        reason=reason.strip(),
        until=timezone.now() + dt.timedelta(hours=settings.LEEWARD_BREAK_GLASS_HOURS),
    )
    _tell_supervisors(by, row)
    audit.record(by=by, action="file.break_glass", subject=person.pk)
    raise_review(worker=row.worker)
    return row


def _check_closed(by: Actor, person: YoungPerson) -> None:
    if YoungPerson.objects.visible_to(by).filter(pk=person.pk).exists():
        raise OpenAlready
    if unreviewed_by(by, person):
        raise NotReviewedYet


def _tell_supervisors(by: Actor, row: BreakGlass) -> None:
    told = partial(tell, by=by, agency_id=by.own_agency_id, kind=GLASS_BROKEN.name, about=row.pk)
    reviewers = reviewers_of(row)
    for each in reviewers:
        told(to_worker=each.pk)
    if not reviewers:
        told(to_role=Worker.Role.PRIVACY_OFFICER, but_not=by.author_id)


@transaction.atomic
def read_emergency(*, by: Actor, broken_id: uuid.UUID) -> tuple[BreakGlass, list[AuditRow]]:
    """One emergency and what was done in the file meanwhile, read and recorded as read.

    Raises NotAllowed, and BreakGlass.DoesNotExist for one that is not theirs to review.
    """
    check(by.role, "glass.review")
    row = reviewable_by(by).get(pk=broken_id)
    audit.record(by=by, action="file.read_emergency", subject=row.person_id, purpose="emergency")
    return row, looked_at(row)


@transaction.atomic
def review_emergency(
    *, by: Actor, broken_id: uuid.UUID, outcome: str, words: str = ""
) -> BreakGlass:
    """Say whether it was needed. `outcome` is one of BreakGlass.Outcome; a closer look, and one
    that was not needed, go to the privacy officer.

    Raises ReviewedAlready, and BreakGlass.DoesNotExist for one that is not theirs to review.
    """
    check(by.role, "glass.review")
    found = reviewable_by(by).get(pk=broken_id)
    row = BreakGlass.objects.select_for_update().get(pk=found.pk)
    if row.reviewed_at is not None:
        raise ReviewedAlready
    row.reviewed_at, row.reviewed_by_id = timezone.now(), by.author_id
    row.outcome, row.review_words = BreakGlass.Outcome(outcome).value, words
    row.save(update_fields=["reviewed_at", "reviewed_by", "outcome", "review_words"])
    further = row.outcome != BreakGlass.Outcome.NEEDED
    ended = Notice.Outcome.TAKEN_FURTHER if further else Notice.Outcome.IN_ORDER
    settle_about(by=by, kind=GLASS_BROKEN.name, about=row.pk, outcome=ended)
    if further:
        tell(
            by=by,
            agency_id=by.own_agency_id,
            kind=GLASS_FURTHER.name,
            to_role=Worker.Role.PRIVACY_OFFICER,
            about=row.pk,
            but_not=row.worker_id,
        )
    audit.record(by=by, action="file.review_emergency", subject=row.person_id)
    return row
