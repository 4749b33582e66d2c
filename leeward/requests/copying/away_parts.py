"""Times away, whom one told, the talk on return; the houses they lived in."""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from leeward.law.rules import builtin_rules
from leeward.missing.models import Episode, EpisodeNote, ReturnTalk, StepNews
from leeward.releases.models import StepRelease
from leeward.requests.copying.lines import Asked, Field, Part, Row, day_of, written_by
from leeward.residences.models import ForShift, Presence, Stay


def _moment(value: dt.datetime | None) -> str:
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if value else ""


def _away(asked: Asked) -> Iterable[Row]:
    rows = Episode.objects.filter(person=asked.person).select_related("recorded_by")
    for row in rows.order_by("since", "recorded_at", "id"):
        seen = row.seen or {}
        fields = (
            Field("since", _("Missing since"), day_of(row.since)),
            Field("whereabouts", _("What was known"), row.get_whereabouts_display()),
            Field("noticed", _("Noticed"), _moment(row.noticed_at)),
            Field("seen", _("Last seen"), row.last_seen),
            Field("wearing", _("Wearing"), seen.get("wearing")),
            Field("with_whom", _("May be with"), seen.get("with_whom")),
            Field("phone", _("Their phone"), seen.get("phone")),
            Field("noticed_by", _("Who noticed?"), seen.get("noticed_by")),
            Field("until", _("Back"), day_of(row.until)),
            Field("return", _("On return"), row.on_return),
        )
        yield Row(
            f"away:{row.pk}", _("Time away"), day_of(row.since), written_by(row, asked.person),
            fields,
        )  # fmt: skip


def _steps(asked: Asked) -> Iterable[Row]:
    told = {
        one.id: one.told.in_language(get_language() or "en")
        for one in builtin_rules().missing_steps
    }
    rows = StepNews.objects.filter(person=asked.person).select_related("recorded_by")
    for row in rows.order_by("recorded_at", "id"):
        fields = (
            Field("step", _("Whom to tell"), told.get(row.step, row.step), row.step),
            Field("done", _("Told"), _moment(row.done_at)),
            Field("told", _("Who told whom?"), row.told),
            Field("reference", _("Reference or report number"), row.reference),
            Field("why_not", _("Why not?"), row.why_not),
        )
        yield Row(
            f"told:{row.pk}", _("While they were away"), day_of(row.recorded_at),
            written_by(row, asked.person), fields,
        )  # fmt: skip


def _released(asked: Asked) -> Iterable[Row]:
    rows = StepRelease.objects.filter(person=asked.person).select_related("recorded_by")
    for row in rows.order_by("recorded_at", "id"):
        fields = (Field("kind", _("What"), row.get_kind_display(), row.kind),)
        yield Row(
            f"step_release:{row.pk}", _("While they were away"), day_of(row.recorded_at),
            written_by(row, asked.person), fields,
        )  # fmt: skip


def _notes(asked: Asked) -> Iterable[Row]:
    rows = EpisodeNote.objects.filter(person=asked.person).select_related("recorded_by")
    for row in rows.order_by("at", "recorded_at", "id"):
        fields = (
            Field("kind", _("What is it?"), row.get_kind_display(), row.kind),
            Field("words", _("Words"), row.words),
            Field("given", _("What was given"), row.given),
        )
        yield Row(
            f"meanwhile:{row.pk}", _("While they were away"), day_of(row.at),
            written_by(row, asked.person), fields,
        )  # fmt: skip


def _talks(asked: Asked) -> Iterable[Row]:
    rows = ReturnTalk.objects.filter(person=asked.person).select_related("recorded_by")
    for row in rows.order_by("on", "recorded_at", "id"):
        fields = (
            Field("outcome", _("How did it go?"), row.get_outcome_display(), row.outcome),
            Field("with", _("With whom"), row.with_whom),
            Field("push", _("What pushed"), row.push),
            Field("pull", _("What pulled"), row.pull),
            Field("changed", _("What changes because of it"), row.changed),
        )
        yield Row(
            f"talk:{row.pk}", _("A talk on return"), day_of(row.on),
            written_by(row, asked.person), fields,
        )  # fmt: skip


def _houses(asked: Asked) -> Iterable[Row]:
    rows = Stay.objects.filter(person=asked.person).select_related("recorded_by", "residence")
    for row in rows.order_by("since", "recorded_at", "id"):
        fields = (
            Field("house", _("Which house?"), row.residence.name),
            Field("until", _("Until"), day_of(row.until)),
        )
        yield Row(
            f"stay:{row.pk}", _("In a house"), day_of(row.since), written_by(row, asked.person),
            fields,
        )  # fmt: skip
    presences = Presence.objects.filter(person=asked.person).select_related("recorded_by")
    for each in presences.order_by("recorded_at", "id"):
        known = (
            Field("kind", _("What"), each.get_kind_display(), each.kind),
            Field("where", _("Where"), each.where),
            Field("back", _("Back by"), _moment(each.back_by)),
        )
        yield Row(
            f"presence:{each.pk}", _("In a house"), _moment(each.recorded_at),
            written_by(each, asked.person), known,
        )  # fmt: skip
    for words in ForShift.objects.filter(person=asked.person).select_related("recorded_by"):
        told = (Field("words", _("Words"), words.words),)
        yield Row(
            f"shift:{words.pk}", _("For the next shift"), _moment(words.recorded_at),
            written_by(words, asked.person), told,
        )  # fmt: skip


PARTS = (
    Part("away", _("Time away"), (_away, _steps, _released, _notes, _talks)),
    Part("houses", _("Houses they lived in"), (_houses,)),
)
TELLS = (Episode, StepNews, StepRelease, EpisodeNote, ReturnTalk, Stay, Presence, ForShift)
