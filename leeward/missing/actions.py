"""Recording that somebody is missing, whom one told, what was tried, and that they are back.

Each is atomic and audited. What was written is never changed: the newest row of a thing counts.
"""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from leeward.access.actors import Actor
from leeward.access.rules import check
from leeward.audit import actions as audit
from leeward.law.rules import builtin_rules
from leeward.missing.models import Episode, EpisodeNote, ReturnTalk, StepNews, Whereabouts
from leeward.missing.queries import open_episode
from leeward.missing.rules import as_compared, facts_said
from leeward.people.models import YoungPerson
from leeward.people.queries import locked
from leeward.relationships.queries import of_concern


class AlreadyMissing(Exception):
    """An episode is open already; there is only ever one."""


class NotMissing(Exception):
    """There is no open episode to end."""


class EndsBeforeItStarts(ValueError):
    """The day back is before the day they went."""


class NotYet(ValueError):
    """A moment that has not come cannot be recorded."""


class NobodyTold(ValueError):
    """A step says who was told, or why nobody was."""


class OfConcern(ValueError):
    """They are marked in the circle as somebody who may cause harm: they are told nothing."""


class NothingSaid(ValueError):
    """A note of an episode says something."""


class StillAway(ValueError):
    """The talk on return comes after they are back."""


@transaction.atomic
def went_missing(
    *,
    by: Actor,
    person: YoungPerson,
    since: dt.date,
    last_seen: str = "",
    whereabouts: str = Whereabouts.UNKNOWN.value,
    noticed_at: dt.datetime | None = None,
    seen: Mapping[str, str] | None = None,
) -> Episode:
    """Open an episode from `since`; the clocks of its steps run from `noticed_at`, or from now.

    `seen` holds what is known of `rules.SEEN`. Raises AlreadyMissing when one is open, and NotYet.
    """
    check(by.role, "file.write")
    if open_episode(locked(person)):
        raise AlreadyMissing
    noticed_at = noticed_at or timezone.now()
    _has_come(noticed_at)
    episode = Episode.objects.create(
        person=person,
        recorded_by_id=by.author_id,
        since=since,
        last_seen=last_seen,
        whereabouts=Whereabouts(whereabouts).value,
        noticed_at=noticed_at,
        seen=facts_said(seen or {}) or None,
    )
    audit.record(by=by, action="missing.open", subject=person.pk)
    return episode


def _has_come(moment: dt.datetime) -> None:
    # A minute of grace: two clocks are never quite the same.
    if moment > timezone.now() + dt.timedelta(minutes=1):
        raise NotYet


@transaction.atomic
def take_step(
    *,
    by: Actor,
    episode: Episode,
    step: str,
    done_at: dt.datetime | None,
    told: str = "",
    reference: str = "",
    why_not: str = "",
) -> StepNews:
    """Somebody was told `done_at`, or was not, and why. `step` is an id of missing_steps.csv.

    Raises KeyError, NobodyTold, NotYet, and OfConcern for whom nobody may tell.
    """
    check(by.role, "file.write")
    if step not in {one.id for one in builtin_rules().missing_steps if one.applies != "return"}:
        raise KeyError(step)
    locked(episode.person)
    if not (told.strip() if done_at else why_not.strip()):
        raise NobodyTold
    if done_at:
        _has_come(done_at)
        _may_be_told(episode.person, told)
    row = StepNews.objects.create(
        person_id=episode.person_id,
        episode=episode,
        recorded_by_id=by.author_id,
        step=step,
        done_at=done_at,
        told=told,
        reference=reference,
        why_not="" if done_at else why_not,
    )
    audit.record(by=by, action="missing.step", subject=episode.person_id)
    return row


def _may_be_told(person: YoungPerson, told: str) -> None:
    words = f" {as_compared(told)} "
    for each in of_concern(person):
        if f" {as_compared(each.name)} " in words:
            raise OfConcern


@transaction.atomic
def write_down(
    *,
    by: Actor,
    episode: Episode,
    kind: str,
    at: dt.datetime,
    words: str,
    given: str = "",
) -> EpisodeNote:
    """What was tried, heard or demanded, or that their whereabouts changed.

    `kind` is of EpisodeNote.Kind. Raises NothingSaid, NotYet, and NotMissing once they are back
    (a demand of the police may come later).
    """
    check(by.role, "file.write")
    locked(episode.person)
    kind = EpisodeNote.Kind(kind).value
    if not words.strip():
        raise NothingSaid
    _has_come(at)
    open_still = Episode.objects.filter(pk=episode.pk, until__isnull=True).exists()
    if not open_still and kind != EpisodeNote.Kind.DEMAND:
        raise NotMissing
    row = EpisodeNote.objects.create(
        person_id=episode.person_id,
        episode=episode,
        recorded_by_id=by.author_id,
        kind=kind,
        at=at,
        words=words,
        given=given,
    )
    audit.record(by=by, action="missing.note", subject=episode.person_id, purpose=kind)
    return row


@transaction.atomic
def came_back(
    *,
    by: Actor,
    person: YoungPerson,
    on: dt.date,
    how: str = "",
    back_at: dt.datetime | None = None,
) -> Episode:
    """End the open episode on `on`; the time for the talk runs from `back_at`, or from now.

    Raises NotMissing, EndsBeforeItStarts and NotYet.
    """
    check(by.role, "file.write")
    episode = open_episode(locked(person))
    if episode is None:
        raise NotMissing
    if on < episode.since:
        raise EndsBeforeItStarts
    back_at = back_at or timezone.now()
    _has_come(back_at)
    if episode.noticed_at and back_at < episode.noticed_at and on == episode.since:
        raise EndsBeforeItStarts
    episode.until = on
    episode.back_at = back_at
    episode.on_return = how
    episode.save(update_fields=["until", "back_at", "on_return"])
    audit.record(by=by, action="missing.close", subject=person.pk)
    return episode


@transaction.atomic
def talk_on_return(
    *,
    by: Actor,
    episode: Episode,
    outcome: str,
    on: dt.date,
    with_whom: str = "",
    push: str = "",
    pull: str = "",
    changed: str = "",
) -> ReturnTalk:
    """How the talk on return went, in their words, and what changes because of it.

    `outcome` is of ReturnTalk.Outcome: that they do not want one is an answer. Raises StillAway,
    NothingSaid where one was held and nothing stands of it, and OfConcern.
    """
    check(by.role, "file.write")
    locked(episode.person)
    ended = Episode.objects.filter(pk=episode.pk, until__isnull=False).first()
    if ended is None or ended.until is None or on < ended.until:
        raise StillAway
    outcome = ReturnTalk.Outcome(outcome).value
    if outcome == ReturnTalk.Outcome.HELD and not any(
        each.strip() for each in (push, pull, changed)
    ):
        raise NothingSaid
    _may_be_told(episode.person, with_whom)
    row = ReturnTalk.objects.create(
        person_id=episode.person_id,
        episode=episode,
        recorded_by_id=by.author_id,
        outcome=outcome,
        on=on,
        with_whom=with_whom,
        push=push,
        pull=pull,
        changed=changed,
    )
    audit.record(by=by, action="missing.talk", subject=episode.person_id)
    return row
