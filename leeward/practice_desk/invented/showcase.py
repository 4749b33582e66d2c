"""The one file that is told in full, from `content/showcase.toml` and `showcase_notes.csv`."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from leeward.accounts.models import Worker
from leeward.drafts.models import Draft
from leeward.legal.models import Duty, DutyAnswer
from leeward.observations.models import Explanation, Observation, Opinion, Pin
from leeward.observations.queries import current_model
from leeward.people.models import (
    Assignment,
    Contact,
    Description,
    FileEvent,
    OwnWords,
    SafeContact,
    Strength,
    YoungPerson,
)
from leeward.placements.models import Placement
from leeward.plans.models import Item, ItemNews, ItemVersion, Reader, Suggestion
from leeward.practice_desk.invented.cast import Place
from leeward.practice_desk.invented.chance import Chance
from leeward.practice_desk.invented.circles import tell_circle
from leeward.practice_desk.invented.content import rows, said, texts
from leeward.practice_desk.invented.files import File, reading_on
from leeward.practice_desk.invented.time_away import tell_time_away

Facts = Mapping[str, Any]


class _Story:
    """The story's days and names, turned into ours."""

    def __init__(self, chance: Chance, place: Place, last: dt.date) -> None:
        self.chance = chance
        self.place = place
        self.told = texts("showcase")
        self.moved = last - self.told["last"]
        self.workers = {one.username: one for one in place.team.workers}

    def day(self, told: dt.date | str | None) -> dt.date | None:
        """A day of the story, moved; None stays None."""
        if isinstance(told, str):
            told = dt.date.fromisoformat(told) if told else None
        return told + self.moved if told else None

    def on(self, told: dt.date | str) -> dt.date:
        """A day that is there."""
        found = self.day(told)
        if found is None:
            raise ValueError("the story needs a day here")
        return found

    def common(self, told: dt.date | str, by: str, hour: int, minute: int = 0) -> dict[str, Any]:
        """What every appended row has."""
        moment = dt.datetime.combine(
            self.on(told), dt.time(hour, minute), tzinfo=self.place.team.zone
        )
        who: Worker = self.workers[by]
        return {"id": self.chance.id(), "recorded_by_id": who.id, "recorded_at": moment}

    def list(self, key: str, **where: Any) -> Iterable[Facts]:
        """The facts under one heading."""
        found: Iterable[Facts] = where.get("of", self.told)[key]
        return found


def showcase(chance: Chance, place: Place, last: dt.date) -> File:
    """Noʔeli's file, its last day on `last`."""
    story = _Story(chance, place, last)
    file = File(_person(story))
    _around(story, file)
    _notes(story, file)
    _opinions(story, file)
    _plan(story, file)
    tell_circle(file, story.common, story.on)
    _draft(story, file)
    return file


def _person(story: _Story) -> YoungPerson:
    told = dict(story.told["person"])
    told["born"] = story.on(told["born"]).isoformat()
    return YoungPerson(
        id=story.chance.id(),
        agency=story.place.team.agency,
        opened_by_id=story.workers["wren"].id,
        opened_at=story.common(story.told["opened"], "wren", 9)["recorded_at"],
        **told,
    )


def _around(story: _Story, file: File) -> None:
    opened, person = story.told["opened"], file.person
    reason = said_opened()
    file.events = [
        FileEvent(
            **story.common(opened, "wren", 9),
            person=person,
            kind="opened",
            on=story.on(opened),
            reason=reason,
        )
    ]
    for one in story.list("team"):
        file.team.append(
            Assignment(
                **story.common(one["since"], "wren", 9, 30),
                person=person,
                worker=story.workers[one["who"]],
                works_as=story.workers[one["who"]].works_as,
                since=story.on(one["since"]),
                until=story.day(one.get("until")),
                ended_by_id=story.workers["sam"].id if "until" in one else None,
            )
        )
    for one in story.list("strengths"):
        common = story.common(one["on"], one["by"], 10)
        file.strengths.append(Strength(**common, person=person, text=one["text"]))
    for one in story.list("own_words"):
        common = story.common(one["on"], one["by"], 16)
        day = story.on(one["on"])
        file.own_words.append(OwnWords(**common, person=person, said_on=day, text=one["text"]))
    for one in story.list("placements"):
        file.placements.append(
            Placement(
                **story.common(one["since"], "wren", 11),
                person=person,
                kind=one["kind"],
                since=story.on(one["since"]),
                until=story.day(one.get("until")),
                with_whom=one["with_whom"],
            )
        )
    for one in story.list("episodes"):
        tell_time_away(story, file, one)
    _reach(story, file)


def said_opened() -> str:
    """Why the file was opened."""
    reasons: list[str] = texts("moments")["en"]["opened"]
    return reasons[0]


def _reach(story: _Story, file: File) -> None:
    told = dict(story.told["safe_contact"])
    on, by = told.pop("on"), told.pop("by")
    common = story.common(on, by, 12)
    file.safe_contacts.append(
        SafeContact(**common, person=file.person, confirmed_on=story.on(on), **told)
    )
    told = dict(story.told["description"])
    common = story.common(told.pop("on"), told.pop("by"), 12)
    file.descriptions.append(Description(**common, person=file.person, **told))


