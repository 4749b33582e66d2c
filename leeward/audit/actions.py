"""Writing to the audit. The only way a row comes to be."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Protocol

from django.db import transaction

from leeward.audit.models import AuditRow
from leeward.audit.requests import current_request_id, keep_aside


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
    trace: str = "",
) -> AuditRow:
    """Append one row: inside the caller's transaction when something was done, so that both stand
    or fall together; a refusal or failure during a request, at its end, so that it stays.

    `subject` is the opaque id of the file concerned; `shown` the ids a list or a search showed;
    `trace` the code printed on a copy. Raises TransactionManagementError outside a transaction
    when the outcome is `done`.
    """
    in_transaction = transaction.get_connection().in_atomic_block
    if outcome == AuditRow.Outcome.DONE and not in_transaction:
        raise transaction.TransactionManagementError(f"{action} was recorded outside its write.")
    row = AuditRow(
        agency_id=by.agency_id,
        actor_kind=by.kind,
        actor_id=by.id,
        action=action,
        subject_id=subject,
        shown=[str(each) for each in shown],
        purpose=purpose,
        outcome=outcome,
        trace=trace,
        request_id=current_request_id.get(),
    )
    if outcome != AuditRow.Outcome.DONE and keep_aside(row, in_transaction=in_transaction):
        return row
    row.save(force_insert=True)
    return row


def record_each(
    *,
    by: WhoActs,
    action: str,
    rows: Sequence[tuple[uuid.UUID | None, Sequence[uuid.UUID]]],
    purpose: str = "",
) -> None:
    """Append one row for each subject with what it was shown beside, all of one thing done: what
    `record` would write, in one statement. Raises as `record` does."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(f"{action} was recorded outside its write.")
    made = (
        AuditRow(
            agency_id=by.agency_id,
            actor_kind=by.kind,
            actor_id=by.id,
            action=action,
            subject_id=subject,
            shown=[str(each) for each in shown],
            purpose=purpose,
            outcome=AuditRow.Outcome.DONE,
            request_id=current_request_id.get(),
        )
        for subject, shown in rows
    )
    AuditRow.add_all(made, by.agency_id)


__all__ = ["WhoActs", "current_request_id", "record", "record_each"]
