"""What the law asks about one duty, in words, from the tables of `leeward.law`."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from leeward.core.partial_dates import bounds
from leeward.law.duties import ANOTHER_CHILD, SELF, HarmFact, duty_wording, prompts, urgency
from leeward.law.listing import listed
from leeward.law.sources import say_source
from leeward.legal.models import Duty
from leeward.legal.queries import rules_of


@dataclass(frozen=True)
class DutyWords:
    """The prompts that hold, each with its source; how soon; and the road for this agency."""

    prompts: tuple[tuple[str, str], ...]
    urgency: str
    road: str
    guidance: tuple[str, ...]


@dataclass(frozen=True)
class _Born:
    earliest: dt.date
    latest: dt.date


def question_in_words(duty: Duty, agency_kind: str, language: str) -> DutyWords:
    """The question as the tables word it for the child's age on that day, with what the agency
    changed of them and the guidance it adds.

    `agency_kind` is one of Agency.Kind, `language` "en" or "fr".
    """
    agency = rules_of(duty.agency_id)
    asked_on = timezone.localdate(duty.asked_at)
    span = bounds(duty.question.get("on") or "")
    fact = HarmFact(
        observation=str(duty.pk),
        level=duty.question["level"],
        about=SELF if duty.person_id else ANOTHER_CHILD,
        earliest=span[0] if span else None,
        latest=min(span[1], asked_on) if span else asked_on,
        other_child_age=duty.question.get("other_child_age"),
    )
    day = timezone.localdate()
    found = prompts([fact], _born(duty), day, agency.rules)
    road = duty_wording(agency_kind, agency.rules)
    # By its words and not its id: a prompt worded by age has its own guidance.
    asked = {each.text for each in found}
    names = [
        one.name
        for one in listed(agency.rules)
        if one.table == "prompts" and one.row.text in asked
    ]
    return DutyWords(
        prompts=tuple(
            (getattr(each.text, language), say_source(each.source, language)) for each in found
        ),
        urgency=urgency([fact], day)[0],
        road=road.text.in_language(language),
        guidance=tuple(
            agency.guidance[name].in_language(language)
            for name in (*names, f"agency_kinds/{agency_kind}")
            if name in agency.guidance
        ),
    )


def _born(duty: Duty) -> _Born | None:
    span = bounds(duty.person.born) if duty.person else None
    return _Born(*span) if span else None
