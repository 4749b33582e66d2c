"""Copying a database out while it is used, and putting a copy back: SQLite and PostgreSQL."""

import os
import shutil
import sqlite3
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections, transaction
from django.db.utils import DatabaseError

BUSY_SECONDS = 60
# Pages copied between two moments in which others may write.
PAGES = 2000


class EngineFault(Exception):
    """A copy could not be made or put back; the message says why and what to do."""


@contextmanager
def snapshot(alias: str, to: Path) -> Iterator[str]:
    """Copy the database behind `alias` into the file `to`, and give an alias under which the very
    same state can be counted. Raises EngineFault."""
    if connections[alias].vendor == "sqlite":
        _copy_sqlite(Path(connections[alias].settings_dict["NAME"]), to)
        with opened_file(to) as here:
            yield here
    else:
        with _one_moment(alias) as exported:
            _dump(alias, to, exported)
            yield alias


def _copy_sqlite(source: Path, to: Path) -> None:
    try:
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as held,
            closing(sqlite3.connect(to)) as copy,
        ):
            held.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000:d}")
            held.backup(copy, pages=PAGES, sleep=0.05)
            # One file with nothing beside it.
            copy.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as fault:
        raise EngineFault(f"{source.name} could not be copied: {fault}") from fault


@contextmanager
def opened_file(path: Path) -> Iterator[str]:
    """An alias for a SQLite file that is none of the installation's databases."""
    alias = f"copy-{uuid.uuid4().hex[:8]}"
    connections.databases[alias] = connections["default"].settings_dict | {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "ATOMIC_REQUESTS": False,
        "OPTIONS": {},
        "CONN_MAX_AGE": 0,
    }
    try:
        yield alias
    finally:
        connections[alias].close()
        del connections.databases[alias]
        del connections[alias]


@contextmanager
def _one_moment(alias: str) -> Iterator[str]:
    """A transaction in which PostgreSQL shows one moment, and that moment's name for pg_dump."""
    connection = connections[alias]
    connection.close()
    connection.ensure_connection()
    level, repeatable_read = connection.connection.isolation_level, 3
    connection.connection.isolation_level = repeatable_read
    try:
        with transaction.atomic(using=alias), connection.cursor() as cursor:
            cursor.execute("SELECT pg_export_snapshot()")
            yield cursor.fetchone()[0]
    finally:
        connection.connection.isolation_level = level


def program(name: str) -> str:
    """Where PostgreSQL's own `name` is: LEEWARD_PG_BIN, the PATH, or Debian's newest."""
    folders = [settings.LEEWARD_PG_BIN] if settings.LEEWARD_PG_BIN else []
    found = shutil.which(name, path=os.pathsep.join(folders) or None)
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    if found or debian:
        return found or str(debian[-1])
    raise EngineFault(
        f"{name} is not on this machine. Install PostgreSQL's client programs"
        " (Debian: postgresql-client), or set LEEWARD_PG_BIN to their folder."
    )


def _run(alias: str, arguments: list[str]) -> None:
    done = subprocess.run(  # noqa: S603  # our own arguments; nothing typed is among them
        arguments,
        env=_environment(connections[alias].settings_dict),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise EngineFault(f"{Path(arguments[0]).name} failed.\n{done.stderr.strip()}")


def _environment(told: dict[str, Any]) -> dict[str, str]:
    """Where and as whom, by environment: a command line can be read by every user here."""
    options = told.get("OPTIONS", {})
    given = {
        "PGHOST": told.get("HOST"),
        "PGPORT": told.get("PORT"),
        "PGUSER": told.get("USER"),
        "PGPASSWORD": told.get("PASSWORD"),
        "PGDATABASE": told.get("NAME"),
        "PGSSLMODE": options.get("sslmode"),
        "PGSSLROOTCERT": options.get("sslrootcert"),
        # A backup reaches across agencies: the owner's policy honours this (ADR 32).
        "PGOPTIONS": "-c leeward.across=yes",
    }
    return {**os.environ, **{name: str(value) for name, value in given.items() if value}}


def _dump(alias: str, to: Path, exported: str) -> None:
    _run(
        alias,
        [
            program("pg_dump"), "--format=custom", "--no-owner", "--no-privileges",
            "--enable-row-security", "--no-password", f"--snapshot={exported}",
            f"--file={to}",
        ],
    )  # fmt: skip


def is_empty(alias: str) -> bool:
    """Whether there is no table in the database behind `alias`; a file not made yet is empty."""
    connection = connections[alias]
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return True
    try:
        with connection.cursor() as cursor:
            return not connection.introspection.table_names(cursor)
    except DatabaseError as fault:
        raise EngineFault(f"The database cannot be reached: {fault}") from fault
    finally:
        connection.close()


def check_file(alias: str) -> None:
    """Raise EngineFault when SQLite finds the copy damaged."""
    with connections[alias].cursor() as cursor:
        cursor.execute("PRAGMA quick_check")
        if cursor.fetchone() != ("ok",):
            raise EngineFault("The copy is damaged.")
        cursor.execute("PRAGMA foreign_key_check")
        if cursor.fetchone():
            raise EngineFault("The copy holds rows that point at nothing.")


def put_back_sqlite(copy: Path, alias: str) -> None:
    """Move a checked copy to where the installation looks for it."""
    place = Path(connections[alias].settings_dict["NAME"])
    connections[alias].close()
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.copyfile(copy, place.with_suffix(".restoring"))
    place.with_suffix(".restoring").chmod(0o600)
    place.with_suffix(".restoring").rename(place)


def put_back_postgresql(copy: Path, alias: str) -> None:
    """Restore a dump into the empty database behind `alias`, all of it or nothing."""
    connections[alias].close()
    _run(
        alias,
        [
            program("pg_restore"), "--no-owner", "--no-privileges", "--exit-on-error",
            "--single-transaction", "--no-password",
            f"--dbname={connections[alias].settings_dict['NAME']}", str(copy),
        ],
    )  # fmt: skip
