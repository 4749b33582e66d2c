"""First plans of invented young people, in their own words, with steps and how they went."""

import datetime as dt

from leeward.plans.models import Item, ItemNews, ItemVersion, Sees
from leeward.practice_desk.invented.writers import Writer

# A step that was due longer ago than this has been told of.
LATE_DAYS = 40
HOW_IT_WENT = (("done", 55), ("celebrated", 30), ("let_go", 15))
# What a first plan says.
SECTIONS = ("matters", "good_at", "want", "anchor")


def draw_plan(writer: Writer, *, step_due: bool = False) -> None:
    """Just over half of them have one; with `step_due` everybody, and a step for tomorrow."""
    chance = writer.chance
    if not step_due and not chance.happens(55):
        return
    started = writer.day(5, 160, writer.life.opened)
    for section in SECTIONS:
        _words(writer, section, started)
    for nth in range(chance.between(1, 5)):
        _step(writer, writer.day(0, 200, started), due_tomorrow=step_due and nth == 0)


def _item(writer: Writer, section: str, day: dt.date, hour: int) -> Item:
    item = Item(
        **writer.appended(day, writer.someone(day), hour, hour),
        person=writer.file.person,
        section_key=section,
    )
    writer.file.items.append(item)
    return item


def _words(writer: Writer, section: str, day: dt.date) -> None:
    """What stands under one heading, and what it became later. Every version stays."""
    item = _item(writer, section, day, 14)
    for number in range(1, writer.chance.weighted([(1, 72), (2, 20), (3, 8)]) + 1):
        writer.file.item_versions.append(
            ItemVersion(
                **writer.appended(day, writer.someone(day), 14, 14),
                person=item.person,
                item=item,
                number=number,
                sees=Sees.TEAM.value,
                # A plan is in one person's words, so in one language, whoever holds the pen.
                words=writer.line("plans", writer.language, section),
            )
        )
        if day == writer.last:
            break
        day = writer.day(20, 120, day)


def _step(writer: Writer, day: dt.date, *, due_tomorrow: bool) -> None:
    chance, language = writer.chance, writer.language
    item = _item(writer, "step", day, 15)
    due = day + dt.timedelta(days=chance.between(5, 60)) if chance.happens(55) else None
    if due_tomorrow:
        due = writer.last + dt.timedelta(days=2)
    writer.file.item_versions.append(
        ItemVersion(
            **writer.appended(day, writer.someone(day), 15, 15),
            person=item.person,
            item=item,
            number=1,
            sees=Sees.TEAM.value,
            due_on=due,
            words=writer.line("plans", language, "steps"),
            who=writer.line("plans", language, "who"),
        )
    )
    told = writer.day(3, 30, day)
    # What was due is behind them, with few exceptions; what has no day may wait.
    days_late = (writer.last - due).days if due else 0
    past = days_late > LATE_DAYS or (days_late > 0 and chance.happens(85))
    if not due_tomorrow and told > day and (past or chance.happens(25)):
        writer.file.news.append(
            ItemNews(
                **writer.appended(told, writer.someone(told), 16, 16),
                person=item.person,
                item=item,
                kind=chance.weighted(HOW_IT_WENT),
                on=told,
                words=writer.line("plans", language, "words") if chance.happens(40) else "",
            )
        )
