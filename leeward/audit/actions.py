"""Writing to the audit. The only way a row comes to be."""

import uuid
from collections.abc import Iterable
from contextvars import ContextVar
from typing import Protocol

from django.db import transaction

from leeward.audit.models import AuditRow

# The request now being served, so that its rows can be read together.
current_request_id: ContextVar[str] = ContextVar("current_request_id", default="")


class WhoActs(Protocol):
    """Whoever did it: `access.Actor` has this shape."""

    @property
    def kind(self) -> str: ...
    @property
    def id(self) -> uuid.UUID | None: ...
    @property
    def agency_id(self) -> uuid.UUID | None: ...


def record(
    *,
    by: WhoActs,
    action: str,
    subject: uuid.UUID | None = None,
    shown: Iterable[uuid.UUID] = (),
    purpose: str = "",
    outcome: AuditRow.Outcome = AuditRow.Outcome.DONE,
) -> AuditRow:
    """Append one row, inside the caller's transaction.

    `subject` is the opaque id of the file concerned; `shown` the ids a list or a search showed.
    Raises TransactionManagementError outside a transaction when the outcome is `done`: a write
    and its row must stand or fall together.
    """
    if outcome == AuditRow.Outcome.DONE and not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(f"{action} was recorded outside its write.")
    return AuditRow.objects.create(
        agency_id=by.agency_id,
        actor_kind=by.kind,
        actor_id=by.id,
        action=action,
        subject_id=subject,
        shown=[str(each) for each in shown],
        purpose=purpose,
        outcome=outcome,
        request_id=current_request_id.get(),
    )
