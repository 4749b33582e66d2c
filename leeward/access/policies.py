"""Row-level security for PostgreSQL, written from the models (ADR 32).

Every table is covered or named in OPEN with its reason; one that is neither stops
`leeward migrate` and fails a test. A covered table belongs to an agency by its own `agency`
column, else by its `person`, else by the first row it cannot do without.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from leeward.core.boundary import NOBODY

# Tables that hold no young person, and why a role with no agency set may read them.
SIGN_IN = "read while somebody signs in, before it is known where they work"
OURS_TO_RUN = "Django's own book-keeping"
OPEN = {
    "accounts_agency": SIGN_IN,
    "accounts_worker": SIGN_IN,
    "accounts_invitation": SIGN_IN,
    "mfa_authenticator": SIGN_IN,
    "accounts_session": SIGN_IN,
    "entry_signpost": "an agency for a hash: read while a young person comes in",
    "axes_accessattempt": SIGN_IN,
    "axes_accessattemptexpiration": SIGN_IN,
    "axes_accessfailurelog": SIGN_IN,
    "axes_accesslog": SIGN_IN,
    "socialaccount_socialaccount": SIGN_IN,
    "socialaccount_socialapp": "allauth's; stays empty, since providers are named in settings",
    "socialaccount_socialtoken": "allauth's; stays empty, since no token of a provider is kept",
    "account_emailaddress": "allauth's; stays empty, since nobody signs in by e-mail",
    "account_emailconfirmation": "allauth's; stays empty, since nobody signs in by e-mail",
    "auth_permission": OURS_TO_RUN,
    "auth_group": OURS_TO_RUN,
    "auth_group_permissions": OURS_TO_RUN,
    "django_content_type": OURS_TO_RUN,
    "django_migrations": OURS_TO_RUN,
}
# Whoever serves pages reads these and writes them never.
READ_ALONE = {"django_migrations", "django_content_type", "auth_permission"}

MINE = "(SELECT NULLIF(current_setting('leeward.agency', true), '')::uuid)"
EVERY = "(SELECT COALESCE(current_setting('leeward.across', true), '') = 'yes')"


class Uncovered(Exception):
    """A table that no policy covers and no reason leaves open."""


@dataclass(frozen=True)
class Covered:
    """A table, the condition under which a row belongs to the agency that is set, and what the
    role that serves pages may do with it."""

    table: str
    condition: str
    may: tuple[str, ...]


def _models() -> Iterator[type[models.Model]]:
    for model in apps.get_models(include_auto_created=True):
        meta = model._meta
        if meta.managed and not meta.proxy and router.allow_migrate_model("default", model):
            yield model


def tables() -> set[str]:
    """Every table of the database that holds the files: the models', and Django's own."""
    return {each._meta.db_table for each in _models()} | {
        MigrationRecorder.Migration._meta.db_table
    }


def covered() -> list[Covered]:
    """How each table that is not open is covered. Raises Uncovered, naming those that are not."""
    found, lost = [], []
    for model in _models():
        if model._meta.db_table in OPEN:
            continue
        condition = belongs(model)
        if condition is None:
            lost.append(model._meta.db_table)
        else:
            found.append(Covered(model._meta.db_table, condition, rights(model)))
    if lost:
        raise Uncovered(
            f"{', '.join(sorted(lost))}: give the model an `agency` or a `person`, or name the"
            " table in access.policies.OPEN with the reason."
        )
    return found


def rights(model: type[models.Model]) -> tuple[str, ...]:
    """What the role that serves pages may do. Removing is the owner's, unless a model says that it
    is `removable`; a model that is `append_only` is not even changed."""
    if getattr(model, "append_only", False):
        return ("SELECT", "INSERT")
    if getattr(model, "removable", False):
        return ("SELECT", "INSERT", "UPDATE", "DELETE")
    return ("SELECT", "INSERT", "UPDATE")


def belongs(model: type[models.Model], seen: frozenset[str] = frozenset()) -> str | None:
    """The SQL condition under which a row of the model is the set agency's; None for no way."""
    table = model._meta.db_table
    if own := _own_agency(model):
        column = f'"{table}"."{own.column}"'
        at_nobodys = f" OR ({column} IS NULL AND {MINE} = '{NOBODY}'::uuid)" if own.null else ""
        return f"{column} = {MINE}{at_nobodys}"
    for key in _ways(model):
        above = key.related_model
        # A way round in a circle leads nowhere.
        if not isinstance(above, type) or above._meta.db_table in seen | {table}:
            continue
        if condition := belongs(above, seen | {table}):
            target = above._meta.db_table
            to = key.target_field.column
            return (
                f'EXISTS (SELECT 1 FROM "{target}"'  # noqa: S608  # names of our own models
                f' WHERE "{target}"."{to}" = "{table}"."{key.column}" AND ({condition}))'
            )
    return None


def _own_agency(model: type[models.Model]) -> "models.Field[object, object] | None":
    found = (each for each in model._meta.concrete_fields if each.attname == "agency_id")
    return next(found, None)


def _ways(model: type[models.Model]) -> "list[models.ForeignKey[object, object]]":
    """The keys that a row of the model cannot do without, to the person first. A worker is no
    way: who wrote a row does not own it."""
    keys = [
        each
        for each in model._meta.concrete_fields
        if isinstance(each, models.ForeignKey) and not each.null
    ]
    through = [each for each in keys if each.related_model._meta.db_table not in OPEN]
    return sorted(through, key=lambda each: each.name != "person")


def apply(connection: BaseDatabaseWrapper, app_role: str) -> None:
    """Put every policy and right in place, in one transaction; whatever stood before goes.

    `app_role` is the role that serves pages, or empty when there is none apart from the owner.
    Call it as the owner. Raises Uncovered before anything is touched.
    """
    statements = list(_statements(app_role, connection))
    with connection.cursor() as cursor:
        cursor.execute("; ".join(statements))


def _statements(app_role: str, connection: BaseDatabaseWrapper) -> Iterator[str]:
    held = covered()
    # A table with checks still to come cannot be altered: they are made now.
    yield "SET CONSTRAINTS ALL IMMEDIATE"
    for each in held:
        yield from _policies(each)
    if app_role:
        role = connection.ops.quote_name(app_role)
        yield f"GRANT USAGE ON SCHEMA public TO {role}"
        yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}"
        yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}"
        for each in held:
            yield f'GRANT {", ".join(each.may)} ON "{each.table}" TO {role}'
        for table in sorted(tables() & set(OPEN)):
            may = "SELECT" if table in READ_ALONE else "SELECT, INSERT, UPDATE, DELETE"
            yield f'GRANT {may} ON "{table}" TO {role}'
    yield "SET CONSTRAINTS ALL DEFERRED"


def _policies(each: Covered) -> Iterator[str]:
    table = f'"{each.table}"'
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
    yield f"DROP POLICY IF EXISTS leeward_agency ON {table}"
    yield (
        f"CREATE POLICY leeward_agency ON {table} TO PUBLIC"
        f" USING ({each.condition}) WITH CHECK ({each.condition})"
    )
    yield f"DROP POLICY IF EXISTS leeward_owner ON {table}"
    # Bound to the role that makes it: for any other, `across` opens nothing.
    yield (
        f"CREATE POLICY leeward_owner ON {table} TO CURRENT_USER"
        f" USING ({EVERY}) WITH CHECK ({EVERY})"
    )
