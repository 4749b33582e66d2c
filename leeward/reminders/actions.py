"""Putting off with a reason what needs one."""

import datetime as dt
import uuid

from django.db import transaction

from leeward.access.actors import Actor
from leeward.access.rules import check
from leeward.audit import actions as audit
from leeward.core.agency_time import today
from leeward.people.models import YoungPerson
from leeward.people.queries import locked
from leeward.reminders.models import PutOff
from leeward.reminders.queries import Reminder, gathered


class NotThere(LookupError):
    """Nothing of the kind needs this worker: alike for what is another's and for none."""


class CannotWait(ValueError):
    """This is never put off, or not any longer."""


class TooLong(ValueError):
    """The day is past the last on which it may come back, or has come already."""


class NothingWritten(ValueError):
    """Whoever puts something off says why."""


@transaction.atomic
def read_one(*, by: Actor, about: uuid.UUID) -> Reminder:
    """One thing that may be put off, recorded as read. Raises NotThere and CannotWait."""
    check(by.role, "reminder.put_off")
    found = _one(by, about)
    person = _whose(by, found)
    audit.record(by=by, action="reminder.read", shown=[person.pk], purpose="put_off")
    return found


@transaction.atomic
def put_off(*, by: Actor, about: uuid.UUID, until: dt.date, reason: str) -> PutOff:
    """Do not remind this worker of it until a day.

    Raises NotThere, CannotWait, TooLong and NothingWritten.
    """
    check(by.role, "reminder.put_off")
    person = _whose(by, _one(by, about))
    locked(person)
    # Two windows of one worker: what the other wrote meanwhile counts.
    found = _one(by, about)
    if found.last is None:
        raise CannotWait
    if not today() < until <= found.last:
        raise TooLong
    if not reason.strip():
        raise NothingWritten
    row = PutOff.objects.create(
        person=person,
        recorded_by_id=by.author_id,
        kind=found.rule.id,
        about=about,
        on=today(),
        until=until,
        reason=reason.strip(),
    )
    audit.record(by=by, action="reminder.put_off", subject=person.pk, purpose=found.rule.id)
    return row


def _one(by: Actor, about: uuid.UUID) -> Reminder:
    for each in gathered(by):
        if each.about == about:
            if not each.rule.may_wait:
                raise CannotWait
            return each
    raise NotThere


def _whose(by: Actor, found: Reminder) -> YoungPerson:
    """Whose file it is of; only one that this worker is on the team of."""
    person = found.person
    near = YoungPerson.objects.visible_to(by, "reminder.put_off")
    if person is None or not near.filter(pk=person.pk).exists():
        raise NotThere
    return person
