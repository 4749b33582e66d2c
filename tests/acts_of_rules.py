"""How to do everything that changes the rules; `acts` joins it to the rest."""

from leeward.legal import actions as legal
from leeward.legal.factories import RuleChangeFactory


def _waiting(c, **said):
    """A change that waits for somebody to agree: another's, unless `asked_by_id` says whose."""
    whose = said or {"asked_by__agency": c.agency}
    return RuleChangeFactory(**whose, agency=c.agency).pk


DOES = {
    legal.ask_rule_change: lambda c: {
        "by": c.admin, "rule": "missing_steps/society", "what": "time", "number": 60,
        "reason": "our protocol",
    },
    legal.agree_rule_change: lambda c: {"by": c.officer, "change_id": _waiting(c)},
    legal.refuse_rule_change: lambda c: {"by": c.officer, "change_id": _waiting(c)},
    legal.take_back_rule_change: lambda c: {
        "by": c.admin, "change_id": _waiting(c, asked_by_id=c.admin.id),
    },
}  # fmt: skip
READS = {legal.read_rules: lambda c: {"by": c.by}}
