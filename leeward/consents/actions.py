"""Recording what was decided about sharing, and withdrawing it. Nothing is overwritten."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction

from leeward.access.actors import Actor
from leeward.access.rules import NotAllowed, check
from leeward.audit import actions as audit
from leeward.consents.models import Capacity, Consent, ConsentEvent, Decider, Form, Kind
from leeward.consents.queries import born_span, overlapping, they_decided
from leeward.consents.sources import tell_ended
from leeward.core.agency_time import today
from leeward.core.partial_dates import bounds
from leeward.law.consents import Deciding, Finding, latest_end, who_may_decide
from leeward.people.models import YoungPerson
from leeward.people.queries import locked
from leeward.people.rules import compare
from leeward.relationships.models import TieVersion


class MayNotDecide(ValueError):
    """By age and standing that day, whoever decided may not; `finding` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__()
        self.finding = finding


class EndsTooLate(ValueError):
    """It must end by `latest` (the day before they may turn 16)."""

    def __init__(self, latest: dt.date) -> None:
        super().__init__()
        self.latest = latest


class AlreadyOver(ValueError):
    """It was refused or withdrawn already."""


@dataclass(frozen=True)
class Decided:
    """What was decided, by whom and how. Values are those of the choices in `models`; `custody`
    and `implicated` are as in `law.consents.Deciding`."""

    given: bool
    kinds: Sequence[str]
    purpose: str
    until: dt.date
    decided_on: dt.date
    to_agency_id: uuid.UUID | None = None
    to_name: str = ""
    decider: str = Decider.OWN.value
    decider_name: str = ""
    capacity: str = Capacity.PRESUMED.value
    capacity_why: str = ""
    capacity_by: str = ""
    form: str = Form.WRITTEN.value
    heard_by: str = ""
    heard_when: str = ""
    words: str = ""
    implicated: str = "unsure"
    custody: str = "none"
    counselling: bool = False

    def check(self) -> None:
        """Raise ValueError for what no decision can leave out."""
        Decider(self.decider), Form(self.form), Capacity(self.capacity)
        whole = [
            self.kinds and set(self.kinds) <= set(Kind.values),
            self.purpose.strip(),
            bool(self.to_agency_id) != bool(self.to_name.strip()),
            self.decided_on <= min(today(), self.until),
            self.decider == Decider.OWN or self.decider_name.strip(),
            self.capacity == Capacity.PRESUMED
            or (self.capacity_why.strip() and self.capacity_by.strip()),
            self.form == Form.WRITTEN
            or (self.heard_by.strip() and self.heard_when.strip() and self.words.strip()),
        ]
        if not all(whole):
            raise ValueError(whole.index(next(each for each in whole if not each)))


@transaction.atomic
def record_decision(*, by: Actor, person: YoungPerson, decided: Decided) -> Consent:
    """Keep a decision: given or refused. It is never a condition of any service.

    A no ends whatever stands about the same to the same recipient, whoever gave it. Raises
    MayNotDecide, EndsTooLate, and ValueError for what is not whole (`Decided.check`).
    """
    check(by.role, "consent.record")
    decided.check()
    held = locked(person)
    asked = _asked(held, decided)
    finding = who_may_decide(asked)
    if not finding.may:
        raise MayNotDecide(finding)
    latest = latest_end(asked)
    if decided.given and latest is not None and decided.until > latest:
        raise EndsTooLate(latest)
    said = asdict(decided)
    facts = {name: said.pop(name) for name in ("implicated", "custody", "counselling")}
    given = said.pop("given")
    consent = Consent.objects.create(
        person_id=person.pk,
        recorded_by_id=by.author_id,
        no_condition=True,
        facts=facts | {"because": [each.id for each in finding.because]},
        **said | {"kinds": list(decided.kinds)},
    )
    _add(by, consent, ConsentEvent.Kind.GIVEN if given else ConsentEvent.Kind.REFUSED, 1, "")
    if not given:
        for each in overlapping(consent):
            _withdraw(by, each, "")
    audit.record(by=by, action="consent.record", subject=person.pk)
    return consent


@transaction.atomic
def withdraw(*, by: Actor, consent: Consent, reason: str = "") -> ConsentEvent:
    """End a consent at once, as the young person or a worker they told. What was shared under it
    closes in the same transaction. Raises AlreadyOver."""
    own = by.kind == "young_person"
    check(by.role, "sharing.stop" if own else "consent.record")
    if own and by.id != consent.person_id:
        raise NotAllowed("sharing.stop")
    locked(consent.person)
    if ConsentEvent.objects.filter(consent=consent).exclude(kind="given").exists():
        raise AlreadyOver
    row = _withdraw(by, consent, reason)
    audit.record(by=by, action="consent.withdraw", subject=consent.person_id)
    return row


def _withdraw(by: Actor, consent: Consent, reason: str) -> ConsentEvent:
    row = _add(by, consent, ConsentEvent.Kind.WITHDRAWN, 2, reason)
    tell_ended(by, consent)
    return row


def _add(
    by: Actor, consent: Consent, kind: ConsentEvent.Kind, number: int, reason: str
) -> ConsentEvent:
    return ConsentEvent.objects.create(
        person_id=consent.person_id,
        consent=consent,
        recorded_by_id=None if by.kind == "young_person" else by.author_id,
        number=number,
        kind=kind.value,
        reason=reason,
    )


def _asked(person: YoungPerson, decided: Decided) -> Deciding:
    to = (decided.to_agency_id, decided.to_name)
    own = decided.decider == Decider.OWN
    implicated = decided.implicated
    if not own and _of_concern(person, decided.decider_name):
        implicated = "yes"
    return Deciding(
        decider=decided.decider,
        on=decided.decided_on,
        born=born_span(person.born, bounds(person.born)),
        capable=decided.capacity == Capacity.PRESUMED or not own,
        own_decided=not own and they_decided(person, decided.kinds, to),
        counselling=decided.counselling,
        implicated=implicated,
        custody=decided.custody,
    )


def _of_concern(person: YoungPerson, name: str) -> bool:
    """Whether the circle holds somebody of concern with a name like this one."""
    rows = TieVersion.objects.filter(person=person)
    return any(each.facts.of_concern and compare(name, [each.name]).why for each in rows)
