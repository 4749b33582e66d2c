"""What a page offers: only what the role of whoever looks at it may do."""

from django import template

from leeward.access import rules
from leeward.access.actors import Actor
from leeward.people.emergency.queries import OnFile

register = template.Library()


@register.filter
def may(actor: Actor | OnFile | None, action: str) -> bool:
    """Whether this actor's role may ever do `action`, a row of roles.csv; on a page of a file
    (`here`), whether they may do it with this one."""
    if isinstance(actor, OnFile):
        return actor.may(action)
    return actor is not None and rules.may(actor.role, action)


@register.filter
def reach(actor: Actor | None, action: str) -> str:
    """How far this actor's role reaches with `action`, as roles.csv says it."""
    return rules.reach(actor.role, action) if actor else "no"
