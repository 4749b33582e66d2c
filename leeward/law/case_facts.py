"""The facts of a case as `leeward rules check` takes them, checked. Pure.

Whatever is left out or null is not known, which is never the same as absent.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from leeward.core.partial_dates import bounds
from leeward.law.consents import CUSTODY, DECIDERS
from leeward.law.duties import ANOTHER_CHILD, SELF, HarmFact
from leeward.law.requests import days_of
from leeward.law.rules import builtin_rules

PLACEMENTS: Final = (
    "own_or_kin", "customary_care", "foster", "residence", "voluntary_agreement", "not_known",
)  # fmt: skip
MEASURES: Final = ("none", "placement", "other")
_KEYS: Final = (
    "as_of", "born", "age", "care", "placement", "missing", "caregiver_implicated", "community",
    "planned_measure", "agency_kind", "harm", "request", "sharing", "without_consent",
)  # fmt: skip
_ABOUT: Final = {
    "self": (SELF,),
    "another_child": (ANOTHER_CHILD,),
    "both": (SELF, ANOTHER_CHILD),
}


class CaseFault(Exception):
    """A fact is wrong; the message names it and says how to mend it."""

    def __init__(self, fact: str, message: str) -> None:
        super().__init__(f"{fact}: {message}")


@dataclass(frozen=True, slots=True)
class Birth:
    """A birth date known to be somewhere from `earliest` to `latest`."""

    earliest: dt.date
    latest: dt.date


@dataclass(frozen=True, slots=True)
class Away:
    """An open missing episode: when it was noticed, whether nobody knows where they are, whether
    they are back since when, and the steps that are done."""

    noticed: dt.datetime
    unknown: bool
    back: dt.datetime | None
    done: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What they asked of their own file: for a copy, or a correction (`copy`, None is not known);
    when it came, by how many days its time was made longer, whether it is answered, and on which
    grounds passages may be held back (None is not known)."""

    received: dt.date
    copy: bool | None
    extended_by: int
    answered: bool
    grounds: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Sharing:
    """A decision about sharing: whose, and what is known of it."""

    decider: str
    capable: bool | None
    own_decided: bool | None
    counselling: bool | None
    custody: str | None


@dataclass(frozen=True, slots=True)
class WithoutConsent:
    """What is given without consent, or kept though consent ended: `use` is `give` or `keep`, and
    `to` the kind of agency that gets it or has it."""

    use: str
    to: str | None


@dataclass(frozen=True, slots=True)
class Case:
    """The facts. None is not known, everywhere but for `missing` (no episode is open) and what
    was asked for or is to be shared (nothing)."""

    as_of: dt.date
    now: dt.datetime | None
    born: Birth | None
    in_care: bool | None
    placement: str | None
    missing: Away | None
    caregiver_implicated: bool | None
    community: bool | None
    measure: str | None
    agency_kind: str | None
    harm: tuple[HarmFact, ...]
    request: Asked | None = None
    sharing: Sharing | None = None
    without_consent: WithoutConsent | None = None


def read_case(given: object, today: dt.date) -> Case:
    """Check the facts; `today` is used where no `as_of` is given. Raises CaseFault."""
    facts = _Facts("", given)
    facts.only(_KEYS)
    as_of, now = _as_of(facts, today)
    care = facts.choice("care", ("in_care", "not_in_care"))
    return Case(
        as_of=as_of,
        now=now,
        born=_born(facts, as_of),
        in_care=None if care is None else care == "in_care",
        placement=_unless_unknown(facts.choice("placement", PLACEMENTS)),
        missing=_missing(facts.get("missing")),
        caregiver_implicated=facts.yes_no("caregiver_implicated"),
        community=facts.yes_no("community"),
        measure=facts.choice("planned_measure", MEASURES),
        agency_kind=facts.choice(
            "agency_kind", tuple(one.id for one in builtin_rules().agency_kinds)
        ),
        harm=_harm(facts.get("harm"), as_of),
        request=_request(facts.get("request"), as_of),
        sharing=_sharing(facts.get("sharing")),
        without_consent=_without_consent(facts.get("without_consent")),
    )


