"""Who lives in a house and who is in tonight, as far as whoever asks may know of them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from leeward.access.actors import Actor
from leeward.missing.models import Episode
from leeward.missing.rules import Away, in_common, parts_of_day
from leeward.people.models import YoungPerson
from leeward.residences.models import ForShift, FreeBeds, Presence, Residence, Stay

# What was written for the next shift is shown for so long.
SHOWN = dt.timedelta(hours=36)
BACK = dt.timedelta(days=365)


@dataclass(frozen=True)
class Row:
    """One young person of a house: in, out and known, or missing."""

    stay: Stay
    presence: Presence | None
    episode: Episode | None
    for_shift: list[ForShift]

    @property
    def person(self) -> YoungPerson:
        """Who."""
        return self.stay.person

    @property
    def state(self) -> str:
        """`missing`, `in`, `out`, or `unsaid` where nobody said yet."""
        if self.episode:
            return "missing"
        return self.presence.kind if self.presence else "unsaid"

    @property
    def overdue(self) -> dt.timedelta | None:
        """How long after the time they said; nothing when they are not."""
        if self.state != "out" or self.presence is None or self.presence.back_by is None:
            return None
        late = timezone.now() - self.presence.back_by
        return late if late > dt.timedelta() else None


@dataclass(frozen=True)
class Board:
    """A house tonight. Missing first, then out, then in; by name within each."""

    residence: Residence
    rows: list[Row]
    free: FreeBeds | None
    common: list[tuple[str, int]]
    noticed: list[tuple[str, int]]


ORDER = ("missing", "out", "unsaid", "in")


def residences_of(actor: Actor) -> list[Residence]:
    """The houses of this actor's agency, by name."""
    return sorted(Residence.objects.visible_to(actor), key=lambda each: each.name.casefold())


def stay_of(person: YoungPerson) -> Stay | None:
    """The house they live in now."""
    return person.stays.filter(until__isnull=True).select_related("residence").first()


def board_of(actor: Actor, residence: Residence) -> Board:
    """Everybody of the house whose file this actor may open: as many questions for ten as for
    one. Of anybody else nothing stands here, not even that there is somebody."""
    people = YoungPerson.objects.visible_to(actor)
    stays = list(
        Stay.objects.filter(residence=residence, until__isnull=True, person__in=people)
        .select_related("person", "residence")
        .order_by("since", "id")
    )
    ids = [each.person_id for each in stays]
    newest = {
        row.stay_id: row
        for row in Presence.objects.filter(stay__in=stays).order_by("recorded_at", "id")
    }
    open_now = {
        row.person_id: row for row in Episode.objects.filter(person__in=ids, until__isnull=True)
    }
    words: dict[object, list[ForShift]] = {}
    recent = ForShift.objects.filter(stay__in=stays, recorded_at__gt=timezone.now() - SHOWN)
    for row in recent.select_related("recorded_by").order_by("recorded_at", "id"):
        words.setdefault(row.stay_id, []).append(row)
    rows = [
        Row(each, newest.get(each.pk), open_now.get(each.person_id), words.get(each.pk, []))
        for each in stays
    ]
    rows.sort(key=lambda row: (ORDER.index(row.state), row.person.name_used.casefold()))
    away = _away(actor, residence)
    return Board(
        residence=residence,
        rows=rows,
        free=residence.free_beds.select_related("said_by").order_by("-said_at", "-id").first(),
        common=in_common(away),
        noticed=parts_of_day(away),
    )


def _away(actor: Actor, residence: Residence) -> Sequence[Away]:
    """Times away of the last year from this house, one entry a young person: a name said twice of
    one of them is in common with nobody."""
    since = timezone.localdate() - BACK
    people = YoungPerson.objects.visible_to(actor)
    stays = Stay.objects.filter(residence=residence, person__in=people).values_list(
        "person_id", "since", "until"
    )
    spans: dict[object, list[tuple[dt.date, dt.date | None]]] = {}
    for person_id, first, last in stays:
        spans.setdefault(person_id, []).append((first, last))
    by_person: dict[object, list[Episode]] = {}
    for row in Episode.objects.filter(person__in=list(spans), since__gte=since):
        if any(first <= row.since <= (last or row.since) for first, last in spans[row.person_id]):
            by_person.setdefault(row.person_id, []).append(row)
    found: list[Away] = []
    for rows in by_person.values():
        names = tuple(name for row in rows for name in _names(row))
        for nth, row in enumerate(rows):
            noticed = timezone.localtime(row.noticed_at) if row.noticed_at else None
            found.append(Away(row.since, row.until, noticed, names if nth == 0 else ()))
    return found


def _names(row: Episode) -> list[str]:
    with_whom = (row.seen or {}).get("with_whom", "")
    return [name for name in (row.last_seen, with_whom) if name]
