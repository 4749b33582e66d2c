"""Meetings: what for, who was asked, what the young person said, and what was decided."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leeward.conferences.after.models import (
    Decision,
    DecisionNews,
    Disagreement,
    MeetingSide,
    Reading,
    Telling,
)
from leeward.conferences.before.models import (
    Hears,
    Invitation,
    InvitationNews,
    Meeting,
    Preparation,
    Saying,
    Sitting,
)
from leeward.requests.copying.lines import Asked, Field, Part, Row, day_of, written_by

MEETING, AFTER = _("A meeting"), _("After a meeting")


def _moment(value: dt.datetime) -> str:
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"


def _yes_or_no(value: bool) -> str:
    return _now("yes") if value else _now("no")


def _told(asked: Asked, rows: Any, key: str, title: Any, fields: Any) -> Iterable[Row]:
    """Rows of one table, the oldest first."""
    of_them = rows.filter(person=asked.person).select_related("recorded_by")
    for row in of_them.order_by("recorded_at", "id"):
        yield Row(
            f"{key}:{row.pk}", title, day_of(row.recorded_at), written_by(row, asked.person),
            fields(row),
        )  # fmt: skip


def _meetings(asked: Asked) -> Iterable[Row]:
    yield from _told(
        asked, Meeting.objects, "meeting", MEETING,
        lambda row: (
            Field("shape", _("What"), row.shape_words, row.shape),
            Field("purpose", _("What for"), row.purpose),
        ),
    )  # fmt: skip
    yield from _told(
        asked, Sitting.objects, "sitting", MEETING,
        lambda row: (
            Field("kind", _("What"), row.get_kind_display(), row.kind),
            Field("starts", _("When"), _moment(row.starts_at)),
            Field("place", _("Where"), row.place),
            Field("why", _("Why"), row.why),
        ),
    )  # fmt: skip
    yield from _told(
        asked, Preparation.objects, "prepared", MEETING,
        lambda row: (
            Field("asked", _("Were they asked?"), _yes_or_no(row.asked), row.asked),
            Field("presence", _("How they take part"), row.presence_words, row.presence),
            Field("words", _("Words"), row.words),
            Field("why_not", _("Why not?"), row.why_not),
        ),
    )  # fmt: skip


def _said(asked: Asked) -> Iterable[Row]:
    """What they said before a meeting, but for what they keep to themselves."""
    yield from _told(
        asked, Saying.objects.exclude(hears=Hears.ME), "saying", MEETING,
        lambda row: (Field("words", row.get_kind_display(), row.words),),
    )  # fmt: skip


def _invited(asked: Asked) -> Iterable[Row]:
    yield from _told(
        asked, Invitation.objects, "invited", MEETING,
        lambda row: (
            Field("who", _("Who"), row.name),
            Field("role", _("As what"), row.role_words, row.role_key),
            Field("why", _("Why"), row.why),
        ),
    )  # fmt: skip
    rows = InvitationNews.objects.select_related("invitation")
    yield from _told(
        asked, rows, "came", MEETING,
        lambda row: (
            Field("who", _("Who"), row.invitation.name),
            Field("kind", _("What"), row.get_kind_display(), row.kind),
        ),
    )  # fmt: skip


def _decided(asked: Asked) -> Iterable[Row]:
    yield from _told(
        asked, Decision.objects.select_related("owner"), "decided", AFTER,
        lambda row: (
            Field("what", _("What was decided"), row.what),
            Field("owner", _("Who does it"), row.owned_by),
            Field("due", _("By"), day_of(row.due_on)),
            Field("agrees", _("What they think of it"), row.agrees_words, row.agrees),
            Field("view", _("Words"), row.view),
        ),
    )  # fmt: skip
    yield from _told(
        asked, DecisionNews.objects, "came_of_it", AFTER,
        lambda row: (
            Field("kind", _("What came of it"), row.get_kind_display(), row.kind),
            Field("words", _("Words"), row.words),
        ),
    )  # fmt: skip
    yield from _told(
        asked, Disagreement.objects, "otherwise", AFTER,
        lambda row: (
            Field("who", _("Who"), row.who),
            Field("what", _("What they said otherwise"), row.what),
        ),
    )  # fmt: skip
    yield from _told(
        asked, Telling.objects, "telling", AFTER,
        lambda row: (
            Field("kind", _("What"), row.get_kind_display(), row.kind),
            Field("words", _("Words"), row.words),
        ),
    )  # fmt: skip
    yield from _told(
        asked, MeetingSide.objects, "meeting_side", AFTER,
        lambda row: (Field("words", _("Their side"), row.words),),
    )  # fmt: skip
    yield from _told(
        asked, Reading.objects, "meeting_read", AFTER,
        lambda row: (Field("read", _("What"), _now("Read what was decided"), "read"),),
    )  # fmt: skip


PARTS = (Part("meetings", _("Meetings"), (_meetings, _said, _invited, _decided)),)
TELLS = (
    Meeting, Sitting, Preparation, Saying, Invitation, InvitationNews, Decision, DecisionNews,
    Disagreement, Telling, MeetingSide, Reading,
)  # fmt: skip
LEFT_OUT = {
    "conferences.Pack": "which pieces of the plan were chosen for a meeting: the pieces are told",
    "conferences.PackItem": "one such piece",
}
