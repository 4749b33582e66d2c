"""What `leeward check --deploy` says of the boundary between agencies, on PostgreSQL."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import DatabaseError, connection

from leeward.access import policies

ROLE = """
    SELECT current_user, rolsuper OR rolbypassrls,
        EXISTS (SELECT 1 FROM pg_class WHERE relnamespace = 'public'::regnamespace
                AND relkind = 'r' AND pg_has_role(current_user, relowner, 'MEMBER'))
    FROM pg_roles WHERE rolname = current_user
"""
FORCED = """
    SELECT c.relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relrowsecurity AND c.relforcerowsecurity
        AND p.polname = 'leeward_agency'
"""
# Whether every policy that opens all agencies' rows at once is another role's than this one's.
BLIND = """
    SELECT current_user FROM pg_policy p
    JOIN pg_class c ON c.oid = p.polrelid AND c.relnamespace = 'public'::regnamespace
    JOIN pg_roles r ON r.rolname = current_user AND NOT r.rolsuper AND NOT r.rolbypassrls
    WHERE p.polname = 'leeward_owner'
        AND NOT EXISTS (SELECT 1 FROM unnest(p.polroles) AS owner
                        WHERE owner = 0 OR pg_has_role(current_user, owner, 'USAGE'))
    LIMIT 1
"""
HELD = "SELECT has_table_privilege(current_user, %s, %s)"
TWO_ROLES = (
    "Serve pages as a role of its own that owns no table, and name the owner in"
    " LEEWARD_OWNER_DATABASE_URL (README, Running it on PostgreSQL)."
)
MIGRATE = "Run `leeward migrate` as the owner."


def role_that_sees_too_little() -> str:
    """The role that asks the database, if PostgreSQL shows it no agency's rows though it stands
    across them; empty for the owner, before the first migration, and on SQLite."""
    if connection.vendor != "postgresql":
        return ""
    try:
        with connection.cursor() as cursor:
            cursor.execute(BLIND)
            found = cursor.fetchone()
    except DatabaseError:
        # The command itself says what is wrong with the database, if it needs it.
        return ""
    return str(found[0]) if found else ""


def check_boundary(**_told: Any) -> list[CheckMessage]:
    """Faults of the role that serves pages and of what it stands before; none on SQLite."""
    if connection.vendor != "postgresql":
        return []
    try:
        return list(_faults())
    except DatabaseError as fault:
        return [Error(f"The database does not answer: {fault}", id="leeward.E011")]


def _faults() -> Iterator[CheckMessage]:
    with connection.cursor() as cursor:
        cursor.execute(ROLE)
        name, unbound, owns = cursor.fetchone()
        if unbound:
            yield Error(
                f"{name} passes every row-level policy: it is a superuser or has BYPASSRLS.",
                hint=TWO_ROLES,
                id="leeward.E012",
            )
        elif owns:
            yield Error(
                f"{name} owns tables, or is a member of the role that does, and may take the"
                " policies away.",
                hint=TWO_ROLES,
                id="leeward.E013",
            )
        cursor.execute(FORCED)
        forced = {table for (table,) in cursor.fetchall()}
        held = policies.covered()
        if bare := sorted({each.table for each in held} - forced):
            yield Error(
                f"No policy stands before {', '.join(bare)}.", hint=MIGRATE, id="leeward.E014"
            )
        if owns or bare:
            return
        for each in held:
            for right in {"UPDATE", "DELETE", "TRUNCATE"} - set(each.may):
                cursor.execute(HELD, [f"public.{each.table}", right])
                if cursor.fetchone() == (True,):
                    yield Error(
                        f"{name} may {right} {each.table}.", hint=MIGRATE, id="leeward.E015"
                    )
