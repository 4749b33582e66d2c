"""Who covers for whom, who could, and at which files."""

import uuid
from collections.abc import Sequence

from django.db.models import QuerySet

from leeward.access.actors import Actor
from leeward.access.rules import may, reach
from leeward.accounts.models import Worker
from leeward.people.covering.models import Cover, CoverWords
from leeward.people.models import Assignment, YoungPerson
from leeward.people.standing.models import ConflictLock
from leeward.sealing import keyring

# How far a role reaches into files, whose workers may stand in for another.
OPENS = ("team", "supervised", "agency")


def those_i_supervise(actor: Actor) -> QuerySet[Worker]:
    """For whom this actor may arrange that somebody covers, by name."""
    if not may(actor.role, "cover.arrange"):
        return Worker.objects.none()
    rows = Worker.objects.filter(
        supervised_by=actor.id, agency_id=actor.own_agency_id, is_active=True
    )
    return rows.order_by("display_name", "id")


def could_cover(away: Worker) -> QuerySet[Worker]:
    """Who could stand in for this worker: working at the agency, in a role that opens files. The
    same list whatever the file, and whatever keeps somebody from one."""
    roles = [role for role in Worker.Role.values if reach(role, "file.open") in OPENS]
    rows = Worker.objects.filter(agency_id=away.agency_id, is_active=True, role__in=roles)
    return rows.exclude(pk=away.pk).order_by("display_name", "id")


def files_with(actor: Actor, away: Worker) -> list[YoungPerson]:
    """The open files at which this actor may say who covers for `away`: those whose team `away` is
    on. By name."""
    on_team = Assignment.objects.filter(worker=away, until__isnull=True).values("person")
    rows = YoungPerson.objects.visible_to(actor, "cover.arrange").filter(
        pk__in=on_team, state=YoungPerson.State.OPEN
    )
    return by_name(list(rows))


def by_name(people: list[YoungPerson]) -> list[YoungPerson]:
    """In order of the names they use."""
    keyring.warm(each.pk for each in people)
    return sorted(people, key=lambda each: (each.name_used.casefold(), each.pk))


def cannot_cover(person: YoungPerson, worker: Worker, span: tuple[object, object]) -> bool:
    """Whether this worker cannot cover this file then: it is locked to them, they are on its team,
    or they cover it already. Which of these it is, nobody is told."""
    since, until = span
    covers = Cover.objects.filter(
        person=person, worker=worker, ended_at__isnull=True, since__lt=until, until__gt=since
    )
    return (
        ConflictLock.objects.against(worker.pk).filter(person=person).exists()
        or person.team.filter(worker=worker, until__isnull=True).exists()
        or covers.exists()
    )


def covering(person: YoungPerson) -> set[uuid.UUID]:
    """The workers who cover this file at this moment: told what its team is told."""
    return set(Cover.objects.live().filter(person=person).values_list("worker_id", flat=True))


def stands_in(actor: Actor, person_id: uuid.UUID, away_id: uuid.UUID) -> bool:
    """Whether this worker covers at this file for that one, now."""
    rows = Cover.objects.by(actor.author_id).filter(person=person_id, away=away_id)
    return rows.exists()


def covers_at(person: YoungPerson) -> list[Cover]:
    """Who covers this file now, and who will."""
    rows = Cover.objects.standing().filter(person=person, worker__is_active=True)
    return list(rows.select_related("worker", "away").order_by("since", "id"))


def all_covers(person: YoungPerson) -> list[Cover]:
    """Everybody who has covered this file, does or will, in order of starting."""
    rows = person.covers.select_related("worker", "away", "ended_by")
    return list(rows.order_by("since", "id"))


def standing_for(actor: Actor, away: Sequence[uuid.UUID], action: str) -> list[Cover]:
    """Who covers, or will, for these workers: at files this actor may do `action` with."""
    rows = Cover.objects.standing().filter(
        away__in=away, person__in=YoungPerson.objects.visible_to(actor, action)
    )
    found = list(rows.select_related("person", "worker", "away").order_by("since", "id"))
    keyring.warm(each.person_id for each in found)
    return sorted(found, key=_in_words)


def mine(actor: Actor) -> list[Cover]:
    """Those by which this worker covers now: of files they may open, by name."""
    rows = Cover.objects.by(actor.author_id).filter(
        person__in=YoungPerson.objects.visible_to(actor)
    )
    found = list(rows.select_related("person", "worker", "away"))
    keyring.warm(each.person_id for each in found)
    return sorted(found, key=_in_words)


def _in_words(cover: Cover) -> tuple[object, ...]:
    return cover.person.name_used.casefold(), cover.person_id, cover.since, cover.pk


def words_for(covers: Sequence[Cover]) -> dict[uuid.UUID, list[CoverWords]]:
    """What was written for whoever covers, by cover, the oldest first."""
    found: dict[uuid.UUID, list[CoverWords]] = {each.pk: [] for each in covers}
    rows = CoverWords.objects.filter(cover__in=list(found)).select_related("recorded_by")
    for row in rows.order_by("recorded_at", "id"):
        found[row.cover_id].append(row)
    return found
