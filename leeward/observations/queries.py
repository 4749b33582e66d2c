"""Reading observations, opinions and the reading itself."""

import datetime as dt
from typing import Any

from django.db.models import Max, Prefetch, Q, QuerySet
from django.utils import timezone

from leeward.access.actors import Actor
from leeward.core.agency_time import today
from leeward.core.partial_dates import bounds
from leeward.observations import rules, sources
from leeward.observations.models import Explanation, Observation, Opinion, Pin, harm_level
from leeward.people.models import OwnWords, Strength, YoungPerson
from leeward.practice_model.loader import builtin_model
from leeward.practice_model.model import Model
from leeward.practice_model.record import Record, parse_record


def current_model() -> Model:
    """The practice model new rows are made under."""
    return builtin_model()


def observations_of(person: YoungPerson) -> QuerySet[Observation]:
    """Every observation with its author, explanations, pins and corrections, newest first."""
    return (
        Observation.objects.filter(person=person)
        .select_related("recorded_by", "corrected_by", "corrects")
        .prefetch_related(
            Prefetch(
                "explanations",
                Explanation.objects.select_related("recorded_by").order_by("recorded_at"),
            ),
            Prefetch("pins", Pin.objects.select_related("recorded_by").order_by("recorded_at")),
        )
        .order_by("-sort_on", "-recorded_at", "-id")
    )


def opinions_of(person: YoungPerson) -> list[Opinion]:
    """Every opinion with its author and resolutions, newest first."""
    return list(
        Opinion.objects.filter(person=person)
        .select_related("recorded_by")
        .prefetch_related("resolutions__recorded_by")
        .order_by("-on", "-recorded_at", "-id")
    )


def standing_opinions(opinions: list[Opinion]) -> list[Opinion]:
    """The newest opinion of each worker, newest first; what they thought before stays on the
    timeline."""
    newest: dict[Any, Opinion] = {}
    for each in opinions:
        newest.setdefault(each.recorded_by_id, each)
    return list(newest.values())


def may_see_reading(actor: Actor, person: YoungPerson) -> bool:
    """Whether this worker has given an own opinion since the last new sign was recorded.

    Their own opinion comes first, so that the reading cannot make it up for them.
    """
    mine = Opinion.objects.filter(person=person, recorded_by_id=actor.id).aggregate(
        latest=Max("recorded_at")
    )["latest"]
    if mine is None:
        return False
    newer = Q(recorded_at__gt=mine)
    return not (
        Observation.objects.filter(newer, person=person, has_signs=True).exists()
        or Explanation.objects.filter(newer, person=person).exists()
    )


def record_of(person: YoungPerson, as_of: dt.date) -> dict[str, Any]:
    """Everything a reading needs, in the shape `leeward read` takes."""
    rows = list(observations_of(person).order_by("recorded_at", "id"))
    answers = _answers(person, rows)
    return {
        "model": current_model().version,
        "born": _known_by(person.born, as_of),
        "as_of": as_of.isoformat(),
        "strengths": [
            each.text
            for each in Strength.objects.filter(person=person).order_by("recorded_at", "id")
            if _day(each.recorded_at) <= as_of
        ],
        "opinions": [
            {
                "on": each.on.isoformat(),
                "by": str(each.recorded_by_id),
                "stage": each.stage or None,
                "reasons": each.reasons,
            }
            for each in reversed(opinions_of(person))
            if each.on <= as_of
        ],
        "observations": [
            part
            for row in rows
            if _day(row.recorded_at) <= as_of
            for part in _parts(row, answers.get(row.pk, []), as_of)
        ],
        "away": [
            episode
            for registered in sources.away
            for episode in registered(person)
            if str(episode["from"]) <= as_of.isoformat()
        ],
    }


def parsed_record(person: YoungPerson, as_of: dt.date) -> Record:
    """The same, parsed and checked against the model."""
    return parse_record(record_of(person, as_of), current_model())


def reading_of(person: YoungPerson, as_of: dt.date) -> dict[str, Any]:
    """The reading with the law laid over it, as `leeward read --json` prints it."""
    return rules.read_with_law(parsed_record(person, as_of), current_model())


def latest_words(person: YoungPerson) -> tuple[str, dt.date, str] | None:
    """The young person's newest own words: the words, the day, and who they told."""
    noted = (
        OwnWords.objects.filter(person=person)
        .select_related("recorded_by")
        .order_by("-said_on", "-recorded_at")
        .first()
    )
    heard = (
        Observation.objects.filter(person=person, own_words__isnull=False)
        .filter(corrected_by__isnull=True)
        .select_related("recorded_by")
        .order_by("-sort_on", "-recorded_at")
        .first()
    )
    found = []
    if noted:
        found.append((noted.said_on, noted.recorded_at, noted.text, noted.recorded_by))
    if heard:
        found.append((heard.sort_on, heard.recorded_at, heard.own_words, heard.recorded_by))
    if not found:
        return None
    on, _at, words, told = max(found, key=lambda each: each[:2])
    return words, on, told.display_name


