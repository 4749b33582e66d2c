"""Reading the circle. Whoever asks has fetched the young person, so may see it."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from leeward.people.models import YoungPerson
from leeward.relationships import rules
from leeward.relationships.models import Advocacy, Anchor, Tie, TieVersion
from leeward.relationships.rules import Answer, Facts


@dataclass(frozen=True)
class Standing:
    """A tie as it stood on a day. `turn` is the how-manieth tie of all there ever were."""

    turn: int
    version: TieVersion
    facts: Facts
    anchor: bool

    @property
    def tie_id(self) -> uuid.UUID:
        """Whose it is."""
        return self.version.tie_id


@dataclass(frozen=True)
class CirclePage:
    """The circle on a day: who is in it, who was let go of, the days of change, what is done."""

    days: rules.Days
    inside: list[Standing]
    let_go: list[Standing]
    advocacy: dict[uuid.UUID, list[Advocacy]]

    @property
    def anchor(self) -> Standing | None:
        """The one they count on."""
        return next((each for each in self.inside if each.anchor), None)


def circle_of(person: YoungPerson, on: dt.date, today: dt.date) -> CirclePage:
    """The circle of this person as it stood on a day: four questions, however many ties."""
    return _circle(person, _rows(person), _advocacy(person), on, today)


def circle_as_they_see(person: YoungPerson, on: dt.date, today: dt.date) -> CirclePage:
    """The same for the young person: nothing that a worker marked, and what they asked for."""
    asked = {
        tie: [each for each in tasks if each.recorded_by_id is None]
        for tie, tasks in _advocacy(person).items()
    }
    return _circle(person, as_they_see(_rows(person)), asked, on, today)


def as_they_see(rows: Iterable[TieVersion]) -> list[TieVersion]:
    """Rows of ties without what a worker marked; those of one tie come in their order.

    A row that changed only such a mark is not there, and the others are counted without it: no
    day and no number tells of one. Changed in memory alone; none of them is ever saved.
    """
    last: dict[uuid.UUID, TieVersion] = {}
    seen: list[TieVersion] = []
    for row in rows:
        row.answers = rules.without_marks(row.facts).as_json()
        before = last.get(row.tie_id)
        if before and _says(before) == _says(row):
            continue
        row.number = before.number + 1 if before else 1
        last[row.tie_id] = row
        seen.append(row)
    return seen


def _says(row: TieVersion) -> tuple[str, str, Facts]:
    return row.name, row.part, row.facts


def _rows(person: YoungPerson) -> list[TieVersion]:
    return list(
        TieVersion.objects.filter(person=person)
        .select_related("recorded_by")
        .order_by("tie__recorded_at", "tie_id", "number")
    )


def _circle(
    person: YoungPerson,
    rows: list[TieVersion],
    advocacy: dict[uuid.UUID, list[Advocacy]],
    on: dt.date,
    today: dt.date,
) -> CirclePage:
    anchors = list(Anchor.objects.filter(person=person))
    counted_on = {each.tie_id for each in anchors if _holds(each, on)}
    turns = {tie: turn for turn, tie in enumerate(dict.fromkeys(row.tie_id for row in rows))}
    standing = [
        Standing(turns[row.tie_id], row, row.facts, row.tie_id in counted_on)
        for row in rules.as_of(rows, on)
    ]
    changed = {row.on for row in rows} | {each.since for each in anchors}
    changed |= {each.until for each in anchors if each.until}
    return CirclePage(
        days=rules.among(changed, on, today),
        inside=[each for each in standing if not each.facts.gone],
        let_go=[each for each in standing if each.facts.gone],
        advocacy=advocacy,
    )


def _holds(anchor: Anchor, on: dt.date) -> bool:
    # On the day it changes, the new one holds.
    return anchor.since <= on and (anchor.until is None or on < anchor.until)


def _advocacy(person: YoungPerson) -> dict[uuid.UUID, list[Advocacy]]:
    found: dict[uuid.UUID, list[Advocacy]] = {}
    rows = Advocacy.objects.filter(person=person).prefetch_related("news")
    for row in rows.select_related("recorded_by").order_by("recorded_at", "id"):
        found.setdefault(row.tie_id, []).append(row)
    return found


def anchor_of(person: YoungPerson) -> Anchor | None:
    """Who they count on now, or None when nobody has been named."""
    return Anchor.objects.filter(person=person, until__isnull=True).first()


def tie_of(person: YoungPerson, tie_id: uuid.UUID) -> Tie:
    """One tie of this person. Raises Tie.DoesNotExist for anybody else's."""
    return Tie.objects.get(pk=tie_id, person=person)


def advocacy_of(person: YoungPerson, advocacy_id: uuid.UUID) -> Advocacy:
    """One open task of this person's circle. Raises Advocacy.DoesNotExist for any other."""
    return Advocacy.objects.get(Q(news__isnull=True), pk=advocacy_id, person=person)


def newest_of(tie: Tie) -> TieVersion:
    """How a tie stands now."""
    return tie.versions.select_related("recorded_by").order_by("-number")[0]


def versions_of(tie: Tie) -> list[TieVersion]:
    """How a tie has stood, newest first."""
    return list(tie.versions.select_related("recorded_by").order_by("-number"))


def versions_as_they_see(tie: Tie) -> list[TieVersion]:
    """How a tie has stood, newest first, without what a worker marked."""
    return as_they_see(tie.versions.order_by("number"))[::-1]


def of_concern(person: YoungPerson) -> list[TieVersion]:
    """Whom workers marked as somebody who may cause harm, as their ties stand now; also those let
    go of since."""
    newest = {row.tie_id: row for row in _rows(person)}
    return [row for row in newest.values() if row.facts.of_concern]


def is_anchor(tie: Tie) -> bool:
    """Whether this is the one they count on now."""
    return Anchor.objects.filter(tie=tie, until__isnull=True).exists()


def open_advocacy(people: Iterable[uuid.UUID]) -> QuerySet[Advocacy]:
    """What is still to be done against what weighs on these people, the longest due first; what
    has no day comes after."""
    rows = Advocacy.objects.filter(person__in=people, news__isnull=True)
    return rows.select_related("person", "recorded_by").order_by(
        F("due_on").asc(nulls_last=True), "recorded_at", "id"
    )


def may_be_told(*, person: YoungPerson, tie_id: uuid.UUID, what: str) -> Answer:
    """Whether somebody in the circle may be told of `what`, one of rules.TOPICS.

    `yes`, `no`, or `ask` the young person first. Whoever is not in this circle is told nothing.
    """
    row = TieVersion.objects.filter(person=person, tie_id=tie_id).order_by("-number").first()
    return rules.may_be_told(row.facts, what) if row else "no"
