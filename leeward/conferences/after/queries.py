"""What a meeting came to, as workers and the young person read it."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import F
from django.utils import timezone

from leeward.access.actors import Actor
from leeward.conferences.after.models import (
    Decision,
    Disagreement,
    MeetingSide,
    Reading,
    Telling,
)
from leeward.conferences.before.models import Hears, Meeting, Saying
from leeward.conferences.before.queries import Called, meetings_of, standing
from leeward.people.models import YoungPerson
from leeward.releases.openings import SOMEBODY, WHO

Row = TypeVar("Row", Saying, Telling, MeetingSide, Reading)


@dataclass(frozen=True)
class Minutes:
    """What was decided, what was seen otherwise, who has read it, and what was told of it."""

    decisions: list[Decision]
    disagreements: list[Disagreement]
    readings: list[Reading]
    telling: Telling | None
    side: MeetingSide | None

    @property
    def empty(self) -> bool:
        """Whether nothing was decided or seen otherwise."""
        return not self.decisions and not self.disagreements

    @property
    def released(self) -> bool:
        """Whether the young person may read it in My space now."""
        return self.telling is not None and self.telling.kind == Telling.Kind.RELEASED


@dataclass(frozen=True)
class Mine:
    """One meeting in My space: what they say before it, and what was decided, once released."""

    called: Called
    sayings: list[Saying]
    telling: Telling | None
    side: MeetingSide | None
    readers: list[tuple[str, str]]

    @property
    def pk(self) -> uuid.UUID:
        """The id, for addresses."""
        return self.called.pk


def minutes_of(meeting: Meeting) -> Minutes:
    """Everything that came of a meeting. It was fetched for whoever asks."""
    decisions = meeting.decisions.select_related("owner", "recorded_by", "news__recorded_by")
    seen = meeting.disagreements.select_related("recorded_by")
    return Minutes(
        decisions=list(decisions.order_by("recorded_at", "id")),
        disagreements=list(seen.order_by("recorded_at", "id")),
        readings=list(meeting.readings.select_related("recorded_by").order_by("recorded_at")),
        telling=newest_telling(meeting),
        side=newest_side(meeting),
    )


def newest_telling(meeting: Meeting) -> Telling | None:
    """What was decided last about letting them read it."""
    rows = meeting.tellings.select_related("recorded_by")
    return rows.order_by("-number").first()


def newest_side(meeting: Meeting) -> MeetingSide | None:
    """What the young person says of it, as it stands."""
    return meeting.sides.order_by("-number").first()


def was_released(meeting: Meeting) -> bool:
    """Whether they could ever read it in My space."""
    return meeting.tellings.filter(kind=Telling.Kind.RELEASED).exists()


def decision_of(meeting: Meeting, decision_id: uuid.UUID) -> Decision:
    """One of them. Raises Decision.DoesNotExist."""
    row = meeting.decisions.select_related("owner").get(pk=decision_id)
    row.meeting = meeting
    return row


def tasks_of(
    actor: Actor, at_most: int | None = None, *, whose: Iterable[uuid.UUID] | None = None
) -> list[Decision]:
    """What this worker, or those in `whose`, took on at meetings that this actor may read of, and
    nobody has answered for yet: what is due first on top, what has no day last."""
    rows = Decision.objects.waiting_for(actor, whose).select_related("person", "owner")
    return list(rows.order_by(F("due_on").asc(nulls_last=True), "id")[:at_most])


def my_meetings(actor: Actor, person: YoungPerson, *, private: bool) -> list[Mine]:
    """The young person's meetings as they may read them, the latest first: as many queries for
    one as for ten.

    Without `private` what they keep to themselves is left out (entry.queries.private_is_open).
    """
    rows = meetings_of(actor, person)
    said = _by_meeting(Saying, rows, "number")
    told = _by_meeting(Telling, rows, "number")
    sides = _by_meeting(MeetingSide, rows, "number")
    read = _by_meeting(Reading, rows, "recorded_at")
    found = []
    for each in rows:
        telling = told[each.pk][-1] if told[each.pk] else None
        shown = telling if telling and telling.kind == Telling.Kind.RELEASED else None
        found.append(
            Mine(
                called=each,
                sayings=[
                    row for row in standing(said[each.pk]) if private or row.hears != Hears.ME
                ],
                telling=shown,
                side=sides[each.pk][-1] if sides[each.pk] else None,
                readers=_readers(read[each.pk]) if shown else [],
            )
        )
    return found


def _by_meeting(
    model: type[Row], rows: list[Called], order: str
) -> defaultdict[uuid.UUID, list[Row]]:
    """Every row about these meetings, by meeting."""
    found: defaultdict[uuid.UUID, list[Row]] = defaultdict(list)
    of_them = model._default_manager.filter(meeting__in=[each.pk for each in rows])
    for row in of_them.select_related("recorded_by").order_by(order):
        found[row.meeting_id].append(row)
    return found


def my_meeting(actor: Actor, person: YoungPerson, meeting_id: uuid.UUID, *, private: bool) -> Mine:
    """One of them. Raises Meeting.DoesNotExist."""
    for each in my_meetings(actor, person, private=private):
        if each.pk == meeting_id:
            each.called.meeting.person = person
            return each
    raise Meeting.DoesNotExist


def _readers(rows: list[Reading]) -> list[tuple[str, str]]:
    """Who has read it and on which day, as a kind of worker; the young person without a word."""
    return [
        (
            str(WHO.get(each.recorded_by.role, SOMEBODY)) if each.recorded_by else "",
            timezone.localdate(each.recorded_at).isoformat(),
        )
        for each in rows
    ]
