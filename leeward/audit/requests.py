"""The request that is being served: what its rows are read together by, and what it must keep."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from leeward.audit.models import AuditRow

# The request now being served, so that its rows can be read together.
current_request_id: ContextVar[str] = ContextVar("current_request_id", default="")


@dataclass
class Served:
    """Rows of a refusal or a failure: kept aside, because the view's transaction rolls back."""

    aside: list[AuditRow] = field(default_factory=list)
    told: bool = False


_served: ContextVar[Served | None] = ContextVar("served", default=None)


@contextmanager
def serving(request_id: str) -> Iterator[Served]:
    """Around a request and outside its transaction. What was kept aside is written at its end,
    whatever became of the rest."""
    served = Served()
    tokens = current_request_id.set(request_id), _served.set(served)
    try:
        yield served
    finally:
        current_request_id.reset(tokens[0])
        _served.reset(tokens[1])
        for row in served.aside:
            row.save(force_insert=True)


def keep_aside(row: AuditRow, *, in_transaction: bool) -> bool:
    """Take a refusal or failure to be written at the end of the request. False when it can be
    written at once: no request is being served, or no transaction could take it along."""
    served = _served.get()
    if served is None:
        return False
    served.told = True
    if in_transaction:
        served.aside.append(row)
    return in_transaction
