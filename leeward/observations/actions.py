"""Everything that adds to what was seen and thought. Each is atomic and audited."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction

from leeward.access.actors import Actor
from leeward.access.rules import check
from leeward.audit import actions as audit
from leeward.core.agency_time import today
from leeward.core.ids import new_id
from leeward.core.partial_dates import bounds
from leeward.observations import sources
from leeward.observations.models import (
    Explanation,
    Observation,
    Opinion,
    Pin,
    Resolution,
    harm_as_answered,
)
from leeward.observations.queries import current_model, reading_of
from leeward.people.actions import add_strengths
from leeward.people.models import YoungPerson

HARM_LEVELS = ("none", "possible", "now")
SUGGESTS_HARM = ("possible", "now")
ABOUT_ANOTHER = ("another_child", "both")


class NothingSaid(ValueError):
    """An observation needs at least one thing: a text, their words, good news, a sign."""


class NotYetHappened(ValueError):
    """What was seen cannot lie in the future."""


class UnknownSign(ValueError):
    """An indicator, a finding or a stage that this practice model does not have.

    It never carries what was sent: an error's words can end in a log.
    """


@dataclass(frozen=True)
class Seen:
    """What a worker fills in. `on` is a day, a month, a year or "" for not known."""

    text: str = ""
    on: str = ""
    part_of_day: str = ""
    source: str = "seen"
    own_words: str = ""
    good_news: str = ""
    strengths: Sequence[str] = ()
    findings: Mapping[str, str] = field(default_factory=dict)
    harm: str = "none"
    about: str = "self"
    other_child_age: int | None = None
    other_child: str = ""
    id: uuid.UUID = field(default_factory=new_id)
    corrects: Observation | None = None


@transaction.atomic
def record_observation(*, by: Actor, person: YoungPerson, seen: Seen) -> Observation:
    """Append an observation; open a duty in the same transaction when it suggests harm.

    `seen.id` comes from the form: sending the same words twice, as an old phone on a slow line
    does, records them once. Other words under an id already used (two windows of one draft) are a
    note of their own: nothing is swallowed. Raises NothingSaid, NotYetHappened or UnknownSign.
    """
    check(by.role, "file.write")
    # One writer of a file at a time, so that two copies of one form cannot both be the first.
    YoungPerson.objects.select_for_update().get(pk=person.pk)
    _check_seen(seen)
    harm = _harm(seen)
    already = Observation.objects.filter(pk=seen.id).first()
    if already and _is_the_same(already, person, by, seen):
        return already
    if seen.corrects and harm == harm_as_answered(seen.corrects):
        # The question was answered, and its duty opened, on the note that this one corrects.
        harm = None
    span = bounds(seen.on)
    row = Observation(
        id=new_id() if already else seen.id,
        person=person,
        recorded_by_id=by.author_id,
        on=seen.on,
        part_of_day=seen.part_of_day,
        sort_on=min(span[1], today()) if span else today(),
        source=Observation.Source(seen.source),
        corrects=_newest_of(seen.corrects, person),
        model_version=current_model().version,
        has_signs=bool(seen.findings),
        text=seen.text,
        own_words=seen.own_words,
        good_news=seen.good_news.strip(),
        findings=dict(seen.findings) or None,
        harm=harm,
    )
    _insert(row)
    if any(text.strip() for text in seen.strengths):
        add_strengths(by=by, person=person, texts=seen.strengths)
    if harm:
        for open_duty in sources.duty_openers:
            open_duty(by, person, row, seen.other_child)
    audit.record(by=by, action="observation.record", subject=person.pk)
    return row


def _insert(row: Observation) -> None:
    """Add the row; under an id of its own when the one in its form is another agency's, which this
    worker cannot see: that must look like any other id."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        row.pk = new_id()
        row.save(force_insert=True)


def _is_the_same(row: Observation, person: YoungPerson, by: Actor, seen: Seen) -> bool:
    """Whether a saved note is this very form. The time of day is not compared: "now" has moved."""
    said = (row.text, row.own_words, row.good_news, row.on, row.source, row.findings or {})
    return (
        row.person_id == person.pk
        and row.recorded_by_id == by.id
        and (row.harm or None) == _harm(seen)
        and said
        == (
            seen.text,
            seen.own_words,
            seen.good_news.strip(),
            seen.on,
            seen.source,
            dict(seen.findings),
        )
    )


