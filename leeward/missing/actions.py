"""Recording that somebody is missing, and that they are back."""

import datetime as dt

from django.db import transaction

from leeward.access.actors import Actor
from leeward.access.rules import check
from leeward.audit import actions as audit
from leeward.missing.models import Episode
from leeward.missing.queries import open_episode
from leeward.people.models import YoungPerson
from leeward.people.queries import locked


class AlreadyMissing(Exception):
    """An episode is open already; there is only ever one."""


class NotMissing(Exception):
    """There is no open episode to end."""


class EndsBeforeItStarts(ValueError):
    """The day back is before the day they went."""


@transaction.atomic
def went_missing(
    *, by: Actor, person: YoungPerson, since: dt.date, last_seen: str = ""
) -> Episode:
    """Open an episode from `since`. Raises AlreadyMissing when one is open."""
    check(by.role, "file.write")
    if open_episode(locked(person)):
        raise AlreadyMissing
    episode = Episode.objects.create(
        person=person, recorded_by_id=by.author_id, since=since, last_seen=last_seen
    )
    audit.record(by=by, action="missing.open", subject=person.pk)
    return episode


@transaction.atomic
def came_back(*, by: Actor, person: YoungPerson, on: dt.date, how: str = "") -> Episode:
    """End the open episode on `on`. Raises NotMissing or EndsBeforeItStarts."""
    check(by.role, "file.write")
    episode = open_episode(locked(person))
    if episode is None:
        raise NotMissing
    if on < episode.since:
        raise EndsBeforeItStarts
    episode.until = on
    episode.on_return = how
    episode.save(update_fields=["until", "on_return"])
    audit.record(by=by, action="missing.close", subject=person.pk)
    return episode