def _unless_unknown(placement: str | None) -> str | None:
    return None if placement == "not_known" else placement


class _Facts:
    """An object of facts and where it stands."""

    def __init__(self, place: str, given: object) -> None:
        if not isinstance(given, dict):
            raise CaseFault(place or "the case", "must be an object of facts, { … }")
        self.place = place
        self.given: Mapping[str, Any] = given

    def name(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key

    def only(self, keys: tuple[str, ...]) -> None:
        for key in self.given:
            if key not in keys:
                raise CaseFault(
                    self.name(str(key)), f"unknown fact. Leave it out, or use: {', '.join(keys)}"
                )

    def get(self, key: str) -> object:
        return self.given.get(key)

    def choice(self, key: str, choices: tuple[str, ...]) -> str | None:
        value = self.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or value not in choices:
            raise CaseFault(
                self.name(key), f"must be one of {', '.join(choices)}, or null (not known)"
            )
        return value

    def yes_no(self, key: str) -> bool | None:
        value = self.get(key)
        if value is not None and not isinstance(value, bool):
            raise CaseFault(self.name(key), "must be true, false, or null (not known)")
        return value

    def whole(self, key: str) -> int | None:
        value = self.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 130:
            raise CaseFault(self.name(key), "must be a whole number of years, or null (not known)")
        return value

    def needed(self, key: str, choices: tuple[str, ...]) -> str:
        value = self.choice(key, choices)
        if value is None:
            raise CaseFault(self.name(key), f"must be one of {', '.join(choices)}")
        return value

    def some(self, key: str, choices: tuple[str, ...]) -> tuple[str, ...] | None:
        value = self.get(key)
        if value is None:
            return None
        if not isinstance(value, list) or not all(each in choices for each in value):
            raise CaseFault(
                self.name(key), f"must be a list, any of {', '.join(choices)}, or null (not known)"
            )
        return tuple(value)

    def span(self, key: str) -> Birth | None:
        value = self.get(key)
        if value is None:
            return None
        try:
            found = bounds(value) if isinstance(value, str) else None
        except ValueError:
            found = None
        if found is None:
            raise CaseFault(
                self.name(key), "must be a day, month or year (2011-03-09, 2011-03, 2011), or null"
            )
        return Birth(*found)

    def moment(self, key: str, *, needed: bool = False) -> dt.datetime | None:
        value = self.get(key)
        if value is None and not needed:
            return None
        try:
            found = dt.datetime.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            found = None
        if found is None or found.tzinfo is None:
            raise CaseFault(self.name(key), "must be a time with its zone: 2026-11-28T22:15-05:00")
        return found


def _as_of(facts: _Facts, today: dt.date) -> tuple[dt.date, dt.datetime | None]:
    value = facts.get("as_of")
    if value is None:
        return today, None
    if isinstance(value, str) and "T" in value:
        now = facts.moment("as_of", needed=True)
        return (now.date(), now) if now else (today, None)
    day = facts.span("as_of")
    if day is None or day.earliest != day.latest:
        raise CaseFault("as_of", "must be a day (2026-11-29), or a time with its zone")
    return day.earliest, None


def _born(facts: _Facts, as_of: dt.date) -> Birth | None:
    born, age = facts.span("born"), facts.whole("age")
    if born and age is not None:
        raise CaseFault("age", "give born or age, not both")
    if born and born.earliest > as_of:
        raise CaseFault("born", "is after as_of. Give a day that has been, or null")
    if age is None:
        return born
    if as_of.year - age - 1 < dt.MINYEAR:
        raise CaseFault("age", "is before the calendar begins")
    # Everybody who is this old on that day was born within one year.
    return Birth(_years_before(as_of, age + 1) + dt.timedelta(days=1), _years_before(as_of, age))


def _years_before(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February: whoever was born on 1 March is not that old yet
        return day.replace(year=day.year - years, day=28)


def _missing(given: object) -> Away | None:
    if given is None:
        return None
    facts = _Facts("missing", given)
    facts.only(("noticed", "whereabouts", "back", "done"))
    noticed = facts.moment("noticed", needed=True)
    back = facts.moment("back")
    if noticed is None or (back and back < noticed):
        raise CaseFault("missing.back", "is before noticed. Mend one of the two")
    steps = [one.id for one in builtin_rules().missing_steps]
    done = facts.get("done") or []
    if not isinstance(done, list) or not all(each in steps for each in done):
        raise CaseFault("missing.done", f"must be a list of steps, any of {', '.join(steps)}")
    known = facts.choice("whereabouts", ("unknown", "known")) == "known"
    return Away(noticed, not known, back, tuple(done))


def _harm(given: object, as_of: dt.date) -> tuple[HarmFact, ...]:
    if given is None:
        return ()
    if not isinstance(given, list):
        raise CaseFault("harm", "must be a list of objects, [{ … }], or left out")
    return tuple(
        fact for number, one in enumerate(given) for fact in _harms(f"harm[{number}]", one, as_of)
    )


def _harms(place: str, given: object, as_of: dt.date) -> list[HarmFact]:
    facts = _Facts(place, given)
    facts.only(("level", "on", "about", "other_child_age", "answered"))
    level = facts.choice("level", ("possible", "now"))
    if level is None:
        raise CaseFault(facts.name("level"), "must be possible or now")
    on = facts.span("on")
    if on and on.earliest > as_of:
        raise CaseFault(facts.name("on"), "is after as_of. Give a day that has been, or null")
    return [
        HarmFact(
            observation=place,
            level=level,
            about=about,
            earliest=on.earliest if on else None,
            latest=min(on.latest, as_of) if on else as_of,
            answered=facts.yes_no("answered") is True,
            other_child_age=facts.whole("other_child_age"),
        )
        for about in _ABOUT[facts.choice("about", tuple(_ABOUT)) or "self"]
    ]


def _request(given: object, as_of: dt.date) -> Asked | None:
    if given is None:
        return None
    facts = _Facts("request", given)
    facts.only(("received", "for", "extended_by", "answered", "hold_back"))
    received = facts.span("received")
    if received is None or received.earliest != received.latest:
        raise CaseFault("request.received", "must be a day: 2026-11-29")
    if received.earliest > as_of:
        raise CaseFault("request.received", "is after as_of. Give a day that has been")
    asks = facts.choice("for", ("copy", "correction"))
    extended_by = facts.whole("extended_by") or 0
    if extended_by > days_of("extension"):
        raise CaseFault("request.extended_by", f"is at most {days_of('extension')} days")
    return Asked(
        received=received.earliest,
        copy=None if asks is None else asks == "copy",
        extended_by=extended_by,
        answered=facts.yes_no("answered") is True,
        grounds=facts.some("hold_back", tuple(one.id for one in builtin_rules().separable)),
    )


def _sharing(given: object) -> Sharing | None:
    if given is None:
        return None
    facts = _Facts("sharing", given)
    facts.only(("decider", "capable", "own_decided", "counselling", "custody"))
    return Sharing(
        decider=facts.needed("decider", DECIDERS),
        capable=facts.yes_no("capable"),
        own_decided=facts.yes_no("own_decided"),
        counselling=facts.yes_no("counselling"),
        custody=facts.choice("custody", CUSTODY),
    )


def _without_consent(given: object) -> WithoutConsent | None:
    if given is None:
        return None
    facts = _Facts("without_consent", given)
    facts.only(("use", "to"))
    kinds = tuple(one.id for one in builtin_rules().agency_kinds)
    uses = ("give", "keep", "police_give")
    return WithoutConsent(facts.needed("use", uses), facts.choice("to", kinds))