def _newest_of(observation: Observation | None, person: YoungPerson) -> Observation | None:
    """Where a correction is put: after any that somebody else made meanwhile, so none is lost.

    Raises Observation.DoesNotExist for a note in another file.
    """
    if observation is None:
        return None
    rows = Observation.objects.filter(person=person).select_for_update()
    newest = rows.get(pk=observation.pk)
    while later := rows.filter(corrects=newest).first():
        newest = later
    return newest


def _check_seen(seen: Seen) -> None:
    said = (seen.text, seen.own_words, seen.good_news, *seen.strengths)
    if not any(text.strip() for text in said) and not seen.findings:
        raise NothingSaid
    span = bounds(seen.on)
    if span and span[0] > today():
        raise NotYetHappened
    known = current_model().signs
    for indicator, finding in seen.findings.items():
        if (
            indicator not in known
            or not known[indicator].recordable
            or finding not in ("present", "absent", "unsure")
        ):
            raise UnknownSign
    if seen.harm not in HARM_LEVELS:
        raise UnknownSign


def _harm(seen: Seen) -> dict[str, str | int] | None:
    if seen.harm not in SUGGESTS_HARM:
        return None
    harm: dict[str, str | int] = {"level": seen.harm, "about": seen.about}
    if seen.about in ABOUT_ANOTHER and seen.other_child_age is not None:
        harm["other_child_age"] = seen.other_child_age
    return harm


@transaction.atomic
def explain(
    *,
    by: Actor,
    observation: Observation,
    how: str,
    on: dt.date,
    indicators: Sequence[str] | None = None,
) -> Explanation:
    """Record an ordinary reason for all of an observation, or for some of its signs.

    It stops supporting a reading from then on, everywhere. It never ends a duty. Raises
    NothingSaid without a reason, UnknownSign for a sign the observation does not hold.
    """
    check(by.role, "file.write")
    if not how.strip():
        raise NothingSaid
    held = set(observation.findings or {})
    for indicator in indicators or ():
        if indicator not in held:
            raise UnknownSign
    row = Explanation.objects.create(
        person_id=observation.person_id,
        observation=observation,
        recorded_by_id=by.author_id,
        on=on,
        how=how,
        indicators=list(indicators) if indicators else None,
    )
    audit.record(by=by, action="observation.explain", subject=observation.person_id)
    return row


@transaction.atomic
def pin(*, by: Actor, observation: Observation, why: str, pinned: bool = True) -> Pin:
    """Put an observation on the chronology with one line on why it matters, or take it off."""
    check(by.role, "file.write")
    if pinned and not why.strip():
        raise NothingSaid
    row = Pin.objects.create(
        person_id=observation.person_id,
        observation=observation,
        recorded_by_id=by.author_id,
        why=why.strip(),
        pinned=pinned,
    )
    audit.record(by=by, action="observation.pin", subject=observation.person_id)
    return row


@transaction.atomic
def give_opinion(
    *,
    by: Actor,
    person: YoungPerson,
    stage: str,
    reasons: str,
    confidence: str,
    would_change: str = "",
    own_view: str = "",
    review_on: dt.date | None = None,
) -> Opinion:
    """Save a worker's own opinion first; then lay the reading of today beside it.

    `stage` is a stage id or "" for "not named". Raises NothingSaid without reasons, UnknownSign
    for a stage this model does not have.
    """
    check(by.role, "opinion.give")
    model = current_model()
    if not reasons.strip():
        raise NothingSaid
    if stage and stage not in model.stages:
        raise UnknownSign
    row = Opinion.objects.create(
        person=person,
        recorded_by_id=by.author_id,
        on=today(),
        review_on=review_on,
        model_version=model.version,
        stage=stage,
        confidence=Opinion.Confidence(confidence).value,
        reasons=reasons,
        would_change=would_change,
        own_view=own_view,
    )
    row.reading = reading_of(person, today())
    row.save(update_fields=["reading"])
    audit.record(by=by, action="opinion.give", subject=person.pk)
    return row


@transaction.atomic
def resolve(*, by: Actor, opinion: Opinion, reason: str) -> Resolution:
    """A supervisor says which opinion to work from, with a reason; nothing is removed."""
    check(by.role, "opinion.resolve")
    if not reason.strip():
        raise NothingSaid
    row = Resolution.objects.create(
        person_id=opinion.person_id,
        opinion=opinion,
        recorded_by_id=by.author_id,
        reason=reason,
    )
    audit.record(by=by, action="opinion.resolve", subject=opinion.person_id)
    return row
