"""Everything that changes a circle. Each is atomic and audited; nothing is ever overwritten.

`by` may be the young person themselves, of their own circle alone. What a worker marks as a
concern is then left as it was.
"""

import datetime as dt
import uuid
from dataclasses import dataclass, field, replace

from django.db import transaction

from leeward.access.actors import Actor
from leeward.access.rules import NotAllowed
from leeward.access.rules import check as check_role
from leeward.audit import actions as audit
from leeward.core.agency_time import today
from leeward.people.models import YoungPerson
from leeward.people.queries import locked
from leeward.relationships import rules
from leeward.relationships.kin import kin as kin_by_key
from leeward.relationships.kin import leads_back, may_be_through
from leeward.relationships.models import Advocacy, AdvocacyNews, Anchor, Tie, TieVersion
from leeward.relationships.queries import (
    circle_of,
    is_anchor,
    newest_of,
    versions_as_they_see,
)
from leeward.relationships.rules import Facts, is_relative


class ChangedMeanwhile(Exception):
    """Somebody saved a newer version since this form was opened. `newest` holds it."""

    def __init__(self, newest: TieVersion) -> None:
        super().__init__()
        self.newest = newest


class NobodyNamed(ValueError):
    """A tie needs a name for who or what it leads to; a task needs to say what is to be done."""


class RoundInCircle(ValueError):
    """Two cannot each be related through the other, nor anybody through themselves."""


class BeforeTheLast(ValueError):
    """A change must not be dated before the one it follows."""


@dataclass(frozen=True)
class Told:
    """How a tie stands, as it was told: a name, their words for it, and the answers."""

    name: str
    part: str = ""
    facts: Facts = field(default_factory=Facts)
    anchor: bool = False


def _check(by: Actor, person: YoungPerson) -> None:
    if by.kind != "young_person":
        check_role(by.role, "file.write")
        return
    check_role(by.role, "circle.write")
    if by.id != person.pk:
        raise NotAllowed("circle.write")


def _writer(by: Actor) -> uuid.UUID | None:
    """The worker who signs; nobody when the young person writes for themselves."""
    return None if by.kind == "young_person" else by.author_id


@transaction.atomic
def add_tie(
    *, by: Actor, person: YoungPerson, told: Told, on: dt.date | None = None
) -> TieVersion:
    """Put somebody or something in the circle, from a day on (today without one).

    Raises NobodyNamed without a name, rules.Impossible for answers that cannot stand together.
    """
    _check(by, person)
    locked(person)
    told = _as_may_be_said(by, told, Facts())
    tie = Tie.objects.create(person=person, recorded_by_id=_writer(by))
    row = _write(by, tie, 1, told, on or today())
    audit.record(by=by, action="circle.add", subject=person.pk)
    return row


@transaction.atomic
def change_tie(
    *, by: Actor, tie: Tie, version: int, told: Told, on: dt.date | None = None
) -> TieVersion:
    """Say how a tie stands now; a tie that was let go of comes back.

    `version` is the one the form was filled from, for a young person as they see it. Raises
    ChangedMeanwhile when a newer one stands, BeforeTheLast for an earlier day than that of the
    last change, and what add_tie raises.
    """
    _check(by, tie.person)
    locked(tie.person)
    newest = _newest(by, tie, version, on)
    told = _as_may_be_said(by, told, newest.facts)
    row = _write(by, tie, newest.number + 1, told, on or max(today(), newest.on))
    audit.record(by=by, action="circle.change", subject=tie.person_id)
    return row


@transaction.atomic
def say_kin(
    *, by: Actor, tie: Tie, version: int, kin: str = "", through: Tie | None = None
) -> TieVersion:
    """Say how somebody of the family is related, and through whom. For workers alone.

    Without `kin` it is not said. Raises rules.Impossible naming `family` for whoever is not family
    now, `kin` for an unknown one, `through` where those two cannot be so related; RoundInCircle;
    and what change_tie raises.
    """
    check_role(by.role, "file.write")
    locked(tie.person)
    newest = _newest(by, tie, version, None)
    facts = replace(newest.facts, kin=kin, through=str(through.pk) if through else "")
    if not rules.is_relative(facts):
        raise rules.Impossible("family")
    rules.check(facts)
    if through:
        _check_through(tie, facts, through)
    told = Told(newest.name, newest.part, facts, is_anchor(tie))
    row = _write(by, tie, newest.number + 1, told, max(today(), newest.on))
    audit.record(by=by, action="circle.kin", subject=tie.person_id)
    return row


