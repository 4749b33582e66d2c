"""Tells PostgreSQL, before a statement, whose rows this thread may touch.

The setting is local to a transaction: when it ends, PostgreSQL itself forgets it, so a connection
that is kept, pooled or handed to another thread carries nothing over. A statement outside any
transaction is given one of its own.
"""

from collections.abc import Callable
from typing import Any

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

from leeward.core import boundary

SAY = "SELECT set_config('leeward.agency', %s, true), set_config('leeward.across', %s, true)"
# What PostgreSQL takes in no transaction; it shows no row.
ALONE = "VACUUM"


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, and one SELECT more at the start of each transaction."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What PostgreSQL was told in this transaction; None when that is not known.
        self._told: boundary.Boundary | None = None
        self.execute_wrappers.append(self._within_the_boundary)

    def _within_the_boundary(
        self,
        execute: Callable[..., Any],
        statement: Any,
        params: Any,
        many: bool,
        context: dict[str, Any],
    ) -> Any:
        wanted = boundary.current()
        if self.autocommit:
            if wanted == boundary.NOTHING or str(statement).startswith(ALONE):
                # A setting lives as long as its transaction, and there is none: nothing is set.
                return execute(statement, params, many, context)
            with self.wrap_database_errors, self.connection.transaction():
                self._tell(wanted)
                return execute(statement, params, many, context)
        if wanted != self._told and not self._has_failed():
            with self.wrap_database_errors:
                self._tell(wanted)
            self._told = wanted
        return execute(statement, params, many, context)

    def _has_failed(self) -> bool:
        # Nothing but the way back is taken in a transaction that failed.
        status: TransactionStatus = self.connection.info.transaction_status
        return status == TransactionStatus.INERROR

    def _tell(self, wanted: boundary.Boundary) -> None:
        agency, across = str(wanted.agency_id or ""), "yes" if wanted.across else ""
        self.connection.execute(SAY, [agency, across])

    # Where a transaction begins or ends, or goes back to before it was told: tell it anew.

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)  # type: ignore[misc]  # left out of the stubs
        self._told = None

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._told = None

    def _rollback(self) -> None:
        super()._rollback()  # type: ignore[misc]
        self._told = None

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)  # type: ignore[misc]
        self._told = None
