"""Circles of invented young people: drawn for most, told in full for one."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any

from leeward.practice_desk.invented.content import texts
from leeward.practice_desk.invented.files import File
from leeward.practice_desk.invented.names import name, surnames
from leeward.practice_desk.invented.writers import Writer
from leeward.relationships.models import Advocacy, AdvocacyNews, Anchor, Tie, TieVersion
from leeward.relationships.rules import Facts

ANSWERS = {each.name for each in fields(Facts)}


def draw_circle(writer: Writer) -> None:
    """Most have one, of three to ten ties; some count on somebody in it."""
    chance, file = writer.chance, writer.file
    if not chance.happens(60):
        return
    lines = chance.some(list(texts("circles")[writer.language]), chance.between(3, 10))
    day = writer.day(5, 120, writer.life.opened)
    by = writer.someone(day)
    first: dict[str, Tie] = {}
    related: list[tuple[TieVersion, Facts, str]] = []
    for line in lines:
        called, part, kind, ring, stands, paid, weighs, kin, through = (
            each.strip() for each in line.split("|")
        )
        facts = Facts(kind, ring, stands, bool(kin), paid, weighs, kin=kin)
        common = writer.appended(day, by, 11, 15)
        tie = Tie(**common, person=file.person)
        file.ties.append(tie)
        row = TieVersion(
            **common | {"id": chance.id()},
            person=file.person,
            tie=tie,
            number=1,
            on=day,
            name=_called(writer, called),
            part=part,
            answers=facts.as_json(),
        )
        file.tie_versions.append(row)
        first.setdefault(called, tie)
        related.append((row, facts, through))
        near = kind == "person" and stands == "strong" and paid == "unpaid"
        if near and not file.anchors and chance.happens(40):
            file.anchors.append(
                Anchor(**writer.appended(day, by, 16, 16), person=file.person, tie=tie, since=day)
            )
    for row, facts, through in related:
        if through in first:
            row.answers = replace(facts, through=str(first[through].pk)).as_json()


def _called(writer: Writer, pattern: str) -> str:
    used, _others = name(writer.chance, writer.language)
    family = writer.chance.one(sorted(surnames()))
    return pattern.format(given=used.split()[0], family=family)


def tell_circle(
    file: File,
    common: Callable[..., dict[str, Any]],
    on: Callable[[dt.date], dt.date],
) -> None:
    """The circle of the story, with how it changed. `common` gives what every row has, `on` the
    day as it is moved."""
    ties: dict[str, Tie] = {}
    related: list[tuple[TieVersion, str]] = []
    for nth, told in enumerate(texts("circles")["story"]):
        first = told["versions"][0]
        tie = Tie(**common(first["on"], first["by"], 18, nth), person=file.person)
        file.ties.append(tie)
        ties[first["name"]] = tie
        for number, row in enumerate(told["versions"], start=1):
            version = _version(file, tie, number, row, common, on)
            file.tie_versions.append(version)
            if "through" in row:
                related.append((version, row["through"]))
            if row.get("anchor"):
                file.anchors.append(
                    Anchor(
                        **common(row["on"], row["by"], 19),
                        person=file.person,
                        tie=tie,
                        since=on(row["on"]),
                    )
                )
        for task in told.get("tasks", ()):
            _task(file, tie, task, common, on)
    for version, through in related:
        version.answers = replace(version.facts, through=str(ties[through].pk)).as_json()


def _version(
    file: File,
    tie: Tie,
    number: int,
    row: Mapping[str, Any],
    common: Callable[..., dict[str, Any]],
    on: Callable[[dt.date], dt.date],
) -> TieVersion:
    facts = Facts.from_json({key: row[key] for key in row if key in ANSWERS})
    return TieVersion(
        **common(row["on"], row["by"], 18, 30),
        person=file.person,
        tie=tie,
        number=number,
        on=on(row["on"]),
        name=row["name"],
        part=row.get("part", ""),
        answers=facts.as_json(),
    )


def _task(
    file: File,
    tie: Tie,
    task: Mapping[str, Any],
    common: Callable[..., dict[str, Any]],
    on: Callable[[dt.date], dt.date],
) -> None:
    row = Advocacy(
        **common(task["on"], task["by"], 20),
        person=file.person,
        tie=tie,
        what=task["what"],
        due_on=on(task["due"]) if "due" in task else None,
    )
    file.advocacy.append(row)
    if "went" in task:
        file.advocacy_news.append(
            AdvocacyNews(
                **common(task["went"], task["by"], 20),
                person=file.person,
                advocacy=row,
                on=on(task["went"]),
                words=task["words"],
            )
        )
