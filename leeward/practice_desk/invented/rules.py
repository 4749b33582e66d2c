"""What the first agency of the demo changed of the rules, and what waits there to be agreed to."""

import datetime as dt
from typing import Any

from leeward.accounts.models import Worker
from leeward.legal.models import RuleChange
from leeward.practice_desk.invented.cast import Team
from leeward.practice_desk.invented.chance import Chance

GUIDANCE = {
    "rule": "urgency_steps/today-society",
    "kind": "statute",
    "what": "guidance",
    "words_en": "At night: the duty desk has the list of who is on call.",
    "words_fr": "La nuit\u00a0: le poste de garde a la liste des personnes de garde.",
    "reason": "People ask us this at night.",
}
SOONER = {
    "rule": "missing_steps/return-talk",
    "kind": "practice",
    "what": "time",
    "number": 2880,
    "reason": "Two days is what we promise young people here.",
}
ASKED = {
    "rule": "missing_steps/serious-occurrence",
    "kind": "practice",
    "what": "time",
    "number": 720,
    "reason": "The residence asks for it within a shift.",
}


def rule_changes(seed: int, team: Team, last: dt.date) -> list[RuleChange]:
    """Two in force and one that waits, not yet saved; none where nobody could ask and agree."""
    chance = Chance(seed, 0, "rules")
    asking = [one for one in team.others if one.role == Worker.Role.AGENCY_ADMINISTRATOR]
    agreeing = [one for one in team.others if one.role == Worker.Role.PRIVACY_OFFICER]
    if not asking or not agreeing:
        return []
    asked_at = dt.datetime.combine(last, dt.time(9, 30), tzinfo=team.zone)

    def change(said: dict[str, Any], **more: Any) -> RuleChange:
        return RuleChange(
            id=chance.id(),
            agency=team.agency,
            asked_by=asking[0],
            asked_at=asked_at,
            ends_at=asked_at + dt.timedelta(days=14),
            **said,
            **more,
        )

    agreed = {
        "answer": RuleChange.Answer.AGREED.value,
        "answered_by": agreeing[0],
        "answered_at": asked_at + dt.timedelta(hours=2),
    }
    return [change(GUIDANCE, **agreed), change(SOONER, **agreed), change(ASKED)]
