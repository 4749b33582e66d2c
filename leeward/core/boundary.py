"""Which agency's rows this thread may touch. PostgreSQL holds it below the code; SQLite cannot.

Nothing here asks a database. `access.postgresql`, the engine, tells PostgreSQL before every
statement what stands here, and only until the transaction ends; the policies that
`leeward migrate` makes (`access.policies`) do the rest. On SQLite the querysets stand alone.
"""

import contextlib
import uuid
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass

# Rows that belong to no agency: the audit of a sign-in that failed for a name nobody has.
NOBODY = uuid.UUID(int=0)


@dataclass(frozen=True)
class Boundary:
    """One agency, or none; or, for the owner of the database alone, all of them."""

    agency_id: uuid.UUID | None = None
    across: bool = False


NOTHING = Boundary()
_current: ContextVar[Boundary] = ContextVar("boundary", default=NOTHING)


def current() -> Boundary:
    """Where this thread stands. Nothing, unless somebody said so."""
    return _current.get()


@contextlib.contextmanager
def _standing(boundary: Boundary) -> Iterator[None]:
    token = _current.set(boundary)
    try:
        yield
    finally:
        _current.reset(token)


def within(agency_id: uuid.UUID | None) -> contextlib.AbstractContextManager[None]:
    """Inside, this agency's rows alone are there; None closes every one of them."""
    return _standing(Boundary(agency_id))


def across_agencies() -> contextlib.AbstractContextManager[None]:
    """Inside, every agency's rows are there for the owner of the database: commands that no person
    signs in to run. For the role that serves pages it opens nothing."""
    return _standing(Boundary(across=True))


def for_row_of(agency_id: uuid.UUID | None) -> contextlib.AbstractContextManager[None]:
    """Inside, a row of this agency (of NOBODY, for None) may be added, wherever one stood."""
    here = current()
    return _standing(here) if here.across else within(agency_id or NOBODY)


class SeesTooLittle(Exception):
    """A command that takes what it does not see for gone was started where it does not see all."""


def check_across() -> None:
    """Raise SeesTooLittle unless every agency's rows are there: before anything is cleared away
    because no row of it was found."""
    if not current().across:
        raise SeesTooLittle("Start it by the `leeward` command (config.cli.AS_OWNER).")
