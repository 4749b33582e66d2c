"""Opening and answering duties."""

import datetime as dt
import uuid

from django.db import transaction
from django.utils import timezone

from leeward.access.actors import Actor
from leeward.access.rules import check
from leeward.audit import actions as audit
from leeward.core.ids import new_id
from leeward.legal.models import Duty, DutyAnswer, origin_of
from leeward.legal.queries import unanswered
from leeward.observations.models import Observation
from leeward.people.models import YoungPerson
from leeward.sealing import keyring


class ReasonsMissing(ValueError):
    """Not reporting needs reasons; reporting needs who, and to which society."""


def open_duty(by: Actor, person: YoungPerson, observation: Observation, other_child: str) -> None:
    """Open the duties an observation asks for, in the transaction that records it.

    One about the young person; a separate one, with no link readable from the file, about another
    child (rules-ontario.md, duty to report; CYFSA s.125).
    """
    harm = observation.harm or {}
    about = harm.get("about", "self")
    if about in ("self", "both"):
        _open(by=by, person=person, observation=observation, child="")
    if about in ("another_child", "both"):
        _open(by=by, person=None, observation=observation, child=other_child)


@transaction.atomic
def _open(*, by: Actor, person: YoungPerson | None, observation: Observation, child: str) -> Duty:
    harm = observation.harm or {}
    question = {"level": harm.get("level"), "on": observation.on or None}
    if person is None and "other_child_age" in harm:
        question["other_child_age"] = harm["other_child_age"]
    duty_id = new_id()
    if person is None:
        keyring.make_key(duty_id, by.own_agency_id)
    duty = Duty.objects.create(
        id=duty_id,
        agency_id=by.own_agency_id,
        person=person,
        origin=origin_of(observation.pk, by.own_agency_id),
        asked_of_id=by.author_id,
        question=question,
        child=child,
    )
    audit.record(by=by, action="duty.open", subject=person.pk if person else duty.pk)
    return duty


@transaction.atomic
def answer_duty(
    *,
    by: Actor,
    duty: Duty,
    outcome: str,
    on: dt.date,
    reasons: str = "",
    who: str = "",
    society: str = "",
    reference: str = "",
    own_view: str = "",
) -> DutyAnswer:
    """Record what was done. A second answer is added beside the first.

    Raises ReasonsMissing when not reporting without reasons, or when a report names nobody who
    made it or no society it went to.
    """
    check(by.role, "duty.answer")
    outcome = DutyAnswer.Outcome(outcome).value
    reported = outcome == DutyAnswer.Outcome.REPORTED
    if not (who.strip() and society.strip() if reported else reasons.strip()):
        raise ReasonsMissing
    row = DutyAnswer.objects.create(
        person_id=duty.person_id,
        duty=duty,
        recorded_by_id=by.author_id,
        on=on,
        outcome=outcome,
        reasons=reasons,
        who=who,
        society=society,
        reference=reference,
        own_view=own_view,
    )
    if duty.answered_at is None:
        duty.answered_at = timezone.now()
        duty.save(update_fields=["answered_at"])
    audit.record(by=by, action="duty.answer", subject=duty.person_id or duty.pk)
    return row


@transaction.atomic
def read_duties(*, by: Actor) -> list[Duty]:
    """The unanswered duties of this actor, read and recorded as read."""
    check(by.role, "duty.answer")
    found = list(unanswered(by))
    keyring.warm(duty.person_id or duty.pk for duty in found)
    shown = sorted({duty.person_id for duty in found if duty.person_id})
    audit.record(by=by, action="duty.list", shown=shown, purpose="duties")
    return found


@transaction.atomic
def read_duty(*, by: Actor, duty_id: uuid.UUID) -> Duty:
    """One duty with its answers, read and recorded as read. Raises Duty.DoesNotExist."""
    check(by.role, "duty.answer")
    duty = (
        Duty.objects.visible_to(by)
        .select_related("person", "asked_of")
        .prefetch_related("answers__recorded_by")
        .get(pk=duty_id)
    )
    audit.record(by=by, action="duty.open_page", subject=duty.person_id or duty.pk, purpose="duty")
    return duty
