"""Every rule that applies to a case. Pure.

A row whose facts are not known is given too, and says so: unknown is not absent.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, Final, Protocol

from leeward.law import missing as away
from leeward.law.ages import age_rules, youngest_age
from leeward.law.case_facts import Case
from leeward.law.consents import CUSTODY, Deciding, authorities, who_may_decide
from leeward.law.duties import duty_wording, prompts, urgency, urgency_rule, urgency_steps
from leeward.law.requests import clock, may_extend
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
    the notes of harm; `due` is when, in the zone that was given, or by which day, and `late`
    whether that is over; `on` the day of a birthday, the earliest it could be."""

    table: str
    row: Row
    sure: bool = True
    because: tuple[str, ...] = ()
    due: dt.datetime | dt.date | None = None
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


def _requests(case: Case, rules: Rules) -> Iterator[Hit]:
    asked = case.request
    if asked is None:
        return
    stands = clock(asked.received, case.as_of, asked.extended_by, rules)
    waits = not asked.answered
    due: dict[str, Any] = {"due": stands.due_on, "late": stands.past}
    copy, corrects = asked.copy is not False, asked.copy is not True
    hits: dict[str, tuple[bool, dict[str, Any]]] = {
        "answer": (waits, due),
        "extension": (waits and may_extend(stands), {}),
        "silence": (waits, due),
        "free": (True, {}),
        "whole-copy": (copy, {"sure": asked.copy is not None}),
        "statement": (corrects, {"sure": asked.copy is not None}),
        "remind": (waits and stands.soon, {}),
    }
    for row in rules.requests:
        holds, more = hits[row.id]
        if holds:
            yield Hit("requests", row, **more)


def _separable(case: Case, rules: Rules) -> Iterator[Hit]:
    asked = case.request
    if asked is None or asked.copy is False:
        return
    for row in rules.separable:
        if asked.grounds is None or row.id in asked.grounds:
            known = asked.grounds is not None and asked.copy is not None
            yield Hit("separable", row, sure=known)


def _consents(case: Case, rules: Rules) -> Iterator[Hit]:
    """The rows that decide as far as the facts go; then those that facts not known could bring."""
    given = case.sharing
    if given is None:
        return
    implicated = {None: "unsure", True: "yes", False: "no"}[case.caregiver_implicated]
    asked = Deciding(
        decider=given.decider,
        on=case.as_of,
        born=case.born,
        capable=given.capable is not False,
        own_decided=given.own_decided is True,
        counselling=given.counselling is True,
        implicated=implicated,
        custody=given.custody or "alone",
    )
    sure = who_may_decide(asked, rules).because
    yield from (Hit("consents", row) for row in sure)
    could_be = [
        replace(
            asked,
            capable=given.capable is not None,
            own_decided=given.own_decided is not False,
            counselling=given.counselling is not False,
            custody=custody,
        )
        for custody in ([given.custody] if given.custody else CUSTODY)
    ]
    found = {row for each in could_be for row in who_may_decide(each, rules).because}
    for row in rules.consents:
        if row in found and row not in sure:
            yield Hit("consents", row, sure=False)


def _authorities(case: Case, rules: Rules) -> Iterator[Hit]:
    given = case.without_consent
    if given is None:
        return
    if given.to is not None:
        yield from (Hit("authorities", one) for one in authorities(given.use, given.to, rules))
        return
    for row in rules.authorities:
        if row.use == given.use:
            yield Hit("authorities", row, sure=row.to == "any")


_DECIDES: Final[dict[str, Callable[[Case, Rules], Iterator[Hit]]]] = {
    "urgency": _urgency,
    "urgency_steps": _urgency_steps,
    "prompts": _prompts,
    "agency_kinds": _agency_kinds,
    "missing_steps": _missing_steps,
    "circumstances": _circumstances,
    "ages": _ages,
    "turning": _turning,
    "requests": _requests,
    "separable": _separable,
    "consents": _consents,
    "authorities": _authorities,
}
DECIDED: Final = frozenset(_DECIDES)
