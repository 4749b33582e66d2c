"""Concerns that became part of the file. Who told them is kept apart, and is in no copy of itself:
whoever goes through it reads that with its own permission (ADR 66)."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from leeward.concerns.models import Concern
from leeward.requests.copying.lines import Asked, Field, Part, Row, day_of


def _concerns(asked: Asked) -> Iterable[Row]:
    rows = Concern.objects.filter(person=asked.person).select_related("taken_by")
    for row in rows.order_by("taken_at", "id"):
        fields = (
            Field("name", _("Name"), row.name),
            Field("age", _("Age, as told"), row.age),
            Field("where", _("Where"), row.where),
            Field("words", _("What was told"), row.words),
            Field("strengths", _("Strengths"), row.strengths),
            Field("urgency", _("How urgent, as told"), row.urgency_words, row.urgency),
        )
        yield Row(
            f"concern:{row.pk}", _("A concern"), day_of(row.said_on), row.taken_by.display_name,
            fields,
        )  # fmt: skip


PARTS = (Part("concerns", _("Concerns"), (_concerns,)),)
TELLS = (Concern,)
