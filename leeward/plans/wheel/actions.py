"""Asking for the wheel, laying it out, ending it. Each is atomic and audited; rows are added."""

from django.db import transaction

from leeward.access.actors import Actor
from leeward.access.rules import NotAllowed, check
from leeward.audit import actions as audit
from leeward.people.models import YoungPerson
from leeward.people.queries import locked
from leeward.plans.models import Wheel
from leeward.plans.queries import wheel_of
from leeward.plans.wheel.layout import Layout


class NobodyAsked(ValueError):
    """The plan in four parts is there for those who ask for it."""


class LaidOutMeanwhile(Exception):
    """They laid it out anew in another place. `newest` holds that."""

    def __init__(self, newest: Wheel) -> None:
        super().__init__()
        self.newest = newest


@transaction.atomic
def ask_for_wheel(*, by: Actor, person: YoungPerson, asked_by: str, said: str = "") -> Wheel:
    """A worker writes down that they, or their community, asked for a Medicine Wheel.

    `asked_by` is of Wheel.AskedBy. How it was laid out before stays.
    """
    check(by.role, "file.write")
    locked(person)
    return _turn(by, person, Wheel.Kind.ASKED, asked_by=Wheel.AskedBy(asked_by).value, said=said)


@transaction.atomic
def lay_out_wheel(*, by: Actor, person: YoungPerson, version: int, layout: Layout) -> Wheel:
    """The young person names the four parts, and says what stands in which.

    `version` is the number of the row that the form was filled from. Raises NobodyAsked and
    LaidOutMeanwhile.
    """
    check(by.role, "plan.write")
    if by.kind != "young_person" or by.id != person.pk:
        raise NotAllowed("plan.write")
    locked(person)
    stands = wheel_of(person)
    if stands is None:
        raise NobodyAsked
    if stands.number != version:
        raise LaidOutMeanwhile(stands)
    return _turn(by, person, Wheel.Kind.LAID_OUT, parts=layout.as_json())


@transaction.atomic
def end_wheel(*, by: Actor, person: YoungPerson) -> Wheel:
    """They do not want it any more. Raises NobodyAsked."""
    check(by.role, "file.write" if by.kind != "young_person" else "plan.write")
    if by.kind == "young_person" and by.id != person.pk:
        raise NotAllowed("plan.write")
    locked(person)
    if wheel_of(person) is None:
        raise NobodyAsked
    return _turn(by, person, Wheel.Kind.ENDED)


def _turn(by: Actor, person: YoungPerson, kind: str, **more: object) -> Wheel:
    newest = Wheel.objects.filter(person=person).order_by("-number").first()
    row = Wheel.objects.create(
        person=person,
        recorded_by_id=None if by.kind == "young_person" else by.author_id,
        number=newest.number + 1 if newest else 1,
        kind=kind,
        **({"parts": newest.parts if newest else None} | more),
    )
    audit.record(by=by, action="plan.wheel", subject=person.pk)
    return row