def _notes(story: _Story, file: File) -> None:
    for row in rows("showcase_notes"):
        day = story.on(row["on"])
        findings = dict(pair.split(":") for pair in row["findings"].split())
        note = Observation(
            **story.common(row["on"], row["by"], 14),
            person=file.person,
            on=day.isoformat(),
            part_of_day=row["part"],
            sort_on=day,
            source=row["source"],
            model_version=current_model().version,
            has_signs=bool(findings),
            text=row["text"],
            own_words=row["own_words"],
            good_news=row["good_news"],
            findings=findings or None,
            harm={"level": row["harm"], "about": "self"} if row["harm"] else None,
        )
        file.observations.append(note)
        if row["source"] in ("seen", "youth"):
            common = story.common(row["on"], row["by"], 13)
            file.contacts.append(
                Contact(**common, person=file.person, how="in_person", on=day, note="")
            )
        _said_of(story, file, note, row)


def _said_of(story: _Story, file: File, note: Observation, row: Mapping[str, str]) -> None:
    """What was said of a note since: an explanation, a pin, the answer to its duty."""
    if row["explained"]:
        on = row["explained_on"]
        file.explanations.append(
            Explanation(
                **story.common(on, row["explained_by"], 15),
                person=file.person,
                observation=note,
                on=story.on(on),
                how=row["explained"],
            )
        )
    if row["pin"]:
        common = story.common(row["on"], row["by"], 15)
        file.pins.append(Pin(**common, person=file.person, observation=note, why=row["pin"]))
    if note.harm:
        _duty(story, file, note, row)


def _duty(story: _Story, file: File, note: Observation, row: Mapping[str, str]) -> None:
    common = story.common(row["on"], row["by"], 16)
    who = story.workers[row["by"]]
    duty = Duty(
        id=story.chance.id(),
        agency=file.person.agency,
        person=file.person,
        asked_at=note.recorded_at,
        asked_of_id=who.id,
        answered_at=common["recorded_at"],
        question={"level": row["harm"], "on": note.on},
    )
    file.duties.append(duty)
    file.opened_by[duty.id] = note
    file.answers.append(
        DutyAnswer(
            **common,
            person=file.person,
            duty=duty,
            on=note.sort_on,
            outcome="reported",
            reasons=said("harm", "reported", "en", "reasons")[0],
            who=who.display_name,
            society=story.place.team.society,
            reference=f"INVENTED-{len(file.duties):04d}",
            own_view=said("harm", "reported", "en", "own_view")[0],
        )
    )


def _opinions(story: _Story, file: File) -> None:
    for nth, one in enumerate(story.list("opinions")):
        file.opinions.append(
            Opinion(
                **story.common(one["on"], one["by"], 17, nth),
                person=file.person,
                on=story.on(one["on"]),
                review_on=story.day(one.get("review_on")),
                model_version=current_model().version,
                own_view=one.get("own_view", ""),
                **{key: one[key] for key in ("stage", "confidence", "reasons", "would_change")},
            )
        )
    for opinion in file.opinions:
        opinion.reading = reading_on(file, opinion.on)


def _plan(story: _Story, file: File) -> None:
    told = story.told["plan"]
    for nth, one in enumerate(told["items"]):
        item = _item(story, file, one["section"], one["versions"][0], nth)
        for number, row in enumerate(one["versions"], start=1):
            _version(story, file, item, number, row, {"words": row["words"]})
    for nth, one in enumerate(told["steps"]):
        item = _item(story, file, "step", one, nth)
        due = story.day(one.get("due"))
        step = {"words": one["what"], "who": one["who"], "due_on": due}
        _version(story, file, item, 1, one, step)
        if "went" in one:
            common, day = story.common(one["went"], one["by"], 16), story.on(one["went"])
            how = {"kind": one["kind"], "on": day, "words": one["words"]}
            file.news.append(ItemNews(**common, person=file.person, item=item, **how))
    for one in told["suggestions"]:
        file.suggestions.append(
            Suggestion(
                **story.common(one["on"], one["by"], 15),
                person=file.person,
                section_key=one["section"],
                words=one["words"],
                why=one["why"],
            )
        )


def _written(story: _Story, one: Facts, minute: int = 0) -> Facts:
    """As every appended row, signed by nobody where she typed it herself."""
    common = story.common(one["on"], one["by"] or "wren", 15, minute)
    return common if one["by"] else common | {"recorded_by_id": None}


def _item(story: _Story, file: File, section: str, one: Facts, minute: int) -> Item:
    item = Item(**_written(story, one, minute), person=file.person, section_key=section)
    file.items.append(item)
    return item


def _version(story: _Story, file: File, item: Item, number: int, one: Facts, said: Facts) -> None:
    row = ItemVersion(
        **_written(story, one),
        person=file.person,
        item=item,
        number=number,
        sees=one.get("sees", "team"),
        **said,
    )
    file.item_versions.append(row)
    for name in one.get("named", ()):
        reader = Reader(
            id=story.chance.id(), person=file.person, version=row, worker=story.workers[name]
        )
        file.readers.append(reader)


def _draft(story: _Story, file: File) -> None:
    """A note half written: what its worker finds waiting on Home."""
    common = story.common(story.told["last"], "wren", 16)
    file.drafts.append(
        Draft(
            id=common["id"],
            owner_id=story.workers["wren"].id,
            agency_id=file.person.agency_id,
            subject_id=file.person.id,
            form="record",
            typed={key: [value] for key, value in story.told["draft"].items()},
            started_at=common["recorded_at"],
            saved_at=common["recorded_at"],
        )
    )
