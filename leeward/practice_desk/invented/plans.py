"""First plans of invented young people, in their own words, with steps and how they went."""

import datetime as dt

from leeward.plans.models import Plan, PlanVersion, Step, StepNews
from leeward.practice_desk.invented.writers import Writer

# A step that was due longer ago than this has been told of.
LATE_DAYS = 40
HOW_IT_WENT = (("done", 55), ("celebrated", 30), ("let_go", 15))


def draw_plan(writer: Writer, *, step_due: bool = False) -> None:
    """Just over half of them have one; with `step_due` everybody, and a step for tomorrow."""
    chance, file = writer.chance, writer.file
    if not step_due and not chance.happens(55):
        return
    started = writer.day(5, 160, writer.life.opened)
    by = writer.someone(started)
    common = writer.appended(started, by, 13, 13)
    plan = Plan(id=chance.id(), person=file.person, started_at=common["recorded_at"], version=0)
    file.plans.append(plan)
    _versions(writer, plan, started)
    for nth in range(chance.between(1, 5)):
        _step(writer, plan, writer.day(0, 200, started), due_tomorrow=step_due and nth == 0)


def _versions(writer: Writer, plan: Plan, started: dt.date) -> None:
    """The plan's words, and what they became later. Every version stays."""
    day = started
    words: dict[str, str] = {}
    for number in range(1, writer.chance.weighted([(1, 60), (2, 28), (3, 12)]) + 1):
        by = writer.someone(day)
        changed = writer.chance.some(PlanVersion.SECTIONS, 2) if words else PlanVersion.SECTIONS
        # A plan is in one person's words, so in one language however many workers hold the pen.
        words |= {each: writer.line("plans", writer.language, each) for each in changed}
        writer.file.versions.append(
            PlanVersion(
                **writer.appended(day, by, 14, 14),
                person=plan.person,
                plan=plan,
                number=number,
                **words,
            )
        )
        plan.version = number
        if day == writer.last:
            break
        day = writer.day(20, 120, day)


def _step(writer: Writer, plan: Plan, day: dt.date, *, due_tomorrow: bool) -> None:
    chance, language = writer.chance, writer.language
    by = writer.someone(day)
    due = day + dt.timedelta(days=chance.between(5, 60)) if chance.happens(55) else None
    if due_tomorrow:
        due = writer.last + dt.timedelta(days=2)
    step = Step(
        **writer.appended(day, by, 15, 15),
        person=plan.person,
        plan=plan,
        due_on=due,
        what=writer.line("plans", language, "steps"),
        who=writer.line("plans", language, "who"),
    )
    writer.file.steps.append(step)
    told = writer.day(3, 30, day)
    # What was due is behind them, with few exceptions; what has no day may wait.
    days_late = (writer.last - due).days if due else 0
    past = days_late > LATE_DAYS or (days_late > 0 and chance.happens(85))
    if not due_tomorrow and told > day and (past or chance.happens(25)):
        writer.file.news.append(
            StepNews(
                **writer.appended(told, writer.someone(told), 16, 16),
                person=plan.person,
                step=step,
                kind=chance.weighted(HOW_IT_WENT),
                on=told,
                words=writer.line("plans", language, "words") if chance.happens(40) else "",
            )
        )