@transaction.atomic
def let_go(*, by: Actor, tie: Tie, version: int, on: dt.date | None = None) -> TieVersion:
    """Take somebody out of the circle. What was said of them stays. Raises as change_tie does."""
    _check(by, tie.person)
    locked(tie.person)
    newest = _newest(by, tie, version, on)
    told = Told(newest.name, newest.part, replace(newest.facts, gone=True))
    row = _write(by, tie, newest.number + 1, told, on or max(today(), newest.on))
    audit.record(by=by, action="circle.let_go", subject=tie.person_id)
    return row


@transaction.atomic
def push_back(*, by: Actor, tie: Tie, what: str, due_on: dt.date | None = None) -> Advocacy:
    """Say what a worker will do against something that weighs on them. Raises NobodyNamed when
    nothing is said, rules.Impossible where nothing weighs."""
    _check(by, tie.person)
    if not what.strip():
        raise NobodyNamed
    if newest_of(tie).facts.kind != "system":
        raise rules.Impossible("kind")
    row = Advocacy.objects.create(
        person_id=tie.person_id, tie=tie, recorded_by_id=_writer(by), what=what, due_on=due_on
    )
    audit.record(by=by, action="circle.push_back", subject=tie.person_id)
    return row


@transaction.atomic
def pushed_back(
    *, by: Actor, advocacy: Advocacy, words: str = "", on: dt.date | None = None
) -> AdvocacyNews:
    """Say what came of it. The same said twice is one."""
    _check(by, advocacy.person)
    locked(advocacy.person)
    told = AdvocacyNews.objects.filter(advocacy=advocacy).first()
    if told:
        return told
    row = AdvocacyNews.objects.create(
        person_id=advocacy.person_id,
        advocacy=advocacy,
        recorded_by_id=_writer(by),
        on=on or today(),
        words=words,
    )
    audit.record(by=by, action="circle.pushed_back", subject=advocacy.person_id)
    return row


def _newest(by: Actor, tie: Tie, version: int, on: dt.date | None) -> TieVersion:
    newest = newest_of(tie)
    theirs = by.kind == "young_person"
    # What a worker only marked meanwhile must not stop, and so tell, the young person.
    stands = versions_as_they_see(tie)[0].number if theirs else newest.number
    if stands != version:
        raise ChangedMeanwhile(newest)
    if on and on < newest.on:
        raise BeforeTheLast
    return newest


def _check_through(tie: Tie, facts: Facts, through: Tie) -> None:
    """Raise unless the other is family in the same circle, related so that this can follow."""
    page = circle_of(tie.person, today(), today())
    others = {str(each.tie_id): each.facts for each in page.inside if is_relative(each.facts)}
    other = others.get(str(through.pk), Facts())
    if leads_back({key: each.through for key, each in others.items()}, str(tie.pk), facts.through):
        raise RoundInCircle
    if not other.kin or not may_be_through(kin_by_key()[facts.kin], kin_by_key()[other.kin]):
        raise rules.Impossible("through")


def _as_may_be_said(by: Actor, told: Told, before: Facts) -> Told:
    """What was told, checked; of a concern only a worker decides."""
    if not told.name.strip():
        raise NobodyNamed
    facts = rules.with_marks_of(replace(told.facts, gone=False), before)
    if by.kind == "young_person":
        facts = replace(facts, of_concern=before.of_concern)
    rules.check(facts, anchor=told.anchor)
    return replace(told, facts=facts)


def _write(by: Actor, tie: Tie, number: int, told: Told, on: dt.date) -> TieVersion:
    row = TieVersion.objects.create(
        person_id=tie.person_id,
        tie=tie,
        number=number,
        on=on,
        name=told.name,
        part=told.part,
        answers=told.facts.as_json(),
        recorded_by_id=_writer(by),
    )
    _keep_anchor(by, tie, on, anchor=told.anchor)
    return row


def _keep_anchor(by: Actor, tie: Tie, on: dt.date, *, anchor: bool) -> None:
    """One anchor at most: whoever was it before ends that day."""
    now = Anchor.objects.filter(person_id=tie.person_id, until__isnull=True).first()
    if now and ((now.tie_id == tie.pk) == anchor):
        return
    if now and (anchor or now.tie_id == tie.pk):
        now.until = max(on, now.since)
        now.save(update_fields=["until"])
    if anchor:
        Anchor.objects.create(
            person_id=tie.person_id,
            tie=tie,
            since=max(on, now.since) if now else on,
            recorded_by_id=_writer(by),
        )
