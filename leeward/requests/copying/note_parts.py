"""What was written about them: notes and what stands beside them, opinions, duties, documents."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leeward.documents.queries import documents_of
from leeward.legal.models import Duty, DutyAnswer
from leeward.observations.models import Explanation, Observation, Opinion, Pin, Resolution
from leeward.observations.queries import current_model
from leeward.releases.models import Release, Side
from leeward.requests.copying.about_parts import said
from leeward.requests.copying.lines import Asked, Field, Part, Row, day_of, written_by
from leeward.requests.models import Statement


def _language() -> str:
    return "fr" if (get_language() or "en").startswith("fr") else "en"


def _stage(stage: str) -> str:
    stages = current_model().stages
    known = stages[stage].name.in_language(_language()) if stage in stages else ""
    return known or _now("Not named")


def _signs(ids: Iterable[str]) -> str:
    indicators = current_model().indicators
    named = (
        indicators[each].working.in_language(_language()) if each in indicators else each
        for each in ids
    )
    return "\n".join(named)


def _findings(row: Observation) -> str:
    words = {
        "present": _now("seen"),
        "absent": _now("looked for, not there"),
        "unsure": _now("not sure"),
    }
    return "\n".join(
        f"{_signs([sign])} ({words.get(found, found)})"
        for sign, found in (row.findings or {}).items()
    )


def _harm(row: Observation) -> str:
    harm = row.harm or {}
    if not harm:
        return ""
    about = {
        "self": _now("the young person"),
        "another_child": _now("another child"),
        "both": _now("the young person and another child"),
    }
    found = [_now("Could be harm"), about.get(harm.get("about", "self"), "")]
    if harm.get("level") == "now":
        found.append(_now("danger now"))
    if "other_child_age" in harm:
        found.append(_now("age of the other child: %(age)s") % {"age": harm["other_child_age"]})
    return ", ".join(each for each in found if each)


def _when(row: Observation) -> str:
    parts = {
        "morning": _now("morning"),
        "afternoon": _now("afternoon"),
        "evening": _now("evening"),
        "night": _now("night"),
    }
    part = parts.get(row.part_of_day, row.part_of_day)
    return ", ".join(each for each in (row.on, part) if each)


def _notes(asked: Asked) -> Iterable[Row]:
    rows = Observation.objects.filter(person=asked.person).select_related(
        "recorded_by", "corrects"
    )
    for row in rows.order_by("sort_on", "recorded_at", "id"):
        corrects = day_of(row.corrects.recorded_at) if row.corrects else ""
        fields = (
            Field("text", _("What was written"), row.text),
            Field("words", _("What the young person said"), row.own_words),
            Field("news", _("Good news"), row.good_news),
            Field("on", _("When it happened"), _when(row), [row.on, row.part_of_day]),
            Field("source", _("How it was known"), row.source_words, row.source),
            Field("signs", _("Signs that were marked"), _findings(row), row.findings or {}),
            Field("harm", _("Harm"), _harm(row), row.harm or {}),
            Field("corrects", _("Corrects the note recorded on"), corrects),
        )
        yield Row(
            f"note:{row.pk}", _("Note, recorded"), day_of(row.recorded_at),
            written_by(row, asked.person), fields,
        )  # fmt: skip


def _beside(asked: Asked) -> Iterable[Row]:
    """What stands beside a note: each says of which day the note is."""
    person = asked.person
    for model, title, told in (
        (Explanation, _("An ordinary explanation of a note"), _explained),
        (Pin, _("On the chronology"), _pinned),
    ):
        rows = model.objects.filter(person=person).select_related("recorded_by", "observation")
        for row in rows.order_by("recorded_at", "id"):
            of = _of_note(row.observation)
            yield Row(
                f"{model.__name__.casefold()}:{row.pk}", title, day_of(row.recorded_at),
                written_by(row, person), (*told(row), of),
            )  # fmt: skip


def _of_note(note: Observation) -> Field:
    return Field("note", _("The note was recorded on"), day_of(note.recorded_at))


def _explained(row: Any) -> tuple[Field, ...]:
    signs = row.indicators or []
    return (
        Field("how", _("How it is explained"), row.how),
        Field("signs", _("The signs that it explains"), _signs(signs), signs),
    )


def _pinned(row: Any) -> tuple[Field, ...]:
    off = "" if row.pinned else _now("Taken off the chronology")
    return (Field("why", _("Why it matters"), row.why), Field("off", _("Taken off"), off, off))


def _released(asked: Asked) -> Iterable[Row]:
    person = asked.person
    rows = Release.objects.filter(person=person).select_related("recorded_by", "note")
    for row in rows.order_by("recorded_at", "id"):
        questions = {
            "phone": _now("Could somebody else hold the phone?"),
            "tip_off": _now("Could it tip somebody off?"),
            "names": _now("Does it name another child or a caller?"),
        }
        answers = "\n".join(
            f"{questions.get(name, name)} {said(value)}"
            for name, value in (row.answers or {}).items()
        )
        fields = (
            Field("kind", _("Decided"), row.get_kind_display(), row.kind),
            Field("answers", _("What was answered"), answers, row.answers or {}),
            _of_note(row.note),
        )
        yield Row(
            f"release:{row.pk}", _("A note for My space"), day_of(row.recorded_at),
            written_by(row, person), fields,
        )  # fmt: skip


def _own(asked: Asked) -> Iterable[Row]:
    """Their own side of a note, and their statements, every version."""
    person = asked.person
    sides = Side.objects.filter(person=person).select_related("recorded_by", "note")
    for side in sides.order_by("recorded_at", "id"):
        fields: tuple[Field, ...] = (
            Field("words", _("Their words"), side.words),
            _of_note(side.note),
        )
        yield Row(
            f"side:{side.pk}", _("Their side of a note"), day_of(side.recorded_at),
            written_by(side, person), fields,
        )  # fmt: skip
    rows = Statement.objects.filter(person=person).select_related(
        "recorded_by", "request__answer__note"
    )
    for row in rows.order_by("recorded_at", "id"):
        note = row.request.answer.note
        fields = (Field("words", _("Their words"), row.words),)
        fields += (_of_note(note),) if note else ()
        yield Row(
            f"statement:{row.pk}", _("Their statement, which stays with the record"),
            day_of(row.recorded_at), written_by(row, person), fields,
        )  # fmt: skip


def _opinions(asked: Asked) -> Iterable[Row]:
    rows = Opinion.objects.filter(person=asked.person).select_related("recorded_by")
    for row in rows.order_by("on", "recorded_at", "id"):
        fields = (
            Field("stage", _("The stage of what is done to them"), _stage(row.stage), row.stage),
            Field("reasons", _("Reasons"), row.reasons),
            Field("sure", _("How sure"), row.confidence_words, row.confidence),
            Field("change", _("What would change it"), row.would_change),
            Field("view", _("What the young person thinks"), row.own_view),
            Field("reading", _("What the notes supported that day"), *_reading(row.reading)),
        )
        yield Row(
            f"opinion:{row.pk}", _("An opinion"), day_of(row.on), written_by(row, asked.person),
            fields,
        )  # fmt: skip
    of = Resolution.objects.filter(person=asked.person).select_related("recorded_by", "opinion")
    for each in of.order_by("recorded_at", "id"):
        told = (
            Field("reason", _("Reasons"), each.reason),
            Field("opinion", _("Of the opinion given on"), day_of(each.opinion.on)),
        )
        yield Row(
            f"resolution:{each.pk}", _("Which opinion to work from"), day_of(each.recorded_at),
            written_by(each, asked.person), told,
        )  # fmt: skip


def _reading(reading: dict[str, Any] | None) -> tuple[str, Any]:
    """The reading that was laid beside an opinion, in words, and as it is kept."""
    if not reading:
        return "", ""
    stages = [_stage(each["stage"]) for each in reading.get("supported", [])]
    threads = current_model().threads
    unknown = [
        threads[each].name.in_language(_language()) if each in threads else each
        for each in reading.get("unknown_threads", [])
    ]
    found = [", ".join(stages) or _now("Not enough to name a stage.")]
    if unknown:
        found.append(_now("Nobody has asked about: %(threads)s") % {"threads": ", ".join(unknown)})
    return "\n".join(found), reading


def _duties(asked: Asked) -> Iterable[Row]:
    rows = Duty.objects.filter(person=asked.person).select_related("asked_of")
    for row in rows.order_by("asked_at", "id"):
        danger = (row.question or {}).get("level") == "now"
        about = _now("danger now") if danger else _now("possible harm")
        day = str((row.question or {}).get("on") or "")
        fields = (
            Field("question", _("Asked because of"), f"{about} {day}".strip(), row.question or {}),
        )
        yield Row(
            f"duty:{row.pk}", _("The duty to report was asked"), day_of(row.asked_at),
            row.asked_of.display_name, fields,
        )  # fmt: skip
    for each in (
        DutyAnswer.objects.filter(person=asked.person)
        .select_related("recorded_by")
        .order_by("on", "recorded_at", "id")
    ):
        told = (
            Field("outcome", _("What was done"), each.outcome_words, each.outcome),
            Field("who", _("Who reported"), each.who),
            Field("society", _("To which society"), each.society),
            Field("reference", _("Reference"), each.reference),
            Field("reasons", _("Reasons"), each.reasons),
            Field("view", _("What the young person thinks"), each.own_view),
        )
        yield Row(
            f"answer:{each.pk}", _("Answer to the duty to report"), day_of(each.on),
            written_by(each, asked.person), told,
        )  # fmt: skip


def _documents(asked: Asked) -> Iterable[Row]:
    for row, who in reversed(documents_of(asked.by, asked.person.pk)):
        closed = _now("Closed to everyone") if row.is_closed else ""
        fields = (
            Field("what", _("What it is. The document itself is given with this copy."), row.what),
            Field("closed", _("Closed"), closed, closed),
        )
        yield Row(f"document:{row.pk}", _("Document"), day_of(row.added_at), who, fields)


PARTS = (
    Part("notes", _("Notes, and what stands beside them"), (_notes, _beside, _own, _released)),
    Part("opinions", _("Opinions"), (_opinions,)),
    Part("duties", _("Duties to report"), (_duties,)),
    Part("papers", _("Documents"), (_documents,)),
)
TELLS = (
    Observation, Explanation, Pin, Release, Side, Statement, Opinion, Resolution, Duty, DutyAnswer,
)  # fmt: skip
