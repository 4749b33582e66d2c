"""What reminders tell the floors below. Imported once, when every app is loaded."""

import uuid
from collections.abc import Iterable

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from leeward.keeping import erasers
from leeward.observations.sources import Entry
from leeward.observations.sources import register as register_timeline
from leeward.people.models import YoungPerson
from leeward.reminders.handover.queries import as_entries_of
from leeward.reminders.models import PutOff
from leeward.reminders.rules import rules
from leeward.requests.copying.lines import Asked, Field, Part, Row, day_of, register, written_by


def erase(person_id: uuid.UUID) -> int:
    """What workers put off about one person."""
    return erasers.remove(PutOff.objects.filter(person_id=person_id))


def _put_off(asked: Asked) -> Iterable[Row]:
    rows = PutOff.objects.filter(person=asked.person).select_related("recorded_by")
    for row in rows.order_by("recorded_at", "id"):
        words = rules()[row.kind].words(get_language() or "en")
        fields = (
            Field("kind", _("What"), words, row.kind),
            Field("until", _("Until"), day_of(row.until)),
            Field("reason", _("Why"), row.reason),
        )
        yield Row(
            f"put_off:{row.pk}", _("Put off"), day_of(row.on), written_by(row, asked.person),
            fields,
        )  # fmt: skip


def as_entries(person: YoungPerson) -> list[Entry]:
    """Who covered for whom, on the timeline from the day it was for."""
    return [
        Entry(
            on=each.starts_on,
            recorded_at=each.arranged_at,
            kind="cover",
            author_id=each.arranged_by_id,
            author=each.arranged_by.display_name,
            item=each,
        )
        for each in as_entries_of(person)
    ]


PART = Part("later", _("What a worker put off"), (_put_off,))
TELLS = (PutOff,)
erasers.register("reminders", erase)
register(PART)
register_timeline(timeline=as_entries)
