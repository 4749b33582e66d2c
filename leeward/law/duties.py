"""What a note of harm asks for, and how soon; never from the stage, nor lowered by an explanation.

Only a recorded answer ends a prompt: reported, or not reported with reasons.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from leeward.law.ages import Span, youngest_age
from leeward.law.rules import (
    AgencyKind,
    PromptRule,
    Rule,
    Rules,
    UrgencyStep,
    Words,
    builtin_rules,
)

NOW: Final = "now"
TODAY: Final = "today"
ROUTINE: Final = "routine"
SELF: Final = "self"
ANOTHER_CHILD: Final = "another_child"


@dataclass(frozen=True, slots=True)
class HarmFact:
    """One observation that suggests harm, about one child, and whether it has an answer.

    `level` is `possible` or `now`; `about` is `self` or `another_child`. `earliest` is the first
    day it could have been (None when not known) and `latest` the last. An observation about both
    is two facts.
    """

    observation: str
    level: str
    about: str
    earliest: dt.date | None
    latest: dt.date
    answered: bool = False
    other_child_age: int | None = None


@dataclass(frozen=True, slots=True)
class Prompt:
    """Something asked of a worker, because of which observations, under which rule."""

    id: str
    because: tuple[str, ...]
    kind: str
    source: str
    checked_on: dt.date
    text: Words


def urgency(facts: Iterable[HarmFact], as_of: dt.date) -> tuple[str, tuple[str, ...]]:
    """How soon: `now`, `today` or `routine`, and the observations that make it so.

    `now` while unanswered danger is dated `as_of` or the day before, `today` while any harm is
    unanswered, whatever the age.
    """
    waiting = _waiting(facts)
    danger = [one for one in waiting if _is_now(one, as_of)]
    if danger:
        return NOW, _observations(danger)
    return (TODAY, _observations(waiting)) if waiting else (ROUTINE, ())


def prompts(
    facts: Iterable[HarmFact],
    born: Span | None,
    as_of: dt.date,
    rules: Rules | None = None,
) -> tuple[Prompt, ...]:
    """Every prompt that waits for an answer, in the table's order.

    The age is the youngest the child could have been on the earliest day it could have happened;
    an age or a day that is not known counts as under 16. A later birthday removes nothing.
    """
    waiting = _waiting(facts)
    ages = [_age(one, born) for one in waiting]
    found = []
    for rule in (rules or builtin_rules()).prompts:
        because = [
            one
            for one, age in zip(waiting, ages, strict=True)
            if _asks(rule, one, age) and (rule.harm != NOW or _is_now(one, as_of))
        ]
        if because:
            found.append(_prompt(rule, _observations(because)))
    return tuple(found)


def urgency_rule(level: str, rules: Rules | None = None) -> Rule:
    """The words and source of a level of urgency; KeyError for any other word."""
    return {one.id: one for one in (rules or builtin_rules()).urgency}[level]


def urgency_steps(level: str, rules: Rules | None = None) -> tuple[UrgencyStep, ...]:
    """What to do at a level, whom to call, in order."""
    return tuple(one for one in (rules or builtin_rules()).urgency_steps if one.level == level)


def duty_wording(agency_kind: str, rules: Rules | None = None) -> AgencyKind:
    """How a duty is worded in an agency of a kind; KeyError for a kind not in the table."""
    return {one.id: one for one in (rules or builtin_rules()).agency_kinds}[agency_kind]


def _waiting(facts: Iterable[HarmFact]) -> list[HarmFact]:
    unanswered = (one for one in facts if not one.answered)
    return sorted(unanswered, key=lambda one: (one.latest, one.observation, one.about))


def _is_now(fact: HarmFact, as_of: dt.date) -> bool:
    return fact.level == NOW and (as_of - fact.latest).days <= 1


def _age(fact: HarmFact, born: Span | None) -> int | None:
    return (
        fact.other_child_age if fact.about == ANOTHER_CHILD else youngest_age(born, fact.earliest)
    )


def _asks(rule: PromptRule, fact: HarmFact, age: int | None) -> bool:
    if rule.about not in ("any", fact.about):
        return False
    return rule.unknown_age if age is None else rule.ages.holds(age)


def _prompt(rule: PromptRule, because: tuple[str, ...]) -> Prompt:
    return Prompt(rule.id, because, rule.kind, rule.source, rule.checked_on, rule.text)


def _observations(facts: Sequence[HarmFact]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.observation for one in facts))
