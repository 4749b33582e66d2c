"""Who an invented young person is, who works with them, where they live, how to reach them."""

import datetime as dt
from itertools import pairwise

from leeward.accounts.models import Worker
from leeward.missing.models import Episode, StepNews
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
from leeward.practice_desk.invented.cast import Place
from leeward.practice_desk.invented.chance import Chance
from leeward.practice_desk.invented.content import lines
from leeward.practice_desk.invented.lives import Life
from leeward.practice_desk.invented.names import name
from leeward.practice_desk.invented.writers import Writer

# Numbers kept for stories: nobody's phone ever has one.
STORY_NUMBER = "555-01{:02d}"


def person(chance: Chance, place: Place, life: Life) -> YoungPerson:
    """The young person themselves. Every field but the name may be empty."""
    language = place.keeper.language
    used, others = name(chance, language)
    born = _born(chance, life.last)

    def known(key: str, percent: int) -> str:
        return chance.one(lines("people", language, key)) if chance.happens(percent) else ""

    return YoungPerson(
        id=chance.id(),
        agency=place.team.agency,
        opened_by_id=place.keeper.id,
        opened_at=chance.moment(life.opened, place.team.zone, 8, 8),
        likeness=chance.between(1, 8),
        name_used=used,
        other_names=others or None,
        pronouns=known("pronouns", 80),
        born=born,
        born_approximate=True if born and chance.happens(7) else None,
        languages=known("languages", 75),
        communities=known("communities", 45),
        caring=known("caring", 70),
    )


def _born(chance: Chance, last: dt.date) -> str:
    """Eleven to nineteen years before; to the day, the month, the year, or not known."""
    years = chance.draw.triangular(11.2, 19.8, 16.5)
    day = last - dt.timedelta(days=round(years * 365.25))
    kind = chance.between(1, 100)
    if kind <= 84:
        return day.isoformat()
    if kind <= 90:
        return day.isoformat()[:7]
    return day.isoformat()[:4] if kind <= 95 else ""


def draw_around(writer: Writer) -> None:
    """Add everything around the notes: team, words, contact, homes and missing episodes."""
    _team(writer)
    _events(writer)
    _strengths_and_words(writer)
    _safe_contact(writer)
    _description(writer)
    _placements(writer)
    _episodes(writer)


def _assigned(
    writer: Writer, worker: Worker, since: dt.date, until: dt.date | None = None
) -> Assignment:
    return Assignment(
        **writer.appended(since, writer.place.keeper, 8, 8),
        person=writer.file.person,
        worker=worker,
        works_as=worker.works_as,
        since=since,
        until=until,
        ended_by_id=writer.team.supervisor.id if until else None,
    )


def _team(writer: Writer) -> None:
    """The keeper, perhaps one before them, and those who join."""
    chance, life, place = writer.chance, writer.life, writer.place
    days = (life.last - life.opened).days
    team = writer.file.team
    since = life.opened
    if days > 200 and chance.happens(25):
        before = chance.one([one for one in writer.team.keepers if one is not place.keeper])
        since = life.opened + dt.timedelta(days=chance.between(60, days - 100))
        team.append(_assigned(writer, before, life.opened, since))
    team.append(_assigned(writer, place.keeper, since))
    there = {each.worker_id for each in team}
    joining = [one for one in (*writer.team.keepers, *writer.team.helpers) if one.id not in there]
    joined = chance.some(joining, chance.weighted([(0, 50), (1, 34), (2, 16)]))
    if chance.happens(20):
        joined.append(writer.team.supervisor)
    for helper in joined:
        start = writer.day(10, max(11, days), life.opened)
        leaves = chance.happens(20) and (life.last - start).days > 60
        until = writer.day(40, (life.last - start).days - 5, start) if leaves else None
        team.append(_assigned(writer, helper, start, until))


def _events(writer: Writer) -> None:
    language, life = writer.language, writer.life
    keeper = writer.file.team[0].worker

    def event(kind: str, on: dt.date, by: Worker, reason: str) -> None:
        row = FileEvent(
            **writer.appended(on, by, 8, 8),
            person=writer.file.person,
            kind=kind,
            on=on,
            reason=writer.line("moments", language, reason),
        )
        writer.file.events.append(row)

    event("opened", life.opened, keeper, "opened")
    if writer.file.team[0].until:
        event("transferred", writer.file.team[0].until, writer.team.supervisor, "transferred")


def _strengths_and_words(writer: Writer) -> None:
    chance, file, language = writer.chance, writer.file, writer.language
    held: list[str] = []
    for nth in range(chance.between(2, 6)):
        day = writer.life.opened if nth < 2 else writer.day(5, 400, writer.life.opened)
        text = writer.line("moments", language, "strengths")
        if text in held:
            continue
        held.append(text)
        common = writer.appended(day, writer.someone(day), 9, 9)
        file.strengths.append(Strength(**common, person=file.person, text=text))
    for _nth in range(chance.between(0, 3)):
        day = writer.day(0, 500, writer.life.opened)
        file.own_words.append(
            OwnWords(
                **writer.appended(day, writer.someone(day), 16, 16),
                person=file.person,
                said_on=day,
                text=writer.line("moments", language, "own_words"),
            )
        )


