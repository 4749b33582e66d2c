"""Raw SQL as the role that serves pages: no other agency's rows, no audit undone, no way up.

PostgreSQL alone: SQLite has no roles, and there the querysets are the only boundary.
"""
# ruff: noqa: S608  # the names in these statements are those of our own tables

import contextlib

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings
from psycopg.errors import InsufficientPrivilege

from leeward.access import checks, policies
from leeward.access.boundary import across_agencies
from tests.two_agencies import a_house, as_app_role, covered_models, keys_now, served_as_app_role

pytestmark = pytest.mark.django_db(transaction=True)
ROW_SECURITY = "row-level security"


def on_sqlite():
    """SQLite has no roles: nothing to hold there, and the README says so."""
    return connection.vendor == "sqlite"


@contextlib.contextmanager
def standing_in(plain, agency_id):
    """Raw SQL with an agency set for one transaction, which is undone afterwards."""
    with plain.transaction(force_rollback=True):
        if agency_id is not None:
            plain.execute("SELECT set_config('leeward.agency', %s, true)", [str(agency_id)])
        yield


def key_of(model):
    return f'"{model._meta.pk.column}"'


def touched(plain, statement, values=()):
    """How many rows a statement changed; 0 when it was refused for want of a right."""
    try:
        with plain.transaction():
            return plain.execute(statement, values).rowcount
    except InsufficientPrivilege:
        return 0


def seen(plain, model):
    rows = plain.execute(f'SELECT {key_of(model)} FROM "{model._meta.db_table}"')
    return {key for (key,) in rows}


def reaches(plain, model, theirs):
    """What a role can do to rows that are not its own: seen, changed, removed, added."""
    table, key, keys = model._meta.db_table, key_of(model), list(theirs)
    found = []
    if seen(plain, model) & theirs:
        found.append("seen")
    if touched(plain, f'UPDATE "{table}" SET {key} = {key} WHERE {key} = ANY(%s)', [keys]):
        found.append("changed")
    if touched(plain, f'UPDATE "{table}" SET {key} = {key}') > len(seen(plain, model)):
        found.append("changed without asking which")
    if touched(plain, f'DELETE FROM "{table}" WHERE {key} = ANY(%s)', [keys]):
        found.append("removed")
    return found


def adds_to(plain, house, model):
    """Whether a copy of a row of that house can be added."""
    table = model._meta.db_table
    with across_agencies(), connection.cursor() as cursor:
        cursor.execute(
            f'SELECT to_jsonb(t) FROM "{table}" t WHERE {key_of(model)} = %s',
            [next(iter(house.keys[table]))],
        )
        (row,) = cursor.fetchone()
    copy = f'INSERT INTO "{table}" SELECT * FROM jsonb_populate_record(NULL::"{table}", %s)'
    try:
        with plain.transaction():
            plain.execute(copy, [row if isinstance(row, str) else psycopg.types.json.Jsonb(row)])
    except InsufficientPrivilege as refused:
        # Before any other constraint is asked, which would tell that the row is there.
        return ROW_SECURITY not in str(refused)
    except psycopg.Error:
        return True
    return True


def test_raw_sql_as_app_role():
    if on_sqlite():
        assert not settings.LEEWARD_APP_ROLE
        return
    ours, theirs = a_house("Made-Up Shore"), a_house("Invented Rivers")
    before = keys_now()
    assert all(theirs.keys[each._meta.db_table] for each in covered_models())
    leaks = []
    with as_app_role() as plain:
        for agency_id in (None, ours.agency.pk):
            for model in covered_models():
                name, others = model._meta.label, theirs.keys[model._meta.db_table]
                with standing_in(plain, agency_id):
                    leaks += [(name, each) for each in reaches(plain, model, others)]
                    leaks += [(name, "added")] if adds_to(plain, theirs, model) else []
                    mine = seen(plain, model)
                    expected = ours.keys[model._meta.db_table] if agency_id else set()
                    leaks += [(name, "sees not its own")] if mine != expected else []
    assert not leaks
    assert keys_now() == before


def test_no_agency_set_sees_and_adds_nothing_even_of_nobodys():
    if on_sqlite():
        assert not settings.LEEWARD_APP_ROLE
        return
    house = a_house("Made-Up Shore")
    with as_app_role() as plain:
        for value in ("", str(house.agency.pk)):
            # `across` is a word between the owner and its own policies.
            with plain.transaction(force_rollback=True):
                plain.execute("SELECT set_config('leeward.across', 'yes', true)")
                plain.execute("SELECT set_config('leeward.agency', %s, true)", [value])
                for model in covered_models():
                    own = house.keys[model._meta.db_table] if value else set()
                    assert seen(plain, model) == own, model._meta.label
        assert not any(seen(plain, model) for model in covered_models())


