"""What invented workers think of the stage, each with the reading of that day kept beside it."""

import datetime as dt

from leeward.accounts.models import Worker
from leeward.observations.models import Opinion, Resolution
from leeward.observations.queries import current_model
from leeward.practice_desk.invented.files import reading_on
from leeward.practice_desk.invented.lives import QUIET
from leeward.practice_desk.invented.writers import Writer

CONFIDENCE = (("not_very", 35), ("fairly", 50), ("very", 15))
MOST_OPINIONS = 9


def draw_opinions(writer: Writer, *, review_due: bool = False) -> None:
    """Opinions every few months, some of a second worker, some differing, a few resolved."""
    chance, life = writer.chance, writer.life
    day = life.opened + dt.timedelta(days=chance.between(3, 40))
    while day <= writer.last and len(writer.file.opinions) < MOST_OPINIONS:
        if not life.missing_on(day) and chance.happens(70):
            _opinions_of_day(writer, day)
        day += dt.timedelta(days=chance.between(60, 150))
    _let_go_of_old_reviews(writer)
    if review_due:
        _give(writer, writer.last - dt.timedelta(days=28), writer.place.keeper, review_in=30)
    # Readings last: each needs the opinions before it.
    for opinion in writer.file.opinions:
        opinion.reading = reading_on(writer.file, opinion.on)


def _opinions_of_day(writer: Writer, day: dt.date) -> None:
    first = _give(writer, day, _keeper_on(writer, day))
    others = [
        one.worker
        for one in writer.file.team
        if one.since <= day and not one.until and one.worker.id != first.recorded_by_id
    ]
    if not others or not writer.chance.happens(25):
        return
    second = _give(writer, writer.day(1, 6, day), writer.chance.one(others))
    if second.stage != first.stage and writer.chance.happens(45):
        _resolve(writer, writer.chance.one((first, second)))


def _let_go_of_old_reviews(writer: Writer) -> None:
    """Most reviews that are past have happened; a few are late."""
    newest = {one.recorded_by_id: one for one in writer.file.opinions}
    for one in newest.values():
        if one.review_on and one.review_on < writer.last and not writer.chance.happens(15):
            one.review_on = None


def _keeper_on(writer: Writer, day: dt.date) -> Worker:
    for one in writer.file.team:
        if one.since <= day and (one.until is None or day < one.until):
            return one.worker
    return writer.place.keeper


def _give(writer: Writer, day: dt.date, by: Worker, review_in: int | None = None) -> Opinion:
    chance = writer.chance
    day = max(day, writer.life.opened)
    stage = _named(writer, day)
    reasons = writer.say("opinions", stage, by.language, "reasons")
    review = review_in or (chance.between(45, 120) if chance.happens(80) else None)
    opinion = Opinion(
        **writer.appended(day, by, 17, 17),
        person=writer.file.person,
        on=day,
        review_on=day + dt.timedelta(days=review) if review else None,
        model_version=current_model().version,
        stage=stage,
        confidence=chance.weighted(CONFIDENCE),
        reasons=reasons,
        would_change=writer.say("opinions", stage, by.language, "would_change"),
        own_view=(
            writer.say("opinions", stage, by.language, "own_view") if chance.happens(30) else ""
        ),
    )
    writer.file.opinions.append(opinion)
    return opinion


def _named(writer: Writer, day: dt.date) -> str:
    """The stage a worker names: often that of the path beneath, never sure to be."""
    stage = writer.life.stage_on(day)
    if stage == QUIET:
        return ""
    kind = writer.chance.between(1, 100)
    if kind <= 76:
        return stage
    if kind <= 90:
        earlier = writer.day(-60, -20, day)
        before = writer.life.stage_on(max(earlier, writer.life.opened))
        return "" if before == QUIET else before
    return "" if kind <= 95 else writer.chance.one(list(current_model().stages))


def _resolve(writer: Writer, opinion: Opinion) -> None:
    by = writer.team.supervisor
    day = writer.day(1, 7, opinion.on)
    writer.file.resolutions.append(
        Resolution(
            **writer.appended(day, by, 17, 17),
            person=opinion.person,
            opinion=opinion,
            reason=writer.say("opinions", "resolve", by.language, "reasons"),
        )
    )
