"""Harm noted in invented files, and how its duty to report was answered."""

import datetime as dt

from leeward.accounts.models import Worker
from leeward.core.partial_dates import age_range
from leeward.legal.models import Duty, DutyAnswer
from leeward.observations.models import Observation
from leeward.practice_desk.invented.writers import Writer

# Below this age a report is not a choice (rules-ontario.md, duty to report; CYFSA s.125).
MUST_REPORT_UNDER = 16
# A duty older than this has been answered.
STILL_OPEN_DAYS = 4


def harm_of(writer: Writer, harm: bool) -> dict[str, str | int] | None:
    """The answer to the harm question: none, or its level and whom it is about."""
    if not harm:
        return None
    level = "now" if writer.chance.happens(12) else "possible"
    about = writer.chance.weighted([("self", 82), ("another_child", 12), ("both", 6)])
    answer: dict[str, str | int] = {"level": level, "about": about}
    if about != "self" and writer.chance.happens(70):
        answer["other_child_age"] = writer.chance.between(9, 15)
    return answer


def open_duties(writer: Writer, note: Observation, by: Worker, day: dt.date) -> None:
    """Open the duties a note asks for, and answer all but some of the newest."""
    about = note.harm["about"]
    if about in ("self", "both"):
        _open(writer, note, by, day, other=False)
    if about in ("another_child", "both"):
        _open(writer, note, by, day, other=True)


def _open(writer: Writer, note: Observation, by: Worker, day: dt.date, *, other: bool) -> None:
    question: dict[str, str | int | None] = {"level": note.harm["level"], "on": note.on or None}
    if other and "other_child_age" in note.harm:
        question["other_child_age"] = note.harm["other_child_age"]
    duty = Duty(
        id=writer.chance.id(),
        agency=writer.team.agency,
        person=None if other else writer.file.person,
        asked_at=note.recorded_at,
        asked_of_id=by.id,
        question=question,
        child=writer.say("harm", "child", by.language) if other else "",
    )
    writer.file.duties.append(duty)
    writer.file.opened_by[duty.id] = note
    days = (writer.last - day).days
    if days > STILL_OPEN_DAYS or (days and writer.chance.happens(60)):
        _answer(writer, duty, by, day, other=other)


def _answer(writer: Writer, duty: Duty, by: Worker, day: dt.date, *, other: bool) -> None:
    chance, language = writer.chance, by.language
    ages = age_range(writer.file.person.born, day)
    may_choose = not other and ages is not None and ages[0] >= MUST_REPORT_UNDER
    outcome = "not_reported" if may_choose and chance.happens(35) else "reported"
    reported = outcome == "reported"
    answer = DutyAnswer(
        **writer.appended(day, by, 16, 16),
        person=duty.person,
        duty=duty,
        on=day,
        outcome=outcome,
        reasons=writer.say("harm", outcome, language, "reasons"),
        who=by.display_name if reported else "",
        society=writer.team.society if reported else "",
        reference=f"INVENTED-{chance.between(1000, 9999)}" if reported else "",
        own_view="" if other else writer.say("harm", outcome, language, "own_view"),
    )
    duty.answered_at = answer.recorded_at
    writer.file.answers.append(answer)
