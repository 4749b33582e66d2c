"""Who they are, who works with them, where they lived and when they were away."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leeward.people.covering.models import Cover, CoverWords
from leeward.people.models import (
    Assignment,
    Contact,
    Description,
    DetailsChange,
    FileEvent,
    OwnWords,
    SafeContact,
    Strength,
    YoungPerson,
)
from leeward.people.standing.models import BreakGlass
from leeward.placements.models import Placement
from leeward.requests.copying.lines import Asked, Field, Part, Row, day_of, in_a_list, written_by

DETAILS = {
    "name_used": _("Name used"),
    "other_names": _("Other names"),
    "pronouns": _("Pronouns"),
    "born": _("Birth date"),
    "born_approximate": _("The birth date is a best guess"),
    "languages": _("Languages"),
    "communities": _("Communities and Nations"),
    "caring": _("Who is caring for them"),
    "likeness": _("Mark on the file"),
}
SAFE = {
    "channel": _("How"),
    "reach_at": _("Where"),
    "when": _("When"),
    "voicemail": _("May a message be left?"),
    "say": _("What to say"),
    "who_may_answer": _("Who else may answer"),
    "code_word": _("Code word"),
    "watched": _("Is the phone watched?"),
}
DESCRIBED = {
    "height": _("Height"),
    "hair": _("Hair"),
    "marks": _("Marks"),
    "medicines": _("Medicines"),
    "phone": _("Phone"),
    "places": _("Places"),
}


def said(value: Any) -> str:
    """An answer in words: a list in one line, yes and no by name, nothing for nothing."""
    if value is True:
        return _now("yes")
    if value is False or value is None:
        return ""
    words = {"yes": _now("yes"), "no": _now("no"), "unsure": _now("not sure")}
    if isinstance(value, list | tuple):
        return in_a_list(value)
    return words.get(str(value), str(value))


def _answers(row: Any, labels: dict[str, Any]) -> tuple[Field, ...]:
    return tuple(
        Field(name, label, said(getattr(row, name)), getattr(row, name) or "")
        for name, label in labels.items()
    )


def _details(asked: Asked) -> Iterable[Row]:
    person = asked.person
    title = _("Details")
    # Which of eight pictures stands beside the name says nothing of them.
    shown = {name: label for name, label in DETAILS.items() if name != "likeness"}
    yield Row(f"person:{person.pk}", title, "", "", _answers(person, shown))
    rows = DetailsChange.objects.filter(person=person).select_related("recorded_by")
    for row in rows.order_by("version"):
        before = row.before or {}
        fields = tuple(
            Field(name, DETAILS.get(name, name), said(value), value or "")
            for name, value in before.items()
        )
        title = _("What stood in the details before")
        yield Row(
            f"change:{row.pk}", title, day_of(row.recorded_at), written_by(row, person), fields
        )


def _rows(model: Any, key: str, title: Any, labels: dict[str, Any], on: str = "") -> Any:
    """A function that tells every row of a model, oldest first, by its labels."""

    def told(asked: Asked) -> Iterable[Row]:
        rows = model.objects.filter(person=asked.person).select_related("recorded_by")
        for row in rows.order_by("recorded_at", "id"):
            day = day_of(getattr(row, on) if on else row.recorded_at)
            who = written_by(row, asked.person)
            yield Row(f"{key}:{row.pk}", title, day, who, _answers(row, labels))

    return told


def _team(asked: Asked) -> Iterable[Row]:
    rows = Assignment.objects.filter(person=asked.person).select_related(
        "recorded_by", "worker", "ended_by"
    )
    for row in rows.order_by("since", "id"):
        until = day_of(row.until)
        who = f"{row.worker.display_name} ({row.works_as_words})"
        fields = (
            Field("who", _("Who"), who, [row.worker.display_name, row.works_as]),
            Field("until", _("Until"), until),
            Field("reason", _("Why"), row.reason),
        )
        yield Row(
            f"team:{row.pk}", _("Works with them"), day_of(row.since),
            written_by(row, asked.person), fields,
        )  # fmt: skip


def _covers(asked: Asked) -> Iterable[Row]:
    """Who stood in for whom, as it was arranged and as it was ended; and what they were told."""
    rows = Cover.objects.filter(person=asked.person).select_related(
        "worker", "away", "arranged_by"
    )
    for row in rows.order_by("since", "id"):
        names = [row.worker.display_name, row.away.display_name]
        fields = (
            Field("who", _("Who"), names[0], names[:1]),
            Field("away", _("For whom"), names[1], names[1:]),
            Field("until", _("Until"), day_of(row.ends_on)),
            Field("ended", _("Ended before"), day_of(row.ended_at) if row.ended_at else ""),
        )
        yield Row(
            f"cover:{row.pk}", _("Covers while somebody is away"), day_of(row.starts_on),
            row.arranged_by.display_name, fields,
        )  # fmt: skip
    told = CoverWords.objects.filter(person=asked.person).select_related("recorded_by")
    for each in told.order_by("recorded_at", "id"):
        yield Row(
            f"first:{each.pk}", _("What matters first"), day_of(each.recorded_at),
            each.recorded_by.display_name, (Field("words", _("Words"), each.words),),
        )  # fmt: skip


def _contacts(asked: Asked) -> Iterable[Row]:
    rows = Contact.objects.filter(person=asked.person).select_related("recorded_by")
    for row in rows.order_by("on", "recorded_at", "id"):
        fields = (
            Field("how", _("How"), row.get_how_display(), row.how),
            Field("note", _("Note"), row.note),
        )
        yield Row(
            f"contact:{row.pk}", _("Contact"), day_of(row.on), written_by(row, asked.person),
            fields,
        )  # fmt: skip


def _events(asked: Asked) -> Iterable[Row]:
    rows = FileEvent.objects.filter(person=asked.person).select_related("recorded_by")
    for row in rows.order_by("on", "recorded_at", "id"):
        fields = (
            Field("kind", _("What"), row.get_kind_display(), row.kind),
            Field("reason", _("Why"), row.reason),
        )
        yield Row(
            f"event:{row.pk}", _("The file"), day_of(row.on), written_by(row, asked.person), fields
        )


def _emergencies(asked: Asked) -> Iterable[Row]:
    rows = BreakGlass.objects.filter(person=asked.person).select_related("worker")
    for row in rows.order_by("opened_at", "id"):
        fields = (Field("reason", _("Why"), row.reason),)
        yield Row(
            f"glass:{row.pk}", _("Opened in an emergency"), day_of(row.opened_at),
            row.worker.display_name, fields,
        )  # fmt: skip


def _placements(asked: Asked) -> Iterable[Row]:
    rows = Placement.objects.filter(person=asked.person).select_related("recorded_by")
    for row in rows.order_by("since", "recorded_at", "id"):
        fields = (
            Field("kind", _("Kind of place"), row.kind_words, row.kind),
            Field("with", _("With whom"), row.with_whom),
            Field("until", _("Until"), day_of(row.until)),
        )
        yield Row(
            f"place:{row.pk}", _("Where they live"), day_of(row.since),
            written_by(row, asked.person), fields,
        )  # fmt: skip


PARTS = (
    Part(
        "about",
        _("About them"),
        (
            _details,
            _rows(Strength, "strength", _("Strength"), {"text": _("Strength")}),
            _rows(OwnWords, "words", _("Their own words"), {"text": _("Words")}, "said_on"),
            _rows(SafeContact, "safe", _("Safe contact"), SAFE, "confirmed_on"),
            _rows(Description, "described", _("If they go missing"), DESCRIBED),
        ),
    ),
    Part("people", _("Who works with them, and contact"), (_team, _covers, _contacts)),
    Part("lived", _("Where they lived"), (_placements,)),
    Part("file", _("The file itself"), (_events, _emergencies)),
)
# Models that these parts tell of.
TELLS = (
    YoungPerson, DetailsChange, Strength, OwnWords, SafeContact, Description, Assignment, Contact,
    FileEvent, BreakGlass, Placement, Cover, CoverWords,
)  # fmt: skip
