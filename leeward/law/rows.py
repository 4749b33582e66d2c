"""The rows of the rule tables, and the tables together. `leeward.law.rules` reads them."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

STATUTE: Final = "statute"
PRACTICE: Final = "practice"
# What a row of circumstances.csv may wait for.
CIRCUMSTANCES: Final = (
    "caregiver", "community", "measure", "placement", "customary", "missing",
)  # fmt: skip
# When a row about deciding holds, beside age.
WHENS: Final = (
    *("always", "not_capable", "own_decided", "age_not_sure", "counselling", "implicated"),
    *("custody_shared", "no_custody"),
)


@dataclass(frozen=True, slots=True)
class Words:
    """One wording in English and in French."""

    en: str
    fr: str

    def in_language(self, language: str) -> str:
        """Return the French for any French code (`fr`, `fr-ca`), otherwise the English."""
        return self.fr if language[:2] == "fr" else self.en


@dataclass(frozen=True, slots=True)
class Ages:
    """Whole years from `first` to `last`, both included; None is without limit."""

    first: int | None
    last: int | None

    def holds(self, age: int) -> bool:
        """Whether an age is in the band."""
        return (self.first or 0) <= age and (self.last is None or age <= self.last)


@dataclass(frozen=True, slots=True)
class Rule:
    """What every row carries."""

    id: str
    kind: str
    source: str
    checked_on: dt.date
    text: Words


@dataclass(frozen=True, slots=True)
class PromptRule(Rule):
    """When a note of harm asks for something: about whom, how near, at what age on that day."""

    about: str
    harm: str
    ages: Ages
    unknown_age: bool


@dataclass(frozen=True, slots=True)
class AgeRule(Rule):
    """What holds at an age: `does` is `prompt` (said and shown) or `forbid` (blocked)."""

    band: str
    ages: Ages
    applies: str
    does: str
    setting: str
    default: str


@dataclass(frozen=True, slots=True)
class AgencyKind(Rule):
    """How a duty is worded in an agency of this kind: `in_house` (a society) or `elsewhere`."""

    route: str
    name: Words


@dataclass(frozen=True, slots=True)
class MissingStep(Rule):
    """Somebody to tell while a young person is missing: to whom it applies, `within` how many
    minutes of noticing (of coming back, for the talk on return), and who is told."""

    applies: str
    within: int
    told: Words


@dataclass(frozen=True, slots=True)
class Turning(Rule):
    """What becomes due at a birthday, and how many days `ahead` it is to be seen."""

    age: int
    applies: str
    ahead: int


@dataclass(frozen=True, slots=True)
class Circumstance(Rule):
    """What holds where every circumstance of `when` is so; `does` as for an age."""

    when: tuple[str, ...]
    does: str


@dataclass(frozen=True, slots=True)
class UrgencyStep(Rule):
    """One thing to do at a `level` of urgency, in the table's order: who is called, and where."""

    level: str
    who: Words
    phone: Words


@dataclass(frozen=True, slots=True)
class RequestRule(Rule):
    """What holds for a request about one's own file, and within how many days, if it names any."""

    days: int | None


@dataclass(frozen=True, slots=True)
class Ground(Rule):
    """On what ground a passage may be held back from a copy: `name` as the copy says it.
    `protects` is `person` where it is there for somebody, who must be named then; else `anybody`.
    """

    protects: str
    name: Words


@dataclass(frozen=True, slots=True)
class ConsentRule(Rule):
    """Who may decide about sharing, or may not: `decider` is `own`, `parent`, `society` or
    `others` (both of these), `when` one of `WHENS`."""

    decider: str
    ages: Ages
    does: str
    when: str


@dataclass(frozen=True, slots=True)
class Authority(Rule):
    """Under what something is given without consent (`use` is `give`; `police_give` by the police,
    who have no file), or kept though consent ended (`keep`); `to` is the kind of agency, or `any`.
    """

    use: str
    to: str


@dataclass(frozen=True, slots=True)
class Rules:
    """Every table, in its own order."""

    prompts: tuple[PromptRule, ...]
    urgency: tuple[Rule, ...]
    ages: tuple[AgeRule, ...]
    agency_kinds: tuple[AgencyKind, ...]
    missing_steps: tuple[MissingStep, ...]
    turning: tuple[Turning, ...]
    circumstances: tuple[Circumstance, ...]
    urgency_steps: tuple[UrgencyStep, ...]
    requests: tuple[RequestRule, ...]
    separable: tuple[Ground, ...]
    consents: tuple[ConsentRule, ...]
    authorities: tuple[Authority, ...]