def _safe_contact(writer: Writer) -> None:
    chance, language = writer.chance, writer.language
    if not chance.happens(80):
        return

    def known(key: str, percent: int) -> str:
        return writer.line("people", language, key) if chance.happens(percent) else ""

    for _nth in range(2 if chance.happens(30) else 1):
        day = writer.day(0, 420, writer.life.opened)
        writer.file.safe_contacts.append(
            SafeContact(
                **writer.appended(day, writer.someone(day), 10, 16),
                person=writer.file.person,
                confirmed_on=day,
                channel=writer.line("people", language, "channel"),
                reach_at=STORY_NUMBER.format(chance.between(0, 99)),
                when=known("when", 70),
                voicemail=chance.one(("yes", "no", "no", "")),
                say=known("say", 60),
                who_may_answer=known("who_may_answer", 50),
                code_word=known("code_word", 45),
                watched=chance.one(("yes", "no", "no", "maybe", "")),
            )
        )


def _description(writer: Writer) -> None:
    if not writer.chance.happens(40):
        return
    fields = ("height", "hair", "marks", "medicines", "places")
    day = writer.day(3, 90, writer.life.opened)
    writer.file.descriptions.append(
        Description(
            **writer.appended(day, writer.someone(day), 10, 16),
            person=writer.file.person,
            phone=STORY_NUMBER.format(writer.chance.between(0, 99)),
            **{key: writer.line("people", writer.language, key) for key in fields},
        )
    )


def _placements(writer: Writer) -> None:
    """Where they have lived, one place after another without a gap."""
    chance, life, team = writer.chance, writer.life, writer.team
    days = (life.last - life.opened).days
    moves = min(days // 90, chance.weighted([(0, 50), (1, 30), (2, 14), (3, 6)]))
    starts = sorted({writer.day(20, days, life.opened) for _ in range(moves)})
    bounds = [life.opened, *(day for day in starts if day > life.opened), None]
    own = (Placement.Kind.OWN_OR_KIN, 5)
    care = (Placement.Kind.CUSTOMARY_CARE, 4 if team.agency.kind == "indigenous_agency" else 0)
    kinds = [own, care, (Placement.Kind.FOSTER, 4), (Placement.Kind.RESIDENCE, 3)]
    kinds += [(Placement.Kind.VOLUNTARY_AGREEMENT, 1), (Placement.Kind.NOT_KNOWN, 1)]
    for since, until in pairwise(bounds):
        if since is None:
            continue
        writer.file.placements.append(
            Placement(
                **writer.appended(since, writer.someone(since), 11, 16),
                person=writer.file.person,
                kind=chance.weighted(kinds),
                since=since,
                until=until,
                with_whom=writer.line("people", writer.language, "caring"),
            )
        )


def _episodes(writer: Writer) -> None:
    for since, until in writer.life.missing:
        by = writer.someone(since)
        common = writer.appended(since, by, 19, 22)
        # Told of within the half hour, and back in the morning.
        back = common["recorded_at"] + (until - since) - dt.timedelta(hours=11) if until else None
        noticed = common["recorded_at"] - dt.timedelta(minutes=25)
        episode = Episode(
            **common,
            noticed_at=noticed,
            back_at=max(back, common["recorded_at"]) if back else None,
            person=writer.file.person,
            since=since,
            until=until,
            last_seen=writer.line("moments", by.language, "last_seen"),
            on_return=writer.line("moments", by.language, "on_return") if until else "",
        )
        writer.file.episodes.append(episode)
        for step, most in (("police", 80), ("society", 110), ("guardian", 100)):
            after = dt.timedelta(minutes=writer.chance.between(25, most))
            writer.file.step_news.append(
                StepNews(
                    **common | {"id": writer.chance.id()},
                    person=writer.file.person,
                    episode=episode,
                    step=step,
                    done_at=noticed + after,
                    told=by.display_name,
                )
            )


def draw_contacts(writer: Writer, *, not_seen: bool = False) -> None:
    """Meetings where the notes say there was one; calls and tries in between.

    Most people have been met in the last weeks; with `not_seen`, nobody has for a while.
    """
    chance, life = writer.chance, writer.life
    met = {
        one.sort_on
        for one in writer.file.observations
        if one.source in ("seen", "youth") and one.on == one.sort_on.isoformat()
    }
    quiet = writer.last - dt.timedelta(days=36)
    if not_seen:
        met = {day for day in met if day < quiet}
    elif not life.missing_on(writer.last) and chance.happens(88):
        recent = writer.last - dt.timedelta(days=chance.between(0, 24))
        met.add(max(life.opened, recent))
    for day in sorted(met):
        _contact(writer, Contact.How.IN_PERSON, day, "contact")
    day = life.opened + dt.timedelta(days=chance.gap(30))
    while day <= writer.last:
        tried = chance.happens(30)
        how = Contact.How.TRIED if tried else Contact.How.PHONE_OR_MESSAGE
        _contact(writer, how, day, "tried" if tried else "contact")
        day += dt.timedelta(days=chance.gap(30))


def _contact(writer: Writer, how: str, day: dt.date, key: str) -> None:
    by = writer.someone(day)
    note = writer.line("moments", by.language, key) if writer.chance.happens(25) else ""
    common = writer.appended(day, by, 9, 16)
    writer.file.contacts.append(
        Contact(**common, person=writer.file.person, how=how, on=day, note=note)
    )