def timeline(person: YoungPerson) -> list[sources.Entry]:
    """Everything dated about a person, from every app that registered, newest first."""
    entries = [_entry(row) for row in observations_of(person)]
    entries += [
        sources.Entry(
            on=each.on,
            recorded_at=each.recorded_at,
            kind="opinion",
            author_id=each.recorded_by_id,
            author=each.recorded_by.display_name,
            item=each,
        )
        for each in opinions_of(person)
    ]
    for registered in sources.timelines:
        entries += registered(person)
    return sorted(entries, key=lambda each: (each.on, each.recorded_at), reverse=True)


def _entry(row: Observation) -> sources.Entry:
    indicators = current_model().indicators
    threads = {
        indicators[each].thread
        for each in row.findings or {}
        if each in indicators and indicators[each].thread
    }
    kind = "good_news" if row.good_news and not row.text else "note"
    return sources.Entry(
        on=row.sort_on,
        recorded_at=row.recorded_at,
        kind=kind,
        author_id=row.recorded_by_id,
        author=row.recorded_by.display_name,
        item=row,
        threads=frozenset(each for each in threads if each),
    )


def _answers(person: YoungPerson, rows: list[Observation]) -> dict[Any, list[dict[str, Any]]]:
    asked = [row.pk for row in rows if harm_level(row) != "none"]
    found: dict[Any, list[dict[str, Any]]] = {}
    if asked:
        for registered in sources.answers:
            for key, given in registered(person.agency_id, asked).items():
                found.setdefault(key, []).extend(given)
    return found


def _day(moment: dt.datetime) -> dt.date:
    # "As of" is a day in the agency's zone; so is the day something was recorded.
    return timezone.localdate(moment)


# A note may hold signs of this young person and harm to a child mentioned in passing. A reading
# takes them apart: the second part carries the harm alone.
OTHER_CHILD_PART = ":other-child"


def _parts(
    row: Observation, answered: list[dict[str, Any]], as_of: dt.date
) -> list[dict[str, Any]]:
    """One note as a record holds it: itself, and a part for another child where one is needed."""
    harm = row.harm or {}
    note = _as_json(row, as_of) | _explained_part(row, as_of)
    asked: dict[str, Any] = {
        "harm": harm.get("level", "none"),
        "about": harm.get("about", "self"),
    }
    if "other_child_age" in harm:
        asked["other_child_age"] = harm["other_child_age"]
    if answered:
        asked["answered"] = answered
    if asked["about"] != "another_child" or not row.findings:
        return [note | asked]
    other = _as_json(row, as_of) | {"id": f"{row.pk}{OTHER_CHILD_PART}", "indicators": []}
    other.pop("corrects", None)
    return [note | {"harm": "none", "about": "self"}, other | asked]


def _as_json(row: Observation, as_of: dt.date) -> dict[str, Any]:
    out: dict[str, Any] = {
        "id": str(row.pk),
        "on": _known_by(row.on, as_of),
        "source": row.source,
        "by": str(row.recorded_by_id),
        "indicators": [
            {"id": indicator, "finding": finding}
            for indicator, finding in (row.findings or {}).items()
        ],
        "recorded": _day(row.recorded_at).isoformat(),
    }
    if row.corrects_id:
        out["corrects"] = str(row.corrects_id)
    return out


def _known_by(text: str, as_of: dt.date) -> str | None:
    """A partial date, or None when it is unknown or lies wholly after `as_of`.

    What is stored must never stop a page: a clock moved west, or a birth date mended later, can
    leave a date ahead of the day a reading is of. Unknown is the cautious reading of it.
    """
    span = bounds(text)
    return text if span and span[0] <= as_of else None


def _explained_part(row: Observation, as_of: dt.date) -> dict[str, Any]:
    # Joined into one, so only those that were known that day may be joined.
    explanations = [
        each
        for each in row.explanations.all()
        if each.on <= as_of and _day(each.recorded_at) <= as_of
    ]
    return {"explained": _explained(explanations)} if explanations else {}


def _explained(explanations: list[Explanation]) -> dict[str, Any]:
    """Several explanations of one observation, as one: the earliest day, all that they cover."""
    covers: set[str] = set()
    whole = any(each.indicators is None for each in explanations)
    for each in explanations:
        covers.update(each.indicators or ())
    out: dict[str, Any] = {
        "on": min(each.on for each in explanations).isoformat(),
        "how": " ".join(each.how for each in explanations),
    }
    if not whole:
        out["indicators"] = sorted(covers)
    return out


def today_reading(person: YoungPerson) -> dict[str, Any]:
    """The reading as of today in the agency's zone."""
    return reading_of(person, today())
