"""What the application's own database role may do with the audit on PostgreSQL: read and add."""

import re

from leeward.audit.models import AuditRow, Leaf, Tree

_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")


def statements(role: str) -> list[str]:
    """SQL that leaves `role` SELECT and INSERT on rows and leaves; a tree's size may also grow.

    The tree row is no proof of anything: `verify` computes all of it again. Raises ValueError for
    a name that would need quoting.
    """
    if not _NAME.fullmatch(role):
        raise ValueError(f"{role!r} is no plain name of a role")
    row, leaf, tree = (each._meta.db_table for each in (AuditRow, Leaf, Tree))
    return [
        f"REVOKE ALL ON {row}, {leaf}, {tree} FROM {role}",
        f"GRANT SELECT, INSERT ON {row}, {leaf}, {tree} TO {role}",
        f"GRANT UPDATE (size, frontier, settled_id, headed) ON {tree} TO {role}",
        f"GRANT USAGE ON SEQUENCE {row}_id_seq, {tree}_id_seq TO {role}",
    ]
