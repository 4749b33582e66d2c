"""Every rule that applies to a case. Pure.

A row whose facts are not known is given too, and says so: unknown is not absent.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from typing import Final, Protocol

from leeward.law import missing as away
from leeward.law.ages import age_rules, youngest_age
from leeward.law.case_facts import Case
from leeward.law.duties import duty_wording, prompts, urgency, urgency_rule, urgency_steps
from leeward.law.rules import CIRCUMSTANCES, Rules, Words, builtin_rules
from leeward.law.turning import coming

# Rows of ages.csv about a caregiver who is implicated: they wait for that fact.
OF_CAREGIVER: Final = frozenset({"no-notice-to-implicated-parent", "no-implicated-caregiver"})
_PLACED: Final = ("foster", "residence")


class Row(Protocol):
    """What a row that applies says of itself: a Rule, or a Prompt made from one."""

    @property
    def id(self) -> str:
        """Its id in the table."""

    @property
    def kind(self) -> str:
        """`statute` or `practice`."""

    @property
    def source(self) -> str:
        """Where it comes from."""

    @property
    def checked_on(self) -> dt.date:
        """The day somebody last checked that."""

    @property
    def text(self) -> Words:
        """What it says."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that applies. `sure` is False where a fact it waits for is not known; `because` are
    the notes of harm; `due` is when, in the zone that was given, and `late` whether that is over;
    `on` the day of a birthday, the earliest it could be."""

    table: str
    row: Row
    sure: bool = True
    because: tuple[str, ...] = ()
    due: dt.datetime | None = None
    late: bool = False
    on: dt.date | None = None


def applies(case: Case, rules: Rules | None = None) -> tuple[Hit, ...]:
    """Every row that applies, the most pressing first."""
    rules = rules or builtin_rules()
    return tuple(hit for decide in _DECIDES.values() for hit in decide(case, rules))


def undecided(rules: Rules | None = None) -> tuple[str, ...]:
    """Tables that no fact of a case decides: they are listed, and are looked up by hand."""
    return tuple(
        each.name for each in fields(rules or builtin_rules()) if each.name not in DECIDED
    )


def _urgency(case: Case, rules: Rules) -> Iterator[Hit]:
    level, because = urgency(case.harm, case.as_of)
    yield Hit("urgency", urgency_rule(level, rules), because=because)


def _urgency_steps(case: Case, rules: Rules) -> Iterator[Hit]:
    level, _because = urgency(case.harm, case.as_of)
    yield from (Hit("urgency_steps", one) for one in urgency_steps(level, rules))


def _prompts(case: Case, rules: Rules) -> Iterator[Hit]:
    for one in prompts(case.harm, case.born, case.as_of, rules):
        yield Hit("prompts", one, because=one.because)


def _agency_kinds(case: Case, rules: Rules) -> Iterator[Hit]:
    if case.agency_kind and prompts(case.harm, case.born, case.as_of, rules):
        yield Hit("agency_kinds", duty_wording(case.agency_kind, rules))


def _missing_steps(case: Case, rules: Rules) -> Iterator[Hit]:
    episode = case.missing
    if episode is None:
        return
    placed = None if case.placement is None else case.placement in _PLACED
    facts = away.EpisodeFacts(episode.unknown, placed is not False, case.community is not False)
    unsure = {"placed": placed is None, "community": case.community is None}
    for row in away.steps_for(facts, rules):
        if row.id not in episode.done:
            due = away.due_at(row, episode.noticed).astimezone(episode.noticed.tzinfo)
            yield Hit(
                "missing_steps",
                row,
                sure=not unsure.get(row.applies, False),
                due=due,
                late=_is_late(due, episode.back or case.now),
            )
    talk = away.return_talk(rules)
    if episode.back and talk and talk.id not in episode.done:
        due = away.due_at(talk, episode.back).astimezone(episode.back.tzinfo)
        yield Hit("missing_steps", talk, due=due, late=_is_late(due, case.now))


def _is_late(due: dt.datetime, now: dt.datetime | None) -> bool:
    return now is not None and now > due


def _circumstances(case: Case, rules: Rules) -> Iterator[Hit]:
    known = _known(case)
    for row in rules.circumstances:
        found = [known[each] for each in row.when]
        if False not in found:
            yield Hit("circumstances", row, sure=None not in found)


def _known(case: Case) -> dict[str, bool | None]:
    measure = case.measure
    facts: dict[str, bool | None] = {
        "caregiver": case.caregiver_implicated,
        "community": case.community,
        "measure": None if measure is None else measure != "none",
        "placement": None if measure is None else measure == "placement",
        "customary": None if case.placement is None else case.placement == "customary_care",
        "missing": case.missing is not None and case.missing.back is None,
    }
    return {each: facts[each] for each in CIRCUMSTANCES}


def _ages(case: Case, rules: Rules) -> Iterator[Hit]:
    age = youngest_age(case.born, case.as_of)
    for row in age_rules(age, in_care=case.in_care is not False, rules=rules):
        waits = [True]
        if row.applies == "in_care":
            waits.append(case.in_care is True)
        if row.id in OF_CAREGIVER:
            if case.caregiver_implicated is False:
                continue
            waits.append(case.caregiver_implicated is True)
        yield Hit("ages", row, sure=all(waits) and age is not None)


def _turning(case: Case, rules: Rules) -> Iterator[Hit]:
    for one in coming(case.born, case.as_of, in_care=case.in_care, rules=rules) or ():
        for row in (*one.rows, *one.if_in_care):
            yield Hit("turning", row, sure=row not in one.if_in_care, on=one.on)


_DECIDES: Final[dict[str, Callable[[Case, Rules], Iterator[Hit]]]] = {
    "urgency": _urgency,
    "urgency_steps": _urgency_steps,
    "prompts": _prompts,
    "agency_kinds": _agency_kinds,
    "missing_steps": _missing_steps,
    "circumstances": _circumstances,
    "ages": _ages,
    "turning": _turning,
}
DECIDED: Final = frozenset(_DECIDES)