REFUSED_ALWAYS = [
    "UPDATE {audit} SET purpose = 'another'",
    "DELETE FROM {audit}",
    "TRUNCATE {audit}",
    "DROP TABLE {audit}",
    "ALTER TABLE {audit} DISABLE TRIGGER ALL",
    "TRUNCATE {people} CASCADE",
    "ALTER TABLE {people} DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE {people} NO FORCE ROW LEVEL SECURITY",
    "ALTER TABLE {people} OWNER TO CURRENT_USER",
    "DROP POLICY leeward_agency ON {people}",
    "CREATE POLICY open ON {people} USING (true)",
    "ALTER POLICY leeward_agency ON {people} USING (true)",
    "CREATE TABLE mine AS SELECT 1",
    "CREATE VIEW theirs AS SELECT * FROM {people}",
    "SET ROLE {owner}",
    "SET SESSION AUTHORIZATION {owner}",
    "ALTER ROLE CURRENT_USER BYPASSRLS",
    "ALTER ROLE CURRENT_USER SUPERUSER",
    "GRANT {owner} TO CURRENT_USER",
    "UPDATE django_migrations SET name = name",
    "COPY {people} TO PROGRAM 'cat'",
]


def refusal_of(plain, statement):
    """The code that a statement is refused with, and nothing when it is not."""
    try:
        with plain.transaction():
            plain.execute(statement)
    except psycopg.Error as refused:
        return refused.sqlstate
    return None


def test_no_way_up_and_no_audit_undone():
    if on_sqlite():
        assert not settings.LEEWARD_APP_ROLE
        return
    house = a_house("Made-Up Shore")
    named = {
        "audit": "audit_auditrow",
        "people": "people_youngperson",
        "owner": connection.settings_dict["USER"],
    }
    wrong = {}
    with as_app_role() as plain:
        for each in REFUSED_ALWAYS:
            with standing_in(plain, house.agency.pk):
                refused = refusal_of(plain, each.format(**named))
                # Asked to look without policies, PostgreSQL refuses to look at all.
                plain.execute("SET LOCAL row_security = off")
                looked = refusal_of(plain, "SELECT count(*) FROM people_youngperson")
            if refused not in {"42501", "0LP01"} or looked != InsufficientPrivilege.sqlstate:
                wrong[each] = (refused, looked)
    assert wrong == {}


def test_nothing_is_removed_but_drafts_pieces_of_names_visits_and_passkeys():
    rights = {each.table: each.may for each in policies.covered()}
    removed = {table for table, may in rights.items() if "DELETE" in may}
    assert removed == {"drafts_draft", "entry_passkey", "entry_visit", "people_searchtoken"}
    for table in ("audit_auditrow", "audit_leaf"):
        assert rights[table] == ("SELECT", "INSERT")


def faults():
    return [each.id for each in checks.check_boundary()]


def test_deploying_as_the_owner_is_refused_and_as_the_role_that_serves_is_not():
    if on_sqlite():
        assert faults() == []
        return
    assert faults() == ["leeward.E013"]
    with served_as_app_role():
        assert faults() == []


@pytest.mark.parametrize(
    ("spoil", "mend", "said"),
    [
        (
            "ALTER TABLE people_youngperson NO FORCE ROW LEVEL SECURITY",
            "ALTER TABLE people_youngperson FORCE ROW LEVEL SECURITY",
            "leeward.E014",
        ),
        (
            "GRANT DELETE ON audit_auditrow TO {app}",
            "REVOKE DELETE ON audit_auditrow FROM {app}",
            "leeward.E015",
        ),
    ],
)
def test_a_boundary_that_was_spoiled_is_told(spoil, mend, said):
    if on_sqlite():
        assert faults() == []
        return
    with connection.cursor() as cursor:
        cursor.execute(spoil.format(app=settings.LEEWARD_APP_ROLE))
    try:
        with served_as_app_role():
            assert faults() == [said]
    finally:
        with connection.cursor() as cursor:
            cursor.execute(mend.format(app=settings.LEEWARD_APP_ROLE))


def test_every_table_is_covered_or_named_with_a_reason():
    held = {each.table for each in policies.covered()}
    assert held | set(policies.OPEN) >= policies.tables()
    assert not held & set(policies.OPEN)
    assert set(policies.OPEN) <= policies.tables(), "named and not there"
    assert all(policies.OPEN.values())


def test_a_table_that_is_neither_stops_the_drawing(monkeypatch):
    monkeypatch.delitem(policies.OPEN, "accounts_session")
    with pytest.raises(policies.Uncovered, match="accounts_session"):
        policies.covered()
    with override_settings(LEEWARD_APP_ROLE=""), pytest.raises(policies.Uncovered):
        policies.apply(connection, "")
